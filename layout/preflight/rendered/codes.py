"""QR codes, read from the plates as a phone would from the paper (ISO/IEC 18004)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from layout.diagnostics import Reporter, Span
from layout.house.profile import Profile
from layout.preflight.finished.facts import Place
from layout.preflight.rendered.ink import place_values
from layout.preflight.rendered.model import CodeFact, ExpectedCode, PagePlates
from layout.units import to_mm

if TYPE_CHECKING:
    from PIL.Image import Image

Corner = tuple[float, float]

_MARGIN: Final = 6  # cells around a code that are looked at
_SCALE: Final = 4  # pixels a cell when it is laid flat
_CONTRAST_LEAST: Final = 0.5
_DARK_SHARE: Final = 0.02  # of a ring one cell wide: so much dark is no quiet zone any more
_SLACK: Final = 0.02


class _Read(Struct, frozen=True):
    """A symbol as zxing found it.  ``inverted``: light on dark."""

    text: str
    valid: bool
    inverted: bool
    cells: int
    corners: tuple[Corner, Corner, Corner, Corner]

    @property
    def box(self) -> tuple[float, float, float, float]:
        xs, ys = [x for x, _ in self.corners], [y for _, y in self.corners]
        return min(xs), min(ys), max(xs), max(ys)


def paper_gray(page: PagePlates) -> "Image":
    """How light the printed page is, from 0 to 255: its inks over one another."""
    from PIL import Image, ImageChops

    plates = {plate.name: plate.image for plate in page.plates if plate.image is not None}
    bare = Image.new("L", page.size, 0)
    colours = [plates.get(name, bare) for name in ("Cyan", "Magenta", "Yellow")]
    if any(colour is not bare for colour in colours):
        made = ImageChops.invert(Image.merge("RGB", colours).convert("L"))
    else:
        made = ImageChops.invert(bare)
    for name, image in plates.items():
        if name in ("Cyan", "Magenta", "Yellow"):
            continue
        red, green, blue = page.spots.get(name, (0, 0, 0))
        light = (299 * red + 587 * green + 114 * blue) / 1000
        film = [round(255 - value * (1 - light / 255)) for value in range(256)]
        made = ImageChops.multiply(made, image.point(film))
    return made


def check_codes(
    page: PagePlates, name: str, profile: Profile, reporter: Reporter,
    expected: Sequence[ExpectedCode] = (),
) -> list[CodeFact]:  # fmt: skip
    """Read every code of the page, judge it, and look for those that the source asks for."""
    gray = paper_gray(page)
    facts = []
    for read in _read(gray):
        place = page.place(read.box)
        if not read.valid:
            reporter.warning("qr.unreadable", Span(name), page=page.number, **place_values(place))
            continue
        fact = _measure(page, gray, read, place)
        facts.append(fact)
        wanted = _nearest(place, [code for code in expected if code.page == page.number])
        span = wanted.span if wanted is not None else Span(name)
        _judge(fact, read.inverted, span, profile, reporter)
    for code in expected:
        if code.page == page.number:
            _look_for(code, facts, reporter)
    return facts


def _judge(
    fact: CodeFact, inverted: bool, span: Span, profile: Profile, reporter: Reporter
) -> None:
    values = {"text": fact.text, **place_values(fact.place)}
    least = to_mm(profile.qr_cell_least)
    if fact.cell_mm < least - _SLACK:
        reporter.warning(
            "qr.cell", span, page=fact.page, cell=f"{fact.cell_mm:.2f}", least=f"{least:g}",
            wide=f"{least / fact.cell_mm * fact.place.width:.0f}", **values,
        )  # fmt: skip
    if fact.quiet_cells < profile.qr_quiet_cells:
        reporter.warning(
            "qr.quiet", span, page=fact.page, quiet=f"{fact.quiet_cells:g}",
            least=f"{profile.qr_quiet_cells:g}",
            margin=f"{profile.qr_quiet_cells * fact.cell_mm:.1f}", **values,
        )  # fmt: skip
    if inverted:
        reporter.warning("qr.inverted", span, page=fact.page, **values)
    elif fact.contrast < _CONTRAST_LEAST:
        reporter.warning(
            "qr.contrast", span, page=fact.page, contrast=f"{fact.contrast * 100:.0f}", **values
        )
    reporter.note(
        "qr.reads", span, page=fact.page, cell=f"{fact.cell_mm:.2f}",
        quiet=_quiet_text(fact.quiet_cells), **values,
    )  # fmt: skip


def _quiet_text(cells: float) -> str:
    return f"{_MARGIN}+" if cells >= _MARGIN else f"{cells:g}"


def _look_for(code: ExpectedCode, facts: Sequence[CodeFact], reporter: Reporter) -> None:
    """A code of the source must be there, and say what the source says."""
    there = [fact for fact in facts if _overlap(fact.place, code.place) > 0]
    values = place_values(code.place)
    if not there:
        reporter.error("qr.missing", code.span, page=code.page, text=code.text, **values)
    elif all(fact.text != code.text for fact in there):
        reporter.error(
            "qr.wrong", code.span, page=code.page, text=code.text, found=there[0].text, **values
        )


def _nearest(place: Place, codes: Sequence[ExpectedCode]) -> ExpectedCode | None:
    over = [(code, _overlap(place, code.place)) for code in codes]
    best = max(over, key=lambda pair: pair[1], default=None)
    return best[0] if best is not None and best[1] > 0 else None


def _overlap(one: Place, other: Place) -> float:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0.0, across) * max(0.0, down)


def _read(gray: "Image") -> list[_Read]:
    """Codes dark on light, and those light on dark that are not among them."""
    import zxingcpp
    from PIL import ImageChops

    if gray.getextrema()[0] > 200:  # type: ignore[operator]
        return []
    options: dict[str, Any] = {
        "formats": zxingcpp.BarcodeFormat.QRCode,
        "try_invert": False,
        "return_errors": True,
    }
    plain = [_as_read(found, False) for found in zxingcpp.read_barcodes(gray, **options)]
    options["return_errors"] = False
    turned = [
        _as_read(found, True)
        for found in zxingcpp.read_barcodes(ImageChops.invert(gray), **options)
    ]
    known = [read for read in plain if read.valid]
    fresh = [read for read in turned if not any(_meets(read, other) for other in known)]
    made = known + fresh
    # What is broken is often found several times over: the largest stands for all.
    for read in sorted((read for read in plain if not read.valid), key=_size, reverse=True):
        if not any(_meets(read, other) for other in made):
            made.append(read)
    return made


def _size(read: _Read) -> float:
    x0, y0, x1, y1 = read.box
    return (x1 - x0) * (y1 - y0)


def _as_read(found: Any, inverted: bool) -> _Read:
    at = found.position
    corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    extra = found.extra if isinstance(found.extra, dict) else {}
    try:
        version = int(extra.get("Version", 0))
    except ValueError:
        version = 0
    points = tuple((float(p.x), float(p.y)) for p in corners)
    return _Read(
        found.text,
        bool(found.valid),
        inverted,
        17 + 4 * version if version else 0,
        (points[0], points[1], points[2], points[3]),
    )


def _meets(one: _Read, other: _Read) -> bool:
    a, b = one.box, other.box
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _measure(page: PagePlates, gray: "Image", read: _Read, place: Place) -> CodeFact:
    """Lay the code flat and look at its cells and at the rings around it."""
    cells = read.cells or 21
    side = sum(_distance(read.corners[i], read.corners[(i + 1) % 4]) for i in range(4)) / 4
    cell_mm = side / cells / page.dpi * 25.4
    flat = _flat(gray, read.corners, cells)
    inner = flat.crop(_ring(cells, 0)).histogram()
    dark, light = _at_share(inner, 0.1), _at_share(inner, 0.9)
    middle = (dark + light) // 2
    quiet = _quiet(flat, cells, middle, read.inverted)
    contrast = round((light - dark) / 255, 3)
    return CodeFact(page.number, place, "QR", read.text, round(cell_mm, 3), quiet, contrast)


def _distance(one: Corner, other: Corner) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)


def _flat(gray: "Image", corners: tuple[Corner, Corner, Corner, Corner], cells: int) -> "Image":
    """The code and its margin, turned upright, ``_SCALE`` pixels a cell."""
    from PIL.Image import Resampling, Transform

    part = _MARGIN / cells
    nw, ne, se, sw = corners

    def beyond(here: Corner, across: Corner, down: Corner) -> Corner:
        return (
            here[0] + (here[0] - across[0]) * part + (here[0] - down[0]) * part,
            here[1] + (here[1] - across[1]) * part + (here[1] - down[1]) * part,
        )

    quad = (*beyond(nw, ne, sw), *beyond(sw, se, nw), *beyond(se, sw, ne), *beyond(ne, nw, se))
    side = (cells + 2 * _MARGIN) * _SCALE
    return gray.transform((side, side), Transform.QUAD, quad, Resampling.BILINEAR, fillcolor=255)


def _ring(cells: int, out: int) -> tuple[int, int, int, int]:
    """The square that reaches so many cells beyond the code."""
    low = (_MARGIN - out) * _SCALE
    high = (_MARGIN + cells + out) * _SCALE
    return low, low, high, high


def _quiet(flat: "Image", cells: int, middle: int, inverted: bool) -> float:
    """How many cells around the code are bare, on its narrowest side; half cells count."""
    for half in range(1, 2 * _MARGIN + 1):
        outer = (_MARGIN * _SCALE) - half * _SCALE // 2
        inner = outer + _SCALE // 2
        high = flat.width - outer
        strips = (
            (outer, outer, high, inner),
            (outer, high - _SCALE // 2, high, high),
            (outer, outer, inner, high),
            (high - _SCALE // 2, outer, high, high),
        )
        for strip in strips:
            histogram = flat.crop(strip).histogram()
            ink = sum(histogram[middle:]) if inverted else sum(histogram[:middle])
            # The code's own edge falls between pixels: the first half cell is not counted.
            if half > 1 and ink > _DARK_SHARE * sum(histogram):
                return (half - 1) / 2
    return float(_MARGIN)


def _at_share(histogram: list[int], share: float) -> int:
    """The value under which that share of the pixels lies."""
    left = share * sum(histogram)
    for value, count in enumerate(histogram):
        left -= count
        if left <= 0:
            return value
    return 255
