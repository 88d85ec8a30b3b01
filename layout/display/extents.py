"""How far display items reach on the page."""

from layout.display.model import DisplayItem, GlyphRun, Group, Link, Picture, Shape
from layout.geometry import Rect
from layout.units import Length

Sides = tuple[tuple[Length, Length], tuple[Length, Length]]


def run_sides(run: GlyphRun) -> Sides:
    """Where a run's em boxes begin and end across the page, and down it."""
    face = run.face
    over = face.em_top * run.size // face.units_per_em
    under = -face.em_bottom * run.size // face.units_per_em
    x, y, length = run.origin.x, run.origin.y, sum(run.advances)
    if run.vertical:
        left, right, top, bottom = x - run.size // 2, x + run.size // 2, y, y + length
    elif run.turned:
        left, right, top, bottom = x - under, x + over, y, y + length
    else:
        left, right, top, bottom = x, x + length, y - over, y + under
    return (left, right), (top, bottom)


def item_rect(item: DisplayItem) -> Rect | None:
    """The rectangle an item reaches over; a run's is that of its em boxes, a curve's its handles'.

    None for a group, whose items have their own, and for what has no extent.
    """
    match item:
        case GlyphRun():
            return _between(*run_sides(item))
        case Picture() | Link():
            return item.rect
        case Shape(path=path):
            across = [n for _, numbers in path for n in numbers[::2]]
            down = [n for _, numbers in path for n in numbers[1::2]]
            if not across:
                return None
            half = item.stroke.thickness // 2 if item.stroke else 0
            return _between(
                (min(across) - half, max(across) + half), (min(down) - half, max(down) + half)
            )
        case Group():
            return None


def _between(across: tuple[Length, Length], down: tuple[Length, Length]) -> Rect:
    return Rect(across[0], down[0], across[1] - across[0], down[1] - down[0])
