"""What a schema can tell, ours tell: one fault each, put into a source that is valid."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.built import ROOT
from tests.cases.reading import cases, expected
from tests.schema.sources import as_editor, faults

EVERY_KEY = ROOT / "tests" / "schema" / "every-key"

FAULTS: dict[str, tuple[tuple[str, str, Any], ...]] = {
    "leaflet": (
        ("an unknown key", "autor", "会"),
        ("a misspelt key beside others", "web/images/0/nmae", "a"),
        ("another version", "bira", 2),
        ("text for a mapping", "facts", "電話"),
        ("a list for text", "title", ["題"]),
        ("an empty title", "title", ""),
        ("a title of spaces", "title", " \u3000 "),
        ("a title left out", "title", None),
        ("slashes in a date", "date", "2027/1/1"),
        ("a month 13", "date", "2027-13-01"),
        ("a 31st of June", "date", "2027-06-31"),
        ("a date of an era", "date", "令和9年1月1日"),
        ("a side there is not", "binding", "top"),
        ("no pages", "pages", []),
        ("pages that are none", "pages", "omote"),
        ("a page without a layout", "pages/0/layout", KeyError),
        ("an area that is no list", "pages/0/hon", "本文"),
        ("a fact of two kinds", "facts/kaijo/phone", "03-0000-0000"),
        ("a fact of no kind", "facts/kaijo/place", KeyError),
        ("an empty fact", "facts/kaijo/place", None),
        ("a fact with a name of signs", "facts/a.b", {"text": "語"}),
        ("an address without http", "facts/kaijo", {"url": "example.jp"}),
        ("a mail with a full-width sign", "facts/kaijo", {"mail": "info＠example.jp"}),
        ("readings that are a list", "furigana/words", ["こ・じん"]),
        ("a flag that is none", "furigana/every", "ときどき"),
        ("a picture too small", "web/images/0/width", 3),
        ("a place without a unit", "folds", [60]),
    ),
    "style": (
        ("an unknown key", "colors", {}),
        ("an unknown key of a style", "text/body/colr", "sumi"),
        ("a paper there is not", "page", "A9"),
        ("a page without a height", "page", {"width": "10mm"}),
        ("a length without a unit", "text/body/size", 14),
        ("a unit of screens", "text/body/size", "14px"),
        ("three inks", "colours/sumi/cmyk", [0, 0, 0]),
        ("more ink than there is", "colours/sumi/cmyk", [0, 0, 0, 101]),
        ("a colour of nothing", "colours/sumi", {}),
        ("a font without kanji", "fonts/mincho/kanji", KeyError),
        ("a rectangle of three", "layouts/omote/areas/hon/rect", ["8mm", "8mm", "104mm"]),
        ("a rectangle in words", "layouts/omote/areas/hon/rect", "8mm 8mm 104mm 164mm"),
        ("half a column", "blocks/box/columns", 1.5),
        ("no column", "blocks/box/columns", 0),
        ("thirteen columns", "blocks/box/columns", 13),
        ("a class there is not", "mojikumi/0/before", "cl-31"),
        ("no layouts", "layouts", KeyError),
    ),
    "editions": (
        ("an unknown key", "edition", {}),
        ("a key an edition has not", "editions/kyoto/pages", []),
        ("no editions", "editions", KeyError),
        ("an edition of text", "editions/kyoto", "京都"),
        ("an edition of nothing", "editions/kyoto", None),
        ("the name that means all", "editions/All", {}),
        ("a device for a name", "editions/con", {}),
        ("a name of signs", "editions/../kyoto", {}),
        ("a name too long", "editions/" + "k" * 61, {}),
        ("a scale too small", "editions/kyoto/type-scale", 10),
        ("a scale in words", "editions/kyoto/type-scale", "大"),
        ("ids that are no list", "editions/kyoto/leave-out", "kanpa"),
        ("a wrong date", "editions/kyoto/date", "2027-00-10"),
    ),
    "profile": (
        ("an unknown key", "blead", "3mm"),
        ("a kind of PDF there is not", "flavour", "PDF/X-5"),
        ("a mark that is no length", "mark-length", "long"),
        ("a flag that is none", "marks", 2),
        ("no version", "bira-profile", KeyError),
    ),
    "config": (
        ("an unknown key", "lang", "ja"),
        ("a language there is not", "language", "fr"),
        ("outputs that are no list", "outputs", "press"),
        ("no outputs", "outputs", []),
        ("no version", "bira-config", KeyError),
    ),
    "lint": (
        ("an unknown key", "name", "x"),
        ("a rule without an id", "rules/0/id", KeyError),
        ("a level there is not", "rules/0/level", "error"),
        ("no rules", "rules", []),
    ),
}
WHOLE = {
    "config": "bira-config: 1\nlanguage: ja\noutputs: [press]\n",
    "lint": "bira-lint: 1\nrules:\n  - {id: kotoba, level: note, words: {子ども: 子供}}\n",
}
BLOCKS: tuple[tuple[str, str], ...] = (
    ("a block there is not", "- paragraph: 本文"),
    ("a block without a type", "- {style: lead}"),
    ("two blocks in one", "- {text: 本文, heading: 見出し}"),
    ("a block of nothing", "- text:"),
    ("bare text", "- 本文"),
    ("an empty item", "-"),
    ("an unknown key of a block", "- {text: 本文, colour: red}"),
    ("a level 7", "- heading: {text: 見出し, level: 7}"),
    ("a heading without words", "- heading: {level: 2}"),
    ("a picture from the web", '- figure: {image: "https://example.jp/a.png", alt: 図}'),
    ("a picture of a disk", '- figure: {image: "C:\\\\a.png", alt: 図}'),
    ("a picture with a backslash", "- figure: {image: figures\\a.png, alt: 図}"),
    ("a picture outside", "- figure: {image: ../a.png, alt: 図}"),
    ("a picture outside by a detour", "- figure: {image: figures/../../a.png, alt: 図}"),
    ("a picture from the root", "- figure: {image: /a.png, alt: 図}"),
    ("a picture without description", "- figure: {image: figures/a.png}"),
    ("a picture and a stand-in", "- figure: {image: a.png, stand-in: photo, alt: 図}"),
    ("a stand-in there is not", "- figure: {stand-in: picture, alt: 図}"),
    ("a width without a unit", "- figure: {stand-in: photo, alt: 図, width: 60}"),
    ("an empty list", "- list: []"),
    (
        "a list four deep",
        "- list: [{text: 一, list: [{text: 二, list: [{text: 三, list: [四]}]}]}]",
    ),
    ("a table of text", "- table: {rows: 欄}"),
    ("no lines of space", "- space: 0"),
    ("a break to nowhere", "- break: page"),
    ("a place of three", "- free: {rect: [0mm, 0mm, 20mm], text: 文}"),
    ("a rule with a length", "- rule: 3mm"),
    ("a cell that is empty", "- row: {cells: [null]}"),
)


def whole(kind: str) -> Any:
    text = WHOLE.get(kind) or (EVERY_KEY / f"{kind}.yaml").read_text("utf-8")
    return as_editor(text)


def spoilt(kind: str, way: str, value: Any) -> Any:
    """The source with a value put in, or left out, at the end of the way."""
    data = copy.deepcopy(whole(kind))
    *steps, last = way.split("/") if "/../" not in way else ("editions", "../kyoto")
    at = data
    for step in steps:
        at = at[int(step) if isinstance(at, list) else step]
    if value is KeyError:
        del at[last]
    else:
        at[last] = value
    return data


@pytest.mark.parametrize("kind", FAULTS)
def test_the_whole_is_valid(kind: str) -> None:
    assert faults(kind, whole(kind)) == []


@pytest.mark.parametrize(
    ("kind", "way", "value"),
    [
        pytest.param(kind, way, value, id=f"{kind}-{name}".replace(" ", "-"))
        for kind, found in FAULTS.items()
        for name, way, value in found
    ],
)
def test_a_fault_is_refused(kind: str, way: str, value: Any) -> None:
    assert faults(kind, spoilt(kind, way, value))


@pytest.mark.parametrize(("name", "block"), BLOCKS, ids=lambda v: v.replace(" ", "-")[:40])
def test_a_faulty_block_is_refused(name: str, block: str) -> None:
    data = whole("leaflet")
    data["pages"][0]["hon"] = as_editor("- text: 本文") + as_editor(block)
    assert faults("leaflet", data), name


# --- the sources of tests/cases ---------------------------------------------------------------

BEYOND = {
    "area.unknown": "names of another file",
    "edition.twice": "names are compared with one another, in whatever case",
    "facts.amount": "has to be read, in whatever width",
    "facts.date-form": "has to be read, in whatever width",
    "facts.era": "has to be calculated",
    "facts.near-miss": "numbers are compared with one another",
    "facts.phone": "digits are counted, in whatever width",
    "facts.unknown": "names inside text",
    "facts.unknown-attribute": "names inside text",
    "facts.unknown-format": "names inside text",
    "facts.weekday": "has to be calculated",
    "facts.yucho-check": "has to be calculated",
    "facts.yucho-form": "typed in whatever width, with whatever hyphen",
    "image.missing": "only the disk knows",
    "layout.unknown": "names of another file",
    "profile.unknown": "names of other files",
    "source.bom": "a note: the program takes it",
    "source.duplicate-id": "ids are compared with one another",
    "source.duplicate-key": "editors tell themselves; the values do not show it",
    "source.empty-area": "a warning: the program takes it",
    "source.empty-item": "elsewhere empty items are all right",
    "source.folded": "how it is typed; the values do not show it",
    "source.fullwidth-bar": "a bar is text",
    "source.invisible-character": "a warning: the program takes it",
    "source.one-item": "a warning: the program takes it",
    "source.surrogate": "a character that JSON has",
    "source.table-uneven": "rows are compared with one another",
    "source.table-widths": "widths are compared with rows",
    "source.too-many-aliases": "the values do not show them",
    "style.unknown": "names of other files",
    "style.unknown-name": "names of another file",
}
"""What a schema cannot tell, and why; all marks inside text besides."""
EITHER = {
    *("source.read-as", "source.hash-in-text", "source.null-word", "source.odd-quotes"),
    "facts.date",
}
"""What the program mends, or an editor sees only sometimes."""
ONLY_THERE = {
    "anchor-lost": "an anchor that nothing refers to is gone from the values",
    "qr-text": "what is no address may be the name of a fact",
}


@pytest.mark.parametrize(
    "path", [path for path in cases() if path.suffix == ".yaml"], ids=lambda path: path.stem
)
def test_a_case_is_refused_where_a_schema_can_tell(path: Path) -> None:
    codes = {code for code, _ in expected(path) if not code.startswith("markup.")}
    kind = {"style": "style", "editions": "editions"}.get(path.stem.split("-")[0], "leaflet")
    try:
        data = as_editor(path.read_text("utf-8"))
    except (yaml.YAMLError, ValueError):
        return  # it is not even YAML, or not even text, as the editor says
    if codes - BEYOND.keys() - EITHER and path.stem not in ONLY_THERE:
        assert faults(kind, data)
    elif not codes & EITHER and codes <= BEYOND.keys():
        assert faults(kind, data) == []
