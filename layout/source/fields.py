"""Nodes to fields: every value checked against its key, with the reason where it fails.

What fails is reported and left out, so that one slip hides nothing else.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from layout.diagnostics import Reporter, Span
from layout.source import leaflet_keys as keys
from layout.source.model import Measure
from layout.source.nodes import Mapping, Node, Scalar, Sequence
from layout.source.records import BlockField, Field, Record
from layout.source.schema import (
    UNITS,
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

_MEASURE = re.compile(r"([-+]?[0-9]{1,9}(?:\.[0-9]{1,9})?) ?([a-zA-Z%\u3040-\u9fff]{0,3})")
_UNIT_WORDS: Final = {u: u for u in UNITS} | {
    "em": "字",
    "文字": "字",
    "級": "Q",
    "q": "Q",
    "歯": "H",
    "h": "H",
    "ミリ": "mm",
    "MM": "mm",
}
_WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:\.[0-9]{1,9})?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FLAGS: Final = {
    "true": True,
    "yes": True,
    "on": True,
    "はい": True,
    "false": False,
    "no": False,
    "off": False,
    "いいえ": False,
}


def read_record(node: Node, table: Table, reporter: Reporter) -> Record | None:
    """The fields of a mapping as its table wants them."""
    value = _Reader(reporter).read(node, Fields(table))
    return value if isinstance(value, Record) else None


def suggest(word: str, known: Iterator[str] | list[str]) -> str:
    """The known word nearest to a mistyped one, or ""."""
    from difflib import get_close_matches  # only needed after a slip

    plain = unicodedata.normalize("NFKC", word).casefold().strip().replace("_", "-")
    names = {name.casefold(): name for name in known}
    found = get_close_matches(plain, names, n=1, cutoff=0.6)
    return names[found[0]] if found else ""


class _Reader:
    """Reads values of each kind; None means reported and left out."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._readers: dict[type, Callable[[Node, object], object]] = {
            Words: self._words,
            Choice: self._choice,
            Whole: self._whole,
            Number: self._number,
            Length: self._length,
            Flag: self._flag,
            Day: self._day,
            Nothing: self._nothing,
            Anything: self._anything,
            Many: self._many,
            Blocks: self._blocks,
            Fields: self._fields,
            Named: self._named,
            Either: self._either,
        }

    def read(self, node: Node, kind: Kind) -> object:
        """The value of a node as ``kind`` wants it."""
        return self._readers[type(kind)](node, kind)

    # --- text and words -----------------------------------------------------

    def _words(self, node: Node, kind: object) -> Scalar | None:
        if isinstance(node, Scalar):
            return node
        if isinstance(node, Mapping):
            self._mapping_for_text(node)
        elif node.flow:
            self._reporter.error("source.starts-with", node.span, character="[", problem="")
        else:
            self._reporter.error("source.expected-text", node.span)
        return None

    def _mapping_for_text(self, node: Mapping) -> None:
        """``{phone}`` without quotes, or a colon inside a text."""
        if node.flow:
            self._reporter.error("source.braces", node.span)
        elif len(node.entries) == 1:
            key = node.entries[0].key
            column = key.span.column + key.span.length
            span = Span(key.span.file, key.span.line, column)
            self._reporter.error("source.colon-in-value", span)
        else:
            self._reporter.error("source.expected-text", node.span)

    def _plain(self, node: Node) -> str | None:
        scalar = self._words(node, None)
        if scalar is None:
            return None
        return unicodedata.normalize("NFKC", scalar.value).strip()

    def _choice(self, node: Node, kind: object) -> str | None:
        assert isinstance(kind, Choice)
        text = self._plain(node)
        if text is None:
            return None
        if text in kind.words:
            return text
        words = " / ".join(kind.words)
        near = suggest(text, list(kind.words))
        self._reporter.error(
            "source.expected-choice", node.span, value=text, words=words, suggestion=near
        )
        return None

    def _whole(self, node: Node, kind: object) -> int | str | None:
        assert isinstance(kind, Whole)
        text = self._plain(node)
        if text is None or text in kind.words:
            return text
        if _WHOLE.fullmatch(text) and kind.least <= int(text) <= kind.most:
            return int(text)
        words = " / ".join(kind.words)
        self._reporter.error(
            "source.expected-whole",
            node.span,
            value=text,
            least=kind.least,
            most=kind.most,
            words=words,
        )
        return None

    def _number(self, node: Node, kind: object) -> float | None:
        assert isinstance(kind, Number)
        text = self._plain(node)
        if text is None:
            return None
        text = text.removesuffix("%")
        if _NUMBER.fullmatch(text) and kind.least <= float(text) <= kind.most:
            return float(text)
        self._reporter.error(
            "source.expected-number",
            node.span,
            value=text,
            least=f"{kind.least:g}",
            most=f"{kind.most:g}",
        )
        return None

    def _length(self, node: Node, kind: object) -> Measure | None:
        assert isinstance(kind, Length)
        text = self._plain(node)
        if text is None:
            return None
        if text in kind.words:
            return Measure(0, text, node.span)
        if kind.share and _NUMBER.fullmatch(text) and float(text) > 0:
            return Measure(float(text), "", node.span)
        found = _MEASURE.fullmatch(text)
        if found:
            value, word = float(found.group(1)), found.group(2)
            unit = _UNIT_WORDS.get(word)
            if unit is not None or (word == "" and value == 0 and not kind.share):
                return Measure(value, unit or "", node.span)
        self._reporter.error("source.expected-length", node.span, value=text, units=" ".join(UNITS))
        return None

    def _flag(self, node: Node, _: object) -> bool | None:
        text = self._plain(node)
        if text is None:
            return None
        value = _FLAGS.get(text.lower())
        if value is None:
            self._reporter.error("source.expected-flag", node.span, value=text)
        return value

    def _day(self, node: Node, _: object) -> str | None:
        text = self._plain(node)
        if text is None:
            return None
        found = _DAY.fullmatch(text)
        if not found:
            self._reporter.error("source.expected-date", node.span, value=text)
            return None
        try:
            date(int(found.group(1)), int(found.group(2)), int(found.group(3)))
        except ValueError:
            self._reporter.error("facts.date", node.span, value=text)
            return None
        return text

    def _nothing(self, node: Node, _: object) -> bool | None:
        if isinstance(node, Scalar) and not node.value.strip():
            return True
        self._reporter.error("source.expected-nothing", node.span)
        return None

    def _anything(self, node: Node, _: object) -> Node:
        return node

    # --- collections --------------------------------------------------------

    def _either(self, node: Node, kind: object) -> object:
        assert isinstance(kind, Either)
        shape = {Scalar: "scalar", Sequence: "sequence", Mapping: "mapping"}[type(node)]
        for each in kind.kinds:
            if each.shape == shape:
                # `{phone}` where text or a mapping may stand: no such keys means text.
                if isinstance(node, Mapping) and _only_braces(node) and _takes_text(kind):
                    break
                if isinstance(each, Fields) and _is_text_with_colon(node, each, kind):
                    break
                return self.read(node, each)
        return self.read(node, kind.kinds[0])

    def _many(self, node: Node, kind: object) -> list[object] | None:
        assert isinstance(kind, Many)
        if not isinstance(node, Sequence):
            self._reporter.error("source.expected-list", node.span)
            return None
        count = len(node.items)
        if not kind.least <= count <= kind.most:
            code = "source.expected-count" if kind.least == kind.most else "source.empty-list"
            self._reporter.error(code, node.span, count=count, wanted=kind.least)
            return None
        values = [self.read(item, kind.kind) for item in node.items]
        kept = [value for value in values if value is not None]
        return kept if len(kept) == count or kind.least != kind.most else None

    def _fields(self, node: Node, kind: object) -> Record | None:
        assert isinstance(kind, Fields)
        table = kind.table
        if not isinstance(node, Mapping):
            names = ", ".join(key.name for key in table.keys[:6])
            self._reporter.error("source.expected-mapping", node.span, keys=names)
            return None
        record = Record(node.span)
        missing = [k for k in table.keys if k.required and not _has(node, k.name)]
        for entry in node.entries:
            self._entry(entry.key, entry.value, table, missing, record)
        for key in missing:
            self._reporter.error("source.missing-key", node.span, key=key.name, about=key.ja)
        self._one_of(node, table)
        return record

    def _entry(
        self, key: Scalar, value: Node, table: Table, missing: list[Key], record: Record
    ) -> None:
        name = key.value
        known = table.key(name)
        kind = known.kind if known else table.other
        mistyped = kind is table.other and missing and suggest(name, [k.name for k in missing])
        if kind is None or mistyped:
            near = mistyped or suggest(name, [k.name for k in table.keys])
            self._reporter.error("source.unknown-key", key.span, key=name, suggestion=near)
            missing[:] = [k for k in missing if k.name != near]
            return
        if isinstance(value, Scalar) and not value.value.strip() and value.style != "|":
            if known and known.required:
                self._reporter.error("source.empty-value", key.span, key=name)
            if kind.shape != "sequence" or not isinstance(kind, Blocks):
                return
            self._reporter.warning("source.empty-area", key.span, key=name)
            return
        found = self.read(value, kind)
        if found is not None:
            record.fields[name] = Field(found, value.span, key.span)

    def _one_of(self, node: Mapping, table: Table) -> None:
        if not table.one_of:
            return
        found = [e.key for e in node.entries if e.key.value in table.one_of]
        words = " / ".join(table.one_of)
        if not found:
            self._reporter.error("source.none-of", node.span, keys=words)
        elif len(found) > 1:
            first, second = found[0].value, found[1]
            self._reporter.error(
                "source.both-of", second.span, first=first, second=second.value, keys=words
            )

    def _named(self, node: Node, kind: object) -> Record | None:
        assert isinstance(kind, Named)
        if not isinstance(node, Mapping):
            self._reporter.error("source.expected-names", node.span)
            return None
        record = Record(node.span)
        for key, value in ((entry.key, entry.value) for entry in node.entries):
            if not kind.free and not key.value.replace("-", "").replace("_", "").isalnum():
                self._reporter.error("source.bad-name", key.span, name=key.value)
                continue
            found = self.read(value, kind.kind)
            if found is not None:
                record.fields[key.value] = Field(found, value.span, key.span)
        return record

    # --- blocks -------------------------------------------------------------

    def _blocks(self, node: Node, _: object) -> list[BlockField] | None:
        if not isinstance(node, Sequence):
            self._reporter.error("source.expected-blocks", node.span)
            return None
        found = (self._block(item) for item in node.items)
        return [block for block in found if block is not None]

    def _block(self, node: Node) -> BlockField | None:
        if isinstance(node, Scalar):
            code = "source.bare-text" if node.value.strip() else "source.empty-item"
            name = node.value.strip()
            if keys.BLOCKS.key(name) is not None and name != "rule":
                code = "source.empty-value"
            elif name == "rule":
                return BlockField("rule", True, Record(node.span), node.span)
            self._reporter.error(code, node.span, key=name)
            return None
        if isinstance(node, Sequence):
            self._reporter.error("source.expected-block", node.span)
            return None
        return self._block_mapping(node)

    def _block_mapping(self, node: Mapping) -> BlockField | None:
        typed = [e for e in node.entries if keys.BLOCKS.key(e.key.value)]
        common = [e for e in node.entries if e not in typed]
        if not typed:
            self._no_type(node)
            return None
        for extra in typed[1:]:
            first, second = typed[0].key.value, extra.key.value
            self._reporter.error("source.two-blocks", extra.key.span, first=first, second=second)
        entry = typed[0]
        beside = Record(entry.key.span)
        table = Table("common", keys.COMMON)
        for each in common:
            self._entry(each.key, each.value, table, [], beside)
        key = keys.BLOCKS.key(entry.key.value)
        assert key is not None
        if _is_empty(entry.value) and key.name != "rule":
            self._reporter.error("source.empty-value", entry.key.span, key=key.name)
            return None
        value = self.read(entry.value, key.kind)
        if value is None:
            return None
        return BlockField(key.name, value, beside, entry.key.span)

    def _no_type(self, node: Mapping) -> None:
        names = [key.name for key in keys.BLOCKS.keys]
        common = {key.name for key in keys.COMMON}
        for entry in node.entries:
            if entry.key.value not in common:
                near = suggest(entry.key.value, names)
                self._reporter.error(
                    "source.unknown-block", entry.key.span, key=entry.key.value, suggestion=near
                )
                return
        self._reporter.error("source.expected-block", node.span)


def _has(node: Mapping, name: str) -> bool:
    return any(entry.key.value == name for entry in node.entries)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.value.strip()


def _only_braces(node: Mapping) -> bool:
    """``{name}``: braces around words without any value."""
    return (
        node.flow and bool(node.entries) and all(_is_empty(entry.value) for entry in node.entries)
    )


def _takes_text(kind: Either) -> bool:
    return any(isinstance(each, Words) for each in kind.kinds)


def _is_text_with_colon(node: Node, fields: Fields, kind: Either) -> bool:
    """``- 国税庁: 申告書…``: one entry under no key there is, where text may stand."""
    if not isinstance(node, Mapping) or len(node.entries) != 1 or not _takes_text(kind):
        return False
    name = node.entries[0].key.value
    return fields.table.key(name) is None and not name.isascii()
