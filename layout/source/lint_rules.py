"""Rule files (``lint/NAME.yaml``, ours and the organisers' own) to rules."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from layout.diagnostics import Diagnostic, Reporter, Severity, Span
from layout.house.lint import PRESETS, load_lint_texts, preset_names
from layout.source.lint_keys import RULES, RULES_NAMES
from layout.source.lint_model import (
    OUTSIDE_QUOTES,
    Correction,
    Example,
    Form,
    Preset,
    Rule,
)
from layout.source.lint_patterns import expanded, fault
from layout.source.nodes import Scalar
from layout.source.read import read_fields
from layout.source.records import Field, Record

_WAYS = ("words", "patterns", "either", "check")


@cache
def house_presets() -> tuple[Preset, ...]:
    """Our own rule files; they are tested, so that nothing is reported."""
    paths = (PRESETS / f"{name}.yaml" for name in preset_names())
    read = (read_rules(path, Reporter(), tested=True) for path in paths)
    return tuple(preset for preset in read if preset is not None)


def read_rules(path: Path, reporter: Reporter, *, tested: bool = False) -> Preset | None:
    """Read one file; None if it cannot be used.

    What is wrong with it is told as a warning: rules never keep a leaflet from
    being built.  A rule with a fault is left out.  Patterns of ``tested`` files
    are not tried again.
    """
    found = Reporter()
    read = read_fields(path, RULES, RULES_NAMES, found)
    preset = None if read is None else _preset(read[1], path.stem, found, tested)
    for finding in found:
        reporter.add(replace(finding, severity=min(finding.severity, Severity.WARNING)))
    return preset


def _preset(record: Record, name: str, reporter: Reporter, tested: bool) -> Preset:
    rules: dict[str, Rule] = {}
    for entry in record.items("rules"):
        rule = _Reading(entry, name, reporter, tested).rule() if isinstance(entry, Record) else None
        if rule is not None and rule.id in rules:
            first = rules[rule.id].span.line
            reporter.error("source.duplicate-id", rule.span, id=rule.id, first=first)
        elif rule is not None:
            rules[rule.id] = rule
    label = record.text("label", name)
    return Preset(
        name,
        label,
        record.text("label-en", label),
        record.flag("optional") or False,
        tuple(rules.values()),
    )


class _Reading(Struct):
    """One rule in the making."""

    record: Record
    preset: str
    reporter: Reporter
    tested: bool
    sound: bool = True

    def rule(self) -> Rule | None:
        """The rule; None, with a finding, if it has a fault."""
        record = self.record
        ways = [way for way in _WAYS if way in record and way != "patterns"]
        if (not ways and "patterns" not in record) or len(ways) > 1:
            self._wrong("lint.rule-empty", record.span_of("id"), id=record.text("id"))
        groups = tuple(self._groups())
        sort = record.word("sort", "mixed" if groups else "variant")
        quotes = record.flag("quotes")
        rule = Rule(
            id=record.text("id"),
            sort=sort,
            preset=self.preset,
            warning=record.word("level") != "note",
            ja=self._said("ja"),
            en=self._said("en"),
            corrections=tuple(self._corrections()),
            groups=groups,
            scope=record.word("scope", "leaflet"),
            check=record.word("check"),
            words=_texts(record, "list"),
            exceptions=tuple(self._pattern(text) for text in _scalars(record, "except")),
            quotes=sort not in OUTSIDE_QUOTES if quotes is None else quotes,
            good=_texts(record, "good"),
            bad=tuple(self._examples()),
            span=record.span_of("id"),
        )
        return rule if self.sound else None

    def _wrong(self, code: str, span: Span, **values: str) -> None:
        self.sound = False
        self.reporter.add(Diagnostic(code, Severity.ERROR, span, values))

    def _said(self, lang: str) -> str:
        """The rule's own message, else the other language's, else the general one."""
        other = "en" if lang == "ja" else "ja"
        own = self.record.text(lang) or self.record.text(other)
        how = "either" if "either" in self.record else "find"
        return own or load_lint_texts().said[how][lang == "en"]

    def _pattern(self, typed: Scalar) -> str:
        pattern = expanded(typed.value)
        if self.tested:
            return pattern
        code, detail = fault(pattern)
        if code:
            self._wrong(code, typed.span, problem=detail)
        return pattern

    def _corrections(self) -> Iterator[Correction]:
        for key in ("words", "patterns"):
            inner = self.record.record(key)
            for to, field in inner.fields.items() if inner else ():
                for typed in _many(field):
                    find = self._pattern(typed) if key == "patterns" else typed.value
                    yield Correction(find, to, key == "patterns")

    def _groups(self) -> Iterator[tuple[Form, ...]]:
        for group in self.record.items("either"):
            if isinstance(group, Record):
                yield tuple(self._form(label, field) for label, field in group.fields.items())
            elif isinstance(group, list):
                words = [typed.value for typed in group if isinstance(typed, Scalar)]
                yield tuple(Form(word, word, word, pattern=False) for word in words)

    def _form(self, label: str, field: Field) -> Form:
        if isinstance(field.value, Record):
            find, to = field.value.scalar("find"), field.value.scalar("as")
            pattern = "" if find is None else self._pattern(find)
            return Form(label, pattern, label if to is None else to.value)
        assert isinstance(field.value, Scalar)
        return Form(label, self._pattern(field.value), label)

    def _examples(self) -> Iterator[Example]:
        for typed in _scalars(self.record, "bad"):
            before, arrow, after = typed.value.partition(" -> ")
            if not arrow:
                self._wrong("lint.example-form", typed.span)
            yield Example(before, after, typed.span)


def _many(field: Field) -> Iterator[Scalar]:
    """One text or a list of them."""
    values = field.value if isinstance(field.value, list) else [field.value]
    return (value for value in values if isinstance(value, Scalar))


def _scalars(record: Record, key: str) -> Iterator[Scalar]:
    return (value for value in record.items(key) if isinstance(value, Scalar))


def _texts(record: Record, key: str) -> tuple[str, ...]:
    return tuple(typed.value for typed in _scalars(record, key))
