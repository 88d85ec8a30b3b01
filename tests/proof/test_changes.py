"""Stages are kept whole, and what changed since is told word by word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from layout.diagnostics import Reporter
from layout.pipeline import Places, draw
from layout.proof.changes import Asked, Change, compare, explained, parts
from layout.proof.stages import Stage, StageLine, read_stage, stage_lines, written
from layout.reading import read_pages
from layout.reading.model import Box, Reading

ROOT = Path(__file__).resolve().parents[2]
GOOD = (ROOT / "leaflets" / "leaflet9" / "leaflet.yaml").read_text("utf-8")


def reading(text: str, folder: Path) -> Reading:
    (folder / "figures").mkdir(exist_ok=True)
    for file in (ROOT / "leaflets" / "leaflet9" / "figures").iterdir():
        (folder / "figures" / file.name).write_bytes(file.read_bytes())
    (folder / "leaflet.yaml").write_text(text, encoding="utf-8")
    drawn = draw(folder, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), Reporter())
    assert drawn.display is not None and drawn.leaflet is not None
    return read_pages(drawn.display, drawn.leaflet)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    made = reading(GOOD, tmp_path_factory.mktemp("good"))
    return Stage("leaflet9", "初校", "2021-03-01", "a" * 64, "b" * 64, "c" * 64, {"x y.svg": "d" * 64}, stage_lines(made))  # fmt: skip


def changes(stage: Stage, tmp_path: Path, old: str, new: str, *asked: Asked) -> list[Change]:
    assert old in GOOD
    return list(compare(stage, reading(GOOD.replace(old, new, 1), tmp_path), asked))


def test_a_stage_is_read_as_it_was_written(stage: Stage) -> None:
    again = read_stage(written(stage))
    assert again is not None
    rounded = [replace(line, box=Box(0, 0, 0, 0)) for line in stage.lines]
    assert [replace(line, box=Box(0, 0, 0, 0)) for line in again.lines] == rounded
    assert replace(again, lines=()) == replace(stage, lines=())
    both = zip(stage.lines, again.lines, strict=True)
    assert max(abs(a.box.x - b.box.x) for a, b in both) <= 0.051
    text = written(stage).decode()
    assert "stage: 初校\n" in text and "総理大臣を長とするデジタル庁は" in text


@given(st.text(max_size=40), st.text(max_size=10))
def test_any_text_survives(text: str, name: str) -> None:
    plain = text.replace("\r", "").replace("\0", "").encode("utf-8", "ignore").decode()
    line = StageLine("1.body.1.1", "line", 1, Box(1, 2, 3, 4), plain)
    again = read_stage(written(Stage("l", "初校", "d", "s", "t", "p", {}, (line,))))
    assert again is not None and again.lines == (line,)


@pytest.mark.parametrize("data", [b"", b"\xff", b"# bira", b"x\n---\n", b"---"])
def test_what_is_no_stage_is_none(data: bytes) -> None:
    assert read_stage(data) is None


def test_nothing_changed(stage: Stage, tmp_path: Path) -> None:
    assert compare(stage, reading(GOOD, tmp_path), ()) == ()


def test_a_word_changed_by_nobody_s_wish(stage: Stage, tmp_path: Path) -> None:
    (change,) = changes(stage, tmp_path, "事実上、国が統治する", "事実上、国が管理する")
    assert change.kind == "changed" and change.page == 2 and not change.asked
    assert [(p.kind, p.text) for p in change.parts if p.kind != "same"] == [
        ("out", "統治"), ("in", "管理"),
    ]  # fmt: skip
    assert change.line_id.startswith("2.body.")


def test_a_wish_explains_a_change_and_no_other(stage: Stage, tmp_path: Path) -> None:
    wish = Asked("統治", "管理", "事実上、国が", "する組織")
    (change,) = changes(stage, tmp_path, "国が統治する", "国が管理する", wish)
    assert change.asked
    (change,) = changes(stage, tmp_path, "国が統治する", "国が支配する", wish)
    assert not change.asked


def test_what_was_asked_for_is_told_from_what_stands_beside_it(
    stage: Stage, tmp_path: Path
) -> None:
    text = GOOD.replace("国が統治する", "国が管理する", 1).replace(
        "変えようとして", "直そうとして", 1
    )
    wish = Asked("統治", "管理", "事実上、国が", "する組織")
    (change,) = compare(stage, reading(text, tmp_path), [wish])
    assert not change.asked
    told = [(p.kind, p.text, p.asked) for p in change.parts if p.kind != "same"]
    assert told[:2] == [("out", "統治", True), ("in", "管理", True)]
    assert told[2:] and not any(asked for _, _, asked in told[2:])


def test_a_wish_holds_where_it_was_meant_and_nowhere_else() -> None:
    wish = Asked("九日", "十日", "二月の", "に提出")
    assert explained("二月の九日に提出した", "二月の十日に提出した", [wish])
    assert not explained("三月は九日から集会", "三月は十日から集会", [wish])
    both = [Asked("二", "三", "", "月の九日に提出"), wish]  # the first is in what the second knows
    assert explained("二月の九日に提出した", "三月の十日に提出した", both)
    insert = Asked("", "しか", "提出した", "。")
    assert explained("提出した。", "提出したしか。", [insert])
    assert not explained("集会をした。", "集会をしたしか。", [insert])


def test_another_file_under_the_name_of_a_figure_is_told(stage: Stage, tmp_path: Path) -> None:
    now = reading(GOOD, tmp_path)
    known = replace(stage, figures={"figures/kojin-data.svg": "a" * 64, "figures/x.svg": "b" * 64})
    assert not compare(known, now, (), dict(known.figures))
    other = dict(known.figures) | {"figures/x.svg": "c" * 64}  # no page shows that one
    assert not compare(known, now, (), other)
    (change,) = compare(known, now, (), {**other, "figures/kojin-data.svg": "d" * 64})
    assert change.kind == "figure" and change.page == 3 and not change.asked


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("          これでは国民総背番号制です。\n", "", "changed"),
        ("個人賛同 1,000 円", "個人賛同 2,000 円", "changed"),
        ("phone: 080-5052-0270", "phone: 080-5052-0271", "changed"),
        ("      - slogan: 書かない番号！　持たないカード！\n", "", "removed"),
        ("qr: site", "qr: https://example.com/", "figure"),
        ("caption: （デジタル改革関連", "caption: （デジタル庁関連", "changed"),
    ],
)  # fmt: skip
def test_what_only_the_last_proof_can_know(
    stage: Stage, tmp_path: Path, old: str, new: str, kind: str
) -> None:
    found = changes(stage, tmp_path, old, new)
    assert kind in {change.kind for change in found} and not any(c.asked for c in found)
    assert len(found) <= 2


def test_a_block_that_moved(stage: Stage, tmp_path: Path) -> None:
    slogan = "      - slogan: 書かない番号！　持たないカード！\n"
    text = GOOD.replace(slogan, "").replace("    donation:\n", f"    donation:\n{slogan}", 1)
    found = compare(stage, reading(text, tmp_path), ())
    assert [change.kind for change in found if change.kind != "figure"] == ["moved"]


@given(st.text("あ漢カa1、", max_size=20), st.text("あ漢カa1、", max_size=20))
def test_parts_make_up_both_texts(before: str, after: str) -> None:
    made = parts(before, after)
    assert "".join(p.text for p in made if p.kind != "in") == before
    assert "".join(p.text for p in made if p.kind != "out") == after
    assert explained(before, after, [Asked(before, after)]) or before == ""
