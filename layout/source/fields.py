"""Nodes to fields: every value checked against its key, with the reason where it fails.

What fails is reported and left out, so that one slip hides nothing else.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from layout.diagnostics import Reporter, Span
from layout.source import leaflet_keys as keys
from layout.source.misplaced import is_empty, no_list, warn_of_commas, without_strayed
from layout.source.model import Measure
from layout.source.nodes import Mapping, Node, Scalar, Sequence
from layout.source.records import BlockField, Field, Record
from layout.source.schema import (
    FLAGS,
    UNIT_WORDS,
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
from layout.source.slips import odd_quote
from layout.source.suggest import near_date, suggest_key, suggest_word

_MEASURE = re.compile(r"([-+]?[0-9]{1,9}(?:\.[0-9]{1,9})?) ?([a-zA-Z%\u3040-\u9fff]{0,3})")
_WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,9}(?:\.[0-9]{1,9})?")
_PLAIN_KINDS = (Choice, Whole, Number, Length, Flag, Day)
_NULLS = ("~", "null", "Null", "NULL")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def read_record(node: Node, table: Table, reporter: Reporter) -> Record | None:
    """The fields of a mapping as its table wants them."""
    value = _Reader(reporter).read(node, Fields(table))
    return value if isinstance(value, Record) else None


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
        if not isinstance(node, Scalar) or not isinstance(kind, _PLAIN_KINDS):
            return self._readers[type(kind)](node, kind)
        if self._odd_quotes(node, self._reporter.error):
            return None
        value = self._readers[type(kind)](node, kind)
        if value is not None:
            plain = _plain(node)
            if plain != node.value:
                self._reporter.note(
                    "source.read-as", node.span, typed=node.value.strip(), value=plain
                )
        return value

    # --- text and words -----------------------------------------------------

    def _words(self, node: Node, kind: object) -> Scalar | None:
        if isinstance(node, Scalar):
            if node.value in _NULLS and not _in_quotes(node):
                self._reporter.warning("source.null-word", node.span, value=node.value)
            self._odd_quotes(node, self._reporter.warning)
            return node
        if isinstance(node, Mapping):
            self._mapping_for_text(node)
        elif node.flow:
            self._reporter.error("source.starts-with", node.span, character="[", problem="")
        else:
            self._reporter.error("source.expected-text", node.span)
        return None

    def _odd_quotes(self, node: Scalar, report: Callable[..., None]) -> bool:
        """``“本文”``: to YAML these are no quotes; they are printed."""
        quote = "" if _in_quotes(node) else odd_quote(node.value)
        if quote:
            report("source.odd-quotes", node.span, quote=quote, text=node.value[1:-1])
        return bool(quote)

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
        return _plain(scalar)

    def _choice(self, node: Node, kind: object) -> str | None:
        assert isinstance(kind, Choice)
        text = self._plain(node)
        if text is None:
            return None
        if text in kind.words:
            return text
        words = " / ".join(kind.words)
        near = suggest_word(text, kind.words)
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
            unit = UNIT_WORDS.get(word)
            if unit is not None or (word == "" and value == 0 and not kind.share):
                return Measure(value, unit or "", node.span)
        self._reporter.error("source.expected-length", node.span, value=text, units=" ".join(UNITS))
        return None

    def _flag(self, node: Node, _: object) -> bool | None:
        text = self._plain(node)
        if text is None:
            return None
        value = FLAGS.get(text.lower())
        if value is None:
            self._reporter.error("source.expected-flag", node.span, value=text)
        return value

    def _day(self, node: Node, _: object) -> str | None:
        text = self._plain(node)
        if text is None:
            return None
        found = _DAY.fullmatch(text)
        if not found:
            near = near_date(text)
            self._reporter.error("source.expected-date", node.span, value=text, suggestion=near)
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
            no_list(node, kind, self._reporter)
            return None
        count = len(node.items)
        if not kind.least <= count <= kind.most:
            code = "source.expected-count" if kind.least == kind.most else "source.empty-list"
            self._reporter.error(code, node.span, count=count, wanted=kind.least)
            return None
        warn_of_commas(node, self._reporter)
        values = [self.read(item, kind.kind) for item in node.items]
        kept = [value for value in values if value is not None]
        return kept if len(kept) == count or kind.least != kind.most else None

    def _fields(self, node: Node, kind: object) -> Record | None:
        assert isinstance(kind, Fields)
        table = kind.table
        if not isinstance(node, Mapping):
            own = [key.name for key in table.keys if key not in keys.COMMON]
            names = ", ".join(own[:6]) + (" …" if len(own) > 6 else "")
            needed = [key.name for key in table.keys if key.required]
            first = (*table.one_of, *needed, *(key.name for key in table.keys))[0]
            self._reporter.error("source.expected-mapping", node.span, keys=names, first=first)
            return None
        record = Record(node.span)
        missing = [k for k in table.keys if k.required and not _has(node, k.name)]
        meant: set[str] = set()
        for entry in without_strayed(node.entries, table, self._reporter):
            meant.add(self._entry(entry.key, entry.value, table, missing, record))
        for key in missing:
            self._reporter.error(
                "source.missing-key", node.span, key=key.name, about_ja=key.ja, about_en=key.en
            )
        if not meant & set(table.one_of):
            self._one_of(node, table)
        return record

    def _entry(
        self, key: Scalar, value: Node, table: Table, missing: list[Key], record: Record
    ) -> str:
        """Read one entry; for a key that is not known, which was meant."""
        name = key.value
        known = table.key(name)
        kind = known.kind if known else table.other
        mistyped = kind is table.other and missing and suggest_key(name, missing)
        if kind is None and not mistyped:
            owner = next((k for k in missing if isinstance(k.kind, Named) and k.kind.free), None)
            if owner is not None and not name.isascii():
                self._reporter.error("source.not-inside", key.span, key=name, into=owner.name)
                missing.remove(owner)
                return owner.name
        if kind is None or mistyped:
            near = mistyped or suggest_key(name, table.keys)
            own = [each.name for each in table.keys if each not in keys.COMMON and not near]
            self._reporter.error(
                "source.unknown-key", key.span, key=name, suggestion=near, known="、".join(own)
            )
            missing[:] = [k for k in missing if k.name != near]
            return near
        in_page = kind is table.other and isinstance(kind, Blocks)
        if in_page and keys.BLOCKS.key(name) and not isinstance(value, Sequence):
            self._reporter.error("source.no-area", key.span, key=name)
            return ""
        if is_empty(value) and (_takes_text(kind) or not _in_quotes(value)):
            if known and (known.required or name in table.one_of):
                self._reporter.error("source.empty-value", key.span, key=name)
            elif isinstance(kind, Blocks):
                self._reporter.warning("source.empty-area", key.span, key=name)
            return ""
        found = self.read(value, kind)
        if found is not None:
            record.fields[name] = Field(found, value.span, key.span)
        return ""

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
            if not self._fullwidth_colon(node):
                self._reporter.error("source.expected-names", node.span)
            return None
        record = Record(node.span)
        for key, value in ((entry.key, entry.value) for entry in node.entries):
            if not kind.free and self._fullwidth_colon(key):
                continue
            if not kind.free and not key.value.replace("-", "").replace("_", "").isalnum():
                self._reporter.error("source.bad-name", key.span, name=key.value)
                continue
            found = self.read(value, kind.kind)
            if found is not None:
                record.fields[key.value] = Field(found, value.span, key.span)
        return record

    def _fullwidth_colon(self, node: Node) -> bool:
        """``日時：3月`` where ``日時: 3月`` was meant."""
        if not isinstance(node, Scalar) or not node.lines:
            return False
        first = node.lines[0]
        name, colon, _ = first.text.partition("：")
        if colon and name.strip():
            span = Span(node.span.file, first.line, first.column + len(name))
            self._reporter.error("source.fullwidth-colon", span, key=name.strip())
        return bool(colon and name.strip())

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
            typed = re.match(r"([a-z-]+)\s*[;；=＝\s]", name)
            word = typed[1] if typed else ""
            if keys.BLOCKS.key(word) is not None:
                span = Span(node.span.file, node.span.line, node.span.column + len(word))
                self._reporter.error("source.colon-missing", span, key=word)
                return None
            if keys.BLOCKS.key(name) is not None and name != "rule":
                code = "source.empty-value"
            elif name == "rule":
                return BlockField("rule", True, Record(node.span), node.span)
            near = suggest_key(name, keys.BLOCKS.keys) if name.isascii() else ""
            self._reporter.error(code, node.span, key=name, suggestion=near)
            return None
        if isinstance(node, Sequence):
            self._reporter.error("source.expected-block", node.span)
            return None
        return self._block_mapping(node)

    def _block_mapping(self, node: Mapping) -> BlockField | None:
        entries = without_strayed(node.entries, keys.BLOCKS, self._reporter)
        typed = [e for e in entries if keys.BLOCKS.key(e.key.value)]
        common = [e for e in entries if e not in typed]
        if not typed:
            if len(entries) == len(node.entries):
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
        if is_empty(entry.value) and key.name != "rule":
            self._reporter.error("source.empty-value", entry.key.span, key=key.name)
            return None
        value = self.read(entry.value, key.kind)
        if value is None:
            return None
        return BlockField(key.name, value, beside, entry.key.span)

    def _no_type(self, node: Mapping) -> None:
        common = {key.name for key in keys.COMMON}
        for entry in node.entries:
            name = entry.key.value
            if name not in common:
                near = suggest_key(name, keys.BLOCKS.keys)
                known = "" if near else "、".join(key.name for key in keys.BLOCKS.keys)
                self._reporter.error(
                    "source.unknown-block", entry.key.span, key=name, suggestion=near, known=known
                )
                return
        self._reporter.error("source.expected-block", node.span)


def _has(node: Mapping, name: str) -> bool:
    return any(entry.key.value == name for entry in node.entries)


def _only_braces(node: Mapping) -> bool:
    """``{name}``: braces around words without any value."""
    return node.flow and bool(node.entries) and all(is_empty(entry.value) for entry in node.entries)


def _plain(scalar: Scalar) -> str:
    """As it is compared: full-width digits and letters as ordinary ones."""
    return unicodedata.normalize("NFKC", scalar.value).strip()


def _in_quotes(node: Node) -> bool:
    return isinstance(node, Scalar) and node.style != ""


def _takes_text(kind: Kind) -> bool:
    kinds = kind.kinds if isinstance(kind, Either) else (kind,)
    return any(isinstance(each, Words) for each in kinds)


def _is_text_with_colon(node: Node, fields: Fields, kind: Either) -> bool:
    """``- 国税庁: 申告書…``: one entry under no key there is, where text may stand."""
    if not isinstance(node, Mapping) or len(node.entries) != 1 or not _takes_text(kind):
        return False
    name = node.entries[0].key.value
    return fields.table.key(name) is None and not name.isascii()
