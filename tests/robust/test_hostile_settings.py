"""Hostile files beside the leaflet: editions, settings, styles, corrections, stages of proof."""

import itertools
import json

import pytest

from tests.robust.hostile import ROOT, Place, Project, Ran, run

E = "bira-editions: 1\neditions:\n"
LETTERS = "abcdefgh"
BOMB = "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in itertools.pairwise(LETTERS)
)
BOMB = f"a: &a [x, x, x, x, x, x, x, x, x]\n{BOMB}"


def editions(project: Project, text: str | bytes, name: str) -> Ran:
    project.blocks("- text: 本文")
    project.write(text, name)
    before = project.files()
    ran = project.build("--editions", "all")
    assert ran.code in (1, 2), ran.err
    assert project.files() == before
    return ran


BAD = "edition.bad-name"
NAMES: dict[str, str] = {
    "../x": BAD,
    "/etc/x": BAD,
    "..": BAD,
    ".": BAD,
    "a/b": BAD,
    "a\\b": BAD,
    "con": BAD,
    "CON": BAD,
    "LPT1": BAD,
    "com¹": BAD,
    "nul.txt": BAD,
    "a|b": BAD,
    "$(touch owned)": BAD,
    '"a."': BAD,
    '"*"': BAD,
    '"?"': BAD,
    "<script>": BAD,
    "x" * 300: BAD,
    "😀": BAD,
    "all": BAD,
    '"a\\u202eb"': BAD,
    "-rf": "source.dash-space",
    '"\\ud800"': "source.surrogate",
}


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:20])
def test_names_of_editions_are_names_of_folders(project: Project, name: str) -> None:
    ran = editions(project, f"{E}  {name}:\n    label: x\n", "editions.yaml")
    column = 6 if "ud800" in name else 3
    assert ran.places() == [(NAMES[name], 3, column)]
    assert not list(project.root.rglob("owned"))


def test_two_forms_of_one_name_are_one_name(project: Project) -> None:
    """On a Mac they would share a folder."""
    text = f"{E}  が:\n    label: x\n  か\u3099:\n    label: y\n"
    assert editions(project, text, "editions.yaml").places() == [("edition.twice", 5, 3)]


FILES: dict[str, tuple[str, str | bytes, Place]] = {
    "alias bomb": (
        "editions.yaml",
        E + "".join(f"  {line}\n" for line in BOMB.splitlines()),
        ("source.too-many-aliases", 7, 10),
    ),
    "deep": ("editions.yaml", E + "  a: " + "[" * 10_000, ("source.too-deep", 3, 54)),
    "a style outside": (
        "editions.yaml",
        E + "  a:\n    style: ../../x\n",
        ("style.unknown", 4, 12),
    ),
    "a program to run": (
        "editions.yaml",
        E + "  a: !!python/object/apply:os.system {label: touch owned}\n",
        ("source.tag", 3, 6),
    ),
    "zero in a cell": (
        "editions.csv",
        "edition,title\na,b\0c\n",
        ("source.control-character", 2, 4),
    ),
    "a thousand open quotes": (
        "editions.csv",
        'edition,title\n"a,b\n' * 1000,
        ("edition.csv-quote", 2, 1),
    ),
    "a cell of 200 kB": (
        "editions.csv",
        "edition,title\na," + "x" * 200_000 + "\n",
        ("edition.csv", 2, 1),
    ),
    "three thousand keys in one": (
        "editions.csv",
        "edition," + "facts." * 3000 + "x\na,b\n",
        ("edition.unknown-column", 1, 9),
    ),
    "the whole and a part": (
        "editions.csv",
        "edition,facts,facts.x\na,b,c\n",
        ("edition.column-within", 1, 15),
    ),
    "too many": (
        "editions.csv",
        "edition,title\n" + "".join(f"e{n},t\n" for n in range(30_000)),
        ("edition.too-many", 1, 1),
    ),
    "a way out": ("editions.csv", "edition,title\n../x,b\n", (BAD, 2, 1)),
    "nothing": ("editions.csv", "", ("edition.empty", 0, 0)),
    "blank lines": ("editions.csv", "\n\n\n,\n", ("edition.no-name-column", 4, 1)),
}


@pytest.mark.parametrize("case", FILES)
def test_files_of_editions(project: Project, case: str) -> None:
    name, text, place = FILES[case]
    assert editions(project, text, name).places() == [place]
    assert not list(project.root.rglob("owned"))


def test_a_formula_for_spreadsheets_is_text(project: Project) -> None:
    project.blocks("- text: 本文")
    project.write("edition,title\na,\"=cmd|' /C calc'!A0\"\n", "editions.csv")
    ran = project.build("--editions", "all")
    assert ran.code == 0 and ran.data["leaflets"][0]["title"] == "=cmd|' /C calc'!A0"


# --- bira.yaml

C = "bira-config: 1\n"
CONFIGS: dict[str, tuple[str | bytes, str]] = {
    "alias bomb": (C + BOMB, "source.too-many-aliases"),
    "deep": (C + "out: " + "{a: " * 10_000, "source.too-deep"),
    "a program to run": (
        C + 'out: !!python/object/apply:os.system ["touch owned"]\n',
        "source.tag",
    ),
    "zero": (C + "out: a\0b\n", "source.control-character"),
    "a surrogate": (C.encode() + b"out: a\xed\xa0\x80\n", "source.surrogate"),
    "any bytes": (bytes(range(256)), "source."),
    "a list": ("- x\n", "source.not-a-leaflet"),
}


@pytest.mark.parametrize("case", CONFIGS)
def test_settings(project: Project, case: str) -> None:
    text, code = CONFIGS[case]
    project.blocks("- text: 本文")
    data = text.encode() if isinstance(text, str) else text
    (project.root / "bira.yaml").write_bytes(data)
    before = project.files()
    ran = run(project.name, "--only", "press", "--lang", "en", root=project.root)
    assert ran.code == 2 and "bira.yaml:" in ran.err and f"[{code}" in ran.err, ran.err
    assert project.files() == before and not list(project.root.rglob("owned"))


# --- style sheets

STYLES: dict[str, tuple[str | bytes, str]] = {
    "alias bomb": ("bira-style: 1\n" + BOMB, "source.too-many-aliases"),
    "deep": ("bira-style: 1\npage: " + "[" * 10_000, "source.too-deep"),
    "any bytes": (bytes(range(256)), "source.broken-bytes"),
    "a program to run": ("bira-style: !!python/name:os.system 1\n", "source.tag"),
}


@pytest.mark.parametrize("case", STYLES)
def test_style_sheets(project: Project, case: str) -> None:
    text, code = STYLES[case]
    project.blocks("- text: 本文")
    sheet = project.root / "leaflets" / "styles" / "tiny.yaml"
    sheet.write_bytes(text.encode() if isinstance(text, str) else text)
    before = project.files()
    ran = project.build()
    assert ran.code in (1, 2) and project.files() == before
    assert code in {found["code"] for found in ran.findings}, ran.err
    assert all(found["file"].endswith("tiny.yaml") for found in ran.findings)


def test_fonts_are_looked_up_by_name(project: Project) -> None:
    project.blocks("- text: 本文")
    sheet = project.root / "leaflets" / "styles" / "tiny.yaml"
    text = sheet.read_text("utf-8")
    sheet.write_text(text.replace("noto-serif-jp-400", "../../geheim.ttf"), "utf-8")
    ran = project.build()
    assert ran.code == 1 and {found["code"] for found in ran.findings} == {"style.unknown-name"}


# --- corrections and what is kept of proofs

WHOLE = {"bira-corrections": 1, "leaflet": "kari", "source": "", "stage": "", "by": "", "items": []}
ITEM = {"kind": "replace", "old": "本文", "new": "ほん", "line": "1", "at": [8, 15]}
CORRECTIONS: dict[str, bytes] = {
    "deep": b'{"items": ' + b"[" * 200_000,
    "a number of 100,000 digits": b'{"bira-corrections": ' + b"9" * 100_000 + b"}",
    "not a number": b'{"bira-corrections": NaN}',
    "any bytes": bytes(range(256)),
    "too large": b'"' + b"a" * 5_000_000 + b'"',
    "nothing": b"",
    "no object": b"[]",
    "many": json.dumps(WHOLE | {"items": [ITEM] * 6000}).encode(),
    "a place before the beginning": json.dumps(
        WHOLE | {"items": [ITEM | {"at": [-1, 1]}]}
    ).encode(),
    "a place at infinity": json.dumps(WHOLE | {"items": [ITEM | {"at": [1e999, 1]}]}).encode(),
    "a surrogate": json.dumps(WHOLE | {"items": [ITEM | {"new": "\ud800"}]}).encode(),
    "orders to a terminal": json.dumps(WHOLE | {"items": [ITEM | {"new": "\x1b[2J"}]}).encode(),
    **{
        f"leaflet {name!r}": json.dumps(WHOLE | {"leaflet": name}).encode()
        for name in ("../kari", "/etc/passwd", "..", "", "a\0b", "C:\\x", "x" * 5000)
    },
}


@pytest.mark.parametrize("case", CORRECTIONS)
def test_corrections(project: Project, case: str) -> None:
    project.blocks("- text: 本文")
    before = project.source.read_bytes()
    file = project.root / "c.json"
    file.write_bytes(CORRECTIONS[case])
    ran = run("apply", "c.json", "--yes", "--lang", "en", root=project.root)
    assert ran.code == 2 and "[apply.unreadable]" in ran.err, ran.err
    assert project.source.read_bytes() == before
    assert not (project.folder / "proofs").exists()


@pytest.mark.parametrize(
    "new", ["**", "{", "\\", '"', "{{x}}", "# x", "- x", ": x", "\n- title: x", "&a", "!!x"]
)
def test_corrections_bring_in_words_alone(project: Project, new: str) -> None:
    """Whatever is put in is read as these characters, or it is refused."""
    project.blocks("- text: この本文です")
    file = project.root / "c.json"
    file.write_text(json.dumps(WHOLE | {"items": [ITEM | {"at": [8, 17], "new": new}]}), "utf-8")
    ran = run("apply", "c.json", "--yes", "--json", root=project.root)
    assert ran.code in (0, 1), ran.err
    built = project.build(only="text")
    assert built.code == 0, built.err
    text = (project.out / "kari" / "kari.txt").read_text("utf-8")
    assert "この本文です" in text or f"この{new}です" in text


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b"9" * 10_000, b"{}", bytes(range(256)), b'{"corrections": 1}']
)
@pytest.mark.parametrize("name", ["log.json", "01-初校.txt", "01-初校.pages.gz"])
def test_what_is_kept_of_proofs(project: Project, name: str, data: bytes) -> None:
    """A spoilt memory never stops a build."""
    project.blocks("- text: 本文")
    project.write(data, f"proofs/{name}")
    ran = project.build(only="proof")
    assert (ran.code, ran.places()) == (0, []), ran.err
    wanted = [("proof.stage-unreadable", 0, 0)] if name.endswith(".txt") else []
    assert [p for p in ran.places("warning") if p[0].startswith("proof.")] == wanted


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b"9" * 10_000, b"{}", bytes(range(256)), b'{"files": [1, {}]}']
)
def test_what_the_build_remembers(project: Project, data: bytes) -> None:
    project.blocks("- text: 本文")
    memory = project.out / "kari" / ".bira" / "places.json"
    memory.parent.mkdir(parents=True)
    memory.write_bytes(data)
    project.built()


def test_the_schema_stands(project: Project) -> None:
    """The good source of these tests is good."""
    project.blocks("- text: 本文")
    assert project.built().is_file() and (ROOT / "build.py").is_file()
