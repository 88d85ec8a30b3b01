"""The schema refuses nothing that the program takes without a word."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from layout.diagnostics import Reporter
from layout.source import images
from layout.source.facts import FactError, derive
from layout.source.fields import read_record
from layout.source.json_schema import _table, leaflet_schema
from layout.source.leaflet_keys import LEAFLET
from layout.source.nodes import read_nodes
from layout.source.schema import (
    ADDRESS,
    FILE,
    FLAGS,
    MAIL,
    UNIT_WORDS,
    Anything,
    Blocks,
    Choice,
    Day,
    Either,
    Fields,
    Flag,
    Key,
    Kind,
    Length,
    Many,
    Named,
    Nothing,
    Number,
    Table,
    Whole,
    Words,
)
from tests.schema.keys import BLOCK, ROOTS
from tests.schema.sources import Draft7Validator, as_editor

Typed = st.SearchStrategy[str]
"""Values as they are typed, on one line."""

_PLAIN = st.sampled_from(
    [
        "本文",
        "0",
        "12",
        "007",
        "1.5",
        "-3",
        "yes",
        "No",
        "true",
        "~",
        "null",
        "2021-03-01",
        "12:30",
        "https://example.jp/a",
        "figures/a.png",
        "../a.png",
        "03-1234-5678",
        "１２",
        "〇",
        "a.b",
        ".5",
        "1e3",
        "0x1F",
        "+81",
        "1_000",
    ]
)
_ADDRESSES = ("figures/a.png", "図 1.jpg", "https://example.jp/a", "http://a.b", "a.b+c@d.e")
_QUOTED = st.one_of(_PLAIN, st.sampled_from(["", " ", " 3 ", "\u3000", "- 一", "# 二", "a: b"]))


def scalar(tokens: Typed) -> Typed:
    """Plain, or between quotes."""
    return st.one_of(tokens, tokens.map(lambda text: f"'{text}'"))


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _cased(words: Iterator[str]) -> Typed:
    found = sorted({w for word in words for w in (word, word.upper(), word.title())})
    return st.sampled_from([*found, *map(_full_width, found)])


_NUMBERS = st.one_of(
    st.integers(-3, 40).map(str),
    st.just("100"),
    st.sampled_from(
        [
            "0.0",
            "+2",
            "-0",
            "003",
            "2.50",
            "１",
            "50%",
            "400%",
            "1e2",
            ".5",
            "3.",
            "10000",
            "2147483648",
            "-10001",
            "1,000",
        ]
    ),
)
_LENGTHS = st.one_of(
    _NUMBERS,
    st.builds(
        lambda number, space, unit: number + space + unit,
        _NUMBERS,
        st.sampled_from(["", "", " ", "  "]),
        st.sampled_from([*UNIT_WORDS, "px", "cm", "ＭＭ", "㎜", "Mm"]),
    ),
)
_DAYS = st.sampled_from(
    [
        "2027-01-31",
        "2027-02-30",
        "2027-02-28",
        "2027-13-01",
        "2027-1-1",
        "２０２７-01-31",
        "0000-01-01",
        "2024-02-29",
    ]
)
_NAMES = st.sampled_from(["ue", "kyoto", "京都", "a-b", "a_b", "A1", "１", "-", "_a", "all", "x/y"])


def typed(kind: Kind, depth: int) -> Typed:
    """Values of the kind, right ones and near misses, in YAML on one line."""
    match kind:
        case Words(pattern=pattern):
            if pattern:  # read_record does not look at it; the tests of patterns do
                fitting = [text for text in _ADDRESSES if re.search(pattern, text)]
                return scalar(st.sampled_from(fitting))
            return st.one_of(_PLAIN, _QUOTED.map(lambda t: f"'{t}'"))
        case Choice(words):
            return scalar(st.one_of(st.sampled_from(words), _cased(iter(words))))
        case Whole(words=words):
            return scalar(st.one_of(_NUMBERS, st.sampled_from([*words, "3"])))
        case Number():
            return scalar(_NUMBERS)
        case Length(words=words):
            return scalar(st.one_of(_LENGTHS, st.sampled_from([*words, "3mm"])))
        case Flag():
            return scalar(_cased(iter(FLAGS)))
        case Day():
            return scalar(_DAYS)
        case Nothing():
            return st.sampled_from(["", "''", "~"])
        case Anything():
            return scalar(_PLAIN)
    return _collection(kind, depth)


def _collection(kind: Kind, depth: int) -> Typed:
    match kind:
        case Either(kinds):
            return st.one_of([typed(each, depth) for each in kinds])
        case Many(inner, least, most):
            size = min(most, max(least, 2))
            items = st.lists(typed(inner, depth), min_size=least, max_size=size)
            return items.map(lambda found: f"[{', '.join(found)}]")
        case Blocks():
            if depth == 0:
                return st.just("[{text: 本文}]")
            block = st.sampled_from(BLOCK.keys[: -len(("style", "id", "lint"))]).flatmap(
                lambda key: typed(key.kind, depth - 1).map(lambda v: f"{{{key.name}: {v}}}")
            )
            return st.lists(block, min_size=1, max_size=2).map(lambda b: f"[{', '.join(b)}]")
        case Named(inner, taken=taken):  # names that are taken are refused later
            names = _NAMES.filter(lambda name: name not in taken)
            entries = st.tuples(names, typed(inner, depth))
            return st.lists(
                entries, min_size=bool(taken), max_size=2, unique_by=lambda e: e[0]
            ).map(_mapping)
        case Fields(table):
            return fields(table, depth)
    raise AssertionError(kind)


@st.composite
def fields(draw: st.DrawFn, table: Table, depth: int) -> str:
    """A mapping with what is needed and a few keys more."""
    one = [draw(st.sampled_from(table.one_of))] if table.one_of else []
    more = [key.name for key in table.keys if not key.required and key.name not in table.one_of]
    chosen = draw(st.lists(st.sampled_from(more), max_size=2, unique=True)) if more else []
    names = [*(key.name for key in table.keys if key.required), *one, *chosen]
    entries = []
    for name in names:
        key = table.key(name)
        assert key is not None
        inner = typed(key.kind, max(0, depth - 1))
        entries.append((name, draw(st.one_of(inner, inner, inner, st.sampled_from(["", "''"])))))
    if table.other is not None:
        entries.append(("hon", draw(typed(table.other, depth))))
    return _mapping(entries)


def _mapping(entries: list[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in entries) + "}"


def _kinds() -> list[tuple[str, Kind]]:
    """The kind of every key there is, once."""
    found: dict[Any, str] = {}
    waiting: list[Any] = [*ROOTS.values(), BLOCK]
    seen: set[str] = set()
    while waiting:
        match waiting.pop():
            case Table() as table if table.name not in seen:
                seen.add(table.name)
                for key in table.keys:
                    found.setdefault(key.kind, f"{table.name}/{key.name}")
                    waiting.append(key.kind)
            case Fields(inner) | Many(inner) | Named(inner):
                waiting.append(inner)
            case Either(kinds):
                waiting.extend(kinds)
    return [(name, kind) for kind, name in found.items()]


KINDS = _kinds()
_DEFINITIONS = {"definitions": leaflet_schema()["definitions"]}


def disagreements(text: str, table: Table, schema: Any) -> tuple[bool, list[str]]:
    """Whether the program takes it without a word, and what the schema says then."""
    reporter = Reporter()
    nodes = read_nodes(text, "f", reporter)
    record = None if nodes is None else read_record(nodes, table, reporter)
    if record is None or len(reporter):
        return False, []
    return True, [error.message[:300] for error in schema.iter_errors(as_editor(text))]


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize(("name", "kind"), KINDS, ids=lambda v: v if isinstance(v, str) else "")
def test_the_schema_takes_what_the_program_takes(name: str, kind: Kind, required: bool) -> None:
    table = Table("t", (Key("k", kind, "鍵", "key", required),))
    schema = Draft7Validator(_table(table) | _DEFINITIONS)
    taken = 0

    @settings(
        max_examples=20, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(typed(kind, 1))
    def run(value: str) -> None:
        nonlocal taken
        text = f"k: {value}\n"
        note(text)
        good, wrong = disagreements(text, table, schema)
        taken += good
        assert wrong == []

    run()
    assert taken, "nothing that the program takes was tried"


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(fields(LEAFLET, 3))
def test_whole_leaflets(text: str) -> None:
    wrong = disagreements(text, LEAFLET, Draft7Validator(leaflet_schema()))[1]
    assert wrong == []


# --- patterns, which say in short what is checked in full elsewhere -----------------------------


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text("aあ/.\\:~ 1-", min_size=1, max_size=9).filter(lambda t: t.strip() == t))
def test_every_picture_that_is_taken_fits_the_pattern(path: str) -> None:
    reporter = Reporter()
    images.check_image(path, Path("/no-such-folder"), None, reporter)  # type: ignore[arg-type]
    outside = {found.code for found in reporter} - {"image.missing"}
    assert outside or _fits(FILE, path)


@pytest.mark.parametrize(
    "path", ["figures/a.png", "a b.png", "図.jpg", "..a/b..png", "a/.../b.svg", "./a.png", "~a/b"]
)
def test_pictures_inside_fit(path: str) -> None:
    assert _fits(FILE, path) is not path.startswith("~")


@settings(max_examples=300, derandomize=True, deadline=None)
@given(
    st.sampled_from(["url", "mail"]),
    st.text("a.b@/?#-:あ", min_size=1, max_size=12),
    st.sampled_from(["", "http://", "https://", "https://a.b", "a@b.c"]),
)
def test_every_address_that_is_taken_fits_the_pattern(kind: str, text: str, head: str) -> None:
    try:
        derive(kind, head + text)
    except FactError:
        return
    assert _fits({"url": ADDRESS, "mail": MAIL}[kind], head + text)


def _fits(words: Words, text: str) -> bool:
    return Draft7Validator({"type": "string", "pattern": words.pattern}).is_valid(text)
