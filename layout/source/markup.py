"""Inline markup to content, every character with its place, in one pass.

Marks stand for themselves where they cannot be meant: a 《 》 that is a
quotation, a ``[`` that opens no link.  A mark that is opened and not closed is
reported and printed as typed, so that no character is ever lost.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

from msgspec import Struct, field

from layout.diagnostics import Reporter, Span
from layout.source.facts import FORMATS, NearMisses, formatted, link_target
from layout.source.joining import blank, groups, join_lines, trimmed
from layout.source.mark_slips import find_line_marks, find_mark_slips
from layout.source.model import (
    Break,
    Cells,
    Content,
    Dots,
    Fact,
    Inline,
    Link,
    NoteMark,
    Ruby,
    Sideline,
    Strong,
    TateChuYoko,
    Text,
    Warichu,
)
from layout.source.nodes import Scalar, SourceLine
from layout.source.suggest import suggest

_SPECIAL = re.compile(r"[\\*_^《》｜{}［］\[\]｛\n]")
_ESCAPED = frozenset("\\*_^《》｜{}［］[]｛｝()（）")
_TCY = re.compile(r"\^([A-Za-z0-9!?.%+-]{1,4})\^")
_TCY_OPEN = re.compile(r"\^[0-9]{1,4}(?![0-9^])")
_NOTE = re.compile(r"\[\^[^\[\]\n]{1,8}\]")
_READING = re.compile("[ぁ-ゖァ-ヺー・ゝゞヽヾ \u3000]+》")
_KANA = re.compile("[ぁ-ゖァ-ヺ]")
_FACT = re.compile(r"\{([^{}\n:：.．]*)(?:[.．]([^{}\n:：]*))?(?:[:：]([^{}\n]*))?\}")
_FULL_FACT = re.compile("｛([^｛｝{}\n:：.．]*)[^｛｝{}\n]*｝")
_TARGETS = ("http://", "https://", "mailto:", "tel:", "#")
_CONTAINERS: dict[str, Callable[[Content, Span], Inline]] = {
    "**": Strong,
    "__": Sideline,
    "《《": Dots,
    "［［": Warichu,
}


class _Frame(Struct):
    """An opened mark, what stands in it so far, and the ``[`` in it that may open links."""

    mark: str
    start: int
    items: list[Inline] = field(default_factory=list)
    brackets: list[int] = field(default_factory=list)


class Markup:
    """Reads the marked-up texts of one leaflet."""

    def __init__(self, facts: dict[str, Fact], reporter: Reporter) -> None:
        self.facts = facts
        self.reporter = reporter
        self.misses = NearMisses(facts)

    def inline(self, scalar: Scalar | None) -> Content:
        """One piece of content; line breaks typed in it are forced."""
        if scalar is None:
            return ()
        lines = [line for line in map(trimmed, scalar.lines) if not blank(line)]
        return self._parse(lines, scalar.span.file)

    def lines(self, scalar: Scalar | None) -> tuple[Content, ...]:
        """One content for each typed line that is not empty."""
        if scalar is None:
            return ()
        typed = [line for line in map(trimmed, scalar.lines) if not blank(line)]
        return tuple(self._parse([line], scalar.span.file) for line in typed)

    def paragraphs(self, scalar: Scalar | None) -> list[tuple[Content, Span]]:
        """The paragraphs with their places; empty lines part them, other breaks join."""
        if scalar is None:
            return []
        found = []
        for lines in groups(scalar.lines):
            first = lines[0]
            span = Span(scalar.span.file, first.line, first.column, max(1, len(first.text)))
            if first.text.startswith("\u3000"):
                self.reporter.warning("markup.typed-indent", span)
            find_line_marks(lines, span.file, self.reporter)
            content = join_lines(self._parse(lines, span.file))
            if content:
                found.append((content, span))
        return found

    def _parse(self, lines: list[SourceLine], file: str) -> Content:
        if not lines:
            return ()
        find_mark_slips(lines, file, self.facts, self.reporter)
        return _Parser(self, lines, file).parse()


class _Parser:
    """One pass over the characters of a content, with a stack of opened marks."""

    def __init__(self, markup: Markup, lines: list[SourceLine], file: str) -> None:
        self._markup = markup
        self._report = markup.reporter
        self._lines = lines
        self._file = file
        self._text = "\n".join(line.text for line in lines)
        self._starts = [0]
        for line in lines[:-1]:
            self._starts.append(self._starts[-1] + len(line.text) + 1)
        self._frames = [_Frame("", 0)]
        self._run = 0
        self._next: dict[str, int] = {}
        self._handlers: dict[str, Callable[[int], int]] = {
            "\\": self._escape,
            "\n": self._newline,
            "*": self._star,
            "_": self._underscore,
            "^": self._caret,
            "《": self._angle,
            "》": self._angle_end,
            "｜": self._bar,
            "{": self._brace,
            "}": self._brace_end,
            "｛": self._full_brace,
            "［": self._square,
            "］": self._square_end,
            "[": self._bracket,
            "]": self._bracket_end,
        }

    def parse(self) -> Content:
        text, at = self._text, 0
        while True:
            found = _SPECIAL.search(text, at)
            if found is None:
                break
            at = self._handlers[found.group()](found.start())
        self._flush(len(text))
        while len(self._frames) > 1:
            self._spill("markup.unclosed")
        return tuple(self._frames[0].items)

    # --- places -------------------------------------------------------------

    def _span(self, start: int, end: int) -> Span:
        """The place of text[start:end], as far as it stands in one line."""
        index = bisect_right(self._starts, start) - 1
        line, begin = self._lines[index], self._starts[index]
        if not line.exact:
            return Span(self._file, line.line, line.column)
        stop = min(end, begin + len(line.text))
        length = max(1, stop - start)
        return Span(self._file, line.line, line.column + start - begin, length)

    def _exact(self, at: int) -> bool:
        return self._lines[bisect_right(self._starts, at) - 1].exact

    def _find(self, character: str, at: int) -> int:
        """The next such character from ``at`` on, or the end; remembered, so linear."""
        known = self._next.get(character, -1)
        if known < at:
            known = self._text.find(character, at)
            known = len(self._text) if known < 0 else known
            self._next[character] = known
        return known

    def _in_line(self, character: str, at: int) -> int:
        """The same, or -1 when the line ends first."""
        found = self._find(character, at)
        return found if found < self._find("\n", at) and found < len(self._text) else -1

    # --- building -----------------------------------------------------------

    def _piece(self, start: int, end: int) -> Text:
        return Text(self._text[start:end], self._span(start, end), not self._exact(start))

    def _flush(self, end: int) -> None:
        """Put the plain characters read so far into the innermost frame."""
        if end > self._run:
            piece = self._piece(self._run, end)
            self._markup.misses.check(piece.text, piece.span, self._report)
            self._frames[-1].items.append(piece)
        self._run = end

    def _add(self, item: Inline, end: int) -> int:
        self._frames[-1].items.append(item)
        self._run = end
        return end

    def _open(self, mark: str, at: int) -> int:
        self._flush(at)
        self._frames.append(_Frame(mark, at))
        self._run = at + len(mark)
        return self._run

    def _close(self, mark: str, at: int) -> int:
        """Close a mark; those opened inside and left open are spilled."""
        self._flush(at)
        while self._frames[-1].mark != mark:
            self._spill("markup.crossed")
        frame = self._frames[-1]
        end = at + len(mark)
        if not frame.items:
            self._report.warning("markup.empty", self._span(frame.start, end), mark=mark)
            self._spill("")
            self._run = at
            return end
        self._frames.pop()
        make = _CONTAINERS[mark]
        return self._add(make(tuple(frame.items), self._span(frame.start, end)), end)

    def _spill(self, code: str) -> None:
        """Give up the innermost mark: it becomes the characters typed."""
        frame = self._frames.pop()
        end = frame.start + len(frame.mark)
        if code:
            self._report.error(code, self._span(frame.start, end), mark=frame.mark)
        self._frames[-1].items.append(self._piece(frame.start, end))
        self._frames[-1].items.extend(frame.items)

    def _is_open(self, mark: str) -> bool:
        return any(frame.mark == mark for frame in self._frames)

    def _begins(self, mark: str, at: int) -> bool:
        return self._text.startswith(mark, at)

    # --- handlers: take a mark at a place, return where to read on ----------

    def _escape(self, at: int) -> int:
        following = self._text[at + 1 : at + 2]
        if not following or following not in _ESCAPED:
            return at + 1
        return self._drop_first(at)

    def _drop_first(self, at: int) -> int:
        """Leave out one character and take the next as it is."""
        self._flush(at)
        self._run = at + 1
        return at + 2

    def _newline(self, at: int) -> int:
        self._flush(at)
        index = bisect_right(self._starts, at) - 1
        line = self._lines[index]
        column = line.column + (len(line.text) if line.exact else 0)
        return self._add(Break(Span(self._file, line.line, column)), at + 1)

    def _star(self, at: int) -> int:
        return self._toggle("**", at)

    def _underscore(self, at: int) -> int:
        return self._toggle("__", at)

    def _toggle(self, mark: str, at: int) -> int:
        if not self._begins(mark, at):
            return at + 1
        return self._close(mark, at) if self._is_open(mark) else self._open(mark, at)

    def _caret(self, at: int) -> int:
        if self._begins("^^", at):
            return self._drop_first(at)
        found = _TCY.match(self._text, at)
        if found is None:
            before = self._text[at - 1 : at]
            if _TCY_OPEN.match(self._text, at) and not (before.isascii() and before.isalnum()):
                self._report.error("markup.unclosed", self._span(at, at + 1), mark="^")
            return at + 1
        self._flush(at)
        piece = self._piece(at + 1, found.end() - 1)
        return self._add(TateChuYoko(piece, self._span(at, found.end())), found.end())

    def _square(self, at: int) -> int:
        return self._nest("［［", at)

    def _nest(self, mark: str, at: int) -> int:
        if not self._begins(mark, at):
            return at + 1
        if self._is_open(mark):
            self._report.error("markup.nested", self._span(at, at + 2), mark=mark)
            return at + 2
        return self._open(mark, at)

    def _square_end(self, at: int) -> int:
        if not self._begins("］］", at):
            return at + 1
        if not self._is_open("［［"):
            self._report.error("markup.unopened", self._span(at, at + 2), mark="］］")
            return at + 2
        return self._close("［［", at)

    def _angle_end(self, at: int) -> int:
        if self._begins("》》", at) and self._is_open("《《"):
            return self._close("《《", at)
        return at + 1

    def _angle(self, at: int) -> int:
        if self._begins("《《", at):
            return self._nest("《《", at)
        start = at
        while start > self._run and _is_kanji(self._text[start - 1]):
            start -= 1
        if start == at:
            return at + 1
        found = _READING.match(self._text, at + 1)
        if found is None:
            if _KANA.match(self._text, at + 1) and self._in_line("》", at) < 0:
                self._report.error("markup.unclosed", self._span(at, at + 1), mark="《")
            return at + 1
        return self._ruby(start, start, at, found.end() - 1)

    def _bar(self, at: int) -> int:
        """``｜base《reading》``; a bar that no 《 follows is a bar."""
        if self._begins("｜｜", at):
            return self._drop_first(at)
        opened = self._in_line("《", at + 1)
        another = self._in_line("｜", at + 1)
        if opened <= at + 1 or 0 <= another < opened or self._begins("《《", opened):
            return at + 1
        closed = self._in_line("》", opened)
        if closed < 0:
            self._report.error("markup.unclosed", self._span(opened, opened + 1), mark="《")
            return opened + 1
        if closed == opened + 1:
            return closed
        return self._ruby(at, at + 1, opened, closed)

    def _ruby(self, start: int, base: int, opened: int, closed: int) -> int:
        self._flush(start)
        text = self._piece(base, opened)
        reading = self._text[opened + 1 : closed]
        parts = [p for p in re.split("[・ \u3000]", reading) if p]
        readings = tuple(parts) if len(parts) == len(text.text) else (reading,)
        end = closed + 1
        return self._add(Ruby(text, readings, self._span(start, end)), end)

    # --- links --------------------------------------------------------------

    def _bracket(self, at: int) -> int:
        found = _NOTE.match(self._text, at)
        self._flush(at)
        if found:
            piece = self._piece(at + 2, found.end() - 1)
            return self._add(NoteMark(piece, self._span(at, found.end())), found.end())
        frame = self._frames[-1]
        frame.brackets.append(len(frame.items))
        return at + 1

    def _bracket_end(self, at: int) -> int:
        frame = self._frames[-1]
        if not frame.brackets:
            return at + 1
        first = frame.brackets.pop()
        if self._text[at + 1 : at + 2] != "(":
            return at + 1
        closed = self._in_line(")", at + 2)
        if closed < 0:
            self._report.error("markup.unclosed", self._span(at + 1, at + 2), mark="(")
            return at + 1
        target = self._target(at + 2, closed)
        if not target:
            return at + 1
        self._flush(at)
        content = _without_bracket(frame.items[first:])
        start = frame.items[first]
        del frame.items[first:]
        frame.brackets.clear()  # no links around a link
        begin = start.span
        length = self._span(closed, closed + 1).column - begin.column + 1
        same_line = begin.line == self._span(closed, closed + 1).line
        span = Span(begin.file, begin.line, begin.column, length if same_line else begin.length)
        return self._add(Link(content, target, span), closed + 1)

    def _target(self, start: int, end: int) -> str:
        typed = self._text[start:end].strip()
        fact = _FACT.fullmatch(typed)
        known = self._markup.facts.get(fact.group(1).strip()) if fact else None
        target = link_target(known) if known else typed
        if target.startswith(_TARGETS) and not any(c.isspace() for c in target):
            return target
        self._report.error("markup.link-target", self._span(start, end), target=typed)
        return ""

    # --- facts --------------------------------------------------------------

    def _brace_end(self, at: int) -> int:
        return self._drop_first(at) if self._begins("}}", at) else at + 1

    def _full_brace(self, at: int) -> int:
        found = _FULL_FACT.match(self._text, at)
        if found and _name(found.group(1)) in self._markup.facts:
            span = self._span(at, found.end())
            self._report.error("markup.fullwidth-braces", span, name=_name(found.group(1)))
        return at + 1

    def _brace(self, at: int) -> int:
        if self._begins("{{", at):
            return self._drop_first(at)
        found = _FACT.match(self._text, at)
        if found is None:
            closed = self._in_line("}", at) >= 0
            code = "markup.fact-syntax" if closed else "markup.unclosed"
            self._report.error(code, self._span(at, at + 1), mark="{")
            return at + 1
        span = self._span(at, found.end())
        item = self._fact(found, span)
        if item is None:
            return found.end()
        self._flush(at)
        return self._add(item, found.end())

    def _fact(self, found: re.Match[str], span: Span) -> Inline | None:
        name, attribute = _name(found.group(1)), _name(found.group(2) or "")
        fact = self._markup.facts.get(name)
        if fact is None:
            near = suggest(name, list(self._markup.facts))
            self._report.error("facts.unknown", span, name=name, suggestion=near)
            return None
        if attribute not in fact.values or (found.group(2) is not None and not attribute):
            known = [key for key in fact.values if key]
            near = suggest(attribute, known)
            self._report.error(
                "facts.unknown-attribute",
                span,
                name=name,
                attribute=attribute,
                suggestion=near,
                known=", ".join(known),
            )
            return None
        formats = self._formats(found.group(3), span)
        text = Text(formatted(fact.values[attribute], formats), span, generated=True)
        item: Inline = Cells(text, span) if "cells" in formats else text
        target = link_target(fact, attribute)
        return Link((item,), target, span) if target else item

    def _formats(self, typed: str | None, span: Span) -> list[str]:
        formats = []
        for word in re.split("[,、，]", typed) if typed is not None else ():
            known = FORMATS.get(_name(word))
            if known is None:
                self._report.error("facts.unknown-format", span, format=word.strip())
            else:
                formats.append(known)
        return formats


def _name(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip()


def _is_kanji(c: str) -> bool:
    return (
        "\u4e00" <= c <= "\u9fff"
        or "\u3400" <= c <= "\u4dbf"
        or c in "々〇〻仝ヶヵ"
        or "\uf900" <= c <= "\ufaff"
        or "\U00020000" <= c <= "\U0003ffff"
    )


def _without_bracket(items: list[Inline]) -> Content:
    """The items without the ``[`` that the first text begins with."""
    first = items[0]
    assert isinstance(first, Text)
    rest = first.text[1:]
    if not rest:
        return _unlinked(items[1:])
    span = first.span
    column = span.column if first.generated else span.column + 1
    trimmed = Span(span.file, span.line, column, max(1, span.length - 1))
    return (Text(rest, trimmed, first.generated), *_unlinked(items[1:]))


def _unlinked(items: list[Inline]) -> Content:
    """What a fact made a link is plain inside a link of one's own."""
    return tuple(part for i in items for part in (i.content if isinstance(i, Link) else (i,)))
