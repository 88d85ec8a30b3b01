"""Leaflet + style sheet → every value resolved: pages, areas, nodes.

``resolve`` is the list: page sizes → areas → the blocks of each area.  How a
block becomes nodes stands in ``lower.py``.
"""

from layout.diagnostics import Reporter
from layout.geometry import Rect, WritingMode
from layout.house.override import PairSpace, overridden
from layout.house.rules import Rules, load_rules
from layout.memo import NO_MEMO, Memo
from layout.source.model import Area, Leaflet, Page
from layout.source.sheet import AreaRule, LayoutRule, StyleSheet
from layout.source.sheet_keys import FIT_KEYS
from layout.style.cascade import Cascade
from layout.style.editions import resolve_editions
from layout.style.folding import resolve_folds
from layout.style.lower import lowering
from layout.style.model import Fit, ResolvedArea, ResolvedLeaflet, ResolvedPage, TextStyle


def resolve(
    leaflet: Leaflet,
    sheet: StyleSheet,
    faces: frozenset[str],
    reporter: Reporter,
    memo: Memo = NO_MEMO,
) -> ResolvedLeaflet:
    """Resolve a leaflet against its sheet; ``faces`` are the names the font manifest has."""
    cascade = Cascade(sheet, faces, reporter)
    pages = tuple(
        resolved
        for page in leaflet.pages
        if (resolved := _page(page, leaflet, cascade, reporter)) is not None
    )
    return ResolvedLeaflet(
        pages,
        leaflet.title,
        leaflet.author,
        leaflet.date,
        leaflet.language,
        memo.at(("rules",), sheet, lambda found: _rules(sheet, found), reporter),
        sheet.paragraph_bracket,
        leaflet.binding or sheet.binding,
        resolve_editions(leaflet.editions, sheet.editions, cascade),
    )


def _rules(sheet: StyleSheet, reporter: Reporter) -> Rules:
    """The tables the sheet chooses, with its own spaces over them, checked."""
    rules = load_rules(sheet.reduction, sheet.kinsoku, sheet.expansion, hanging=sheet.hanging)
    if not (sheet.mojikumi or sheet.not_at_head or sheet.not_at_end):
        return rules
    for pair in sheet.mojikumi:
        low, high = pair.least, pair.most
        if low is not None and high is not None and low > high:
            reporter.error("style.mojikumi-range", pair.span, least=low, most=high)
    pairs = (
        PairSpace(p.before, p.after, p.space, p.least, p.most, p.reduce_order, p.expand_order)
        for p in sheet.mojikumi
    )
    return overridden(rules, pairs, sheet.not_at_head, sheet.not_at_end)


def _page(
    page: Page, leaflet: Leaflet, cascade: Cascade, reporter: Reporter
) -> ResolvedPage | None:
    layouts = cascade.sheet.layouts
    layout = layouts.get(page.layout)
    if layout is None:
        from difflib import get_close_matches  # only after a slip

        close = get_close_matches(page.layout, layouts, n=1)
        reporter.error(
            "layout.unknown",
            page.layout_span,
            name=page.layout,
            suggestion=close[0] if close else "",
            known="、".join(layouts),
        )
        return None
    given = {area.name: area for area in page.areas}
    for area in page.areas:
        if area.name not in layout.areas:
            _report_unknown_area(area, layout, reporter)
    areas = tuple(
        _area(rule, given.get(name), layout, leaflet, cascade)
        for name, rule in layout.areas.items()
    )
    width, height = (cascade.length(side, 0, 0) for side in cascade.sheet.page)
    ground = cascade.colour(layout.background, layout.span) if layout.background else None
    said = (page.folds, leaflet.folds, layout.folds, cascade.sheet.folds)
    folds = resolve_folds(said, (width, height), cascade)
    return ResolvedPage(width, height, ground, areas, page.span, folds)


def _report_unknown_area(area: Area, layout: LayoutRule, reporter: Reporter) -> None:
    from difflib import get_close_matches  # only after a slip

    close = get_close_matches(area.name, layout.areas, n=1)
    reporter.error(
        "area.unknown",
        area.span,
        name=area.name,
        layout=layout.name,
        suggestion=close[0] if close else "",
        known="、".join(layout.areas),
    )


def _area(
    rule: AreaRule,
    area: Area | None,
    layout: LayoutRule,
    leaflet: Leaflet,
    cascade: Cascade,
) -> ResolvedArea:
    text = cascade.text(rule.text, rule.span)
    mode = WritingMode(rule.writing or layout.writing)
    lower = lowering(cascade, leaflet, layout.name, text)
    children = lower.blocks(area.blocks) if area is not None else ()
    left, top, width, height = (cascade.length(m, text.size, text.pitch) for m in rule.rect)
    return ResolvedArea(
        rule.name,
        Rect(left, top, width, height),
        mode,
        text if rule.grid else None,
        cascade.sides(rule.padding, text),
        rule.columns,
        cascade.length(rule.gap, text.size, text.pitch),
        cascade.stroke(rule.rule, rule.span) if rule.rule else None,
        rule.balance,
        rule.align,
        cascade.colour(rule.background, rule.span) if rule.background else None,
        children,
        area.span if area is not None else rule.span,
        _fit(rule, text, cascade),
        {side: cascade.stroke(edge, rule.span) for side, edge in rule.edges.items()},
        rule.thread,
    )


def _fit(rule: AreaRule, text: TextStyle, cascade: Cascade) -> Fit | None:
    if not rule.fit:
        return None
    size, pitch = text.size, text.pitch
    return Fit(*(cascade.length(rule.fit.get(k), size, pitch) for k in FIT_KEYS))
