"""Text to nodes: YAML's events, bounded, become a tree of our own with places.

The tree is built from the events themselves, so that nothing deep or
multiplied is ever composed.  All scalars are the characters typed: ``no``,
``0123`` and ``2021-02-09`` stay text.
"""

from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct

from layout.diagnostics import Reporter, Span
from layout.source.explain import explain

MAX_DEPTH = 50
MAX_ALIASES = 100
MAX_EXPANSION = 10_000

# The loader in C is ten times as fast; the other one is always there.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SourceLine(Struct, frozen=True):
    """A line of a value and where it stands.

    ``exact`` says that value and source agree character by character from
    ``column`` on; an escaped quotation does not.
    """

    text: str
    line: int
    column: int
    exact: bool = True


class Scalar(Struct, frozen=True):
    """Text; ``style`` is ``|``, ``>``, a quote or "" (plain)."""

    value: str
    style: str
    span: Span
    lines: tuple[SourceLine, ...]


class Entry(Struct, frozen=True):
    """A key and its value."""

    key: Scalar
    value: "Node"


class Mapping(Struct, frozen=True):
    """Keys with values, in the order typed; ``flow`` if written ``{…}``."""

    entries: tuple[Entry, ...]
    span: Span
    flow: bool = False


class Sequence(Struct, frozen=True):
    """A list; ``flow`` if written ``[…]``."""

    items: tuple["Node", ...]
    span: Span
    flow: bool = False


Node = Mapping | Sequence | Scalar


def read_nodes(text: str, file: str, reporter: Reporter) -> Node | None:
    """The tree of the first document in ``text``, or None with the reason reported."""
    builder = _Builder(text, file, reporter)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                break
    except yaml.YAMLError as error:
        explain(error, builder.source, file, reporter)
        return None
    return builder.result()


class _Open(Struct):
    """A collection whose end has not come yet."""

    mapping: bool
    span: Span
    flow: bool
    anchor: str
    children: list[Node]
    size: int = 1
    height: int = 1


class _Anchored(Struct, frozen=True):
    node: Node
    size: int
    height: int
    span: Span


class _Builder:
    """Collects events into nodes with a stack of its own, within the bounds."""

    def __init__(self, text: str, file: str, reporter: Reporter) -> None:
        self.source = text.split("\n")
        self._file = file
        self._reporter = reporter
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._used: set[str] = set()
        self._root: Node | None = None
        self._documents = 0
        self._aliases = 0
        self._expanded = 0
        self._refused = False

    def take(self, event: Any) -> bool:
        """Take one event; False ends the reading."""
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end()
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._refuse("source.many-documents", event)
        return not self._refused

    def result(self) -> Node | None:
        """The finished tree."""
        if self._refused:
            return None
        if self._root is None:
            self._reporter.error("source.empty", Span(self._file))
        for name, anchored in self._anchors.items():
            # A text that begins with &, which would be gone.
            if name not in self._used and isinstance(anchored.node, Scalar):
                self._reporter.error("source.starts-with", anchored.span, character="&", problem="")
        return self._root

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        length = end.column - start.column if end.line == start.line else 0
        if length <= 0 and start.line < len(self.source):
            length = len(self.source[start.line].rstrip()) - start.column
        return Span(self._file, start.line + 1, start.column + 1, max(1, length))

    def _refuse(self, code: str, event: Any, **values: Any) -> None:
        self._reporter.error(code, self._span(event), **values)
        self._refused = True

    def _check_tag(self, event: Any) -> None:
        if event.tag is not None:
            self._reporter.error("source.tag", self._span(event), tag=event.tag)

    def _scalar(self, event: Any) -> None:
        self._check_tag(event)
        style = "" if event.style in (None, "") else event.style
        span = self._span(event)
        value = event.value
        if style == ">":
            self._reporter.error("source.folded", span)
        elif style == '"' and not value.isprintable():
            value = self._clean(value, span)
        lines = tuple(_scalar_lines(event, style, value, self.source))
        self._add(Scalar(value, style, span, lines), event.anchor, 1, 0)

    def _clean(self, value: str, span: Span) -> str:
        """Refuse what only an escape in double quotes can bring in."""
        kept = []
        for c in value:
            if "\ud800" <= c <= "\udfff":
                self._reporter.error("source.surrogate", span)
                c = "\ufffd"
            elif c != "\n" and (c < " " or "\x7f" <= c <= "\x9f" or c in "\ufffe\uffff"):
                codepoint = f"U+{ord(c):04X}"
                self._reporter.error("source.control-character", span, codepoint=codepoint)
                c = "\ufffd"
            kept.append(c)
        return "".join(kept)

    def _begin(self, event: Any) -> None:
        self._check_tag(event)
        if len(self._open) >= MAX_DEPTH:
            self._refuse("source.too-deep", event, limit=MAX_DEPTH)
            return
        mapping = isinstance(event, yaml.MappingStartEvent)
        flow = bool(event.flow_style)
        self._open.append(_Open(mapping, self._span(event), flow, event.anchor or "", []))

    def _end(self) -> None:
        done = self._open.pop()
        node: Node
        if done.mapping:
            node = Mapping(tuple(self._entries(done.children)), done.span, done.flow)
        else:
            node = Sequence(tuple(done.children), done.span, done.flow)
        self._add(node, done.anchor, done.size, done.height)

    def _entries(self, children: list[Node]) -> Iterator[Entry]:
        first: dict[str, Scalar] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._reporter.error("source.key-not-text", key.span)
            elif key.value in first:
                line = first[key.value].span.line
                self._reporter.error("source.duplicate-key", key.span, key=key.value, first=line)
            else:
                first[key.value] = key
                yield Entry(key, value)

    def _alias(self, event: Any) -> None:
        target = self._anchors.get(event.anchor)
        self._aliases += 1
        if target is None:
            # Inside its own anchor, or nowhere: usually a text that begins with *.
            self._refuse("source.alias-unknown", event, name=event.anchor)
            return
        self._used.add(event.anchor)
        self._expanded += target.size
        if self._aliases > MAX_ALIASES or self._expanded > MAX_EXPANSION:
            self._refuse("source.too-many-aliases", event, limit=MAX_ALIASES)
        elif len(self._open) + target.height > MAX_DEPTH:
            self._refuse("source.too-deep", event, limit=MAX_DEPTH)
        else:
            self._add(target.node, "", target.size, target.height)

    def _add(self, node: Node, anchor: str | None, size: int, height: int) -> None:
        if anchor:
            self._anchors[anchor] = _Anchored(node, size, height, node.span)
        if self._open:
            parent = self._open[-1]
            parent.children.append(node)
            parent.size += size
            parent.height = max(parent.height, height + 1)
        elif self._root is None:
            self._root = node


def _scalar_lines(event: Any, style: str, value: str, source: list[str]) -> Iterator[SourceLine]:
    start, end = event.start_mark, event.end_mark
    if style == "|":
        yield from _block_lines(value, start.line + 1, source)
        return
    quote = 1 if style in ("'", '"') else 0
    pieces = list(_pieces(start, end, quote, source)) if style != ">" else []
    typed = "".join(piece.text for piece in pieces)
    if _same(typed, value, single=start.line == end.line):
        yield from pieces
    else:
        for line in value.split("\n"):
            yield SourceLine(line, start.line + 1, start.column + 1 + quote, exact=False)


def _same(typed: str, value: str, *, single: bool) -> bool:
    """Whether the typed characters are the value's; folding only touches white space."""
    if single:
        return typed == value
    return typed.replace(" ", "") == value.replace("\n", "").replace(" ", "")


def _block_lines(value: str, first: int, source: list[str]) -> Iterator[SourceLine]:
    lines = value.split("\n")
    if lines[-1] == "":
        lines.pop()
    for index, text in enumerate(lines, first):
        typed = source[index] if index < len(source) else ""
        exact = typed.endswith(text)
        column = len(typed) - len(text) + 1 if exact else 1
        yield SourceLine(text, index + 1, column, exact)


def _pieces(start: Any, end: Any, quote: int, source: list[str]) -> Iterator[SourceLine]:
    """The typed lines of a plain or quoted value, without indentation and quotes."""
    single = start.line == end.line
    for number in range(start.line, min(end.line + 1, len(source))):
        typed = source[number]
        begin = start.column + quote if number == start.line else 0
        stop = end.column - quote if number == end.line else len(typed)
        text = typed[begin:stop]
        if not single:
            inner = text.lstrip(" \t")
            begin += len(text) - len(inner)
            text = inner.rstrip(" \t")
        yield SourceLine(text, number + 1, begin + 1)
