"""Content streams written anew for each plate: every colour becomes the gray of its tint there.

One pass over a stream makes all plates of it.  What a plate is left alone by
(overprint, ISO 32000-1, 8.6.7 and 11.7.4.5) is not painted on it: a path ends
with ``n``, text is set in mode 3, an image is left out.  What knocks out is
painted white.  Everything that is not about colour is passed on as it stands.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from layout.preflight.colour import (
    CMYK,
    GRAY,
    RGB,
    Conversion,
    Space,
    inks_of,
    on_plate,
    read_space,
)
from layout.preflight.functions import ColourError
from layout.preflight.rendered.images import PlateImage
from layout.preflight.rendered.shades import PlateShade
from layout.preflight.rendered.state import Paint, State, Target, scale_of

if TYPE_CHECKING:
    import pikepdf

_PATHS: Final = {
    # operator: fills, strokes, and what it is with the fill alone and with the stroke alone
    "f": (True, False, b"f", b"n"),
    "F": (True, False, b"f", b"n"),
    "f*": (True, False, b"f*", b"n"),
    "S": (False, True, b"n", b"S"),
    "s": (False, True, b"n", b"s"),
    "B": (True, True, b"f", b"S"),
    "B*": (True, True, b"f*", b"S"),
    "b": (True, True, b"f", b"s"),
    "b*": (True, True, b"f*", b"s"),
}
_TEXT_MODE: Final = {(True, False): 0, (False, True): 1, (True, True): 2, (False, False): 3}
_TROUBLE: Final = (ColourError, KeyError, IndexError, TypeError, ValueError, AttributeError)


class Shared(Struct):
    """What all streams of a document share: its file, the conversion, what was made so far."""

    pdf: "pikepdf.Pdf"
    conversion: Conversion
    problems: list[str] = field(default_factory=list)
    images: dict[Any, PlateImage] = field(default_factory=dict)
    shades: dict[Any, PlateShade] = field(default_factory=dict)
    streams: dict[Any, "Streams"] = field(default_factory=dict)
    objects: dict[Any, Any] = field(default_factory=dict)
    held: list[Any] = field(default_factory=list)

    def key(self, thing: Any) -> object:
        """What tells an object of the file from others: its number, or if it has none, itself."""
        return thing.objgen if thing.is_indirect else thing.unparse()


class Streams(Struct, frozen=True):
    """A stream for each target.  ``touched``: something is painted; ``marked``: with ink.

    ``tears``: small black may tear holes into other plates; ``fades``: white may vanish.
    """

    content: list[bytes]
    resources: "pikepdf.Dictionary"
    touched: list[bool]
    marked: list[bool]
    tears: bool = False
    fades: bool = False


class Rewriter:
    """Writes one content stream anew for every target."""

    def __init__(
        self, shared: Shared, targets: tuple[Target, ...], resources: Any, state: State,
        depth: int = 0,
    ) -> None:  # fmt: skip
        import pikepdf

        self.shared, self.targets, self.depth = shared, targets, depth
        self.resources = pikepdf.Dictionary() if resources is None else resources
        self.state = state
        self.tears = self.fades = False
        state.shown = [state.text_mode] * len(targets)
        self._stack: list[State] = []
        self._out: list[list[bytes]] = [[] for _ in targets]
        self._touched = [False] * len(targets)
        self._marked = [False] * len(targets)
        self._seen = [False] * len(targets)
        self._hidden: list[list[int]] = [[] for _ in targets]
        self._instructions: list[Any] = []
        self._from = self._at = 0
        self._made: dict[str, dict[str, Any]] = {}
        self._names: dict[tuple[str, tuple[int, int]], bytes] = {}

    def write(self, stream: Any, fresh: bool) -> Streams:
        """Go through the stream; ``fresh`` sets the first colours, which forms inherit instead."""
        import pikepdf

        try:
            self._instructions = list(pikepdf.parse_content_stream(stream))
        except (pikepdf.PdfError, ValueError) as problem:
            self.problem(problem)
        if fresh:
            self._colour(False)
            self._colour(True)
        for at, instruction in enumerate(self._instructions):
            handler = _HANDLERS.get(str(instruction.operator))
            if handler is None:
                continue
            self._at = at
            if not self._handled(handler, instruction):
                self.before()
                self._from = at + 1
        self._pass_on(len(self._instructions))
        return Streams(
            [b"\n".join(part for part in out if part) for out in self._out],
            self._all_resources(),
            self._touched,
            self._marked,
            self.tears,
            self.fades,
        )

    def _handled(self, handler: "Handler", instruction: Any) -> bool:
        """Whether the instruction can be passed on as it is."""
        try:
            return handler(self, instruction)
        except _TROUBLE as problem:
            self.problem(problem)
            return False

    def problem(self, problem: Exception) -> None:
        """Remember what could not be shown."""
        text = str(problem) or type(problem).__name__
        if text not in self.shared.problems:
            self.shared.problems.append(text)

    # Writing

    def before(self) -> None:
        """What stands before the current instruction goes to all targets as it stands."""
        self._pass_on(self._at)

    def _pass_on(self, end: int) -> None:
        if self._from < end:
            import pikepdf

            part = pikepdf.unparse_content_stream(self._instructions[self._from : end])
            for out in self._out:
                out.append(part)
            self._from = end

    def emit(self, index: int, part: bytes) -> None:
        """Write for one target."""
        self._out[index].append(part)

    def mark(self, index: int, ink: float) -> None:
        """Something is painted on a target, with so much ink."""
        self._touched[index] = True
        self._marked[index] = self._marked[index] or ink > 0

    def name(self, kind: str, thing: Any) -> bytes:
        """A name for an object of ours among the resources, ``kind`` as ``/XObject``."""
        if not thing.is_indirect:
            thing = self.shared.pdf.make_indirect(thing)
        key = (kind, thing.objgen)
        if key not in self._names:
            name = f"/Bira{thing.objgen[0]}"  # one in the whole file
            self._names[key] = name.encode()
            self._made.setdefault(kind, {})[name] = thing
        return self._names[key]

    def add_space(self, name: str, space: Any) -> None:
        """A colour space of ours among the resources."""
        self._made.setdefault("/ColorSpace", {})[name] = space

    def _all_resources(self) -> "pikepdf.Dictionary":
        """Fonts, states and marked content as they were; all that has colour is ours."""
        import pikepdf

        made = pikepdf.Dictionary()
        for kind in ("/Font", "/ExtGState", "/Properties"):
            if kind in self.resources:
                made[kind] = pikepdf.Dictionary(dict(self.resources[kind].items()))
        for kind, things in self._made.items():
            if kind not in made:
                made[kind] = pikepdf.Dictionary()
            for name, thing in things.items():
                made[kind][name] = thing
        return made

    def _resource(self, kind: str, name: str) -> Any:
        """A resource of the stream, or None."""
        things: Any = self.resources.get(kind)
        return None if things is None else things.get(name)

    # The graphics state

    def _save(self, _: Any) -> bool:
        """``q``."""
        self._stack.append(self.state.saved())
        return True

    def _restore(self, _: Any) -> bool:
        """``Q``; one too many is dropped."""
        if not self._stack:
            return False
        self.state = self._stack.pop()
        return True

    def _transform(self, it: Any) -> bool:
        """``cm``."""
        self.state.transform([float(v) for v in it.operands])
        return True

    def _line_width(self, it: Any) -> bool:
        """``w``."""
        self.state.line = float(it.operands[0])
        return True

    def _extended(self, it: Any) -> bool:
        """``gs``."""
        entry = self._resource("/ExtGState", str(it.operands[0]))
        if entry is not None:
            self.state.set_extended(entry)
        return True

    # Colour

    def _device(self, it: Any) -> bool:
        """``g``, ``rg``, ``k`` and those for strokes."""
        operator = str(it.operator)
        space = {"g": GRAY, "rg": RGB, "k": CMYK}[operator.lower()]
        self._set(space, [float(v) for v in it.operands], operator.isupper())
        return False

    def _space(self, it: Any) -> bool:
        """``cs`` and ``CS``."""
        space = read_space(it.operands[0], self.resources)
        self._set(space, space.initial, str(it.operator) == "CS")
        return False

    def _values(self, it: Any) -> bool:
        """``sc``, ``scn`` and those for strokes."""
        import pikepdf

        stroke = str(it.operator).isupper()
        space = (self.state.stroke if stroke else self.state.fill).space
        operands = list(it.operands)
        if operands and isinstance(operands[-1], pikepdf.Name):
            numbers = [float(v) for v in operands[:-1]]
            self._set_pattern(str(operands[-1]), space, numbers, stroke)
        else:
            self._set(space, [float(v) for v in operands], stroke)
        return False

    def _set(self, space: Space, values: Sequence[float], stroke: bool) -> None:
        pattern = space.kind == "pattern"
        inks = {} if pattern else inks_of(space, values, self.shared.conversion)
        key = (space.kind, space.names, space.direct, *values)
        self._use(Paint(space, inks, key, None if pattern else space), stroke)
        self._colour(stroke)

    def _set_pattern(self, name: str, space: Space, values: list[float], stroke: bool) -> None:
        from layout.preflight.rendered.nested import pattern_paint

        paint, choices = pattern_paint(self, self.resources["/Pattern"][name], space, values)
        self._use(paint, stroke)
        self.before()
        for index, (choose_space, operands) in enumerate(choices):
            words = (b"CS", b"SCN") if stroke else (b"cs", b"scn")
            self.emit(index, b"%s %s %s %s" % (choose_space, words[0], operands, words[1]))

    def _use(self, paint: Paint, stroke: bool) -> None:
        if stroke:
            self.state.stroke = paint
        else:
            self.state.fill = paint

    def _colour(self, stroke: bool) -> None:
        """Write the current colour as each target's gray."""
        self.before()
        operator = b"G" if stroke else b"g"
        for index, target in enumerate(self.targets):
            self.emit(index, b"%.4f %s" % (self.state.gray(target, stroke), operator))

    # Paths and text

    def _path(self, it: Any) -> bool:
        """Every operator that paints a path."""
        operator = str(it.operator)
        fills, strokes, fill_alone, stroke_alone = _PATHS[operator]
        thin = self.state.thin_line
        wanted = [self.shows(i, fills, strokes, False, thin) for i in range(len(self.targets))]
        self.suspects(fills, strokes, False, thin)
        if all(want == (fills, strokes) for want in wanted):
            return True
        self.before()
        for index, (fill, stroke) in enumerate(wanted):
            whole = (fill, stroke) == (fills, strokes)
            alone = fill_alone if fill else stroke_alone if stroke else b"n"
            self.emit(index, operator.encode() if whole else alone)
        return False

    def shows(
        self, index: int, fills: bool, strokes: bool, small: bool, thin: bool
    ) -> tuple[bool, bool]:
        """Whether a target gets the fill, and the stroke, of what is painted now; marks it."""
        target, state = self.targets[index], self.state
        fill = fills and not state.skips(target, False, small)
        stroke = strokes and not state.skips(target, True, thin)
        for painted, paint in ((fill, state.fill), (stroke, state.stroke)):
            if painted:
                self.mark(index, 1.0 if paint.is_pattern else on_plate(paint.inks, target.plate))
        return fill, stroke

    def suspects(self, fills: bool, strokes: bool, small: bool, thin: bool) -> None:
        """Take note of paint that should be looked at."""
        state = self.state
        self.tears = (
            self.tears
            or (fills and small and state.may_tear(False))
            or (strokes and thin and state.may_tear(True))
        )
        self.fades = (
            self.fades
            or (fills and state.may_vanish(False))
            or (strokes and state.may_vanish(True))
        )

    def _begin_text(self, _: Any) -> bool:
        """``BT``."""
        self.state.type_scale = 1.0
        self._seen = [False] * len(self.targets)
        self._hidden = [[] for _ in self.targets]
        return True

    def _end_text(self, _: Any) -> bool:
        """``ET``: a text object of which a plate shows nothing need not show anything there."""
        for out, seen, hidden in zip(self._out, self._seen, self._hidden, strict=True):
            if not seen:
                for index in hidden:
                    out[index] = b""
        self._hidden = [[] for _ in self.targets]
        return True

    def _font(self, it: Any) -> bool:
        """``Tf``."""
        self.state.font, self.state.size = str(it.operands[0]), float(it.operands[1])
        return True

    def _text_matrix(self, it: Any) -> bool:
        """``Tm``."""
        self.state.type_scale = scale_of([float(v) for v in it.operands])
        return True

    def _text_mode(self, it: Any) -> bool:
        """``Tr``."""
        self.state.text_mode = int(it.operands[0])
        self.state.shown = [self.state.text_mode] * len(self.targets)
        return True

    def _show_spaced(self, it: Any) -> bool:
        """``"`` sets two spacings, which outlive the text object."""
        import pikepdf

        word, character, text = it.operands
        self.before()
        for index in range(len(self.targets)):
            self.emit(index, b"%.4f Tw %.4f Tc" % (float(word), float(character)))
        plain = pikepdf.ContentStreamInstruction([text], pikepdf.Operator("'"))
        self._show(plain, as_it_stands=False)
        return False

    def _show(self, it: Any, as_it_stands: bool = True) -> bool:
        """``Tj``, ``TJ``, ``'``: each target in the text mode that shows what it is to show."""
        font = self._resource("/Font", self.state.font)
        if font is not None and str(font.get("/Subtype")) == "/Type3":
            from layout.preflight.rendered.nested import show_drawn

            return show_drawn(self, it, font)
        mode = self.state.text_mode
        clips = mode > 3
        small = self.state.small_type
        shape = (mode % 4 in (0, 2), mode % 4 in (1, 2), small, small and self.state.thin_line)
        self.suspects(*shape)
        wanted = []
        for index in range(len(self.targets)):
            seen = self.shows(index, *shape)
            self._seen[index] = self._seen[index] or clips or any(seen)
            wanted.append(_TEXT_MODE[seen] + (4 if clips else 0))
        if as_it_stands and wanted == self.state.shown and 3 not in wanted:
            return True
        self.before()
        self._write_show(it, wanted)
        return False

    def _write_show(self, it: Any, wanted: list[int]) -> None:
        import pikepdf

        text = pikepdf.unparse_content_stream([it])
        shown = self.state.shown
        for index, mode in enumerate(wanted):
            if mode != shown[index]:
                self.emit(index, b"%d Tr" % mode)
                shown[index] = mode
            if mode == 3:
                self._hidden[index].append(len(self._out[index]))
            self.emit(index, text)

    # Images, forms and shadings are in ``nested``

    def _external(self, it: Any) -> bool:
        """``Do``."""
        from layout.preflight.rendered.nested import show_form, show_image

        thing = self.resources["/XObject"][str(it.operands[0])]
        form = str(thing.get("/Subtype")) == "/Form"
        (show_form if form else show_image)(self, thing)
        return False

    def _inline(self, it: Any) -> bool:
        """``BI``."""
        from layout.preflight.rendered.images import lift_inline
        from layout.preflight.rendered.nested import show_image

        show_image(self, lift_inline(it.iimage, self.resources, self.shared.pdf))
        return False

    def _shading(self, it: Any) -> bool:
        """``sh``."""
        from layout.preflight.rendered.nested import show_shading

        show_shading(self, self.resources["/Shading"][str(it.operands[0])])
        return False


Handler = Callable[[Rewriter, Any], bool]
_HANDLERS: Final[dict[str, Handler]] = {
    "q": Rewriter._save, "Q": Rewriter._restore, "cm": Rewriter._transform,
    "w": Rewriter._line_width, "gs": Rewriter._extended,
    "BT": Rewriter._begin_text, "ET": Rewriter._end_text, "Tf": Rewriter._font,
    "Tm": Rewriter._text_matrix, "Tr": Rewriter._text_mode, '"': Rewriter._show_spaced,
    "Do": Rewriter._external, "INLINE IMAGE": Rewriter._inline, "sh": Rewriter._shading,
    **dict.fromkeys(("g", "G", "rg", "RG", "k", "K"), Rewriter._device),
    **dict.fromkeys(("cs", "CS"), Rewriter._space),
    **dict.fromkeys(("sc", "SC", "scn", "SCN"), Rewriter._values),
    **dict.fromkeys(("Tj", "TJ", "'"), Rewriter._show),
    **dict.fromkeys(_PATHS, Rewriter._path),
}  # fmt: skip
