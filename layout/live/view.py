"""What a browser needs to show a build: pictures of pages, places, findings, as plain data."""

import hashlib
from collections.abc import Callable
from typing import Any

from layout.backends.svg import SvgPainter
from layout.diagnostics import Diagnostic
from layout.display.model import DisplayPage, colours
from layout.flow.areas import AreaLayout
from layout.geometry import Rect
from layout.live.session import Shot
from layout.pipeline import Drawn
from layout.reading import read_pages
from layout.reading.model import Line, Thing
from layout.units import to_mm

Json = dict[str, Any]
Told = Callable[[Diagnostic], Json]


class Viewer:
    """Turns builds into data; pictures of pages that stayed are not drawn again."""

    def __init__(self, told: Told) -> None:
        """``told`` says a finding in the reader's words."""
        self._told = told
        self._painter: SvgPainter | None = None
        self._profile = ""
        self._pages: list[tuple[DisplayPage, str, str]] = []
        self._lines: frozenset[tuple[int, str, str]] | None = None

    def pictures(self, shot: Shot) -> Json:
        """What is shown first: every page's picture under a name made of it, and the findings."""
        data: Json = {
            "version": shot.number,
            "fresh": shot.fresh,
            "sound": shot.sound,
            "seconds": round(shot.seconds, 3),
            "findings": [self._told(each) for each in shot.findings],
        }
        drawn = shot.drawn
        if drawn is None or drawn.display is None or drawn.profile is None:
            return data | {"pages": []}
        if self._painter is None or repr(drawn.profile) != self._profile:
            self._painter, self._profile = SvgPainter(drawn.profile), repr(drawn.profile)
            self._pages = []
        self._pages = [
            self._picture(page, number) for number, page in enumerate(drawn.display.pages, start=1)
        ]
        return data | {
            "title": drawn.display.title,
            "right": drawn.display.bound_right,
            "pages": [{"name": name, "svg": svg, **_size(page)} for page, svg, name in self._pages],
            "outlines": [path for _, _, path in self._painter.outlines.drawn()],
            "inks": self._inks(drawn),
        }

    def places(self, shot: Shot) -> Json:
        """What may come a moment later: where each line is in the source, what is new, the grid."""
        drawn = shot.drawn
        if drawn is None or drawn.display is None or drawn.leaflet is None or not drawn.profile:
            return {"version": shot.number, "places": []}
        reading = read_pages(drawn.display, drawn.leaflet)
        lines = frozenset((line.page, line.block, line.text) for line in reading.lines)
        new = lines - self._lines if self._lines is not None else frozenset()
        self._lines = lines
        return {
            "version": shot.number,
            "file": drawn.leaflet.file,
            "places": [
                {
                    "lines": [
                        _line(line, (line.page, line.block, line.text) in new)
                        for block in page.blocks
                        for line in block.lines
                    ],
                    "things": [_thing(thing) for thing in page.things],
                    "areas": [_area(area) for area in layout.areas],
                    "safe": round(to_mm(drawn.profile.safe_margin), 2),
                }
                for page, layout in zip(reading.pages, drawn.pages, strict=True)
            ],
        }

    def _picture(self, page: DisplayPage, number: int) -> tuple[DisplayPage, str, str]:
        at = number - 1
        if at < len(self._pages) and self._pages[at][0] == page:
            return self._pages[at]
        assert self._painter is not None
        svg = self._painter.page(page, number)
        return page, svg, hashlib.sha256(svg.encode()).hexdigest()[:16]

    def _inks(self, drawn: Drawn) -> dict[str, list[float]]:
        """How much cyan, magenta, yellow and black a colour of the screen stands for."""
        assert self._painter is not None and drawn.display is not None
        found: dict[str, list[float]] = {}
        for page in drawn.display.pages:
            for colour in colours(page.items):
                found.setdefault(self._painter.looks.hexadecimal(colour), list(colour.cmyk))
        return found


def _size(page: DisplayPage) -> Json:
    return {"w": round(to_mm(page.width), 3), "h": round(to_mm(page.height), 3)}


def _rect(rect: Rect) -> list[float]:
    return [round(to_mm(n), 2) for n in (rect.x, rect.y, rect.width, rect.height)]


def _line(line: Line, new: bool) -> Json:
    box = line.box
    found: Json = {
        "box": [box.x, box.y, box.width, box.height],
        "text": line.text,
        "n": line.number,
        "at": [line.span.line, line.span.column],
    }
    return found | ({"new": True} if new else {})


def _thing(thing: Thing) -> Json:
    box = thing.box
    return {
        "box": [box.x, box.y, box.width, box.height],
        "text": thing.alt or thing.says,
        "at": [thing.span.line, thing.span.column],
    }


def _area(layout: AreaLayout) -> Json:
    """An area's rectangle, its grid, and how full it is."""
    area = layout.area
    found: Json = {"name": area.name, "box": _rect(area.rect), "frame": _rect(layout.frame)}
    if area.grid is None:
        return found
    return found | {
        "vertical": area.mode.is_vertical,
        "pitch": round(to_mm(area.grid.pitch), 4),
        "size": round(to_mm(area.grid.size), 4),
        "columns": area.columns,
        "gap": round(to_mm(area.gap), 3),
        "used": layout.used,
        "total": layout.total,
    }
