"""Elements → lines of text.  A line is a paragraph: mail programs break it themselves."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from layout.house.screen import screen_text
from layout.source.model import Leaflet
from layout.structure.model import Element, Words
from layout.structure.tree import structure_of

_MARKS: Final = {2: "■ ", 3: "□ ", 4: "◇ ", 5: "・ ", 6: "・ "}
_RULE_MOST: Final = 40
_OPENING: Final = "（〔［([【「『"
_INDENT: Final = "\u3000"


def write_text(leaflet: Leaflet) -> bytes:
    """UTF-8 with LF, without a byte order mark."""
    writer = _Writer(leaflet.language)
    lines = [line for page in structure_of(leaflet).children for line in writer.part(page)]
    out: list[str] = []
    for line in lines:
        if line or (out and out[-1]):  # never two empty lines, none at the beginning
            out.append(line)
    return ("\n".join(out).rstrip("\n") + "\n").encode("utf-8")


class _Writer:
    def __init__(self, language: str) -> None:
        self._language = language

    def part(self, part: Element | Words) -> Iterator[str]:
        """The lines of a block, empty ones around it."""
        if isinstance(part, Words):
            return
        yield ""
        yield from self._block(part)
        yield ""

    def _block(self, element: Element) -> Iterator[str]:
        level = int(element.tag[1]) if element.tag[1:].isdigit() else 0
        if level:
            yield from self._heading(element, level)
        elif element.role in ("box", "sidebar") or element.tag == "BlockQuote":
            yield from self._box(element)
        elif element.tag == "Figure":
            yield from self._figure(element)
        elif element.tag == "Table":
            yield from self._table(element)
        elif element.tag == "L":
            yield from self._list(element, "")
        elif element.tag in ("P", "Note", "Caption"):
            yield from self.inline(element).split("\n")
        elif element.role == "rule":
            yield "─" * (_RULE_MOST // 2)
        elif element.role == "contact":
            for child in element.children:
                assert isinstance(child, Element)
                yield from self.inline(child).split("\n")
        else:
            for child in element.children:
                yield from self.part(child)

    def _heading(self, element: Element, level: int) -> Iterator[str]:
        lines = self.inline(element).split("\n")
        if level == 1:
            yield from lines
            yield "=" * min(_RULE_MOST, max(_columns(line) for line in lines))
            return
        mark = _MARKS[level]
        yield mark + lines[0]
        yield from (_INDENT + line for line in lines[1:])

    def _box(self, element: Element) -> Iterator[str]:
        rule = "─" * (_RULE_MOST // 2)
        yield rule
        for child in element.children:
            yield from self.part(child)
        yield rule

    def _figure(self, element: Element) -> Iterator[str]:
        name = "text-code" if element.role == "qr-code" else "text-figure"
        said = element.target if element.role == "qr-code" else element.alt
        yield screen_text(name, self._language, said=said)
        for caption in element.children:
            assert isinstance(caption, Element)
            yield from self.inline(caption).split("\n")

    # --- lists and tables -----------------------------------------------------------------

    def _list(self, element: Element, before: str) -> Iterator[str]:
        for item in element.children:
            assert isinstance(item, Element)
            parts = {part.tag: part for part in item.children if isinstance(part, Element)}
            label = self.inline(parts["Lbl"]) if "Lbl" in parts else ""
            body = parts["LBody"]
            if element.role in ("rows", "fields"):
                yield f"{before}{label}：{self._said(body)}"
            elif element.role == "ways":
                yield f"{before}{label}"
                for line in body.children:
                    assert isinstance(line, Element)
                    yield from self.inline(line).split("\n")
                yield ""
            else:
                yield from self._item(label, body, before)

    def _item(self, label: str, body: Element, before: str) -> Iterator[str]:
        words = tuple(c for c in body.children if isinstance(c, Words) or c.tag != "L")
        gap = "" if label[-1:] in (_INDENT, " ", "") or _is_wide(label[-1]) else " "
        yield f"{before}{label}{gap}{self._phrases(words)}"
        for child in body.children:
            if isinstance(child, Element) and child.tag == "L":
                yield from self._list(child, before + _INDENT)

    def _said(self, body: Element) -> str:
        """What stands behind a label: lines, a blank to fill in, words to tick."""
        found = []
        for child in body.children:
            if isinstance(child, Element) and child.role == "choices":
                found += [self._choice(each) for each in child.children]
            elif isinstance(child, Element) and child.tag == "P":
                found.append(self.inline(child))
            else:
                found.append(self._phrases((child,)))
        gap = _INDENT if body.children and _is_choices(body.children[0]) else ""
        return gap.join(found)

    def _choice(self, item: Element | Words) -> str:
        assert isinstance(item, Element)
        return " ".join(self.inline(c) for c in item.children if isinstance(c, Element))

    def _table(self, element: Element) -> Iterator[str]:
        for child in element.children:
            assert isinstance(child, Element)
            if child.tag == "Caption":
                yield from self.inline(child).split("\n")
                continue
            cells = [self.inline(c) for c in child.children if isinstance(c, Element)]
            yield " ｜ ".join(cell.replace("\n", " ") for cell in cells)

    # --- inline -----------------------------------------------------------------------------

    def inline(self, element: Element) -> str:
        """What an element says; forced breaks are line ends."""
        return self._phrases(element.children)

    def _phrases(self, parts: tuple[Element | Words, ...]) -> str:
        said = reading = ""
        for part in parts:
            if isinstance(part, Element) and part.tag == "Ruby":
                base, over = (self.inline(c) for c in part.children if isinstance(c, Element))
                if reading and len(base) > 1:  # readings of single characters are one word's
                    said, reading = f"{said}（{reading}）", ""
                said, reading = said + base, reading + over
                if len(base) > 1:
                    said, reading = f"{said}（{reading}）", ""
                continue
            if reading:
                said, reading = f"{said}（{reading}）", ""
            said += part.text if isinstance(part, Words) else self._mark(part, said)
        return f"{said}（{reading}）" if reading else said

    def _mark(self, part: Element, before: str) -> str:
        inner = self.inline(part)
        match part.tag:
            case "Break":
                return "\n"
            case "Reference":
                return f"［{inner}］"
            case "Warichu":
                return inner if before[-1:] in _OPENING and before else f"（{inner}）"
            case "Link":
                return _link(part.target, inner)
        match part.role:
            case "search-words":
                return f"「{inner}」"
            case "blank":
                return "＿" * 8
        return inner


def _link(target: str, said: str) -> str:
    """The words of a link, and where it leads unless they say so."""
    plain = target.removeprefix("mailto:").removeprefix("tel:")
    shown = unicodedata.normalize("NFKC", said)
    if target.startswith("tel:") or plain in shown or plain.rstrip("/") in shown:
        return said
    return f"{said}（{plain}）"


def _is_choices(part: Element | Words) -> bool:
    return isinstance(part, Element) and part.role == "choices"


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in ("W", "F", "A")


def _columns(text: str) -> int:
    return sum(2 if _is_wide(char) else 1 for char in text)
