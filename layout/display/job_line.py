"""The job line (ジョブ名): what a sheet is, written beside the marks.

It stands under the foot of the sheet, between a corner mark and the centre
mark, clear of folds: name, page, date, and the names of the plates, each in
the ink of its own plate.  The rest is in registration colour, on all plates.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from layout.diagnostics import NOWHERE
from layout.display.model import Colour, DisplayList, DisplayPage, GlyphRun, colours
from layout.font.face import FontFace
from layout.font.shape import Shaper
from layout.geometry import Point, WritingMode
from layout.house.profile import Profile
from layout.units import Length, mm, q

REGISTRATION: Final = Colour("registration", (100.0, 100.0, 100.0, 100.0))
"""All plates.  Marks and job lines alone are painted in it, through the colorant ``All``."""

ROLE: Final = "job"
PLATE_ROLE: Final = "plate"
PROCESS: Final = (
    Colour("C", (100.0, 0.0, 0.0, 0.0)),
    Colour("M", (0.0, 100.0, 0.0, 0.0)),
    Colour("Y", (0.0, 0.0, 100.0, 0.0)),
    Colour("K", (0.0, 0.0, 0.0, 100.0)),
)

SIZE: Final = q(9)
CLEAR: Final = mm(2)  # from every mark
CORNER: Final = mm(3)  # more than that from the corner marks
GETA: Final = "〓"  # stands for a character the face lacks
ELLIPSIS: Final = "…"
LEAST_NAME: Final = 4  # characters; what is cut shorter says nothing


def with_job_lines(display: DisplayList, profile: Profile, shaper: Shaper) -> DisplayList:
    """The same display list, each page with its job line; as it is if the profile wants none."""
    face = shaper.library.job_line_face() if profile.job_line else None
    if face is None:
        return display
    count = len(display.pages)
    pages = []
    for number, page in enumerate(display.pages, start=1):
        words = (display.title, f"{number}/{count}　{page.label}".rstrip(), display.date)
        pages.append(replace(page, slug=_slug(page, words, profile, _Pen(shaper, face))))
    return replace(display, pages=tuple(pages))


class _Pen:
    """Sets words in one face and size; nothing in them is text for a reader."""

    def __init__(self, shaper: Shaper, face: FontFace) -> None:
        self._shaper = shaper
        self.face = face

    def write(self, words: str, colour: Colour, role: str) -> GlyphRun:
        """A run at the origin."""
        face, library = self.face, self._shaper.library
        shown = "".join(c if library.glyph(face, c) else GETA for c in words)
        mode = WritingMode.HORIZONTAL
        shape = self._shaper.shape
        glyphs = shape(face, shown, mode, western=False, proportional=True) if shown else ()
        scale = SIZE / face.units_per_em
        return GlyphRun(
            face,
            SIZE,
            Point(0, 0),
            tuple(glyph.gid for glyph in glyphs),
            tuple(round(glyph.advance * scale) for glyph in glyphs),
            ("",) * len(glyphs),
            colour,
            NOWHERE,
            role,
            tuple((round(g.along * scale), round(g.across * scale)) for g in glyphs),
        )

    def cut(self, words: str, room: Length) -> GlyphRun | None:
        """As much of ``words`` as there is room for."""
        run = self.write(words, REGISTRATION, ROLE)
        while _length(run) > room and len(words) > LEAST_NAME:
            words = words[:-1]
            run = self.write(words + ELLIPSIS, REGISTRATION, ROLE)
        return run if _length(run) <= room else None


def _slug(
    page: DisplayPage, words: tuple[str, str, str], profile: Profile, pen: _Pen
) -> tuple[GlyphRun, ...]:
    name, *facts = words
    small = [pen.write(word, REGISTRATION, ROLE) for word in facts if word]
    plates = [pen.write(ink.name, ink, PLATE_ROLE) for ink in (*PROCESS, *_spots(page))]
    title = pen.write(name, REGISTRATION, ROLE)
    start, room = _place(page, profile, _together([title, *small, *plates]))
    least = min(_length(title), (LEAST_NAME + 1) * SIZE) + SIZE
    while small and _together([*small, *plates]) + least > room:
        small.pop()
    rest = [*small, *plates]
    if _together(rest) > room:
        return ()
    called = pen.cut(name, room - _together(rest) - SIZE) if name else None
    runs = [called, *rest] if called else rest
    return tuple(_in_row(runs, start, _baseline(page, profile, pen.face)))


def _length(run: GlyphRun) -> Length:
    return sum(run.advances)


def _together(runs: list[GlyphRun]) -> Length:
    """How long runs are in a row, an em between them, half an em between plates."""
    return sum(map(_length, runs)) + sum(_gap(*pair) for pair in pairwise(runs))


def _gap(before: GlyphRun, run: GlyphRun) -> Length:
    return SIZE // 2 if before.role == run.role == PLATE_ROLE else SIZE


def _in_row(runs: list[GlyphRun], start: Length, baseline: Length) -> Iterator[GlyphRun]:
    at = start
    before: GlyphRun | None = None
    for run in runs:
        at += _gap(before, run) if before else 0
        yield replace(run, origin=Point(at, baseline))
        at += _length(run)
        before = run


def _baseline(page: DisplayPage, profile: Profile, face: FontFace) -> Length:
    """Half way along the marks under the foot; the middle of the em box stands there."""
    middle = page.height + profile.bleed + profile.mark_length // 2
    return middle + (face.em_top + face.em_bottom) * SIZE // (2 * face.units_per_em)


def _place(page: DisplayPage, profile: Profile, whole: Length) -> tuple[Length, Length]:
    """Where the line starts, and its room: the first place that holds it all, else the largest."""
    half = min(profile.centre_mark // 2, page.width // 4)
    middle = page.width // 2
    taken = [(-profile.margin, CORNER), (middle - half, middle + half)]
    taken += [(fold.at, fold.at) for fold in page.folds if not fold.level]
    taken += [(page.width - CORNER, page.width + profile.margin)]
    places = []
    end = 0
    for (_, here), (there, _) in pairwise(sorted(taken)):
        end = max(end, here)
        places.append((end + CLEAR, there - end - 2 * CLEAR))
    holding = [place for place in places if place[1] >= whole]
    return holding[0] if holding else max(places, key=lambda place: place[1])


def _spots(page: DisplayPage) -> tuple[Colour, ...]:
    """The spot inks of a page, full, in the order they come."""
    found: dict[str, Colour] = {}
    for colour in colours(page.items):
        if colour.spot and colour.spot not in found:
            found[colour.spot] = replace(colour, name=colour.spot, tint=100.0)
    return tuple(found.values())
