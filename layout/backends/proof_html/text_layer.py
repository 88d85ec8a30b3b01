"""The text over a page's picture: an element for each printed line, at its place.

The text itself cannot be seen; the browser's own fonts are spread to the places of
the printed characters by the program of the page.
"""

from collections.abc import Iterator
from html import escape
from typing import Final

from layout.reading.model import Block, Box, Line, Page, Thing

_HEADINGS: Final = {f"H{level}": level for level in range(1, 7)}
_PAGE_HEAD: Final = 2
"""The level of the heading over each page."""


def page_layer(page: Page, picture: str, former: str = "") -> str:
    """The page with its picture, its text, and its ``former`` picture, to be shown on demand."""
    level, parts = _PAGE_HEAD, []
    for block in page.blocks:
        # Below the page's number, and never two levels at a time.
        wanted = _HEADINGS.get(block.kind, 0)
        level = min(wanted + _PAGE_HEAD, level + 1) if wanted else level
        parts.append(_block(block, min(6, level) if wanted else 0))
    blocks = "".join(parts)
    things = "".join(_thing(thing) for thing in page.things)
    was = f"<template>{former}</template>" if former else ""
    return (
        f'<section class="page" id="page-{page.number}" data-page="{page.number}"'
        f' style="--w:{page.width:g};--h:{page.height:g}" aria-labelledby="head-{page.number}">'
        f'<h2 class="page-head" id="head-{page.number}" data-n="{page.number}">{page.number}</h2>'
        f'<div class="sheet">{picture}<div class="marks" aria-hidden="true"></div>'
        f'<div class="text" lang="ja">{blocks}{things}</div>{was}</div></section>'
    )


def _block(block: Block, level: int) -> str:
    role = f' role="heading" aria-level="{level}"' if level else ""
    return f'<div class="block"{role}>{"".join(_line(line) for line in block.lines)}</div>'


def _line(line: Line) -> str:
    upright = " v" if line.vertical else ""
    place = _place(line.box)
    size = line.size_q / 4
    return (
        f'<span class="line{upright}" data-line="{escape(line.id)}" tabindex="-1"'
        f' style="{place};--s:{size:g}">{escape(line.text)}</span>'
    )


def _thing(thing: Thing) -> str:
    label = escape(thing.alt or thing.says or thing.file or thing.id)
    said = f"{label}（{escape(thing.says)}）" if thing.says and thing.says != label else label
    return (
        f'<div class="thing {thing.kind}" data-line="{escape(thing.id)}" tabindex="-1" role="img"'
        f' aria-label="{said}" style="{_place(thing.box)}"></div>'
    )


def _place(box: Box) -> str:
    return ";".join(_places(box))


def _places(box: Box) -> Iterator[str]:
    for name, value in (("x", box.x), ("y", box.y), ("w", box.width), ("h", box.height)):
        yield f"--{name}:{round(value, 2):g}"
