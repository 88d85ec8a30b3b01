"""One content stream followed operator by operator, and the streams within it (8.10, 8.7.3)."""

from typing import Any, Final

from msgspec.structs import replace

from layout.display.pdf.streams import is_stream, name_of
from layout.preflight.finished.content_colour import DEVICE, Base
from layout.preflight.finished.content_paths import Path
from layout.preflight.finished.content_shared import (
    DEPTH_MOST,
    TROUBLE,
    EnoughError,
    Names,
    Sheet,
)
from layout.preflight.finished.content_state import (
    IDENTITY,
    Matrix,
    State,
    box_through,
    common,
    number,
    numbers,
    then,
)
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import Mark, Paint
from layout.preflight.finished.objects import is_dictionary, number_of

_SAVED_MOST: Final = 10_000
WHOLE: Final = -2
"""The count of operands of what takes the instruction as a whole."""


class Reader:
    """One content stream.

    ``names`` are its resources.  ``uncoloured`` content takes its colour from where it
    is painted; ``glyph`` is true of the procedures of Type 3 fonts.
    """

    def __init__(
        self,
        sheet: Sheet,
        names: Names,
        state: State,
        uncoloured: bool = False,
        glyph: bool = False,
    ) -> None:
        self.sheet, self.names, self.state = sheet, names, state
        self.shared = sheet.shared
        self.path = Path()
        self.clips = False
        self.text: Matrix = IDENTITY
        self.line: Matrix = IDENTITY
        self.in_text = False
        self.font_is_lost = False
        self.text_clip: Box | None = None
        self.lenient = 0
        self.uncoloured, self.glyph = uncoloured, glyph
        self._base = state.matrix
        self._stack: list[State] = []

    def run(self, content: Any, key: object) -> None:
        """Follow the stream; ``EnoughError``."""
        import pikepdf

        try:
            script = self.shared.script(content, key)
        except (pikepdf.PdfError, *TROUBLE):
            self.sheet.odd("unreadable")
            return
        if script.cut:
            self.sheet.odd("cut-off")
        handlers = self.sheet.handlers
        trouble = (pikepdf.PdfError, *TROUBLE)
        for instruction in script.instructions:
            operator = _spelt(instruction.operator)
            found = handlers.get(operator)
            if found is None:
                what = "lenient-operator" if self.lenient else "unknown-operator"
                self.sheet.odd(what, operator[:20])
                continue
            handler, count = found
            try:
                if count == WHOLE:
                    handler(self, instruction)
                    continue
                operands = instruction.operands
                if count >= 0 and len(operands) != count:
                    operands = self._last(operands, count, operator)
                handler(self, operands)
            except trouble:
                self.sheet.odd("bad-operands", operator)
        if self._stack or self.in_text:
            self.sheet.odd("unbalanced", "q" if self._stack else "BT")

    def _last(self, operands: Any, count: int, operator: str) -> Any:
        """Of too many operands the last ones count, as they would on a stack; ``ValueError``."""
        if len(operands) < count:
            raise ValueError(count)
        self.sheet.odd("bad-operands", operator)
        return list(operands)[len(operands) - count :]

    def resource(self, kind: str, named: Any) -> tuple[Any, object] | None:
        """A named resource and its key, noted as used; None and an oddity if there is none."""
        found = self.names.find(kind, named)
        if found is None:
            self.sheet.odd("missing-resource", f"{kind} {name_of(named)}")
        else:
            self.sheet.use(kind, *found)
        return found

    # --- the graphics state

    def save(self, _: Any) -> None:
        """``q``."""
        if len(self._stack) >= _SAVED_MOST:
            raise EnoughError("q")
        self._stack.append(self.state)
        self.state = self.state.copy()

    def restore(self, _: Any) -> None:
        """``Q``."""
        if self._stack:
            self.state = self._stack.pop()
        else:
            self.sheet.odd("unbalanced", "Q")

    def transform(self, operands: Any) -> None:
        """``cm``."""
        self.state.matrix = then(numbers(operands, 6), self.state.matrix)

    def extend(self, operands: Any) -> None:
        """``gs``."""
        found = self.resource("/ExtGState", operands[0])
        if found is None:
            return
        entry = found[0]
        for key in self.state.extend(entry):
            self.sheet.odd("bad-operands", f"gs {key}")
        if "/Font" in entry:
            held, size = entry["/Font"]
            what = self.shared.key(held)
            self.sheet.use("/Font", held, what)
            font = self.shared.fonts.font(held, what)
            self.state.pen = self.state.pen.with_font(font, number(size))

    # --- colour

    def device(self, operands: Any, base: Base, stroke: bool) -> None:
        """``g``, ``rg``, ``k`` and those for strokes."""
        self._set(self.shared.colours.paint(base, numbers(operands, base[1].size)), stroke, base)

    def space(self, operands: Any, stroke: bool) -> None:
        """``cs``, ``CS``."""
        named, colours = operands[0], self.shared.colours
        name = name_of(named)
        if name[1:] in DEVICE:
            base = DEVICE[name[1:]]
        elif colours.is_named(name):
            found = self.resource("/ColorSpace", named)
            if found is None:
                return
            base = colours.space(*found)
        else:
            base = colours.space(named, name)
        self._set(colours.initial(base), stroke, base)

    def values(self, operands: Any, stroke: bool) -> None:
        """``sc``, ``scn`` and those for strokes."""
        base = self.state.spaces[stroke]
        if len(operands) and name_of(operands[-1]):
            found = self.resource("/Pattern", operands[-1])
            if found is not None:
                below = numbers(list(operands)[:-1], len(operands) - 1)
                paint = self.shared.colours.pattern(*found, base, below)
                self._set(paint, stroke, base, (found[0], self._base))
            return
        if len(operands) != base[1].size:
            raise ValueError(base)
        self._set(self.shared.colours.paint(base, numbers(operands, len(operands))), stroke, base)

    def _set(self, paint: Paint, stroke: bool, base: Base, pattern: Any = None) -> None:
        if self.uncoloured:
            return
        state = self.state
        if stroke:
            state.stroke = paint
            state.spaces, state.patterns = (state.spaces[0], base), (state.patterns[0], pattern)
        else:
            state.fill = paint
            state.spaces, state.patterns = (base, state.spaces[1]), (pattern, state.patterns[1])

    # --- what lies in other streams

    def tile(self, stroke: bool, box: Box) -> None:
        """A tiling pattern's cell as content of its own, within what is painted (8.7.3)."""
        made_of = self.state.patterns[stroke]
        if made_of is None or not is_stream(made_of[0]):
            return
        pattern, base = made_of
        paint = self.state.stroke if stroke else self.state.fill
        plain = number_of(pattern.get("/PaintType"), 1) == 2
        key = ("tile", self.shared.key(pattern), paint.family, paint.values, box)
        if key in self.sheet.taken.drawn:
            return
        self.sheet.taken.drawn.add(key)
        inner = State(matrix=then(matrix_of(pattern), base))
        inner.clip = box_through(inner.matrix, numbers(pattern["/BBox"], 4))
        inner.own = inner.look = self.state.look
        inner.enter_group()
        if plain:
            inner.fill = inner.stroke = self.shared.colours.below(paint)
        inner.within = self.state.seen(box)
        self.nested(pattern, inner, uncoloured=plain)

    def nested(self, stream: Any, state: State, uncoloured: bool = False) -> None:
        """Content with resources of its own, or else with those of what it stands in."""
        key = self.shared.key(stream)
        resources = stream.get("/Resources")
        names = self.names if resources is None else self.shared.names(resources, key)
        self.follow(stream, key, Reader(self.sheet, names, state, uncoloured or self.uncoloured))

    def follow(self, stream: Any, key: object, reader: "Reader") -> None:
        """Content inside this: not for ever, and not inside itself."""
        sheet = self.sheet
        if key in sheet.within:
            sheet.odd("recursion", name_of(stream.get("/Subtype"))[1:] or "Pattern")
            return
        if sheet.depth >= DEPTH_MOST:
            sheet.odd("too-deep")
            return
        sheet.depth += 1
        sheet.within.append(key)
        try:
            reader.run(stream, key)
        finally:
            sheet.depth -= 1
            sheet.within.pop()

    def form(self, form: Any) -> None:
        """A form XObject (8.10); one that stands in the same place on every page is read once."""
        state = self.state.copy()
        state.matrix = then(matrix_of(form), state.matrix)
        state.clip = common(state.clip, box_through(state.matrix, numbers(form["/BBox"], 4)))
        if state.clip is None:
            return
        group = form.get("/Group")
        if is_dictionary(group) and name_of(group.get("/S")) == "/Transparency":
            state.enter_group()
        own = form.get("/Resources") is not None  # or else it takes what its page has
        if not own or any(state.patterns) or not self.sheet.keeps:
            self.nested(form, state)
            return
        sheet, forms = self.sheet, self.shared.forms
        key = (self.shared.key(form), state.key, self.uncoloured, sheet.depth)
        if key not in forms:
            with sheet.apart() as taken:
                self.nested(form, state)
            forms[key] = taken
            return
        for mark in forms[key].marks:
            sheet.add(replace(mark, page=sheet.number))
        sheet.join(forms[key])

    # --- marks

    def add(self, kind: str, box: Box, **values: Any) -> None:
        """A mark at a place on the page; ``EnoughError``."""
        state, sheet = self.state, self.sheet
        sheet.add(
            Mark(kind, sheet.number, state.seen(box), state.look, in_form=sheet.depth, **values)
        )


def _spelt(operator: Any) -> str:
    """An operator's name; what is no text has none."""
    try:
        return str(operator)
    except UnicodeDecodeError:
        return "?"


def matrix_of(held: Any, key: str = "/Matrix") -> Matrix:
    """The matrix of a form or a pattern; ``ValueError``, ``TypeError``."""
    values = held.get(key)
    return IDENTITY if values is None else numbers(values, 6)
