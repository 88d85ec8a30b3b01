"""What a content stream refers to: forms, images, shadings, patterns and drawn fonts, by plate."""

from typing import TYPE_CHECKING, Any, Final

from layout.preflight.colour import PATTERN, Inks, Space, inks_of, leaves, on_plate
from layout.preflight.functions import ColourError
from layout.preflight.rendered.images import PlateImage
from layout.preflight.rendered.rewrite import Rewriter, Streams
from layout.preflight.rendered.shades import PlateShade
from layout.preflight.rendered.state import Paint, State, scale_of

if TYPE_CHECKING:
    import pikepdf

DEPTH_MOST: Final = 16
_FORM_KEYS: Final = ("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/OC")
_TILE_KEYS: Final = ("/Type", "/PatternType", "/TilingType", "/BBox", "/Matrix", "/XStep", "/YStep")
_STENCIL: Final = b"/BiraStencil"
_NO_INKS: Final[Inks] = {}


def gray_group(group: Any) -> "pikepdf.Dictionary":
    """A transparency group blended on a single plate."""
    import pikepdf

    made = pikepdf.Dictionary(dict(group.items()))
    made["/CS"] = pikepdf.Name("/DeviceGray")
    return made


def show_form(rewriter: Rewriter, form: Any) -> None:
    """``Do`` of a form: its content for each plate, with the colours it inherits."""
    state = rewriter.state.saved()
    if "/Matrix" in form:
        state.transform([float(v) for v in form["/Matrix"]])
    streams = _streams(rewriter, form, state, ("form", *state.key), fresh=False)
    rewriter.tears = rewriter.tears or streams.tears
    rewriter.fades = rewriter.fades or streams.fades
    rewriter.before()
    for index in range(len(rewriter.targets)):
        if not streams.touched[index]:
            continue
        rewriter.mark(index, 1.0 if streams.marked[index] else 0.0)
        made = _stream(rewriter, form, index, streams, _FORM_KEYS)
        if "/Group" in form:
            made["/Group"] = gray_group(form["/Group"])
        rewriter.emit(index, b"%s Do" % rewriter.name("/XObject", made))


def show_image(rewriter: Rewriter, image: Any) -> None:
    """``Do`` of an image, or an inline image; a stencil is painted in the current colour."""
    rewriter.before()
    if bool(image.get("/ImageMask", False)):
        rewriter.suspects(True, False, False, False)
        name = rewriter.name("/XObject", image)
        for index in range(len(rewriter.targets)):
            if rewriter.shows(index, True, False, False, False)[0]:
                rewriter.emit(index, b"%s Do" % name)
        return
    shared = rewriter.shared
    key = shared.key(image)
    if key not in shared.images:
        shared.images[key] = PlateImage(image, rewriter.resources, shared.pdf, shared.conversion)
    read = shared.images[key]
    for index, target in enumerate(rewriter.targets):
        if leaves(read.space, _NO_INKS, target.plate, rewriter.state.over_fill, 0):
            continue
        shown = read.on(target.plate)
        rewriter.mark(index, 0.0 if shown is None else 1.0)
        name = rewriter.name("/XObject", read.bare() if shown is None else shown)
        rewriter.emit(index, b"%s Do" % name)


def show_shading(rewriter: Rewriter, shading: Any) -> None:
    """``sh``."""
    shade = _shade(rewriter, shading)
    rewriter.before()
    for index, target in enumerate(rewriter.targets):
        if not leaves(shade.space, _NO_INKS, target.plate, rewriter.state.over_fill, 0):
            rewriter.mark(index, 1.0)
            name = rewriter.name("/Shading", shade.on(target.plate))
            rewriter.emit(index, b"%s sh" % name)


def pattern_paint(
    rewriter: Rewriter, pattern: Any, space: Space, values: list[float]
) -> tuple[Paint, list[tuple[bytes, bytes]]]:
    """A pattern as a paint, and for each target the space and operands that choose it."""
    key = ("pattern", rewriter.shared.key(pattern), *values)
    if int(pattern["/PatternType"]) == 2:
        shade = _shade(rewriter, pattern["/Shading"])
        judged = shade.space if shade.space.plates is not None else PATTERN
        choices = [
            (b"/Pattern", rewriter.name("/Pattern", _shading_pattern(rewriter, pattern, shade, t)))
            for t in (target.plate for target in rewriter.targets)
        ]
        return Paint(space, _NO_INKS, key, judged), choices
    names = _tiles(rewriter, pattern)
    if int(pattern.get("/PaintType", 1)) == 1:
        return Paint(space, _NO_INKS, key, None), [(b"/Pattern", name) for name in names]
    if space.base is None:
        raise ColourError("an uncoloured pattern without a colour")
    inks = inks_of(space.base, values, rewriter.shared.conversion)
    _stencil_space(rewriter)
    tints = [on_plate(inks, target.plate) for target in rewriter.targets]
    return Paint(space, inks, key, space.base), [
        (_STENCIL, b"%.4f %s" % (1 - tint, name)) for tint, name in zip(tints, names, strict=True)
    ]


def show_drawn(rewriter: Rewriter, it: Any, font: Any) -> bool:
    """Text in a font of drawings (Type 3): text modes do not hide them, an empty font does."""
    import pikepdf

    rewriter.suspects(True, False, rewriter.state.small_type, False)
    drawings, empty = _drawn_fonts(rewriter, font)
    rewriter.before()
    text = pikepdf.unparse_content_stream([it])
    back = b"%s %.6f Tf" % (rewriter.state.font.encode(), rewriter.state.size)
    for index in range(len(rewriter.targets)):
        seen = rewriter.shows(index, True, False, rewriter.state.small_type, False)[0]
        name = rewriter.name("/Font", drawings[index] if seen else empty)
        rewriter.emit(index, b"%s %.6f Tf" % (name, rewriter.state.size))
        rewriter.emit(index, text)
        rewriter.emit(index, back)
    return False


def _streams(
    rewriter: Rewriter, stream: Any, state: State, key: tuple[object, ...], fresh: bool
) -> Streams:
    """The content of a form, a tile or a glyph for every target, made once."""
    shared = rewriter.shared
    whole = (shared.key(stream), rewriter.targets, key)
    if whole not in shared.streams:
        if rewriter.depth >= DEPTH_MOST:
            raise ColourError("forms inside one another")
        resources = stream.get("/Resources", rewriter.resources)
        inner = Rewriter(shared, rewriter.targets, resources, state, rewriter.depth + 1)
        shared.streams[whole] = inner.write(stream, fresh)
    return shared.streams[whole]


def _stream(
    rewriter: Rewriter, source: Any, index: int, streams: Streams, keys: tuple[str, ...]
) -> "pikepdf.Object":
    """The stream for a target as an object of the file, made once."""
    shared = rewriter.shared
    known = (shared.key(source), id(streams), index)
    if known not in shared.objects:
        made = shared.pdf.make_stream(streams.content[index])
        for key in keys:
            if key in source:
                made[key] = source[key]
        made["/Resources"] = streams.resources
        shared.objects[known] = made
    found: pikepdf.Object = shared.objects[known]
    return found


def _shade(rewriter: Rewriter, shading: Any) -> PlateShade:
    shared = rewriter.shared
    key = shared.key(shading)
    if key not in shared.shades:
        shared.shades[key] = PlateShade(shading, rewriter.resources, shared.pdf, shared.conversion)
    return shared.shades[key]


def _shading_pattern(
    rewriter: Rewriter, pattern: Any, shade: PlateShade, plate: str
) -> "pikepdf.Object":
    import pikepdf

    made = pikepdf.Dictionary(PatternType=2, Shading=shade.on(plate))
    for key in ("/Matrix", "/ExtGState"):
        if key in pattern:
            made[key] = pattern[key]
    return rewriter.shared.pdf.make_indirect(made)


def _tiles(rewriter: Rewriter, pattern: Any) -> list[bytes]:
    """The tile for each target; a coloured one begins as a page does."""
    coloured = int(pattern.get("/PaintType", 1)) == 1
    state = State()
    if "/Matrix" in pattern:
        state.scale = scale_of([float(v) for v in pattern["/Matrix"]])
    if coloured:
        streams = _streams(rewriter, pattern, state, ("tile",), fresh=True)
    else:
        content = bytes(pattern.read_bytes())
        count = len(rewriter.targets)
        flags = [True] * count
        streams = Streams([content] * count, pattern["/Resources"], flags, flags)
        rewriter.shared.held.append(streams)
    names = []
    for index in range(len(rewriter.targets)):
        made = _stream(rewriter, pattern, index, streams, _TILE_KEYS)
        made["/PaintType"] = 1 if coloured else 2
        names.append(rewriter.name("/Pattern", made))
    return names


def _stencil_space(rewriter: Rewriter) -> None:
    import pikepdf

    gray = pikepdf.Array([pikepdf.Name("/Pattern"), pikepdf.Name("/DeviceGray")])
    rewriter.add_space(_STENCIL.decode(), gray)


def _drawn_fonts(rewriter: Rewriter, font: Any) -> tuple[list[Any], Any]:
    """The font for each target, and one whose glyphs are all empty."""
    import pikepdf

    shared = rewriter.shared
    known = (shared.key(font), rewriter.targets, rewriter.state.key)
    if known in shared.objects:
        found: tuple[list[Any], Any] = shared.objects[known]
        return found
    fonts: list[Any] = []
    drawn = {name: _glyph(rewriter, font, glyph) for name, glyph in font["/CharProcs"].items()}
    for index in range(len(rewriter.targets)):
        made = pikepdf.Dictionary(dict(font.items()))
        glyphs = {name: shared.pdf.make_stream(s.content[index]) for name, s in drawn.items()}
        made["/CharProcs"] = pikepdf.Dictionary(glyphs)
        made["/Resources"] = _together([s.resources for s in drawn.values()])
        fonts.append(shared.pdf.make_indirect(made))
    empty = pikepdf.Dictionary(dict(font.items()))
    nothing = shared.pdf.make_stream(b"1 0 0 0 0 0 d1")
    empty["/CharProcs"] = pikepdf.Dictionary(dict.fromkeys(drawn, nothing))
    shared.objects[known] = (fonts, shared.pdf.make_indirect(empty))
    return fonts, shared.objects[known][1]


def _glyph(rewriter: Rewriter, font: Any, glyph: Any) -> Streams:
    """A glyph with colours of its own (d0) is written anew; one without (d1) stays."""
    content = bytes(glyph.read_bytes())
    if b"d1" in content[:200].split():
        flags = [True] * len(rewriter.targets)
        resources = font.get("/Resources", rewriter.resources)
        return Streams([content] * len(flags), resources, flags, flags)
    state = rewriter.state.saved()
    inner = Rewriter(
        rewriter.shared, rewriter.targets, font.get("/Resources", rewriter.resources), state,
        rewriter.depth + 1,
    )  # fmt: skip
    return inner.write(glyph, fresh=False)


def _together(parts: list[Any]) -> "pikepdf.Dictionary":
    """Resources of several streams as one."""
    import pikepdf

    made = pikepdf.Dictionary()
    for part in parts:
        for kind, things in part.items():
            if not isinstance(things, pikepdf.Dictionary):
                continue
            if kind not in made:
                made[kind] = pikepdf.Dictionary()
            for name, thing in things.items():
                made[kind][name] = thing
    return made
