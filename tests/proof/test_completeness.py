"""What is not on the finished pages, or twice, or elsewhere, is told at its place in the source."""

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace

from layout.cli.main import main
from layout.diagnostics import Diagnostic, Reporter, Severity
from layout.display.model import GlyphRun
from layout.house.profile import load_profile
from layout.pipeline import Places, draw, write
from layout.proof import completeness
from layout.proof.completeness import check_completeness
from layout.reading import read_pages
from layout.reading.paragraphs import source_paragraphs
from layout.source.local_editions import read_editions_file
from layout.source.local_model import LocalEdition
from tests.built import LEAFLETS, ROOT, drawn

PROFILES = ("x1a", "x4")
SHOWN = re.compile(rb"(<[0-9A-Fa-f]{8,}> ?Tj|\[[^\]]*<[0-9A-Fa-f]{8,}>[^\]]*\] ?TJ)")


@cache
def press(name: str, profile: str = "x1a") -> bytes:
    made = drawn(name)
    assert made.display and made.library
    return write(made.display, load_profile(profile), made.library, Reporter())


def found(name: str, data: bytes) -> list[Diagnostic]:
    made, reporter = drawn(name), Reporter()
    assert made.display and made.leaflet
    reading = read_pages(made.display, made.leaflet)
    check_completeness(data, made.leaflet, reading, reporter)
    assert all(each.severity is Severity.ERROR for each in reporter)
    return list(reporter)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", LEAFLETS)
def test_good_leaflets_are_whole(name: str, profile: str) -> None:
    assert found(name, press(name, profile)) == []


def doctored(
    page: int, change: Callable[[list[bytes]], list[bytes]], name: str = "leaflet9"
) -> bytes:
    """The press file with the shown strings of a page changed: the pieces between them stay."""
    with pikepdf.open(BytesIO(press(name))) as pdf:
        leaf = pdf.pages[page - 1]
        leaf.contents_coalesce()
        pieces = SHOWN.split(leaf.Contents.read_bytes())
        assert len(pieces) > 20
        leaf.Contents.write(b"".join(change(pieces)))
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def line_of(words: str) -> set[int]:
    """The lines of the source in which characters of a text stand."""
    leaflet = drawn("leaflet9").leaflet
    assert leaflet
    lines = set()
    for paragraph in source_paragraphs(leaflet):
        kept = [char for char in paragraph.chars if not char.text.isspace()]
        text = "".join(char.text for char in kept)
        at = text.find(words)
        while at >= 0:
            lines |= {char.line for char in kept[at : at + len(words)]}
            at = text.find(words, at + 1)
    return lines


def words_of(diagnostic: Diagnostic) -> str:
    return str(diagnostic.values["text"]).rstrip("…")


@pytest.mark.parametrize("page", (1, 2, 3, 4))
@pytest.mark.parametrize("at", (3, 11, -8))
def test_a_run_that_is_not_shown_is_missed(page: int, at: int) -> None:
    def without(pieces: list[bytes]) -> list[bytes]:
        index = range(1, len(pieces), 2)[at]
        return [*pieces[:index], b"() Tj", *pieces[index + 1 :]]

    alarms = found("leaflet9", doctored(page, without))
    assert [each.code for each in alarms] == ["text.lost"]
    assert alarms[0].page == page and len(words_of(alarms[0])) >= 1
    assert alarms[0].span.line in line_of(words_of(alarms[0]))


@pytest.mark.parametrize("page", (1, 2, 3, 4))
def test_a_run_that_is_shown_twice_is_noticed(page: int) -> None:
    def doubled(pieces: list[bytes]) -> list[bytes]:
        index = range(1, len(pieces), 2)[5]
        return [*pieces[: index + 1], b" ", *pieces[index:]]

    alarms = found("leaflet9", doctored(page, doubled))
    assert [each.code for each in alarms] == ["text.extra"]
    assert alarms[0].page == page
    assert alarms[0].span.line in line_of(words_of(alarms[0]))


@pytest.mark.parametrize("page", (2, 3))
def test_two_runs_exchanged_are_noticed(page: int) -> None:
    def swapped(pieces: list[bytes]) -> list[bytes]:
        one, other = range(1, len(pieces), 2)[7], range(1, len(pieces), 2)[9]
        pieces[one], pieces[other] = pieces[other], pieces[one]
        return pieces

    alarms = found("leaflet9", doctored(page, swapped))
    assert {(each.code, each.page) for each in alarms} == {("text.order", page)}
    assert all(each.span.line in line_of(words_of(each)) for each in alarms)


def test_a_font_that_says_something_else_is_noticed() -> None:
    """A ToUnicode entry changed: it looks right, and is searched and read aloud wrongly."""
    with pikepdf.open(BytesIO(press("leaflet9"))) as pdf:
        changed = 0
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                table = thing.ToUnicode.read_bytes()
                for digits in (b"756A", b"756a"):  # 番
                    changed += table.count(b"<" + digits + b">")
                    table = table.replace(b"<" + digits + b">", b"<3042>")
                thing.ToUnicode.write(table)
        assert changed
        out = BytesIO()
        pdf.save(out)
    alarms = found("leaflet9", out.getvalue())
    lost = [each for each in alarms if each.code == "text.lost"]
    assert lost and {words_of(each) for each in lost} == {"番"}
    assert {each.span.line for each in lost} <= line_of("番")
    assert {words_of(each) for each in alarms if each.code == "text.extra"} == {"あ"}


def test_a_lost_reading_is_missed() -> None:
    """Readings beside the text are the source's as well."""
    name = "tate-shimbun"
    leaflet = drawn(name).leaflet
    assert leaflet
    rubies = [r for p in source_paragraphs(leaflet) if p.page == 1 for r in p.rubies]
    assert rubies[0].text == "ともしまち"
    codes = []
    for index in range(60):

        def without(pieces: list[bytes], index: int = index) -> list[bytes]:
            pieces[2 * index + 1] = b"() Tj"
            return pieces

        alarms = found(name, doctored(1, without, name))
        assert [each.code for each in alarms] == ["text.lost"]
        if words_of(alarms[0]) in "ともしまち":
            codes.append((alarms[0].span.line, alarms[0].span.column))
            break
    assert codes == [(rubies[0].line, rubies[0].column)]


def test_a_page_without_its_content_has_lost_everything() -> None:
    alarms = found("leaflet9", doctored(2, lambda pieces: [b"q Q"]))
    assert [(each.code, each.page) for each in alarms] == [("text.lost", 2)]


def test_a_page_that_is_not_there_has_lost_everything() -> None:
    with pikepdf.open(BytesIO(press("leaflet9"))) as pdf:
        del pdf.pages[3]
        out = BytesIO()
        pdf.save(out)
    assert [(e.code, e.page) for e in found("leaflet9", out.getvalue())] == [("text.lost", 4)]


@pytest.mark.parametrize(
    "hidden",
    (b"3 Tr %s 0 Tr", b"ET q 1 0 0 1 3000 0 cm BT %s ET Q BT", b"%% %s"),
    ids=("invisible", "away", "comment"),
)
def test_text_that_nobody_sees_is_not_there(hidden: bytes) -> None:
    def without(pieces: list[bytes]) -> list[bytes]:
        lines = hidden.count(b"%s") * (pieces[11],)
        pieces[11] = b"\n" + (hidden % lines) + b"\n"
        return pieces

    alarms = found("leaflet9", doctored(2, without))
    assert [each.code for each in alarms] == ["text.lost"]


def test_words_that_nobody_wrote_are_noticed() -> None:
    """A run of one page, on another as well, in fonts that both have."""
    alarms = found("leaflet9", doctored(3, lambda pieces: [*pieces, *pieces[1:40]]))
    assert {each.code for each in alarms} == {"text.extra"} and alarms[0].page == 3


def test_what_only_pdfium_misses_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second reader has its own opinion on fonts."""
    viewed = completeness._viewed
    monkeypatch.setattr(
        completeness, "_viewed", lambda data: [page.replace("庁", "厅") for page in viewed(data)]
    )
    alarms = found("leaflet9", press("leaflet9"))
    assert {(each.code, words_of(each)[0]) for each in alarms} == {
        ("text.lost", "庁"), ("text.extra", "厅"),
    }  # fmt: skip
    assert all(each.span.line in line_of("庁") for each in alarms if each.code == "text.lost")


def test_paragraphs_composed_in_another_order_are_noticed() -> None:
    """The finished file agrees with the composition, but that put one before the other."""
    made, reporter = drawn("leaflet9"), Reporter()
    assert made.display and made.leaflet
    page = made.leaflet.pages[1]
    body = next(area for area in page.areas if area.name == "body")
    blocks = list(body.blocks)
    blocks[1], blocks[2] = blocks[2], blocks[1]
    areas = tuple(replace(a, blocks=tuple(blocks)) if a is body else a for a in page.areas)
    pages = (made.leaflet.pages[0], replace(page, areas=areas), *made.leaflet.pages[2:])
    turned = replace(made.leaflet, pages=pages)
    reading = read_pages(made.display, turned)
    check_completeness(press("leaflet9"), turned, reading, reporter)
    (alarm,) = reporter
    assert (alarm.code, alarm.page) == ("text.order", 2)


# --- no false alarm, whatever a leaflet does


def checked(file: Path, styles: Path, edition: LocalEdition | None = None) -> list[Diagnostic]:
    """What completeness says of a leaflet; nothing if it cannot be laid out."""
    reporter = Reporter()
    made = draw(file, Places(ROOT / "fonts", styles), reporter, edition=edition)
    if made.display is None or made.library is None or made.leaflet is None:
        return []
    if reporter.has_errors:  # nothing is written then
        return []
    data = write(made.display, load_profile("x4"), made.library, Reporter())
    check_completeness(data, made.leaflet, read_pages(made.display, made.leaflet), reporter)
    return [each for each in reporter if each.code.startswith("text.")]


GOLDENS = sorted((ROOT / "tests" / "golden" / "cases").glob("*.yaml"))
CASES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))


@pytest.mark.parametrize("file", GOLDENS, ids=lambda file: file.stem)
def test_small_leaflets_are_whole(file: Path) -> None:
    assert checked(file, ROOT / "tests" / "golden" / "styles") == []


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_spoilt_leaflets_are_never_called_incomplete(file: Path) -> None:
    assert checked(file, ROOT / "leaflets" / "styles") == []


@pytest.mark.parametrize("name", LEAFLETS)
def test_text_that_flows_through_many_pages_is_whole(name: str, tmp_path: Path) -> None:
    """The whole leaflet in large print: paragraphs, readings and tables part between pages."""
    copytree(ROOT / "leaflets" / name, tmp_path / name)
    file = tmp_path / name / "editions.yaml"
    edition = "  big:\n    label: 拡大版\n    style: ookiji\n    reflow: nagare\n"
    file.write_text(f"bira-editions: 1\neditions:\n{edition}", "utf-8")
    (big,) = read_editions_file(file, Reporter())
    assert checked(tmp_path / name / "leaflet.yaml", ROOT / "leaflets" / "styles", big) == []


HARD = """\
bira: 1
title: 難しい文
date: 2021-03-01
style: ookiji
facts:
  tel: {phone: 03-0000-0011}
pages:
  - layout: nagare
    hon:
      - heading: 組《くみ》の試験
      - text: |
          ｜親文字《おや・も・じ》と《《圏点を打つ・中黒つき》》、__傍線__、[^注1]と［［割注は二行の小さな注です］］。
          𠮷野家の葛\U000e0100城、か\u309aき\u309a。office ﬁsh Donaudampfschifffahrtsgesellschaft well-known e-mail.
          internationalization counter-revolutionaries self-explanatory e-mail e-mail well-known。{tel}。^12^月。
"""


def hard() -> str:
    """All kinds of inline marks, readings over the ends of pages, a table under heads again."""
    lines = [HARD]
    for part in range(9):
        sentence = f"第{part}の文。｜図書館《と・しょ・かん》の《《夜》》は静かです。"
        lines.append(f"      - text: {sentence * (part + 8)}\n")
    lines.append(
        "      - table:\n          title: 題\n          caption: 説明\n          head: 1\n"
    )
    lines.append("          rows:\n            - [品, 値段]\n")
    lines += [f"            - [紙{number}, {number}00円]\n" for number in range(60)]
    lines.append("      - text: おわり\n")
    lines.append("  - {layout: nagare}\n" * 9)
    return "".join(lines)


def test_readings_marks_and_tables_over_the_ends_of_pages_are_whole(tmp_path: Path) -> None:
    file = tmp_path / "leaflet.yaml"
    file.write_text(hard(), "utf-8")
    reporter = Reporter()
    made = draw(file, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), reporter)
    assert made.display and not reporter.has_errors
    reading = read_pages(made.display, made.leaflet)
    parted = [block.id for block in reading.blocks]
    assert len(parted) > len(set(parted)), "a paragraph goes on on the next page"
    assert checked(file, ROOT / "leaflets" / "styles") == []


ODD = """\
bira: 1
title: 珍しい字
date: 2021-03-01
style: tiny
pages:
  - layout: {layout}
    {area}:
      - table:
          head: 1
          rows:
            - [組《くみ》, ｜図書館《と・しょ・かん》]
            - [一, 25℃と½と²]
            - [二, ㈱・㎡・Ⅳ・①]
            - [三, e\u0301とéとÅとが]
            - [四, 𠮷と𠀋と葛\U000e0100]
            - [五, か\u309aとｱｲｳとｶﾞ]
            - [六, ／と/と（丸）と「鍵」]
            - [七, 電話 03-0000-0011]
            - [八, e-mailとwell-knownとoffice]
"""


@pytest.mark.parametrize(
    ("layout", "area"), (("plain", "body"), ("tate", "body"), ("tate-threaded", "ichi"))
)
def test_odd_characters_and_heads_with_readings_are_whole(
    layout: str, area: str, tmp_path: Path
) -> None:
    """Upright and level, where pdfium guesses at orders, widths and ways of brackets."""
    file = tmp_path / "leaflet.yaml"
    pages = "  - {layout: tate-threaded}\n" * 4 if area == "ichi" else ""
    file.write_text(ODD.format(layout=layout, area=area) + pages, "utf-8")
    reporter = Reporter()
    styles = ROOT / "tests" / "golden" / "styles"
    made = draw(file, Places(ROOT / "fonts", styles), reporter)
    assert made.display and {e.code for e in reporter} <= {"press.type-small"}
    data = write(made.display, load_profile("x4"), made.library, Reporter())
    check_completeness(data, made.leaflet, read_pages(made.display, made.leaflet), reporter)
    assert not [each for each in reporter if each.code.startswith("text.")]


# --- in the build


def test_a_full_build_stops_when_something_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The earlier file stays, the message names the words and the line."""
    from layout.backends import pdf

    assert main(["leaflet9", "--out", str(tmp_path)], ROOT) == 0
    file = tmp_path / "leaflet9" / "leaflet9-press.pdf"
    good = file.read_bytes()
    real = pdf.write_press

    def forgetful(display: Any, *args: Any) -> bytes:
        first, *others = display.pages
        runs = [item for item in first.items if isinstance(item, GlyphRun)]
        kept = tuple(item for item in first.items if item is not runs[12])
        return real(replace(display, pages=(replace(first, items=kept), *others)), *args)

    monkeypatch.setattr(pdf, "write_press", forgetful)
    assert main(["leaflet9", "--out", str(tmp_path)], ROOT) == 1
    told = capsys.readouterr()
    assert "text.lost" in told.out + told.err
    assert file.read_bytes() == good
