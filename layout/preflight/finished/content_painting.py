"""Marks of paths, pictures and shadings (ISO 32000-1, 8.5.3, 8.7.4.2 and 8.9)."""

from math import hypot
from typing import Any, Final

from layout.display.pdf.images import long_names
from layout.preflight.finished.content_paths import Path
from layout.preflight.finished.content_reader import Reader
from layout.preflight.finished.content_state import (
    box_through,
    common,
    lengths,
    narrowest,
)
from layout.preflight.finished.objects import is_name, name_of, number_of

_PPI_MOST: Final = 1e6
_UNIT: Final = (0.0, 0.0, 1.0, 1.0)


def paint_path(run: Reader, fill: bool, stroke: bool, close: bool) -> None:
    """Every operator that ends a path (8.5.3)."""
    path, state = run.path, run.state
    clips, run.clips, run.path = run.clips, False, Path()
    if close:
        path.close()
    there = path.end()
    try:
        if fill and there:
            _fill(run, path)
        if stroke and there:
            _stroke(run, path)
    finally:
        if clips:
            state.clip = common(state.clip, path.box()) if there else None


def _fill(run: Reader, path: Path) -> None:
    whole = path.box()
    box = common(whole, run.state.clip)
    if box is None:
        return
    run.add(
        "fill", box, fill=run.state.fill, area=min(box.width, box.height), parts=path.parts,
        straight=box is whole and path.is_rectangle,
    )  # fmt: skip
    run.tile(False, box)


def _stroke(run: Reader, path: Path) -> None:
    state = run.state
    width = abs(state.width)
    a, b, c, d, _, _ = state.matrix
    box = common(path.box(width * hypot(a, c) / 2, width * hypot(b, d) / 2), state.clip)
    if box is None:
        return
    outside = not run.sheet.trim.holds(box)
    run.add(
        "stroke", box, stroke=state.stroke, line_pt=width * narrowest(state.matrix),
        parts=path.parts, dashed=state.dashed, pieces=path.pieces if outside else (),
    )  # fmt: skip
    run.tile(True, box)


def image(run: Reader, held: Any) -> None:
    """A picture in the unit square (8.9.5)."""
    state = run.state
    box = common(box_through(state.matrix, _UNIT), state.clip)
    if box is None:
        return
    wide, high = (int(number_of(held.get(key), 0)) for key in ("/Width", "/Height"))
    across, down = lengths(state.matrix)
    mask = held.get("/ImageMask") is True
    run.add(
        "image", box, fill=state.fill if mask else None, image=held, pixels=(wide, high),
        ppi=(_ppi(wide, across), _ppi(high, down)),
    )  # fmt: skip
    if mask:
        run.tile(False, box)


def _ppi(pixels: int, points: float) -> float:
    return min(pixels * 72 / points, _PPI_MOST) if points else 0.0


def inline_image(run: Reader, instruction: Any) -> None:
    """``BI`` … ``EI``, with the names in full (8.9.7)."""
    import pikepdf

    held = pikepdf.Dictionary(long_names(instruction.iimage.obj))
    space = held.get("/ColorSpace")
    if is_name(space):
        colours = run.shared.colours
        name = colours.long_name(name_of(space))
        if colours.is_named(name):
            found = run.resource("/ColorSpace", space)
            if found is not None:
                held["/ColorSpace"] = found[0]
        else:
            held["/ColorSpace"] = pikepdf.Name(name)
    image(run, held)


def shade(run: Reader, operands: Any) -> None:
    """``sh`` fills what the clip leaves of the page (8.7.4.2)."""
    found = run.resource("/Shading", operands[0])
    if found is None:
        return
    paint = run.shared.colours.shading(*found)
    box = common(run.sheet.media, run.state.clip)
    if box is not None:
        run.add("shading", box, fill=paint)


def external(run: Reader, operands: Any) -> None:
    """``Do`` (8.8)."""
    found = run.resource("/XObject", operands[0])
    if found is None:
        return
    thing = found[0]
    layer = thing.get("/OC")
    if layer is not None:
        run.sheet.use("/Properties", layer, run.shared.key(layer))
    kind = name_of(thing.get("/Subtype"))
    if kind == "/Image":
        image(run, thing)
    elif kind == "/PS" or name_of(thing.get("/Subtype2")) == "/PS":
        run.sheet.odd("postscript", "PS")
    elif kind == "/Form":
        run.form(thing)
    else:
        run.sheet.odd("unknown-xobject", kind[:20])
