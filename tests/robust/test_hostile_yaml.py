"""Sources that try to blow up, to hang, or to smuggle something in through YAML itself."""

import pytest

from tests.robust.hostile import HEAD, Place, Project

LINE = HEAD.count("\n") + 1
"""Where the first block stands."""

NINES = "".join(
    f"{letter}: &{letter} [{', '.join(['*' + before] * 9)}]\n"
    for before, letter in zip("abcdefgh", "bcdefghi", strict=True)
)
"""Nine times nine times nine …: 387 million words if somebody wrote them out."""

REFUSED: dict[str, tuple[str | bytes, Place]] = {
    "alias bomb": (
        "a: &a [x, x, x, x, x, x, x, x, x]\n" + NINES + HEAD,
        ("source.too-many-aliases", 5, 8),
    ),
    "many aliases": (
        "a: &a x\nb: [" + "*a, " * 101 + "]\n" + HEAD,
        ("source.too-many-aliases", 2, 5 + 100 * 4),
    ),
    "an alias inside itself": (HEAD + "      - &a [*a]\n", ("source.alias-unknown", LINE, 13)),
    "an alias of nothing": (HEAD + "      - text: *a\n", ("source.alias-unknown", LINE, 15)),
    "lists in lists": (
        HEAD + "      - text: " + "[" * 100_000 + "]" * 100_000,
        ("source.too-deep", LINE, 60),
    ),
    "mappings in mappings": (
        HEAD + "      - text: " + "{a: " * 100_000 + "}" * 100_000,
        ("source.too-deep", LINE, 195),
    ),
    "dashes behind dashes": (HEAD + "      " + "- " * 3000, ("source.too-deep", LINE, 101)),
    "keys in keys": (HEAD + "      - " + "? " * 3000 + "x", ("source.too-deep", LINE, 101)),
    "indentation": (
        HEAD + "".join(" " * (6 + n) + "- \n" for n in range(1500)),
        ("source.too-deep", LINE + 47, 54),
    ),
    "a program to run": (
        HEAD + '      - text: !!python/object/apply:os.system ["touch owned"]\n',
        ("source.tag", LINE, 15),
    ),
    "a class to make": (
        HEAD + "      - text: !!python/name:os.system x\n",
        ("source.tag", LINE, 15),
    ),
    "bytes": (HEAD + "      - text: !!binary aGk=\n", ("source.tag", LINE, 15)),
    "a tag of 100 kB": (
        "%TAG ! tag:x,2000:" + "a" * 100_000 + "\n---\n" + HEAD + "      - text: !b x\n",
        ("source.tag", LINE + 2, 15),
    ),
    "many documents": (
        HEAD + "      - text: x\n" + "---\n" * 100_000,
        ("source.many-documents", LINE + 1, 1),
    ),
    "a quotation without an end": (
        HEAD + '      - text: "' + "a\n" * 300_000,
        ("source.quote-unclosed", LINE, 15),
    ),
    "a file too large": (HEAD + "      - text: " + "あ" * 1_400_000, ("source.too-large", 0, 0)),
    "half a megabyte of tabs": (HEAD + "\t" * 500_000, ("source.tab", LINE, 1)),
    "nothing at all": ("", ("source.empty", 0, 0)),
    "a number of 100,000 digits": (
        HEAD.replace("bira: 1", "bira: " + "9" * 100_000) + "      - text: x\n",
        ("source.expected-choice", 1, 7),
    ),
    "room of 5,000 digits": (
        HEAD + "      - space: " + "9" * 5000 + "\n",
        ("source.expected-whole", LINE, 16),
    ),
    "a surrogate as an escape": (
        HEAD + '      - text: "a\\ud800b"\n',
        ("source.surrogate", LINE, 19),
    ),
    "two surrogates as escapes": (
        HEAD + '      - text: "a\\ud83d\\ude00b"\n',
        ("source.surrogate", LINE, 19),
    ),
    "a surrogate as bytes": (
        HEAD.encode() + b"      - text: a\xed\xa0\x80b\n",
        ("source.surrogate", LINE, 16),
    ),
    "beyond all characters": (
        HEAD + '      - text: "a\\U00110000b"\n',
        ("source.surrogate", LINE, 19),
    ),
    "zero": (HEAD + "      - text: a\0b\n", ("source.control-character", LINE, 16)),
    "zero as an escape": (
        HEAD + '      - text: "a\\0b"\n',
        ("source.control-character", LINE, 15),
    ),
    "orders to a terminal": (
        HEAD + "      - text: |\n          a\x1b[31mb\n",
        ("source.control-character", LINE + 1, 12),
    ),
    "C1 controls": (HEAD + "      - text: a\x9bb\n", ("source.control-character", LINE, 16)),
    "a character for private use": (HEAD + "      - text: a\ue000\n", ("glyph.missing", LINE, 16)),
    "no character": (HEAD + "      - text: a\ufdd0\n", ("glyph.missing", LINE, 16)),
    "UTF-16": ((HEAD + "      - text: x\n").encode("utf-16"), ("source.not-utf8", 1, 1)),
    "UTF-32": ((HEAD + "      - text: x\n").encode("utf-32"), ("source.not-utf8", 1, 1)),
    "any bytes": (bytes(range(256)) * 1000, ("source.broken-bytes", 2, 118)),
}
UNREADABLE = ("source.surrogate", "source.not-utf8", "source.broken-bytes", "source.too-large")


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_at_its_place(project: Project, case: str) -> None:
    data, place = REFUSED[case]
    project.write(data)
    project.refused(place, exit=2 if place[0] in UNREADABLE else 1)
    assert not (project.folder / "owned").exists() and not (project.root / "owned").exists()


def test_ways_to_write_from_right_to_left_are_pointed_out(project: Project) -> None:
    """An account number that reads otherwise than it is typed must not get through."""
    project.blocks("- text: 口座\u202e1234\u202c番")
    ran = project.refused(("glyph.missing", LINE, 17), ("glyph.missing", LINE, 22))
    assert ran.places("warning") == [
        ("source.invisible-character", LINE, 17),
        ("source.invisible-character", LINE, 22),
    ]
    assert "\u202e" not in ran.err  # nor does a terminal write backwards


def test_a_merge_is_no_block(project: Project) -> None:
    project.blocks("- text: &a x", "- <<: *a")
    project.refused(("source.unknown-block", LINE + 1, 9))


@pytest.mark.parametrize("what", ["\n", "\r", "#" + "x" * 1_000_000, "# x\n" * 300_000])
def test_much_of_nothing_is_built(project: Project, what: str) -> None:
    project.write(HEAD + "      - text: 本文\n" + what * (1_000_000 // len(what)))
    project.built()


MARKS = ("｜親《", "《", "**a", "[a](", "{", "\\", "^", "__", "[[", "｜", "{a.b:", "`", "<", "**")


@pytest.mark.parametrize("mark", MARKS)
def test_marks_without_an_end(project: Project, mark: str) -> None:
    """Ten thousand beginnings: every one is looked at once, and told or set as it is."""
    project.blocks(f"- text: |\n    {mark * 10_001}")
    before = project.files()
    ran = project.build()
    assert ran.code == 1, ran.err
    assert {(code, line) for code, line, _ in ran.places()} <= {
        ("markup.unclosed", LINE + 1),
        ("markup.nested", LINE + 1),
        ("markup.fact-syntax", LINE + 1),
        ("area.overset", LINE + 1),
        ("pdf.cut", LINE + 1),
    }
    assert project.files() == before


def test_a_million_characters_in_one_line(project: Project) -> None:
    """They do not fit: said once, at their place."""
    project.blocks("- text: " + "a" * 1_000_000)
    before = project.files()
    ran = project.build()
    assert ran.code == 1
    assert {(code, line) for code, line, _ in ran.places()} == {("pdf.cut", LINE)}
    assert len(ran.err) < 10_000 and project.files() == before


def test_a_hundred_marks_on_one_letter(project: Project) -> None:
    project.blocks("- text: あ" + "\u0301" * 100)
    project.built()
