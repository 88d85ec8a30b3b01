"""Content streams: display items become painting operators (ISO 32000-1, 8 and 9).

``paint_page`` reads as the list of what happens.  Operators are appended as
bytes; the painter remembers the graphics state and repeats nothing.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Final, Protocol

from msgspec import Struct, field

from layout.backends.pdf.colour import (
    KNOCK_OUT,
    STATES,
    InkShelf,
    overprints,
)
from layout.backends.pdf.fonts import FontUse
from layout.backends.pdf.marks import bleed_box, printers_marks, sheet_box
from layout.backends.pdf.numbers import fine_point, number, point
from layout.backends.pdf.outlines import textless_path
from layout.backends.pdf.subset import EM
from layout.diagnostics import Reporter
from layout.display.model import (
    DisplayItem,
    DisplayPage,
    GlyphRun,
    Group,
    Picture,
    Segment,
    Shape,
    Stroke,
)
from layout.font.face import FontFace
from layout.geometry import Rect
from layout.house.profile import Profile
from layout.memo import NO_MEMO, Memo
from layout.units import Length

SLACK: Final = 200
"""Nanometres a glyph may be off before an adjustment is written."""

HAIR: Final = 1
"""Hundredths of a unit by which the first gap of a solid column is closed.

poppler compares the gaps of a column with the smallest one.  Were all of them
nought, its own roundings would become spaces; one negative gap settles it.
"""

PAINT: Final[Mapping[tuple[bool, bool, bool], bytes]] = {
    (True, False, False): b"f",
    (True, False, True): b"f*",
    (False, True, False): b"S",
    (False, True, True): b"S",
    (True, True, False): b"B",
    (True, True, True): b"B*",
}
"""The operator for (fill, stroke, even-odd), 8.5.3."""

CAPS: Final = {"butt": 0, "round": 1, "square": 2}
JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}

VERBS: Final = {"M": b"m", "L": b"l", "C": b"c", "Z": b"h"}


class Frame(Struct, frozen=True):
    """Where the trimmed page lies on the sheet: nanometres of margin, and its height."""

    margin: Length
    height: Length

    def at(self, x: Length, y: Length) -> bytes:
        """A place of the display list in points from the sheet's lower left corner."""
        return point(self.margin + x) + b" " + point(self.margin + self.height - y)

    def rectangle(self, rect: Rect) -> bytes:
        """The operands of ``re``."""
        corner = self.at(rect.x, rect.bottom)
        return b"%s %s %s" % (corner, point(rect.width), point(rect.height))


class Pictures(Protocol):
    """Where a painter finds the pictures of its file."""

    def place(self, picture: Picture, page: int) -> tuple[bytes, bytes] | None:
        """Resource name and reference, or None if there is nothing to draw."""
        ...


class PaintedPage(Struct):
    """A content stream and the resources it names: name without slash to reference."""

    content: bytes = b""
    fonts: dict[bytes, bytes] = field(default_factory=dict)
    pictures: dict[bytes, bytes] = field(default_factory=dict)
    spaces: dict[bytes, bytes] = field(default_factory=dict)


def paint_page(
    page: DisplayPage,
    number_of_page: int,
    profile: Profile,
    fonts: Mapping[FontFace, FontUse],
    pictures: "Pictures",
    inks: InkShelf,
    memo: Memo = NO_MEMO,
) -> PaintedPage:
    """Clip to the bleed, paint the items, then the marks outside.

    A page like one of an earlier file is not painted again, unless something in it is an
    object of the file: a picture, or the space of a spot colour.
    """
    painted: list[PaintedPage] = []

    def paint(_: Reporter) -> _Unbound | None:
        made = _paint(page, number_of_page, profile, fonts, pictures, inks, memo)
        painted.append(made)
        bound = made.pictures or made.spaces
        return None if bound else _Unbound(made.content, tuple(made.fonts))

    shown = (page.items, page.width, page.height, page.folds)
    uses = tuple((face.key, use.name, use.state) for face, use in fonts.items())
    unbound = memo.at(("content", number_of_page), (shown, profile, uses), paint, Reporter())
    if painted:
        again = painted[0]
    elif unbound is None:
        again = _paint(page, number_of_page, profile, fonts, pictures, inks, memo)
    else:
        objects = {name: place for use in fonts.values() for name, place in use.objects.items()}
        again = PaintedPage(unbound.content, {name: objects[name] for name in unbound.fonts})
    if printers_marks(page.width, page.height, profile, page.folds):
        again.spaces[b"Registration"] = inks.registration()
    return again


class _Unbound(Struct, frozen=True):
    """A page's operators and the names of its fonts, as good for one file as for another."""

    content: bytes
    fonts: tuple[bytes, ...]


def _paint(
    page: DisplayPage,
    number_of_page: int,
    profile: Profile,
    fonts: Mapping[FontFace, FontUse],
    pictures: "Pictures",
    inks: InkShelf,
    memo: Memo,
) -> PaintedPage:
    frame = Frame(profile.margin, page.height)
    bleed = bleed_box(page.width, page.height, profile)
    painter = Painter(frame, profile.overprint_black, fonts, pictures, inks, number_of_page, memo)
    painter.add(b"q", frame.rectangle(bleed) + b" re W n")
    painter.items(page.items)
    painter.add(b"Q")
    sheet = sheet_box(page.width, page.height, profile)
    wanted = printers_marks(page.width, page.height, profile, page.folds)
    marks = paint_marks(wanted, frame, sheet, bleed) if wanted else []
    painter.painted.content = b"\n".join((*painter.out, *marks, b""))
    return painter.painted


def paint_marks(marks: Iterable[Shape], frame: Frame, sheet: Rect, bleed: Rect) -> list[bytes]:
    """Marks in registration colour, clipped to what is outside the bleed."""
    out = [b"q", frame.rectangle(sheet) + b" re " + frame.rectangle(bleed) + b" re W* n"]
    out.append(b"/Registration CS 1 SCN")
    pen = b""
    for mark in marks:
        if mark.stroke is None:
            continue
        if (wanted := _pen(mark.stroke)) != pen:
            out.append(pen := wanted)
        out.append(path_operators(mark.path, frame) + b" S")
    out.append(b"Q")
    return out


def _pen(stroke: Stroke) -> bytes:
    """Width and dashes of a line, 8.4.3."""
    return point(stroke.thickness) + b" w [%s] 0 d" % b" ".join(map(point, stroke.dash))


def path_operators(path: Iterable[Segment], frame: Frame) -> bytes:
    """Path construction, 8.5.2."""
    parts = []
    for verb, numbers in path:
        parts += [frame.at(*numbers[at : at + 2]) for at in range(0, len(numbers), 2)]
        parts.append(VERBS[verb])
    return b" ".join(parts)


class Painter:
    """Appends operators for items and keeps the graphics state."""

    def __init__(
        self,
        frame: Frame,
        overprint_black: bool,
        fonts: Mapping[FontFace, FontUse],
        pictures: "Pictures",
        inks: InkShelf,
        number_of_page: int,
        memo: Memo = NO_MEMO,
    ) -> None:
        self.out: list[bytes] = []
        self.painted = PaintedPage()
        self._frame = frame
        self._overprint_black = overprint_black
        self._fonts = fonts
        self._pictures = pictures
        self._inks = inks
        self._number_of_page = number_of_page
        self._memo = memo
        self._state = {
            "overprint": KNOCK_OUT,
            "dash": b"[] 0 d",
            "cap": b"0 J",
            "join": b"0 j",
            "miter": b"10 M",
        }

    def add(self, *operators: bytes) -> None:
        """Append operators as they are."""
        self.out += operators

    def items(self, items: Iterable[DisplayItem]) -> None:
        """Paint in order; links are nothing on paper."""
        for item in items:
            if isinstance(item, GlyphRun):
                self._run(item)
            elif isinstance(item, Shape):
                self._shape(item)
            elif isinstance(item, Picture):
                self._picture(item)
            elif isinstance(item, Group):
                self._group(item)

    def _set(self, what: str, operator: bytes) -> None:
        if self._state.get(what) != operator:
            self._state[what] = operator
            self.out.append(operator)

    def _overprint(self, fill: bool, stroke: bool) -> None:
        self._set("overprint", STATES[fill, stroke])

    def _run(self, run: GlyphRun) -> None:
        if not run.gids or run.size <= 0:
            return
        use = self._fonts[run.face]
        self._overprint(overprints(run.colour, self._overprint_black), False)
        self._set("fill", self._inks.fill(run.colour, self.painted.spaces))
        if any(run.texts):
            self._text(run, use)
        if "" in run.texts and (path := textless_path(run, glyph_places(run), use.outlines)):
            self.add(path_operators(path, self._frame) + b" f")

    def _text(self, run: GlyphRun, use: FontUse) -> None:
        name = use.vertical_name if run.vertical else use.name
        self.painted.fonts[name] = use.objects[name]
        self.add(b"BT")
        self._set("font", b"/%s %s Tf" % (name, fine_point(run.size)))
        self.add(self._kept(run, use.state, lambda: _joined(run, use, self._frame)), b"ET")

    def _kept(self, item: GlyphRun | Shape, state: Hashable, make: Callable[[], bytes]) -> bytes:
        """An item's operators, from an earlier file if it had the very same item."""
        key = (id(item), state, self._frame)
        return self._memo.of("operators", key, lambda _: make(), Reporter(), item)

    def _shape(self, shape: Shape) -> None:
        stroke = shape.stroke if shape.stroke and shape.stroke.thickness > 0 else None
        if not shape.path or (stroke is None and shape.fill is None):
            return
        stroke_colour = stroke.colour if stroke else None
        self._overprint(
            overprints(shape.fill, self._overprint_black),
            overprints(stroke_colour, self._overprint_black),
        )
        if shape.fill is not None:
            self._set("fill", self._inks.fill(shape.fill, self.painted.spaces))
        if stroke is not None:
            self._stroke(stroke)
        paint = PAINT[shape.fill is not None, stroke is not None, shape.even_odd]
        path = self._kept(shape, None, lambda: path_operators(shape.path, self._frame))
        self.add(path + b" " + paint)

    def _stroke(self, stroke: Stroke) -> None:
        self._set("stroke", self._inks.stroke(stroke.colour, self.painted.spaces))
        self._set("width", point(stroke.thickness) + b" w")
        dash = b" ".join(map(point, stroke.dash))
        self._set("dash", b"[%s] %s d" % (dash, point(stroke.phase)))
        self._set("cap", b"%d J" % CAPS[stroke.cap])
        self._set("join", b"%d j" % JOINS[stroke.join])
        if stroke.join == "miter":
            self._set("miter", number(round(stroke.miter * 100), 100) + b" M")

    def _picture(self, picture: Picture) -> None:
        placed = self._pictures.place(picture, self._number_of_page)
        if placed is None:
            return
        name, reference = placed
        self.painted.pictures[name] = reference
        self._overprint(overprints(picture.ink, self._overprint_black), False)
        if picture.ink is not None:
            self._set("fill", self._inks.fill(picture.ink, self.painted.spaces))
        self.add(b"q %s cm /%s Do Q" % (_picture_matrix(picture, self._frame), name))

    def _group(self, group: Group) -> None:
        if not group.clip:
            self.items(group.items)
            return
        saved = dict(self._state)
        clip = b" W* n" if group.even_odd else b" W n"
        self.add(b"q", path_operators(group.clip, self._frame) + clip)
        self.items(group.items)
        self.add(b"Q")
        self._state = saved


def _picture_matrix(picture: Picture, frame: Frame) -> bytes:
    """The map of the unit square, whose origin is the lower left corner, to the page (8.9.5.1)."""
    rect = picture.rect
    if not picture.corners:
        size = point(rect.width) + b" 0 0 " + point(rect.height)
        return size + b" " + frame.at(rect.x, rect.bottom)
    along = [round(rect.x + at * rect.width) for at in picture.corners[::2]]
    down = [round(rect.y + at * rect.height) for at in picture.corners[1::2]]
    sides = (
        along[1] - along[0],
        down[0] - down[1],
        along[0] - along[2],
        down[2] - down[0],
    )
    return b" ".join(map(point, sides)) + b" " + frame.at(along[2], down[2])


def _joined(run: GlyphRun, use: FontUse, frame: Frame) -> bytes:
    return b"\n".join(run_operators(run, use, frame))


def run_operators(run: GlyphRun, use: FontUse, frame: Frame) -> list[bytes]:
    """Text matrix and TJ, or several where one operation does not do."""
    if run.vertical or run.shifts or "" in run.texts:
        return _stretches_operators(run, use, frame)
    pairs = list(zip(run.gids, run.texts, strict=True))
    codes = [use.codes[pair] for pair in pairs]
    bodies = [use.widths[pair] for pair in pairs]
    return [_matrix(run, 0, 0, frame), _show(codes, bodies, run.advances[:-1], run.size, False)]


def _stretches_operators(run: GlyphRun, use: FontUse, frame: Frame) -> list[bytes]:
    out = []
    places = glyph_places(run)
    for part in _stretches(run, places):
        pairs = [(run.gids[index], run.texts[index]) for index in part]
        codes = [use.codes[pair] for pair in pairs]
        bodies = [EM if run.vertical else use.widths[pair] for pair in pairs]
        steps = [places[after][0] - places[at][0] for at, after in pairwise(part)]
        out.append(_matrix(run, *places[part[0]], frame))
        out.append(_show(codes, bodies, steps, run.size, run.vertical))
    return out


def _stretches(run: GlyphRun, places: Sequence[tuple[Length, Length]]) -> Iterator[list[int]]:
    """Indices of glyphs with text, in stretches of one distance from the baseline.

    A column is given in two stretches.  pdfium sorts operations that start at
    one height from left to right, which would turn the order of columns round;
    so a column must not end at the height where the next one starts.  It takes
    two glyphs to show the direction.
    """
    shown = [index for index, text in enumerate(run.texts) if text]
    for _, group in groupby(shown, key=lambda index: places[index][1]):
        part = list(group)
        middle = max(min(2, len(part) - 1), len(part) // 2) if run.vertical else 0
        if middle:
            yield part[:middle]
        yield part[middle:]


def glyph_places(run: GlyphRun) -> list[tuple[Length, Length]]:
    """How far along and across the line each glyph stands from the run's origin."""
    places, pen = [], 0
    shifts = run.shifts or ((0, 0),) * len(run.gids)
    for advance, (along, across) in zip(run.advances, shifts, strict=True):
        places.append((pen + along, across))
        pen += advance
    return places


def _matrix(run: GlyphRun, along: Length, across: Length, frame: Frame) -> bytes:
    """Tm, 9.4.2.  Turned and vertical pens move down the page, and their over side is right."""
    x, y = run.origin.x, run.origin.y
    if run.vertical or run.turned:
        place = frame.at(x + across, y + along)
    else:
        place = frame.at(x + along, y - across)
    return (b"0 -1 1 0 " if run.turned else b"1 0 0 1 ") + place + b" Tm"


def _show(
    codes: Sequence[bytes],
    bodies: Sequence[int],
    steps: Sequence[Length],
    size: Length,
    vertical: bool,
) -> bytes:
    """TJ, 9.4.3: ``steps`` lead from each glyph to the next.

    The pen is compared with the wanted place from the start of the run, not
    glyph by glyph, so that roundings never add up.  Positive adjustments move
    back in a horizontal run and forward in a vertical one, where the body is
    minus one em.
    """
    slack = SLACK * EM // size
    sign = -1 if vertical else 1
    parts = [b"[<"]
    wanted = reached = 0
    hair = HAIR if vertical else 0
    for code, body, step in zip(codes, bodies, steps, strict=False):
        parts.append(code)
        wanted += step
        reached += body
        excess = reached - (wanted * EM * 2 + size) // (2 * size)
        if -slack <= excess <= slack:
            excess, hair = hair, 0
        if excess:
            parts.append(b">%s<" % number(sign * excess, 100))
            reached -= excess
    parts.append(codes[-1])
    parts.append(b">] TJ")
    return b"".join(parts)
