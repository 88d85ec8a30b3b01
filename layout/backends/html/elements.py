"""Blocks of the tree → flow content, each with the class of its style."""

from collections.abc import Callable
from html import escape
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.backends.html.figures import Gallery, qr_code
from layout.backends.html.inline import Phrases
from layout.backends.html.styles import Scope, Styles, shown_title
from layout.house.screen import screen_text
from layout.source.model import Figure, Leaflet
from layout.source.sheet import BlockRule
from layout.structure.model import Element, Words, text_of, walk

_LINK: Final = ("http://", "https://", "mailto:", "tel:")
UPRIGHT_MOST: Final = 420
"""Characters of a vertical piece in a horizontal page that fit a phone's window."""


Entry = tuple[int, str, str]
"""A heading for the list of contents: its level, its id, its words."""


class Blocks:
    """Writes blocks; ``lift`` is added to the levels of headings."""

    def __init__(self, leaflet: Leaflet, styles: Styles, gallery: Gallery, *, lift: int) -> None:
        self._leaflet = leaflet
        self._styles = styles
        self._gallery = gallery
        self._phrases = Phrases(upright=True)
        self._lift = lift
        self.contents: list[Entry] = []
        self._sides = _figure_sides(leaflet)
        self._tables = 0

    def all(self, parts: tuple[Element | Words, ...], scope: Scope) -> str:
        """Several blocks one after the other."""
        return "".join(self.block(part, scope) for part in parts if isinstance(part, Element))

    def block(self, element: Element, scope: Scope) -> str:
        """One block."""
        maker = _BY_ROLE.get(element.role) or _BY_TAG.get(element.tag)
        if element.role.startswith("stand-in"):
            maker = Blocks._figure
        return maker(self, element, scope) if maker else self._plain(element, scope)

    # --- text -----------------------------------------------------------------------------

    def rule(self, element: Element, scope: Scope) -> BlockRule:
        """The block style of an element."""
        return scope.lower.named(element.style)

    def _plain(self, element: Element, scope: Scope) -> str:
        name = self._styles.block(scope, self.rule(element, scope))
        kind = element.role or "text"
        return f'<p{_id(element)} class="{kind} {name}">{self._phrases.of(element)}</p>'

    def _heading(self, element: Element, scope: Scope) -> str:
        name = self._styles.block(scope, self.rule(element, scope))
        return self._head(element, f"{element.role} {name}", self._phrases.of(element))

    def _title(self, element: Element, scope: Scope) -> str:
        rule = self.rule(element, scope)
        return self._head(element, "title", self._lines(element, rule, scope))

    def _head(self, element: Element, name: str, words: str) -> str:
        level = min(6, int(element.tag[1]) + self._lift)
        own = element.id or f"h{len(self.contents) + 1}"
        said = "　".join(_lines_of(element))
        self.contents.append((level, own, said))
        return f'<h{level} id="{escape(own)}" class="{name}">{words}</h{level}>'

    def _lines(self, element: Element, rule: BlockRule, scope: Scope) -> str:
        """Lines of a title or badge, each in the style of its step."""
        steps = rule.steps or (((rule.text or scope.text.name), None),)
        lines = [c for c in element.children if isinstance(c, Element) and c.tag != "Break"]
        out = []
        for index, line in enumerate(lines):
            step, _ = steps[min(index, len(steps) - 1)]
            text = shown_title(scope.lower.cascade.text(step, rule.span))
            name = self._styles.line(scope, text, scope.ground)
            out.append(f'<span class="line {name}">{self._phrases.of(line)}</span>')
        return " ".join(out)

    def _badge(self, element: Element, scope: Scope) -> str:
        rule = self.rule(element, scope)
        box = scope.lower.cascade.box(rule, scope.text)
        inside = replace(scope, ground=self._styles.ground_of(box, scope.ground))
        name = self._styles.bare(box, scope.ground)
        shape = "round" if rule.shape == "circle" else "angular"
        lines = self._lines(element, rule, inside)
        return f'<p{_id(element)} class="badge {shape} {name}">{lines}</p>'

    def _note(self, element: Element, scope: Scope) -> str:
        name = self._styles.block(scope, self.rule(element, scope))
        return f'<p{_id(element)} class="note {name}">{self._phrases.of(element)}</p>'

    # --- containers -------------------------------------------------------------------------

    def _section(self, element: Element, scope: Scope) -> str:
        return f'<section class="{element.role}">{self.all(element.children, scope)}</section>'

    def _division(self, element: Element, scope: Scope) -> str:
        held = self.all(element.children, scope)
        return f'<div{_id(element)} class="{element.role}">{held}</div>'

    def _box(self, element: Element, scope: Scope) -> str:
        rule = self.rule(element, scope)
        name, inside = self._styles.box(scope, rule)
        held = []
        for child in element.children:
            if not isinstance(child, Element):
                continue
            if child.role == "box-title" and rule.title:
                child = replace(child, style=rule.title)
            held.append(self.block(child, inside))
        tag = "blockquote" if element.tag == "BlockQuote" else "aside"
        turned = ""
        if element.writing == "vertical" and len(text_of(element)) <= UPRIGHT_MOST:
            turned = " upright"
        elif element.writing == "horizontal":
            turned = " level"
        style = f' style="--n:{len(text_of(element))}"' if turned == " upright" else ""
        inner = "".join(held)
        return f'<{tag}{_id(element)} class="box{turned} {name}"{style}>{inner}</{tag}>'

    def _quote(self, element: Element, scope: Scope) -> str:
        """Quoted paragraphs, or a quotation that is a box."""
        if any(isinstance(c, Element) and c.role != "quote" for c in element.children):
            return self._box(element, scope)
        return f"<blockquote>{self.all(element.children, scope)}</blockquote>"

    # --- lists --------------------------------------------------------------------------------

    def _list(self, element: Element, scope: Scope) -> str:
        rule = self.rule(element, scope) if element.style else BlockRule("", element.span)
        name = self._styles.block(scope, rule)
        return f'<ul{_id(element)} class="list {name}">{self._items(element)}</ul>'

    def _items(self, element: Element) -> str:
        return "".join(self._item(each) for each in element.children if isinstance(each, Element))

    def _item(self, item: Element) -> str:
        parts = {each.tag: each for each in item.children if isinstance(each, Element)}
        marker, body = parts.get("Lbl"), parts["LBody"]
        words = tuple(c for c in body.children if not isinstance(c, Element) or c.tag != "L")
        inner = [c for c in body.children if isinstance(c, Element) and c.tag == "L"]
        nested = "".join(f'<ul class="list">{self._items(each)}</ul>' for each in inner)
        said = self._phrases.of(marker).rstrip() if marker else ""
        shown = f'<span class="marker">{said}</span> ' if said else ""
        return f'<li>{shown}<div class="item">{self._phrases.parts(words)}{nested}</div></li>'

    def _pairs(self, element: Element, scope: Scope) -> str:
        """Terms with what is said of them: ways to pay, when and where."""
        out = []
        for item in element.children:
            if not isinstance(item, Element):
                continue
            for part in item.children:
                if not isinstance(part, Element):
                    continue
                if part.tag == "Lbl":
                    name = self._styles.block(scope, self.rule(part, scope))
                    out.append(f'<dt class="{name}">{self._phrases.of(part)}</dt>')
                    continue
                for line in part.children:
                    assert isinstance(line, Element)
                    name = self._styles.block(scope, self.rule(line, scope))
                    out.append(f'<dd class="{name}">{self._phrases.of(line)}</dd>')
        return f'<dl class="{element.role}">{"".join(out)}</dl>'

    # --- tables and forms ---------------------------------------------------------------------

    def _table(self, element: Element, scope: Scope) -> str:
        rule = self.rule(element, scope)
        own = scope.lower.text_of(rule)
        inside = replace(scope, lower=replace(scope.lower, text=own))
        name = self._styles.block(scope, rule)
        rows = [c for c in element.children if isinstance(c, Element) and c.tag == "TR"]
        heads = 0
        while heads < len(rows) and all(_is_head(cell) for cell in rows[heads].children):
            heads += 1
        captions = [c for c in element.children if isinstance(c, Element) and c.tag == "Caption"]
        self._tables += 1
        said = text_of(captions[0]) if captions else self._first_words(rows)
        words = screen_text("table", self._leaflet.language, number=self._tables, said=said)
        label = escape(words)
        caption = "".join(
            f'<caption class="{self._styles.block(inside, self.rule(c, inside))}">'
            f"{self._phrases.of(c)}</caption>"
            for c in captions
        )
        head = "".join(self._row(row, rule, inside) for row in rows[:heads])
        body = "".join(self._row(row, rule, inside) for row in rows[heads:])
        top = f"<thead>{head}</thead>" if head else ""
        held = f'<table class="{name}">{caption}{top}<tbody>{body}</tbody></table>'
        where = f'role="region" aria-label="{label}" tabindex="0"'
        return f'<div{_id(element)} class="scroll" {where}>{held}</div>'

    def _first_words(self, rows: list[Element]) -> str:
        said = (text_of(cell) for row in rows for cell in row.children if isinstance(cell, Element))
        return "・".join([words for words in said if words][:3])

    def _row(self, row: Element, rule: BlockRule, scope: Scope) -> str:
        cells = []
        for cell in row.children:
            assert isinstance(cell, Element)
            part = cell.role.removeprefix("table-")
            named = rule.parts.get(part, cell.style)
            if part == "stub" and "stub" not in rule.parts and not scope.lower.has(named):
                named = rule.parts.get("cell", "table-cell")
            name = self._styles.block(scope, scope.lower.named(named), scope.text)
            words = self._phrases.of(cell)
            if cell.tag == "TD":
                cells.append(f'<td class="{name}">{words}</td>')
            else:
                side = "row" if cell.scope == "Row" else "col"
                cells.append(f'<th scope="{side}" class="{name}">{words}</th>')
        return f"<tr>{''.join(cells)}</tr>"

    def _form(self, element: Element, scope: Scope) -> str:
        name, inside = self._styles.box(scope, self.rule(element, scope))
        held = []
        for part in element.children:
            assert isinstance(part, Element)
            if part.role == "fields":
                held.append(self._fields(part, inside))
            elif part.role == "form-cut":
                held.append(self._cut(part, inside))
            else:
                held.append(self.block(part, inside))
        return f'<section{_id(element)} class="form {name}">{"".join(held)}</section>'

    def _cut(self, element: Element, scope: Scope) -> str:
        return self._ruled(element, self.rule(element, scope), scope)

    def _ruled(self, element: Element, rule: BlockRule, scope: Scope) -> str:
        """Words in the middle of a line, which is the style's first edge."""
        name = self._styles.ruled(scope, rule)
        return f'<p{_id(element)} class="ruled {name}"><span>{self._phrases.of(element)}</span></p>'

    def _fields(self, element: Element, scope: Scope) -> str:
        label = self._styles.block(scope, scope.lower.named("form-label"))
        rows = []
        for field in element.children:
            assert isinstance(field, Element)
            term, body = (c for c in field.children if isinstance(c, Element))
            choices = [c for c in body.children if isinstance(c, Element) and c.role == "choices"]
            said = self._choices(choices[0]) if choices else self._phrases.of(body)
            head = f'<th scope="row" class="{label}">{self._phrases.of(term)}</th>'
            rows.append(f"<tr>{head}<td>{said}</td></tr>")
        return f'<table class="fields"><tbody>{"".join(rows)}</tbody></table>'

    def _choices(self, element: Element) -> str:
        items = []
        for item in element.children:
            assert isinstance(item, Element)
            tick, said = (self._phrases.of(c) for c in item.children if isinstance(c, Element))
            items.append(f"<li>{tick}&nbsp;{said}</li>")
        return f'<ul class="choices">{"".join(items)}</ul>'

    # --- figures --------------------------------------------------------------------------------

    def _figure(self, element: Element, scope: Scope) -> str:
        caption = self._caption(element, scope)
        wide = self._gallery.is_wide(element)
        drawn = self._gallery.picture(element)
        side = self._sides.get((element.span.line, element.span.column), "")
        name = f"figure {side}" if side else "figure bleed" if wide else "figure"
        if not drawn:
            drawn = f'<p class="missing">{escape(element.alt)}</p>'
        return f'<figure{_id(element)} class="{name}">{drawn}{caption}</figure>'

    def _caption(self, element: Element, scope: Scope) -> str:
        found = [c for c in element.children if isinstance(c, Element)]
        if not found:
            return ""
        own = scope.lower.text_of(self.rule(element, scope))
        text = scope.lower.text_of(self.rule(found[0], scope), own)
        name = self._styles.line(scope, text, scope.ground)
        return f'<figcaption class="{name}">{self._phrases.of(found[0])}</figcaption>'

    def _qr(self, element: Element, scope: Scope) -> str:
        drawn = qr_code(element.target, element.alt)
        if element.target.startswith(_LINK):
            drawn = f'<a href="{escape(element.target)}">{drawn}</a>'
        caption = self._caption(element, scope)
        return f'<figure{_id(element)} class="code">{drawn}{caption}</figure>'

    # --- notices --------------------------------------------------------------------------------

    def _search(self, element: Element, scope: Scope) -> str:
        rule = self.rule(element, scope)
        text = scope.lower.text_of(rule)
        box = scope.lower.cascade.box(rule, text)
        ground = self._styles.ground_of(box, scope.ground)
        inside = Scope(replace(scope.lower, text=text), ground)
        name = self._styles.bare(box, scope.ground)
        held = self.all(element.children, inside)
        return f'<div{_id(element)} class="search {name}">{held}</div>'

    def _search_line(self, element: Element, scope: Scope) -> str:
        """The words around the field stand in the box's own text."""
        name = self._styles.line(scope, scope.text, scope.ground)
        return f'<p class="search-line {name}">{self._phrases.of(element)}</p>'

    def _donation(self, element: Element, scope: Scope) -> str:
        name, inside = self._styles.box(scope, self.rule(element, scope))
        title, *rest = (c for c in element.children if isinstance(c, Element))
        inner, within = self._styles.box(inside, inside.lower.named("donation-inner"))
        held = self.all(tuple(rest), within)
        head = self.block(title, inside)
        body = f'<div class="inner {inner}">{held}</div>'
        return f'<section{_id(element)} class="donation {name}">{head}{body}</section>'

    def _notice(self, element: Element, scope: Scope) -> str:
        name, inside = self._styles.box(scope, self.rule(element, scope))
        held = self.all(element.children, inside)
        tag = "address" if element.role == "contact" else "section"
        return f'<{tag}{_id(element)} class="{element.role} {name}">{held}</{tag}>'

    def _rule(self, element: Element, scope: Scope) -> str:
        rule = self.rule(element, scope)
        if element.children:
            return self._ruled(element, rule, scope)
        box = scope.lower.cascade.box(rule, scope.text)
        return f'<hr class="{self._styles.bare(box, scope.ground)}">'


_Maker = Callable[[Blocks, Element, Scope], str]
_BY_ROLE: Final[dict[str, _Maker]] = {
    "title": Blocks._title,
    "badge": Blocks._badge,
    "quote": lambda to, e, s: to._quote(e, s) if e.tag == "BlockQuote" else to._plain(e, s),
    "notes": lambda to, e, s: to._division(e, s) if e.tag == "Div" else to._note(e, s),
    "box": Blocks._box,
    "sidebar": Blocks._box,
    "list": Blocks._list,
    "ways": Blocks._pairs,
    "rows": Blocks._pairs,
    "form": Blocks._form,
    "figure": Blocks._figure,
    "qr-code": Blocks._qr,
    "search": Blocks._search,
    "search-line": Blocks._search_line,
    "donation": Blocks._donation,
    "contact": Blocks._notice,
    "event": Blocks._notice,
    "rule": Blocks._rule,
    "section": Blocks._section,
    "row": Blocks._division,
    "cell": Blocks._division,
    "free": Blocks._division,
}
_BY_TAG: Final[dict[str, _Maker]] = {
    **{f"H{level}": Blocks._heading for level in range(1, 7)},
    "Table": Blocks._table,
}


def _id(element: Element) -> str:
    return f' id="{escape(element.id)}"' if element.id else ""


def _is_head(cell: Element | Words) -> bool:
    return isinstance(cell, Element) and cell.scope in ("Column", "Both")


def _lines_of(element: Element) -> list[str]:
    """The lines of a heading, without readings."""
    lines = [""]
    for part in element.children:
        if isinstance(part, Words):
            lines[-1] += part.text
        elif part.tag == "Break":
            lines.append("")
        else:
            lines[-1] += _unruled(part)
    return [line for line in lines if line]


def _unruled(element: Element) -> str:
    parts = []
    for child in element.children:
        if isinstance(child, Words):
            parts.append(child.text)
        elif child.tag != "RT":
            parts.append(_unruled(child))
    return "".join(parts)


def _figure_sides(leaflet: Leaflet) -> dict[tuple[int, int], str]:
    """At which side figures stand with text around them, by their places."""
    found: dict[tuple[int, int], str] = {}

    def look(value: object) -> None:
        if isinstance(value, Figure):
            if value.side:
                found[value.common.span.line, value.common.span.column] = value.side
        elif isinstance(value, tuple):
            for each in value:
                look(each)
        elif isinstance(value, Struct):
            for name in ("pages", "areas", "blocks", "cells"):
                look(getattr(value, name, ()))

    look(leaflet)
    return found


def is_titled(tree: Element) -> bool:
    """Whether the tree has exactly one heading of the first level."""
    return sum(element.tag == "H1" for element in walk(tree)) == 1
