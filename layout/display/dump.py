"""A display list as text that people read and golden tests compare.

One line an item, in reading order: the role, what it is, where it begins and
how far it reaches.  Lengths are millimetres with two decimals, sizes Q (級).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from layout.display.model import (
    DisplayItem,
    DisplayList,
    DisplayPage,
    GlyphRun,
    Group,
    Link,
    Picture,
    Segment,
    Shape,
)
from layout.geometry import Rect
from layout.units import NM_PER_Q, Length, to_mm

_INDENT: Final = "  "


def dump(display: DisplayList) -> str:
    """The whole leaflet, page after page."""
    lines = [f"title {display.title}"] if display.title else []
    for number, page in enumerate(display.pages, start=1):
        lines.extend(_page(number, page))
    return "\n".join(lines) + "\n"


def _page(number: int, page: DisplayPage) -> Iterator[str]:
    yield f"page {number} {_mm(page.width)} × {_mm(page.height)}"
    for item in page.items:
        yield from _item(item, _INDENT)


def _item(item: DisplayItem, indent: str) -> Iterator[str]:
    match item:
        case GlyphRun():
            yield indent + _run(item)
        case Shape():
            yield indent + _shape(item)
        case Picture():
            name = item.file.rpartition("/")[2]
            yield f"{indent}{item.role} picture {name} {_rect(item.rect)} {item.alt}".rstrip()
        case Link():
            yield f"{indent}link {item.target} {_rect(item.rect)}"
        case Group():
            clip = f" clipped to {_bounds([item.clip])}" if item.clip else ""
            yield f"{indent}{item.role} group of {len(item.items)}{clip} {item.alt}".rstrip()
            for inner in item.items:
                yield from _item(inner, indent + _INDENT)


def _run(run: GlyphRun) -> str:
    """``→`` runs go right, ``↓`` stand upright in a column, ``↷`` lie in it on their side."""
    way = "↓" if run.vertical else "↷" if run.turned else "→"
    place = f"({_mm(run.origin.x)}, {_mm(run.origin.y)})"
    shifted = " shifted" if run.shifts else ""
    size = f"{run.size / NM_PER_Q:g}Q"
    text = "".join(run.texts)
    return (
        f"{run.role} {run.face.key} {size} {run.colour.name} "
        f"{place} {way} {_mm(sum(run.advances))}{shifted} {text!r}"
    )


def _shape(shape: Shape) -> str:
    looks = [f"fill {shape.fill.name}"] if shape.fill is not None else []
    if shape.stroke is not None:
        dashed = " dashed" if shape.stroke.dash else ""
        looks.append(f"stroke {shape.stroke.colour.name} {_mm(shape.stroke.thickness)}{dashed}")
    kinds = "".join(kind for kind, _ in shape.path)
    outline = kinds if len(kinds) <= 12 else f"{len(kinds)} segments"
    return f"{shape.role} shape {', '.join(looks)} {outline} {_bounds([shape.path])}"


def _bounds(paths: Iterable[tuple[Segment, ...]]) -> str:
    along: list[Length] = []
    down: list[Length] = []
    for path in paths:
        for _, numbers in path:
            along.extend(numbers[::2])
            down.extend(numbers[1::2])
    if not along:
        return "nowhere"
    left, top = min(along), min(down)
    return _rect(Rect(left, top, max(along) - left, max(down) - top))


def _rect(rect: Rect) -> str:
    return f"({_mm(rect.x)}, {_mm(rect.y)}) {_mm(rect.width)} × {_mm(rect.height)}"


def _mm(value: Length) -> str:
    """Two decimals; never a negative nought."""
    text = f"{to_mm(value):.2f}"
    return "0.00" if text == "-0.00" else text
