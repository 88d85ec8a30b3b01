"""The checks: contrast, sizes, and colours that alone tell things apart.

``check_legible`` is the list.  Colours are compared as they look in print; figures
stand in ``house/data/legibility.json``.  Letters inside pictures are not judged: their
description says what they say.
"""

import json
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Final

from msgspec import Struct

from layout.diagnostics import Reporter, Span
from layout.display.extents import run_sides
from layout.display.model import Colour, DisplayList, GlyphRun
from layout.house.profile import Profile
from layout.house.rules import DATA
from layout.preflight.colour import PROCESS, Conversion
from layout.preflight.legible.behind import Layer, Spot, Text, Tones, painted
from layout.preflight.legible.colours import (
    LARGE_LEAST,
    TEXT_LEAST,
    Rgb,
    contrast,
    difference,
    visions,
)
from layout.units import to_pt

_PAPER: Final = "paper"
_SHOWN: Final = 12
_SAMPLES: Final = 7
_BOLD: Final = ("700", "800", "900", "bold", "black", "heavy")
_TELLING: Final = ("P", "LI", "TD", "TH")
"""Roles of text in which a colour may mean something; titles use it for their looks."""


class Limits(Struct, frozen=True):
    """Figures of the checks."""

    source: str
    text_least_pt: float
    ruby_least_pt: float
    large_pt: float
    large_bold_pt: float
    apart: float
    alike: float
    alone_least: float
    vision_share: float


@cache
def limits() -> Limits:
    """The figures, read once."""
    return Limits(**json.loads((DATA / "legibility.json").read_text("utf-8")))


class _Seen(Struct, frozen=True):
    """Text on its worst ground: what it looks like, what is behind, and its names."""

    run: GlyphRun
    ink: Rgb
    ground: Rgb
    ground_name: str


def check_legible(display: DisplayList, profile: Profile, reporter: Reporter) -> None:
    """All checks on every page; findings carry the page and the place in the source."""
    looks = _Looks(profile)
    for number, page in enumerate(display.pages, start=1):
        layers, texts = painted(page.items)
        seen = [_on_its_ground(text, layers, looks) for text in texts]
        _contrast(seen, number, reporter)
        _sizes(texts, number, reporter)
        _colour_alone(seen, number, reporter)


class _Looks:
    """Inks as they look, each worked out once."""

    def __init__(self, profile: Profile) -> None:
        self._conversion = Conversion(str(profile.icc_path))
        self._known: dict[Colour, Rgb] = {}
        self.tones = Tones()

    def rgb(self, colour: Colour) -> Rgb:
        """sRGB."""
        if colour not in self._known:
            plates = dict(zip(PROCESS, (ink / 100 for ink in colour.cmyk), strict=True))
            self._known[colour] = self._conversion.look(plates)
        return self._known[colour]


# --- what is behind ---------------------------------------------------------------------


def _on_its_ground(text: Text, layers: list[Layer], looks: _Looks) -> _Seen:
    """A run and, of all that is behind its letters, what it stands out from least."""
    run = text.run
    ink = looks.rgb(run.colour)
    grounds = {_ground(spot, layers[: text.before], looks) for spot in _spots(run)}
    worst, name = min(grounds, key=lambda each: (contrast(ink, each[0]), each))
    return _Seen(run, ink, worst, name)


def _ground(spot: Spot, layers: list[Layer], looks: _Looks) -> tuple[Rgb, str]:
    for layer in reversed(layers):
        if not layer.covers(spot):
            continue
        if layer.picture is not None and layer.fill is None:
            tone = looks.tones.at(layer.picture, spot)
            if tone is not None:
                return tone, layer.picture.alt[:_SHOWN] or layer.picture.file
        elif layer.fill is not None:
            return looks.rgb(layer.fill), layer.fill.name
    return (255, 255, 255), _PAPER


def _spots(run: GlyphRun) -> Iterator[Spot]:
    """The middles of some of its letters."""
    (left, right), (top, bottom) = run_sides(run)
    along = run.vertical or run.turned
    length = (bottom - top) if along else (right - left)
    across = (left + right) // 2 if along else (top + bottom) // 2
    count = min(_SAMPLES, max(1, len(run.gids)))
    for step in range(count):
        at = (top if along else left) + length * (2 * step + 1) // (2 * count)
        yield (across, at) if along else (at, across)


# --- checks -------------------------------------------------------------------------------


def _contrast(seen: list[_Seen], number: int, reporter: Reporter) -> None:
    """Text against what is behind it, for all eyes; each pair of colours is said once a page."""
    said: set[tuple[Rgb, Rgb, bool]] = set()
    for each in seen:
        large = _is_large(each.run)
        key = (each.ink, each.ground, large)
        if key in said:
            continue
        said.add(key)
        least = LARGE_LEAST if large else TEXT_LEAST
        ratio = contrast(each.ink, each.ground)
        if ratio < least:
            reporter.warning(
                "legible.contrast", each.run.span, page=number, text=_words(each.run),
                ink=each.run.colour.name, ground=each.ground_name,
                ratio=f"{int(ratio * 10) / 10:.1f}", least=f"{least:g}",
            )  # fmt: skip
            continue
        for vision in visions():
            lost = contrast(vision.sees(each.ink), vision.sees(each.ground))
            if lost < least * limits().vision_share:
                reporter.warning(
                    "legible.vision", each.run.span, page=number, text=_words(each.run),
                    ink=each.run.colour.name, ground=each.ground_name, vision=vision.letter,
                    ratio=f"{int(lost * 10) / 10:.1f}",
                )  # fmt: skip
                break


def _sizes(texts: list[Text], number: int, reporter: Reporter) -> None:
    """Type that people cannot read at the size of the page."""
    said: set[tuple[Span, float]] = set()
    for text in texts:
        run = text.run
        size = round(to_pt(run.size), 2)
        ruby = run.role.endswith("/RT")
        least = limits().ruby_least_pt if ruby else limits().text_least_pt
        if size + 0.005 < least and (run.span, size) not in said:
            said.add((run.span, size))
            reporter.warning(
                "legible.small", run.span, page=number, text=_words(run),
                size=f"{size:g}", least=f"{least:g}",
            )  # fmt: skip


def _colour_alone(seen: list[_Seen], number: int, reporter: Reporter) -> None:
    """Words that only their colour tells from their neighbours, where some cannot see which."""
    said: set[frozenset[str]] = set()
    for group in _groups(seen):
        for one, other in combinations(_kinds(group), 2):
            pair = frozenset((one.run.colour.name, other.run.colour.name))
            if pair in said or difference(one.ink, other.ink) < limits().apart:
                continue
            if contrast(one.ink, other.ink) >= limits().alone_least:
                continue
            for vision in visions():
                left = difference(vision.sees(one.ink), vision.sees(other.ink))
                if left < limits().alike:
                    said.add(pair)
                    reporter.warning(
                        "legible.colour-alone", other.run.span, page=number,
                        one=one.run.colour.name, other=other.run.colour.name,
                        text=_words(other.run), vision=vision.letter,
                    )  # fmt: skip
                    break


def _groups(seen: list[_Seen]) -> Iterator[list[_Seen]]:
    """Text that is read together: what follows one another in one role."""
    group: list[_Seen] = []
    for each in seen:
        role = each.run.role.split("/")[0]
        if role not in _TELLING or each.run.role.endswith("/RT"):
            continue
        if group and group[-1].run.role.split("/")[0] != role:
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _kinds(group: list[_Seen]) -> Iterator[_Seen]:
    """One of each colour among texts of one face, size and ground."""
    faces: dict[tuple[str, int, Rgb], dict[Rgb, _Seen]] = {}
    for each in group:
        key = (each.run.face.key, each.run.size, each.ground)
        faces.setdefault(key, {}).setdefault(each.ink, each)
    for colours in faces.values():
        if len(colours) > 1:
            yield from colours.values()


def _is_large(run: GlyphRun) -> bool:
    size = to_pt(run.size) + 0.005
    bold = any(word in run.face.key.lower() for word in _BOLD)
    return size >= (limits().large_bold_pt if bold else limits().large_pt)


def _words(run: GlyphRun) -> str:
    return "".join(run.texts)[:_SHOWN]
