"""Words and marks → phrasing content."""

import re
from html import escape
from typing import Final

from layout.structure.model import Element, Words

# What stands across a vertical line: numbers of two digits, a single digit or letter, !? and !!.
_ACROSS: Final = re.compile(
    r"(?<![0-9A-Za-z.,:/@+&-])(?:[0-9]{1,2}|[A-Z])(?![0-9A-Za-z.,:/@+%&-])|[!?]{2}|(?<![!?])[!?](?![!?])"
)
_TAGS: Final = {
    "strong": ("<strong>", "</strong>"),
    "dots": ('<em class="dots">', "</em>"),
    "sideline": ('<span class="sideline">', "</span>"),
    "tate-chu-yoko": ('<span class="tcy">', "</span>"),
    "warichu": ('<small class="warichu">', "</small>"),
}
GLASS: Final = (
    '<svg class="glass" viewBox="0 0 20 20" aria-hidden="true" focusable="false">'
    '<circle cx="8.5" cy="8.5" r="5.6"/><path d="M12.8 12.8 18 18"/></svg>'
)


class Phrases:
    """Writes inline content; ``upright`` marks what stands across vertical lines."""

    def __init__(self, *, upright: bool) -> None:
        self._upright = upright

    def of(self, element: Element) -> str:
        """All that an element holds."""
        return "".join(self._part(child) for child in element.children)

    def parts(self, children: tuple[Element | Words, ...]) -> str:
        """Some of its parts."""
        return "".join(self._part(child) for child in children)

    def _part(self, part: Element | Words) -> str:
        if isinstance(part, Words):
            return self._words(part.text)
        if part.role in _TAGS:
            begin, end = _TAGS[part.role]
            return f"{begin}{self.of(part)}{end}"
        match part.tag:
            case "Break":
                return "<br>"
            case "Ruby":
                return self._ruby(part)
            case "Reference":
                return self._mark(part)
            case "Link":
                return f'<a href="{escape(part.target)}">{self.of(part)}</a>'
        match part.role:
            case "cells":
                cells = "".join(f"<span>{escape(c)}</span>" for c in part.actual)
                return f'<span class="cells">{cells}</span>'
            case "search-words":
                return f'<span class="words">{self.of(part)}{GLASS}</span>'
            case "blank":
                said = f'<span class="unseen">{escape(part.actual)}</span>'
                return f'<span class="blank">{said}</span>'
        return self.of(part)

    def _words(self, text: str) -> str:
        said = escape(text, quote=False)
        if not self._upright or "&" in said:
            return said
        return _ACROSS.sub(lambda found: f'<span class="tcy">{found.group()}</span>', said)

    def _ruby(self, ruby: Element) -> str:
        held, said = (self.of(child) for child in ruby.children if isinstance(child, Element))
        return f"<ruby>{held}<rp>（</rp><rt>{said}</rt><rp>）</rp></ruby>"

    def _mark(self, mark: Element) -> str:
        said = self.of(mark)
        inner = f'<a href="{escape(mark.target)}">{said}</a>' if mark.target else said
        return f'<sup class="note-mark">{inner}</sup>'
