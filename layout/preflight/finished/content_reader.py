"""One content stream followed operator by operator (ISO 32000-1, 7.8.2 and Annex A)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from layout.display.pdf.images import long_names
from layout.display.pdf.streams import is_stream
from layout.preflight.finished.content_colour import DEVICE
from layout.preflight.finished.content_paths import PIECES_MOST, Path
from layout.preflight.finished.content_shared import (
    DEPTH_MOST,
    TROUBLE,
    EnoughError,
    Sheet,
    object_key,
)
from layout.preflight.finished.content_state import (
    EVERYWHERE,
    IDENTITY,
    Matrix,
    Pen,
    State,
    box_through,
    common,
    extended,
    lengths,
    narrowest,
    number,
    numbers,
    then,
    widest,
)
from layout.preflight.finished.content_text import Shown
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Font, Mark, Paint

CLIP_ONLY: Final = 7
"""The text rendering mode that paints nothing and clips (9.3.6)."""


class Reader:
    """One content stream, followed operator by operator."""

    def __init__(self, sheet: Sheet, resources: Any, state: State, uncoloured: bool = False):
        self.sheet, self.resources, self.state = sheet, resources, state
        self.shared = sheet.shared
        self.number = sheet.number
        self.path = Path()
        self.clips = False
        self.text: Matrix = IDENTITY
        self.line: Matrix = IDENTITY
        self.uncoloured = uncoloured
        self._base = state.matrix
        self._stack: list[State] = []
        self.lenient = 0
        self._in_text = False
        self._font_is_lost = False
        self._found: dict[tuple[str, str], Any] = {}

    def run(self, content: Any, key: object) -> None:
        """Follow the stream; ``EnoughError``."""
        import pikepdf

        try:
            instructions = self.shared.instructions(content, key)
        except (pikepdf.PdfError, *TROUBLE):
            self.sheet.odd("unreadable")
            return
        self.shared.operators -= len(instructions)
        if self.shared.operators < 0:
            raise EnoughError("operators")
        handlers = self.sheet.handlers
        for instruction in instructions:
            operator = _spelt(instruction.operator)
            handler = handlers.get(operator)
            if handler is None:
                what = "lenient-operator" if self.lenient else "unknown-operator"
                self.sheet.odd(what, operator[:20])
                continue
            try:
                handler(self, instruction.operands if operator != "INLINE IMAGE" else instruction)
            except (pikepdf.PdfError, *TROUBLE):
                self.sheet.odd("bad-operands", operator)
        if self._stack or self._in_text:
            self.sheet.odd("unbalanced", "q" if self._stack else "BT")

    def resource(self, kind: str, named: Any) -> Any:
        """A named resource, noted as used; ``KeyError`` and an oddity if there is none."""
        name = str(named)
        if (kind, name) not in self._found:
            held = self.resources.get(kind) if self.resources is not None else None
            thing = held.get(name) if held is not None else None
            if thing is None:
                self.sheet.odd("missing-resource", f"{kind} {name}")
            else:
                self.sheet.use(kind, thing)
            self._found[kind, name] = thing
        return self._found[kind, name]

    # --- the graphics state

    def save(self, _: Any) -> None:
        if len(self._stack) > 10_000:
            raise EnoughError("q")
        self._stack.append(self.state)
        self.state = self.state.copy()

    def restore(self, _: Any) -> None:
        if self._stack:
            self.state = self._stack.pop()
        else:
            self.sheet.odd("unbalanced", "Q")

    def transform(self, operands: Any) -> None:
        self.state.matrix = then(numbers(operands, 6), self.state.matrix)

    def extend(self, operands: Any) -> None:
        entry = self.resource("/ExtGState", operands[0])
        if entry is None:
            return
        self.state.look = extended(self.state.look, entry)
        if "/LW" in entry:
            self.state.width = number(entry["/LW"])
        if "/D" in entry:
            self.state.dashed = bool(len(entry["/D"][0]))
        if "/Font" in entry:
            font, size = entry["/Font"]
            self.sheet.use("/Font", font)
            self.state.pen = self.state.pen.with_font(self.shared.fonts.font(font), number(size))

    # --- colour

    def device(self, operands: Any, family: str, stroke: bool) -> None:
        self._set(
            self.shared.colours.device(family, numbers(operands, DEVICE[family].size)), stroke
        )

    def space(self, operands: Any, stroke: bool) -> None:
        name = str(operands[0])
        held = operands[0]
        if self.shared.colours.is_named(name):
            found = self.resource("/ColorSpace", name)
            if found is None:
                return
            held = found
        self._set(self.shared.colours.initial(held, object_key(held)), stroke)

    def values(self, operands: Any, stroke: bool) -> None:
        import pikepdf

        before = self.state.stroke if stroke else self.state.fill
        if len(operands) and isinstance(operands[-1], pikepdf.Name):
            pattern = self.resource("/Pattern", operands[-1])
            if pattern is not None:
                below = numbers(operands[:-1], len(operands) - 1)
                self._set(self.shared.colours.pattern(pattern, before, below), stroke)
                self.state.patterns[stroke] = pattern
            return
        self._set(self.shared.colours.like(before, numbers(operands, len(operands))), stroke)

    def _set(self, paint: Paint, stroke: bool) -> None:
        if self.uncoloured:
            return
        if stroke:
            self.state.stroke = paint
        else:
            self.state.fill = paint
        if not paint.pattern:
            self.state.patterns[stroke] = None

    # --- paths

    def paint_path(self, fill: bool, stroke: bool, close: bool) -> None:
        """Every operator that ends a path (8.5.3)."""
        path, state = self.path, self.state
        if close:
            path.close()
        if path.xs:
            if fill:
                self._fill(path)
            if stroke:
                self._stroke(path)
            if self.clips:
                state.clip = common(state.clip, path.box())
        elif self.clips:
            state.clip = None
        self.clips, self.path = False, Path()

    def _fill(self, path: Path) -> None:
        whole = path.box()
        box = common(whole, self.state.clip)
        if box is None:
            return
        straight = box == whole and path.is_rectangle
        self.sheet.add(
            Mark(
                "fill", self.number, self.state.seen(box), self.state.look, fill=self.state.fill,
                area=min(box.width, box.height), in_form=self.sheet.depth, straight=straight,
                parts=path.parts,
            )
        )  # fmt: skip
        self._tile(False, box)

    def _stroke(self, path: Path) -> None:
        state = self.state
        reach = abs(state.width) * widest(state.matrix) / 2
        box = common(path.box(reach), state.clip)
        if box is None:
            return
        outside = not self.sheet.trim.holds(box)
        pieces = tuple(path.pieces[:PIECES_MOST]) if outside else ()
        self.sheet.add(
            Mark(
                "stroke", self.number, state.seen(box), state.look, stroke=state.stroke,
                line_pt=abs(state.width) * narrowest(state.matrix), in_form=self.sheet.depth,
                parts=path.parts, dashed=state.dashed, pieces=pieces,
            )
        )  # fmt: skip
        self._tile(True, box)

    def _tile(self, stroke: bool, box: Box) -> None:
        """A tiling pattern's cell as content of its own, within what is painted (8.7.3)."""
        pattern = self.state.patterns[stroke]
        if pattern is None or not is_stream(pattern):
            return
        paint = self.state.stroke if stroke else self.state.fill
        plain = int(pattern.get("/PaintType", 1)) == 2
        key = ("tile", object_key(pattern), paint.values, box)
        if key in self.sheet.drawn:
            return
        self.sheet.drawn.add(key)
        inner = State(matrix=then(matrix_of(pattern), self._base))
        inner.look = self.state.look
        if plain:
            inner.fill = inner.stroke = self.shared.colours.below(paint)
        inner.within = self.state.seen(box)
        self._nested(pattern, inner, plain)

    # --- what lies in other streams

    def _nested(self, stream: Any, state: State, uncoloured: bool = False) -> None:
        key = object_key(stream)
        if key in self.sheet.within:
            self.sheet.odd("recursion", str(stream.get("/Subtype", "/Pattern"))[1:])
            return
        if self.sheet.depth >= DEPTH_MOST:
            self.sheet.odd("too-deep")
            return
        self.sheet.depth += 1
        self.sheet.within.append(key)
        try:
            own = stream.get("/Resources")
            resources = self.resources if own is None else own
            reader = Reader(self.sheet, resources, state, uncoloured or self.uncoloured)
            reader.run(stream, key)
        finally:
            self.sheet.depth -= 1
            self.sheet.within.pop()

    def _form(self, form: Any, state: State) -> None:
        """A form; one that stands in the same place on every page is followed once."""
        sheet = self.sheet
        own = form.get("/Resources") is not None  # or else it takes what its page has
        plates = state.fill.space.names or state.stroke.space.names
        if not own or plates or any(state.patterns):
            self._nested(form, state)
            return
        key = (object_key(form), *state.key, self.uncoloured, sheet.depth)
        if key not in self.shared.forms:
            first, outer = len(sheet.marks), sheet.used
            sheet.used = {}
            self._nested(form, state)
            self.shared.forms[key] = (tuple(sheet.marks[first:]), sheet.used)
            sheet.used = outer
        else:
            for mark in self.shared.forms[key][0]:
                sheet.add(replace(mark, page=self.number))
        for kind, things in self.shared.forms[key][1].items():
            sheet.used.setdefault(kind, {}).update(things)

    def external(self, operands: Any) -> None:
        """``Do`` (8.8)."""
        thing = self.resource("/XObject", operands[0])
        if thing is None:
            return
        kind = str(thing.get("/Subtype"))
        if kind == "/Image":
            self.image(thing)
        elif kind == "/Form":
            state = self.state.copy()
            state.matrix = then(matrix_of(thing), state.matrix)
            bounds = numbers(thing["/BBox"], 4)
            state.clip = common(state.clip, box_through(state.matrix, bounds))
            if state.clip is not None:
                self._form(thing, state)
        else:
            self.sheet.odd("postscript" if kind == "/PS" else "unknown-xobject", kind[:20])

    def image(self, image: Any) -> None:
        """A picture in the unit square (8.9.5)."""
        state = self.state
        box = common(box_through(state.matrix, (0.0, 0.0, 1.0, 1.0)), state.clip)
        if box is None:
            return
        wide, high = int(image.get("/Width", 0)), int(image.get("/Height", 0))
        across, down = lengths(state.matrix)
        ppi = (wide * 72 / across if across else 0.0, high * 72 / down if down else 0.0)
        mask = bool(image.get("/ImageMask", False))
        self.sheet.add(
            Mark(
                "image", self.number, state.seen(box), state.look,
                fill=state.fill if mask else None, image=image, pixels=(wide, high), ppi=ppi,
                in_form=self.sheet.depth,
            )
        )  # fmt: skip

    def inline_image(self, instruction: Any) -> None:
        """``BI`` … ``EI``, with the names in full (8.9.7)."""
        import pikepdf

        source = instruction.iimage
        held = pikepdf.Dictionary(long_names(source.obj))
        space = held.get("/ColorSpace")
        if isinstance(space, pikepdf.Name):
            name = self.shared.colours.long_name(str(space))
            if self.shared.colours.is_named(name):
                found = self.resource("/ColorSpace", name)
                if found is not None:
                    held["/ColorSpace"] = found
            else:
                held["/ColorSpace"] = pikepdf.Name(name)
        self.image(held)

    def shade(self, operands: Any) -> None:
        """``sh`` fills what the clip leaves (8.7.4.2)."""
        shading = self.resource("/Shading", operands[0])
        if shading is None:
            return
        paint = self.shared.colours.shading(shading)
        box = common(EVERYWHERE, self.state.clip)
        if box is not None:
            look, depth = self.state.look, self.sheet.depth
            seen = self.state.seen(box)
            self.sheet.add(Mark("shading", self.number, seen, look, fill=paint, in_form=depth))

    # --- text

    def begin_text(self, _: Any) -> None:
        if self._in_text:
            self.sheet.odd("unbalanced", "BT")
        self._in_text = True
        self.text = self.line = IDENTITY

    def end_text(self, _: Any) -> None:
        if not self._in_text:
            self.sheet.odd("unbalanced", "ET")
        self._in_text = False

    def font(self, operands: Any) -> None:
        found = self.resource("/Font", operands[0])
        self._font_is_lost = found is None
        if found is not None:
            font = self.shared.fonts.font(found)
            self.state.pen = self.state.pen.with_font(font, number(operands[1]))

    def pen(self, operands: Any, name: str) -> None:
        self.state.pen = self.state.pen.with_value(name, number(operands[0]))

    def next_line(self, x: float, y: float) -> None:
        self.line = self.text = then((1.0, 0.0, 0.0, 1.0, x, y), self.line)

    def move(self, operands: Any, leading: bool) -> None:
        x, y = numbers(operands, 2)
        if leading:
            self.state.pen = self.state.pen.with_value("leading", -y)
        self.next_line(x, y)

    def set_matrix(self, operands: Any) -> None:
        self.text = self.line = numbers(operands, 6)

    def show(self, parts: Sequence[Any]) -> None:
        """Strings and adjustments of one operator make one mark (9.4.3)."""
        pen = self.state.pen
        if pen.font is None:
            if not self._font_is_lost:  # that is told already
                self.sheet.odd("no-font")
            return
        shown = self.shared.fonts.show(pen, parts)
        place = then(pen.matrix, then(self.text, self.state.matrix))
        if shown.codes:
            self._mark_text(pen, shown, place)
        along = (0.0, shown.advance) if pen.font.vertical else (shown.advance * pen.stretch, 0.0)
        self.text = then((1.0, 0.0, 0.0, 1.0, *along), self.text)

    def _mark_text(self, pen: Pen, shown: Shown, place: Matrix) -> None:
        font = pen.font
        assert font is not None
        mode = int(pen.mode)
        if font.kind != "Type3" and mode == CLIP_ONLY:
            return
        if not shown.text or shown.text.strip():
            self._add_text(pen, font, shown, place)
        if font.kind == "Type3":
            self._draw_glyphs(font, shown, place)

    def _add_text(self, pen: Pen, font: Font, shown: Shown, place: Matrix) -> None:
        state = self.state
        box = common(box_through(place, shown.box(font.vertical, pen.size)), state.clip)
        if box is None:
            return
        mode = int(pen.mode) % 4
        fills, strokes = mode in (0, 2), mode in (1, 2)
        width = abs(state.width) * narrowest(state.matrix) if strokes else 0.0
        across, up = lengths(place)
        size = abs(pen.size) * (across if font.vertical else up)
        self.sheet.add(
            Mark(
                "text", self.number, state.seen(box), state.look,
                fill=state.fill if fills else None, stroke=state.stroke if strokes else None,
                font=font, size_pt=size, text=shown.text, codes=shown.codes, line_pt=width,
                in_form=self.sheet.depth,
            )
        )  # fmt: skip

    def _draw_glyphs(self, font: Font, shown: Shown, place: Matrix) -> None:
        """Glyphs that are drawn by content (9.6.5): each code once a page and colour."""
        for code in sorted(set(shown.codes)):
            key = ("glyph", font.key, code, self.state.fill.family, self.state.fill.values)
            procedure = self.shared.fonts.procedure(font, code)
            if key in self.sheet.drawn or procedure is None:
                continue
            self.sheet.drawn.add(key)
            state = self.state.copy()
            size = self.state.pen.size
            scale = (size, 0.0, 0.0, size, 0.0, 0.0)
            state.matrix = then(then(matrix_of(font.dictionary, "/FontMatrix"), scale), place)
            if font.dictionary.get("/Resources") is None or self.sheet.depth >= DEPTH_MOST:
                self._nested(procedure, state)
                continue
            self.sheet.depth += 1
            try:
                resources = font.dictionary["/Resources"]
                Reader(self.sheet, resources, state, self.uncoloured).run(procedure, key[1:3])
            finally:
                self.sheet.depth -= 1

    # --- the rest

    def uncolour(self, _: Any) -> None:
        """``d1``: a glyph that takes the colour of the text (9.6.5)."""
        self.uncoloured = True

    def marked(self, operands: Any) -> None:
        """``BDC``, ``DP``: properties by name, layers among them (14.6)."""
        import pikepdf

        if len(operands) > 1 and isinstance(operands[1], pikepdf.Name):
            self.resource("/Properties", operands[1])


def _spelt(operator: Any) -> str:
    """An operator's name; what is no text has none."""
    try:
        return str(operator)
    except UnicodeDecodeError:
        return "?"


def matrix_of(held: Any, key: str = "/Matrix") -> Matrix:
    """The matrix of a form or a pattern."""
    values = held.get(key)
    return IDENTITY if values is None else numbers(values, 6)
