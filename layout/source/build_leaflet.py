"""Fields to model: the leaflet with its facts, pages and areas."""

from pathlib import Path

from layout.diagnostics import Reporter
from layout.source.blocks import BlockBuilder
from layout.source.edition_keys import read_editions
from layout.source.facts import read_facts
from layout.source.folding import read_folds
from layout.source.furigana import Furigana, with_furigana
from layout.source.leaflet_keys import PAGE
from layout.source.lint_wishes import read_wishes
from layout.source.markup import Markup
from layout.source.model import Area, Leaflet, Page
from layout.source.records import Record
from layout.source.web_keys import read_web


def build_leaflet(record: Record, path: Path, reporter: Reporter) -> Leaflet:
    """The leaflet the fields describe, as far as they could be read."""
    facts = read_facts(record, reporter)
    builder = BlockBuilder(Markup(facts, reporter), path.parent, reporter)
    pages = [p for p in record.items("pages") if isinstance(p, Record)]
    built = tuple(_page(page, builder) for page in pages)
    furigana = _furigana(record)
    if furigana is not None:
        built = tuple(with_furigana(page, furigana) for page in built)
    return Leaflet(
        name=path.parent.resolve().name,
        folder=str(path.parent),
        file=str(path),
        title=record.text("title"),
        language=record.text("language", "ja"),
        date=record.word("date"),
        style=record.text("style"),
        style_span=record.span_of("style"),
        facts=facts,
        pages=built,
        author=record.text("author"),
        shop=record.text("shop"),
        shop_span=record.span_of("shop"),
        binding=record.word("binding"),
        folds=read_folds(record),
        editions=read_editions(record),
        web=read_web(record),
        lint=read_wishes(record),
    )


def _furigana(record: Record) -> Furigana | None:
    inner = record.record("furigana")
    words = inner.record("words") if inner else None
    if inner is None or words is None:
        return None
    readings = {word: tuple(words.text(word).split("・")) for word in words.fields}
    whole = {word: reading for word, reading in readings.items() if word and all(reading)}
    return Furigana(whole, inner.flag("every") or False)


def _page(record: Record, builder: BlockBuilder) -> Page:
    areas = tuple(
        Area(name, builder.build(field.value), field.key_span)
        for name, field in record.fields.items()
        if PAGE.key(name) is None
    )
    layout, span = record.text("layout"), record.span_of("layout")
    return Page(layout, span, areas, record.span, read_folds(record))
