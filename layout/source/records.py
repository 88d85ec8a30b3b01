"""Checked fields: what ``fields.py`` makes of the nodes and the builders ask for."""

from collections.abc import Iterator

from msgspec import Struct, field

from layout.diagnostics import Span
from layout.source.model import Measure
from layout.source.nodes import Scalar


class Field(Struct, frozen=True):
    """A checked value; ``value`` is a Scalar for text, or a plain Python value."""

    value: object
    span: Span
    key_span: Span


class Record(Struct, frozen=True):
    """The checked fields of a mapping, in the order typed."""

    span: Span
    fields: dict[str, Field] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.fields

    def value(self, name: str) -> object:
        """The value of a key, or None."""
        found = self.fields.get(name)
        return found.value if found else None

    def span_of(self, name: str) -> Span:
        """Where the value of a key stands, or the whole mapping."""
        found = self.fields.get(name)
        return found.span if found else self.span

    def scalar(self, name: str) -> Scalar | None:
        """A text with its place."""
        value = self.value(name)
        return value if isinstance(value, Scalar) else None

    def text(self, name: str, default: str = "") -> str:
        """A text as a string."""
        value = self.value(name)
        return value.value.strip() if isinstance(value, Scalar) else default

    def optional_text(self, name: str) -> str | None:
        """A text as a string, or None when not said."""
        return self.text(name) if name in self.fields else None

    def word(self, name: str, default: str = "") -> str:
        """One of the words of a choice, or a date."""
        value = self.value(name)
        return value if isinstance(value, str) else default

    def whole(self, name: str) -> int | None:
        """A whole number."""
        value = self.value(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def number(self, name: str, default: float) -> float:
        """A number."""
        value = self.value(name)
        return value if isinstance(value, float) else default

    def flag(self, name: str) -> bool | None:
        """Yes, no, or None when not said."""
        value = self.value(name)
        return value if isinstance(value, bool) else None

    def measure(self, name: str) -> Measure | None:
        """A length."""
        value = self.value(name)
        return value if isinstance(value, Measure) else None

    def items(self, name: str) -> list[object]:
        """The values of a list."""
        value = self.value(name)
        return value if isinstance(value, list) else []

    def record(self, name: str) -> "Record | None":
        """A mapping."""
        value = self.value(name)
        return value if isinstance(value, Record) else None

    def records(self, name: str) -> Iterator[tuple[str, "Record"]]:
        """The mappings under the names of a mapping."""
        inner = self.record(name)
        for key, found in inner.fields.items() if inner else ():
            if isinstance(found.value, Record):
                yield key, found.value


class BlockField(Struct, frozen=True):
    """A block: its type, its value, and the common keys beside it."""

    kind: str
    value: object
    common: Record
    span: Span
