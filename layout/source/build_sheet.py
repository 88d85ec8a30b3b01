"""Fields to model: the style sheet."""

from layout.diagnostics import Span
from layout.source.edition_keys import read_cmyk, read_editions
from layout.source.folding import read_folds
from layout.source.look import ColourRule
from layout.source.model import Measure
from layout.source.nodes import Scalar
from layout.source.records import Record
from layout.source.sheet import (
    AreaRule,
    BlockRule,
    Edge,
    FontPart,
    FontRule,
    LayoutRule,
    PairRule,
    StyleSheet,
    TextRule,
)
from layout.source.sheet_keys import FIT_KEYS, FONT_PARTS, PAGE_SIZES, SIDES
from layout.source.web_keys import read_web

Rect = tuple[Measure, Measure, Measure, Measure]


def build_sheet(record: Record, name: str, file: str) -> StyleSheet | None:
    """The sheet the fields describe; None without a page size to stand on."""
    page = _page(record)
    if page is None:
        return None
    return StyleSheet(
        name=name,
        file=file,
        page=page,
        colours={k: colour_rule(k, r) for k, r in record.records("colours")},
        fonts=_fonts(record),
        text={k: _text(k, r) for k, r in record.records("text")},
        blocks={k: _block(k, r) for k, r in record.records("blocks")},
        layouts=_layouts(record),
        span=record.span,
        kinsoku=record.word("kinsoku", "strict"),
        reduction=record.word("reduction", "jlreq"),
        mojikumi=tuple(_pair(r) for r in record.items("mojikumi") if isinstance(r, Record)),
        not_at_head=record.text("not-at-head"),
        not_at_end=record.text("not-at-end"),
        expansion=record.word("expansion", "jlreq"),
        hanging=record.flag("hanging") or False,
        paragraph_bracket=record.word("paragraph-bracket", "flush"),
        binding=record.word("binding"),
        folds=read_folds(record),
        editions=read_editions(record),
        web=read_web(record),
    )


def _page(record: Record) -> tuple[Measure, Measure] | None:
    size = PAGE_SIZES.get(record.word("page"))
    if size:
        span = record.span_of("page")
        return Measure(size[0], "mm", span), Measure(size[1], "mm", span)
    page = record.record("page")
    width = page.measure("width") if page else None
    height = page.measure("height") if page else None
    return (width, height) if width and height else None


def colour_rule(name: str, record: Record) -> ColourRule:
    """One named colour."""
    return ColourRule(
        name,
        read_cmyk(record),
        record.span,
        record.text("tint-of"),
        record.number("tint", 100.0),
        record.text("spot"),
        record.flag("overprint") or False,
    )


def _fonts(record: Record) -> dict[str, FontRule]:
    rules = {}
    for name, font in record.records("fonts"):
        parts = {}
        for part in FONT_PARTS:
            found = _font_part(font, part)
            if found is not None:
                parts[part] = found
        rules[name] = FontRule(name, parts, font.span, _words(font, "fallback"))
    return rules


def _font_part(font: Record, part: str) -> FontPart | None:
    inner = font.record(part)
    if inner is not None:
        scale, shift = inner.number("size", 100.0), inner.number("shift", 0.0)
        return FontPart(inner.text("face"), inner.span_of("face"), scale, shift)
    face = font.scalar(part)
    return FontPart(face.value.strip(), face.span) if face else None


def _text(name: str, record: Record) -> TextRule:
    return TextRule(
        name,
        record.span,
        base=record.text("base"),
        font=record.optional_text("font"),
        size=record.measure("size"),
        line=record.measure("line"),
        colour=record.optional_text("colour"),
        align=record.word("align") or None,
        indent=record.measure("indent"),
        hang=record.measure("hang"),
        tracking=record.measure("tracking"),
        proportional=record.flag("proportional"),
        upright_latin=record.whole("upright-latin"),
        kanji_numerals=record.flag("kanji-numerals"),
        ruby=record.word("ruby") or None,
        ruby_thirds=record.flag("ruby-thirds"),
        ruby_edge=record.word("ruby-edge") or None,
        looseness=record.whole("looseness"),
        phrase=record.flag("phrase"),
        strong_font=record.optional_text("strong-font"),
        strong_colour=record.optional_text("strong-colour"),
        ragged=record.flag("ragged"),
        tate_chu_yoko=record.whole("tate-chu-yoko"),
    )


def _block(name: str, record: Record) -> BlockRule:
    return BlockRule(
        name,
        record.span,
        base=record.text("base"),
        text=record.optional_text("text"),
        lines=record.whole("lines"),
        lines_more=record.whole("lines-more"),
        before=record.measure("before"),
        after=record.measure("after"),
        keep_with_next=record.flag("keep-with-next"),
        background=record.optional_text("background"),
        radius=record.measure("radius"),
        edges=_edges(record),
        padding=_padding(record),
        marker_colour=record.optional_text("marker-colour"),
        title=record.optional_text("title"),
        body=record.optional_text("body"),
        columns=record.whole("columns"),
        gap=record.measure("gap"),
        steps=_steps(record),
        place=_rect(record, "place"),
        shape=record.word("shape") or None,
        across=record.flag("across"),
        row_rule=_edge(record.record("row-rule")),
        column_rule=_edge(record.record("column-rule")),
        parts=_parts(record),
    )


def _edge(record: Record | None) -> Edge | None:
    thickness = record.measure("thickness") if record else None
    if record is None or thickness is None:
        return None
    return Edge(thickness, record.text("colour"), record.word("dash", "solid"))


def _edges(record: Record) -> dict[str, Edge]:
    """``all`` becomes the four sides; a side of its own wins."""
    inner = record.record("edges")
    if inner is None:
        return {}
    every = _edge(inner.record("all"))
    found = {side: _edge(inner.record(side)) or every for side in SIDES}
    return {side.replace("-", "_"): edge for side, edge in found.items() if edge}


def _padding(record: Record) -> dict[str, Measure]:
    """One length for all sides, or ``all`` and sides of their own."""
    inner = record.record("padding")
    every = inner.measure("all") if inner else record.measure("padding")
    found = {side: (inner.measure(side) if inner else None) or every for side in SIDES}
    return {side.replace("-", "_"): value for side, value in found.items() if value}


def _steps(record: Record) -> tuple[tuple[str, Measure], ...]:
    steps = (step for step in record.items("steps") if isinstance(step, Record))
    return tuple(
        (step.text("text"), step.measure("indent") or Measure(0, "", step.span)) for step in steps
    )


def _parts(record: Record) -> dict[str, str]:
    inner = record.record("parts")
    return {name: inner.text(name) for name in inner.fields} if inner else {}


def _pair(record: Record) -> PairRule:
    def em(key: str) -> float | None:
        return record.number(key, 0.0) if key in record.fields else None

    return PairRule(
        record.word("before"),
        record.word("after"),
        record.span,
        em("space"),
        em("min"),
        em("max"),
        record.whole("reduce-order"),
        record.whole("expand-order"),
    )


def _fit(record: Record) -> dict[str, Measure]:
    """How much of each quantity copyfitting may take."""
    inner = record.record("fit")
    found = {key: inner.measure(key) if inner else None for key in FIT_KEYS}
    return {key: value for key, value in found.items() if value}


def _words(record: Record, key: str) -> tuple[str, ...]:
    return tuple(w.value.strip() for w in record.items(key) if isinstance(w, Scalar))


def _rect(record: Record, key: str) -> Rect | None:
    sides = [m for m in record.items(key) if isinstance(m, Measure)]
    return (sides[0], sides[1], sides[2], sides[3]) if len(sides) == 4 else None


def rect_of(record: Record, key: str, span: Span) -> Rect:
    """A rectangle; of no size where it could not be read (which is reported)."""
    nothing = Measure(0, "", span)
    return _rect(record, key) or (nothing, nothing, nothing, nothing)


def _layouts(record: Record) -> dict[str, LayoutRule]:
    rules = {}
    for name, layout in record.records("layouts"):
        areas = {key: _area(key, area) for key, area in layout.records("areas")}
        writing = layout.word("writing", "horizontal")
        ground, folds = layout.text("background"), read_folds(layout)
        rules[name] = LayoutRule(name, areas, layout.span, writing, ground, folds)
    return rules


def _area(name: str, record: Record) -> AreaRule:
    return AreaRule(
        name,
        rect_of(record, "rect", record.span),
        record.span,
        text=record.text("text", "body"),
        writing=record.word("writing"),
        columns=record.whole("columns") or 1,
        gap=record.measure("gap"),
        rule=_edge(record.record("rule")),
        balance=record.flag("balance") or False,
        align=record.word("align", "start"),
        background=record.text("background"),
        padding=_padding(record),
        grid=record.flag("grid") is not False,
        fit=_fit(record),
        edges=_edges(record),
        thread=record.text("thread"),
    )
