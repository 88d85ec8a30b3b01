"""Total ink over the page (総インキ量), places of anything that is too much, and blank pages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from layout.diagnostics import Reporter, Span
from layout.house.profile import Profile
from layout.preflight.finished.facts import Place
from layout.preflight.rendered.model import PageInk, PagePlates

if TYPE_CHECKING:
    from PIL.Image import Image

SPECK_MM2: Final = 1.0
"""Less than this is a speck: anti-aliasing or a picture's grain, which no press minds."""
_CELL_MM: Final = 2.0
_CELLS_MOST: Final = 100
_WHITENED: Final = [0] + [255] * 255
_SOLID: Final = 255
_SLACK: Final = 1.0  # percent: a tint has 256 steps


class Spot(Struct, frozen=True):
    """A coherent region of pixels: its bounds (x0, y0, x1, y1) and how many there are."""

    box: tuple[int, int, int, int]
    count: int


def total_ink(page: PagePlates) -> "Image":
    """The sum of all plates, a solid counting 255, as 32-bit numbers."""
    from PIL import Image, ImageMath

    images = [plate.image for plate in page.plates if plate.image is not None]
    if not images:
        return Image.new("I", page.size, 0)
    named = {f"plate{i}": image for i, image in enumerate(images)}

    def add(values: dict[str, "ImageMath._Operand"]) -> "ImageMath._Operand":
        total = values["plate0"]
        for name in list(named)[1:]:
            total = total + values[name]
        return total + 0

    made: Image.Image = ImageMath.lambda_eval(add, **named)
    return made


def percent_most(total: "Image") -> float:
    """The largest value of a sum of plates, in percent of ink."""
    _, most = total.getextrema()
    assert not isinstance(most, tuple)
    return most / _SOLID * 100


def at_least(image: "Image", least: int) -> "Image":
    """255 where a gray or 32-bit image reaches ``least``, else 0."""
    if image.mode == "L":
        return image.point([255 if value >= least else 0 for value in range(256)])
    from PIL import ImageMath

    made: Image = ImageMath.lambda_eval(
        lambda v: v["convert"]((v["image"] >= least) * 255, "L"), image=image
    )
    return made


def spots_of(mask: "Image", dpi: float) -> list[Spot]:
    """The regions of a mask (0 and 255), the largest first; what is near together is one."""
    bounds = mask.getbbox()
    if bounds is None:
        return []
    part = mask.crop(bounds)
    cell = 1
    while cell * 2 <= _CELL_MM / 25.4 * dpi or max(part.size) > _CELLS_MOST:
        # Halved and whitened, so that a single pixel is not lost.
        part = part.reduce(2).point(_WHITENED)
        cell *= 2
    across = part.width
    filled = {
        (index % across, index // across) for index, value in enumerate(part.tobytes()) if value
    }
    made = [_spot(mask, bounds, cell, group) for group in _groups(filled)]
    return sorted(made, key=lambda spot: (-spot.count, spot.box))


def _groups(cells: set[tuple[int, int]]) -> list[set[tuple[int, int]]]:
    """Cells that touch, corners included, belong together."""
    left, groups = set(cells), []
    for start in sorted(cells):
        if start not in left:
            continue
        left.discard(start)
        group, todo = {start}, [start]
        while todo:
            x, y = todo.pop()
            for near in ((x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
                if near in left:
                    left.discard(near)
                    group.add(near)
                    todo.append(near)
        groups.append(group)
    return groups


def _spot(
    mask: "Image", bounds: tuple[int, int, int, int], cell: int, group: set[tuple[int, int]]
) -> Spot:
    x0 = bounds[0] + min(x for x, _ in group) * cell
    y0 = bounds[1] + min(y for _, y in group) * cell
    x1 = min(bounds[0] + (max(x for x, _ in group) + 1) * cell, bounds[2])
    y1 = min(bounds[1] + (max(y for _, y in group) + 1) * cell, bounds[3])
    part = mask.crop((x0, y0, x1, y1))
    inner = part.getbbox() or (0, 0, x1 - x0, y1 - y0)
    box = (x0 + inner[0], y0 + inner[1], x0 + inner[2], y0 + inner[3])
    return Spot(box, part.histogram()[255])


def place_values(place: Place) -> dict[str, float]:
    """A place as a finding's values: millimetres on the trimmed page."""
    return {
        "x": round(place.x, 1),
        "y": round(place.y, 1),
        "w": round(place.width, 1),
        "h": round(place.height, 1),
    }


def check_ink(
    page: PagePlates, total: "Image", name: str, profile: Profile, reporter: Reporter
) -> PageInk:
    """Total ink against the profile, and pages without any."""
    most = percent_most(total)
    covered = _coverage(page)
    if not covered:
        reporter.warning("plates.blank", Span(name), page=page.number)
        return PageInk(page.number, 0.0, None, 0.0, {})
    where = spots_of(at_least(total, int(most / 100 * _SOLID + 0.5)), page.dpi)[0]
    over = 0.0
    for code, severe, limit in (
        ("plates.ink", True, profile.ink_most),
        ("plates.ink-high", False, profile.ink_warn),
    ):
        if most > limit + _SLACK:
            share = _report_over(page, total, name, reporter, code, severe, limit)
            over = share if severe else over
            break
    return PageInk(page.number, round(most, 1), page.place(where.box), over, covered)


def _report_over(
    page: PagePlates, total: "Image", name: str, reporter: Reporter, code: str, severe: bool,
    limit: float,
) -> float:  # fmt: skip
    """Report what is over a limit; the part of the page that is."""
    mask = at_least(total, int((limit + _SLACK) / 100 * _SOLID) + 1)
    found = spots_of(mask, page.dpi)
    pixels = sum(spot.count for spot in found)
    per_mm2 = (page.dpi / 25.4) ** 2
    share = pixels / (page.size[0] * page.size[1])
    worst = found[0]
    most = percent_most(total.crop(worst.box))
    speck = pixels / per_mm2 < SPECK_MM2
    report = reporter.error if severe and not speck else reporter.warning
    report(
        "plates.ink-speck" if speck else code,
        Span(name),
        page=page.number,
        ink=f"{most:.0f}",
        most=f"{limit:g}",
        area=_percent(share),
        count=len(found),
        **place_values(page.place(worst.box)),
    )
    return share


def _percent(share: float) -> str:
    return f"{share * 100:.1f}" if share >= 0.0005 else "0.1"


def _coverage(page: PagePlates) -> dict[str, float]:
    """The part of the trimmed page that each ink covers; an ink without any is left out."""
    found = {}
    x0, y0, x1, y1 = (round(v) for v in page.pixels(page.trim))
    for plate in page.plates:
        if plate.image is None:
            continue
        part = plate.image.crop((x0, y0, x1, y1))
        histogram = part.histogram()
        if sum(histogram[1:]):
            pixels = sum(value * count for value, count in enumerate(histogram)) / _SOLID
            found[plate.name] = round(pixels / (part.width * part.height), 4)
    return found


def reduced(page: PagePlates, factor: int) -> PagePlates:
    """The same plates at a lower resolution, each pixel the mean of those it replaces."""
    from msgspec.structs import replace

    from layout.preflight.rendered.model import Plate

    plates = tuple(
        Plate(plate.name, None if plate.image is None else plate.image.reduce(factor))
        for plate in page.plates
    )
    size = (-(-page.size[0] // factor), -(-page.size[1] // factor))
    return replace(page, dpi=page.dpi / factor, size=size, plates=plates)


def inked(pages: Sequence[PagePlates]) -> tuple[str, ...]:
    """The inks that are on any of the pages, in the plates' order."""
    found = {p.name: None for page in pages for p in page.plates if p.image is not None}
    return tuple(found)
