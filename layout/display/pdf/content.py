"""One content stream on its way: its state, its path, its layers, its text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from layout.display.paths import Commands, rounded_commands
from layout.display.pdf.shadings import shading_of
from layout.display.pdf.spaces import Space
from layout.display.pdf.state import CAPS, JOINS, Paint, State
from layout.display.pdf.streams import PdfObject, is_array
from layout.display.pdf.text import Text
from layout.style.picture_error import PictureError

if TYPE_CHECKING:
    from layout.display.pdf.interpreter import Interpreter

_SAVES_MOST = 500
_NORMAL = ("/Normal", "/Compatible")


class Content:
    """What the operators of one stream act on."""

    text: Text
    state: State

    def __init__(self, host: "Interpreter", resources: PdfObject, state: State) -> None:
        self.host = host
        self.resources = resources
        self.state = state
        self.text = Text(self)
        self._base = state.matrix
        self._saved: list[State] = []
        self._path: Commands = []
        self._at = (0.0, 0.0)
        self._clip: bool | None = None
        self._layers: list[bool] = []

    @property
    def hidden(self) -> bool:
        """Whether a hidden layer is open."""
        return any(self._layers)

    def resource(self, kind: str, name: str) -> PdfObject:
        """A named resource; ``PictureError`` if it is not there."""
        entries = self.resources.get(kind) if self.resources is not None else None
        found = entries.get(name) if entries is not None else None
        if found is None:
            raise PictureError("image.pdf-broken", reason=f"{kind} {name} is not there")
        return found

    # --- state

    def save(self) -> None:
        """q"""
        if len(self._saved) >= _SAVES_MOST:
            raise PictureError("image.too-complex")
        self._saved.append(self.state)
        self.state = replace(self.state, clips=0)

    def restore(self) -> None:
        """Q"""
        if self._saved:
            self._end_clips()
            self.state = self._saved.pop()

    def finish(self) -> None:
        """The stream is over: what it left open is closed."""
        while self._saved:
            self.restore()
        self._end_clips()

    def _end_clips(self) -> None:
        for _ in range(self.state.clips):
            self.host.canvas.end_clip()

    def set(self, **values: Any) -> None:
        """Parameters of lines."""
        self.state = replace(self.state, **values)

    def line_style(self, key: str, number: int) -> None:
        """J and j"""
        known = CAPS if key == "cap" else JOINS
        if 0 <= number < len(known):
            self.set(**{key: known[number]})

    def transform(self, values: Sequence[float]) -> None:
        """cm"""
        from layout.display.matrix import Matrix

        self.state = self.state.moved(Matrix(*values))

    def extended(self, name: str) -> None:
        """gs: a graphics state dictionary (8.4.5)."""
        entries = self.resource("/ExtGState", name)
        remarks = self.host.canvas.remarks
        soft = entries.get("/SMask")
        if soft is not None and str(soft) != "/None":
            raise PictureError("image.pdf-unsupported", what="ソフトマスク (soft mask)")
        blend = entries.get("/BM")
        if blend is not None:
            names = [str(mode) for mode in blend] if is_array(blend) else [str(blend)]
            if names and names[0] not in _NORMAL:
                remarks.simplify(f"描画モード {names[0][1:]}")
        plain = {"/LW": "width", "/ML": "miter", "/ca": "fill_alpha", "/CA": "stroke_alpha"}
        for key, field in plain.items():
            if entries.get(key) is not None:
                self.set(**{field: float(entries[key])})
        for key, field in (("/LC", "cap"), ("/LJ", "join")):
            if entries.get(key) is not None:
                self.line_style(field, int(entries[key]))
        if (dash := entries.get("/D")) is not None:
            self.set(dash=tuple(float(part) for part in dash[0]), phase=float(dash[1]))
        if (font := entries.get("/Font")) is not None:
            self.text.use(font[0], float(font[1]))

    # --- colours

    def device(self, side: str, kind: str, values: Sequence[float]) -> None:
        """g, rg, k and their like."""
        space = self.host.spaces.device(kind)
        if len(values) < space.count:
            raise PictureError("image.pdf-broken", reason="a colour lacks components")
        self._set_paint(side, space, space.colour(values))

    def space(self, side: str, name: Any) -> None:
        """cs and CS"""
        space = self.host.spaces.space(name, self.resources)
        paint = space.colour(space.initial()) if space.count and space.kind != "pattern" else None
        self._set_paint(side, space, paint)

    def colour(self, side: str, operands: Sequence[Any]) -> None:
        """sc and scn"""
        space: Space = getattr(self.state, f"{side}_space")
        if space.kind != "pattern":
            values = [float(value) for value in operands]
            if len(values) < space.count:
                raise PictureError("image.pdf-broken", reason="a colour lacks components")
            self._set_paint(side, space, space.colour(values))
            return
        ink = None
        if space.base is not None and len(operands) > 1:
            ink = space.base.colour([float(value) for value in operands[:-1]])
        source = self.resource("/Pattern", str(operands[-1]))
        self._set_paint(side, space, self.host.pattern(source, self._base, ink, self.resources))

    def _set_paint(self, side: str, space: Space, paint: Paint) -> None:
        self.set(**{side: paint, f"{side}_space": space})

    # --- paths

    def path(self, verb: str, values: list[float]) -> None:
        """m l c v y h re (8.5.2)"""
        path = self._path
        if verb == "h":
            path.append(("Z", ()))
            return
        if verb == "re":
            x, y, width, height = values
            path.extend(rounded_commands(x, y, width, height, 0))
            self._at = (x, y)
            return
        if verb == "v":
            values = [*self._at, *values]
        elif verb == "y":
            values = [*values, *values[2:]]
        kind = {"m": "M", "l": "L"}.get(verb, "C")
        if len(values) != (6 if kind == "C" else 2):
            raise PictureError("image.pdf-broken", reason=f"operator {verb}")
        if kind != "M" and not path:
            return
        path.append((kind, tuple(values)))
        self._at = (values[-2], values[-1])

    def clip(self, even_odd: bool) -> None:
        """W: the path becomes a clip once it is painted."""
        self._clip = even_odd

    def paint(self, *, fill: bool, stroke: bool, even_odd: bool, close: bool) -> None:
        """The operators that end a path (8.5.3)."""
        if close and self._path:
            self._path.append(("Z", ()))
        path = self.state.matrix.path(self._path)
        if path and not self.hidden:
            if fill:
                self.host.fill(self.state, path, even_odd)
            if stroke:
                self.host.stroke(self.state, path)
        if self._clip is not None:
            self.begin_clip(path, self._clip)
            self._clip = None
        self._path = []

    def begin_clip(self, path: tuple[Any, ...], even_odd: bool = False) -> None:
        """Clip until the state is restored."""
        self.host.canvas.begin_clip(path, even_odd)
        self.set(clips=self.state.clips + 1)

    def shade(self, name: str) -> None:
        """sh: a gradient over all that shows."""
        source = self.resource("/Shading", name)
        if self.hidden:
            return
        host = self.host
        gradient, _ = shading_of(source, host.spaces, self.resources, host.budget)
        left, top, right, bottom = host.canvas.clip_box
        corners = rounded_commands(left, top, right - left, bottom - top, 0)
        from layout.display.paths import on_page

        host.canvas.shade(on_page(corners), gradient, self.state.matrix, self.state.fill_alpha)

    # --- objects

    def draw(self, name: str) -> None:
        """Do"""
        source = self.resource("/XObject", name)
        if self.hidden or self.host.layers.hides(source.get("/OC")):
            return
        kind = str(source.get("/Subtype"))
        if kind == "/Form":
            self.host.form(source, self.resources, self.state)
        elif kind == "/Image":
            self.host.image(source, self.resources, self.state)
        else:
            raise PictureError("image.pdf-unsupported", what=f"XObject {kind}")

    def inline_image(self, source: Any) -> None:
        """BI … EI"""
        if not self.hidden:
            self.host.inline(source, self.resources, self.state)

    # --- layers

    def begin_marked(self, operands: Sequence[Any] | None) -> None:
        """BMC and BDC: marks are passed over, but for layers."""
        hidden = False
        if operands is not None and len(operands) == 2 and str(operands[0]) == "/OC":
            hidden = self.host.layers.hides(self.resource("/Properties", str(operands[1])))
        self._layers.append(hidden)

    def end_marked(self) -> None:
        """EMC"""
        if self._layers:
            self._layers.pop()
