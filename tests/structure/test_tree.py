"""The tree of real leaflets: every character once, in the source's order, at its place."""

import itertools
from collections import Counter
from pathlib import Path

import pytest
from built import LEAFLETS, drawn

from layout.diagnostics import Reporter
from layout.display.model import DisplayItem, GlyphRun, Group
from layout.reading.paragraphs import source_paragraphs
from layout.source.model import Leaflet
from layout.source.read import read_leaflet
from layout.structure.model import Element, Words, text_of, walk
from layout.structure.tree import structure_of

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted(
    path
    for folder in ("tests/cases", "tests/golden/cases")
    for path in (ROOT / folder).glob("*.yaml")
    if not path.stem.startswith("style-")
)
_TICK = "□"


def read(path: Path) -> Leaflet | None:
    """A leaflet, or None where its source is too spoilt to be one."""
    return read_leaflet(path, Reporter())


def words(element: Element, *, readings: bool = False) -> list[Words]:
    """All words below an element, in order; readings of ruby only if asked for."""
    found: list[Words] = []
    for child in element.children:
        if isinstance(child, Words):
            found.append(child)
        elif child.tag != "RT" or readings:
            found += words(child, readings=readings)
    return found


def characters(found: list[Words]) -> list[tuple[str, int, int, bool]]:
    """Each character with its place and whether it was typed there."""
    return [
        (char, w.span.line, w.span.column + (0 if w.generated else step), not w.generated)
        for w in found
        for step, char in enumerate(w.text)
    ]


def of_source(leaflet: Leaflet) -> list[tuple[str, int, int, bool]]:
    """The same of the source's paragraphs, read by other code."""
    return [
        (c.text, c.line, c.column, c.exact)
        for paragraph in source_paragraphs(leaflet)
        for c in paragraph.chars
    ]


def without_ticks(found: list[Words]) -> list[Words]:
    """The boxes to tick are drawn by the style: no source has them."""
    return [w for w in found if not (w.generated and w.text == _TICK)]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_nothing_lost_in_cases(path: Path) -> None:
    """Spoilt sources too: whatever could be read is in the tree."""
    leaflet = read(path)
    if leaflet is None:
        return
    found = characters(without_ticks(words(structure_of(leaflet))))
    assert Counter(found) == Counter(of_source(leaflet))


@pytest.mark.parametrize("name", LEAFLETS)
def test_nothing_lost(name: str) -> None:
    """Character by character, with their places; paragraphs stay whole and in order."""
    leaflet = read(ROOT / "leaflets" / name / "leaflet.yaml")
    assert leaflet is not None
    tree = structure_of(leaflet)
    found = characters(without_ticks(words(tree)))
    assert Counter(found) == Counter(of_source(leaflet))
    text = "".join(char for char, *_ in found)
    for paragraph in source_paragraphs(leaflet):
        assert paragraph.text in text
    assert len(text) > 1000, "the leaflets are real ones"


@pytest.mark.parametrize("name", LEAFLETS)
def test_pages_say_what_they_print(name: str) -> None:
    """The words of each page of the tree are the words that the page shows."""
    made = drawn(name)
    assert made.leaflet and made.display
    tree = structure_of(made.leaflet)
    pages = [child for child in tree.children if isinstance(child, Element)]
    assert [page.page for page in pages] == list(range(1, len(pages) + 1))
    for page, shown in zip(pages, made.display.pages, strict=True):
        said = Counter(_plain("".join(w.text for w in words(page, readings=True))))
        assert said == Counter(_plain("".join(_printed(shown.items))))


def _plain(text: str) -> str:
    return "".join(text.split())


def _printed(items: tuple[DisplayItem, ...]) -> list[str]:
    found = []
    for item in items:
        if isinstance(item, GlyphRun) and item.role != "artifact":
            found.append("".join(item.texts))
        elif isinstance(item, Group) and not item.code and not item.alt:
            found += _printed(item.items)
    return found


@pytest.mark.parametrize("name", LEAFLETS)
def test_headings_in_order(name: str) -> None:
    """H1 first and once, no level skipped."""
    leaflet = read(ROOT / "leaflets" / name / "leaflet.yaml")
    assert leaflet is not None
    levels = [int(e.tag[1]) for e in walk(structure_of(leaflet)) if e.tag[1:].isdigit()]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_leaflet9() -> None:
    """What the parts of leaflet 9 are."""
    leaflet = read(ROOT / "leaflets/leaflet9/leaflet.yaml")
    assert leaflet is not None
    tree = structure_of(leaflet)
    parts = list(walk(tree))

    def only(**wanted: str) -> Element:
        (found,) = (e for e in parts if all(getattr(e, k) == v for k, v in wanted.items()))
        return found

    assert (
        text_of(only(tag="H1")) == "マイナンバー制度をますます危険にするデジタル庁構想を許さない！"
    )
    assert [text_of(e) for e in parts if e.tag == "H2"][-1] == "賛同カンパのお願い"
    assert [e.role for e in parts if e.tag == "Figure"] == [
        "stand-in-diagram", "stand-in-photo", "qr-code", "stand-in-document", "figure",
        "stand-in-document",
    ]  # fmt: skip
    assert all(e.alt for e in parts if e.tag == "Figure")
    assert only(role="qr-code").alt == "QRコード（行き先：http://www.bango-iranai.net/）"
    assert only(role="figure").file == "figures/kojin-data.svg"
    assert {e.target for e in parts if e.tag == "Link"} == {
        "http://www.bango-iranai.net/", "tel:08050520270", "mailto:kyotu@bango-iranai.net",
    }  # fmt: skip
    assert (
        only(role="cells").actual == text_of(only(role="cells")) == "００１００－２－７２９７４５"
    )
    items = [e for e in walk(only(role="list")) if e.tag == "LI"]
    assert [text_of(e)[0] for e in items] == ["＊"] * 3
    assert [c.tag for c in items[0].children if isinstance(c, Element)] == ["Lbl", "LBody"]
    box = only(tag="Aside")
    assert isinstance(box.children[0], Element) and box.children[0].tag == "H3"
    assert next(text_of(e) for e in walk(only(role="ways")) if e.tag == "Lbl") == "郵便振替口座"


def test_tables_and_forms() -> None:
    """Heads with their scope; forms are labels and blanks, boxes to tick are marked as made."""
    leaflet = read(ROOT / "leaflets/specimen/leaflet.yaml")
    assert leaflet is not None
    parts = list(walk(structure_of(leaflet)))
    table = next(e for e in parts if e.tag == "Table")
    heads = [e.scope for e in walk(table) if e.tag == "TH"]
    assert heads == ["Both", "Column", "Column", "Row", "Row", "Row"]
    assert next(e.tag for e in table.children if isinstance(e, Element)) == "Caption"
    form = next(e for e in parts if e.role == "form")
    fields = [e for e in walk(form) if e.role in ("field", "field-beside")]
    assert [e.role for e in fields][:3] == ["field", "field-beside", "field"]
    blanks = [e for e in walk(form) if e.role == "blank"]
    assert blanks and all(e.actual == "記入欄" and not e.children for e in blanks)
    ticks = [w for w in words(form) if w.text == _TICK]
    assert len(ticks) == 10 and all(w.generated for w in ticks)


def test_notes_find_their_marks(tmp_path: Path) -> None:
    """[^1] leads to the note that begins with 1, and not to the one that begins with 10."""
    source = tmp_path / "leaflet.yaml"
    source.write_text(
        "bira: 1\ntitle: 注\ndate: 2026-01-01\nstyle: tiny\npages:\n"
        "  - layout: plain\n    body:\n"
        "      - text: 本文[^1]と本文[^10]と本文[^三]。\n"
        "      - notes: |\n          10 十番目。\n\n          （1）一番目。\n",
        encoding="utf-8",
    )
    leaflet = read(source)
    assert leaflet is not None
    parts = list(walk(structure_of(leaflet)))
    ids = {text_of(e): e.id for e in parts if e.tag == "Note"}
    marks = {text_of(e): e.target for e in parts if e.tag == "Reference"}
    assert marks == {"1": f"#{ids['（1）一番目。']}", "10": f"#{ids['10 十番目。']}", "三": ""}
    (group,) = (e for e in parts if e.role == "notes" and e.tag == "Div")
    assert [c.tag for c in group.children if isinstance(c, Element)] == ["Note", "Note"]
