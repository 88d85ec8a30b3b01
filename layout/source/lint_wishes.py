"""What a leaflet and its blocks say under ``lint:``; where each silence holds."""

from collections.abc import Iterator

from msgspec.structs import replace

from layout.house.lint import load_lint_texts
from layout.source.lint_keys import LINT
from layout.source.lint_model import EVERYTHING, Silence, Wishes
from layout.source.nodes import Scalar
from layout.source.records import Record


def read_wishes(record: Record) -> Wishes:
    """The leaflet's own ``lint:``."""
    inner = record.record(LINT.name)
    if inner is None:
        return Wishes()
    digits = load_lint_texts().digits.get(inner.word("digits"), {})
    span = inner.span_of("digits")
    choose = [(rule, form, span) for rule, form in digits.items()]
    own = inner.record("choose")
    for rule, field in own.fields.items() if own else ():
        if isinstance(field.value, Scalar):
            choose.append((rule, field.value.value.strip(), field.key_span))
    named = {
        key: tuple((each.value.strip(), each.span) for each in _scalars(inner, key))
        for key in ("presets", "rules")
    }
    return Wishes(named["presets"], named["rules"], tuple(choose), silences(inner, "off"))


def _scalars(record: Record, key: str) -> Iterator[Scalar]:
    return (value for value in record.items(key) if isinstance(value, Scalar))


def silences(record: Record, key: str = LINT.name) -> tuple[Silence, ...]:
    """A reason for everything, or names of rules and presets with their reasons."""
    value = record.value(key)
    if isinstance(value, Scalar):
        return (Silence(EVERYTHING, value.value.strip(), value.span),)
    if not isinstance(value, Record):
        return ()
    return tuple(
        Silence(name, field.value.value.strip(), field.key_span)
        for name, field in value.fields.items()
        if isinstance(field.value, Scalar)
    )


def placed(found: Iterator[tuple[Silence, tuple[int, int], tuple[int, int]]]) -> list[Silence]:
    """Silences with the stretch of the source that they hold for; those of one place as one."""
    merged: dict[tuple[object, str], Silence] = {}
    for silence, first, last in found:
        known = merged.get((silence.span, silence.name))
        if known is not None:
            first, last = min(first, known.first), max(last, known.last)
        merged[silence.span, silence.name] = replace(silence, first=first, last=last)
    return list(merged.values())
