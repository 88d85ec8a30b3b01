"""The page around the blocks: pages and areas of the leaflet, tools, schemes of colour."""

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Final

from layout.backends.html.elements import UPRIGHT_MOST, Blocks, is_titled
from layout.backends.html.figures import Gallery
from layout.backends.html.head import head
from layout.backends.html.palette import PAPER, Palette
from layout.backends.html.styles import Scope, Styles
from layout.backends.svg.looks import Looks
from layout.diagnostics import Reporter
from layout.display.model import DisplayList
from layout.display.paint import mainly_vertical
from layout.house.profile import Profile
from layout.house.rules import DATA
from layout.house.screen import screen_text
from layout.preflight.legible.colours import Rgb
from layout.source.manifest import FaceEntry
from layout.source.model import Leaflet
from layout.source.sheet import LayoutRule, StyleSheet
from layout.structure.model import Element, text_of, walk
from layout.style.cascade import Cascade
from layout.style.lower import lowering
from layout.style.model import TextStyle
from layout.units import Length, q

_ROOT_PERCENT: Final = 106.25  # of the browser's own size, which is the reader's choice
_ROOT_MOST: Final = 170.0
_USUAL: Final = q(15)
_GROWTH: Final = 0.85
_CONTENTS_FROM: Final = 4
"""Headings from which a list of contents is worth its room."""


class Sources:
    """What a page is made of: the leaflet, its tree and style, and its pages as printed."""

    def __init__(
        self,
        leaflet: Leaflet,
        tree: Element,
        sheet: StyleSheet,
        display: DisplayList,
        profile: Profile,
        faces: Mapping[str, FaceEntry],
    ) -> None:
        self.leaflet = leaflet
        self.tree = tree
        self.sheet = sheet
        self.display = display
        self.profile = profile
        self.faces = faces
        self.cascade = Cascade(sheet, frozenset(faces), Reporter())  # the press has complained

    def scope(self, layout: str, text: TextStyle, ground: Rgb) -> Scope:
        """Where the blocks of an area stand."""
        return Scope(lowering(self.cascade, self.leaflet, layout, text), ground)


def make_page(sources: Sources) -> str:
    """The whole document."""
    leaflet, tree = sources.leaflet, sources.tree
    upright = mainly_vertical(sources.display.pages)
    palette, looks = Palette(), Looks(sources.profile)
    base = _base(sources)
    styles = Styles(looks, palette, sources.faces, base)
    first = next((page for page in tree.children if isinstance(page, Element)), tree)
    around = _ground(sources, looks, first)
    palette.ink((0, 0, 0), around)  # --i0: the tools'
    gallery = Gallery(sources.display, sources.profile)
    lift = 0 if is_titled(tree) else 1
    blocks = Blocks(leaflet, styles, gallery, lift=lift)
    body = "".join(
        _page(sources, styles, blocks, page, upright)
        for page in tree.children
        if isinstance(page, Element)
    )
    if lift:
        body = f'<h1 class="unseen">{escape(leaflet.title)}</h1>{body}'
    tools = _tools(leaflet.language, blocks, upright)
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{escape(leaflet.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            head(leaflet, tree),
            f"<style>\n{_schemes(palette)}\n{_house_css()}\n{_size(base)}{styles.css()}\n</style>",
            "</head>",
            f'<body style="background:{palette.ground(around)}">',
            tools,
            f"<main>{body}</main>",
            gallery.shared(),
            "</body>",
            "</html>",
            "",
        )
    )


# --- pages and areas ----------------------------------------------------------------------


def _page(sources: Sources, styles: Styles, blocks: Blocks, page: Element, upright: bool) -> str:
    layout = sources.sheet.layouts[page.style]
    ground = _ground(sources, styles.looks, page)
    dress = f' style="background:{styles.palette.ground(ground)}"'
    held = _parts(sources, styles, blocks, page, layout, ground, upright)
    areas = (each for each in page.children if isinstance(each, Element))
    headed = any(
        isinstance(part, Element) and part.role == "title"
        for area in areas
        if area.role == "area"
        for part in area.children
    )
    tag = "section" if headed else "div"
    return f'<{tag} class="page"{dress}>{held}</{tag}>'


def _ground(sources: Sources, looks: Looks, page: Element) -> Rgb:
    """What is behind everything of a page."""
    layout = sources.sheet.layouts.get(page.style)
    if layout is None or not layout.background:
        return PAPER
    return looks.rgb(sources.cascade.colour(layout.background, layout.span))


def _parts(
    sources: Sources,
    styles: Styles,
    blocks: Blocks,
    within: Element,
    layout: LayoutRule,
    ground: Rgb,
    upright: bool,
) -> str:
    out = []
    for part in within.children:
        if not isinstance(part, Element):
            continue
        if part.role == "article":
            held = _parts(sources, styles, blocks, part, layout, ground, upright)
            out.append(f'<section class="article">{held}</section>')
        else:
            out.append(_area(sources, styles, blocks, part, layout, ground, upright))
    return "".join(out)


def _area(
    sources: Sources,
    styles: Styles,
    blocks: Blocks,
    area: Element,
    layout: LayoutRule,
    behind: Rgb,
    upright: bool,
) -> str:
    rule = layout.areas[area.style]
    cascade = sources.cascade
    text = cascade.text(rule.text, rule.span)
    ground = None
    if rule.background:
        ground = styles.looks.rgb(cascade.colour(rule.background, rule.span))
    name = styles.area(ground, behind, text)
    scope = sources.scope(layout.name, text, ground or behind)
    held = blocks.all(area.children, scope)
    if not held:
        return ""
    classes = ["area", name]
    if ground is not None and ground != behind:
        classes.append("band")
    count = len(text_of(area))
    vertical = (rule.writing or layout.writing) == "vertical"
    if vertical and not upright and count <= UPRIGHT_MOST:
        held = f'<div class="upright" style="--n:{count}">{held}</div>'
    return f'<div class="{" ".join(classes)}">{held}</div>'


def _base(sources: Sources) -> Length:
    """The size of the running text: that of most characters of its paragraphs."""
    counts: dict[Length, int] = {}
    for page in sources.tree.children:
        assert isinstance(page, Element)
        layout = sources.sheet.layouts[page.style]
        for area in walk(page):
            if area.role != "area":
                continue
            rule = layout.areas[area.style]
            text = sources.cascade.text(rule.text, rule.span)
            lower = sources.scope(layout.name, text, PAPER).lower
            for part in walk(area):
                if part.tag == "P" and part.role == "text":
                    size = lower.text_of(lower.named(part.style)).size
                    counts[size] = counts.get(size, 0) + len(text_of(part))
    return max(counts, key=lambda size: (counts[size], size)) if counts else q(14)


# --- around them -----------------------------------------------------------------------------


def _tools(language: str, blocks: Blocks, upright: bool) -> str:
    """The list of contents, and the choice of the direction of lines."""

    def said(name: str) -> str:
        return escape(screen_text(name, language))

    parts = []
    entries = [entry for entry in blocks.contents if entry[0] <= 3]
    if len(entries) >= _CONTENTS_FROM:
        least = min(level for level, *_ in entries)
        items = "".join(
            f'<li style="--l:{level - least}"><a href="#{escape(name)}">{escape(words)}</a></li>'
            for level, name, words in entries
        )
        parts.append(
            f'<details class="contents"><summary>{said("contents")}</summary>'
            f'<nav aria-label="{said("contents")}"><ol>{items}</ol></nav></details>'
        )
    if upright:
        choices = "".join(
            f'<label><input type="radio" name="mode" id="{name}"{checked}>{said(name)}</label>'
            for name, checked in (("tate", " checked"), ("yoko", ""))
        )
        legend = f"<legend>{said('direction')}</legend>"
        parts.append(f'<fieldset class="modes">{legend}{choices}</fieldset>')
    return f'<header class="tools">{"".join(parts)}</header>' if parts else ""


def _schemes(palette: Palette) -> str:
    """Colours by day and night, and for those who ask for contrast; paper is always day."""
    light, more = palette.properties("light"), palette.properties("light-more")
    dark, darkest = palette.properties("dark"), palette.properties("dark-more")
    night, strong = "(prefers-color-scheme:dark)", "(prefers-contrast:more)"
    return "\n".join(
        (
            f":root{{{light}}}",
            f"@media screen and {strong}{{:root{{{more}}}}}",
            f"@media screen and {night}{{:root{{{dark}}}}}",
            f"@media screen and {night} and {strong}{{:root{{{darkest}}}}}",
        )
    )


def _size(base: Length) -> str:
    """A leaflet in large print is large on the screen too."""
    percent = _ROOT_PERCENT * (base / _USUAL) ** _GROWTH
    bounded = min(_ROOT_MOST, max(_ROOT_PERCENT, percent))
    return f"@media screen{{:root{{font-size:{bounded:.4g}%}}}}\n"


@cache
def _house_css() -> str:
    """The style sheet of the house, without comments and blanks that say nothing."""
    text = (DATA / "screen.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s*\n\s*", "", text)
    return re.sub(r"\s*([{};])\s*", r"\1", text)
