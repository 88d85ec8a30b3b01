"""Display items moved as they are: every glyph, line and picture by the same distance."""

from msgspec.structs import replace

from layout.display.model import DisplayItem, GlyphRun, Group, Link, Picture, Segment, Shape
from layout.geometry import Point, Rect
from layout.units import Length

Path = tuple[Segment, ...]


def shifted(
    items: tuple[DisplayItem, ...], across: Length, down: Length = 0
) -> tuple[DisplayItem, ...]:
    """The items, ``across`` nanometres further right and ``down`` further down."""
    if not across and not down:
        return items
    return tuple(_item(item, across, down) for item in items)


def _item(item: DisplayItem, across: Length, down: Length) -> DisplayItem:
    match item:
        case GlyphRun():
            return replace(item, origin=Point(item.origin.x + across, item.origin.y + down))
        case Shape():
            return replace(item, path=_path(item.path, across, down))
        case Picture() | Link():
            rect = item.rect
            moved = Rect(rect.x + across, rect.y + down, rect.width, rect.height)
            return replace(item, rect=moved)
        case Group():
            inside = shifted(item.items, across, down)
            return replace(item, items=inside, clip=_path(item.clip, across, down))


def _path(path: Path, across: Length, down: Length) -> Path:
    """Numbers of a path alternate between x and y."""
    return tuple(
        (verb, tuple(n + (down if at % 2 else across) for at, n in enumerate(numbers)))
        for verb, numbers in path
    )
