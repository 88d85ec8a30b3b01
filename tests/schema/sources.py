"""Every source there is, as an editor reads it, and the schema it belongs to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

import yaml
from jsonschema import Draft7Validator, FormatChecker  # type: ignore[import-untyped]

from layout.cli.arguments import TEMPLATES
from layout.cli.creating import Answers, filled
from tests.built import ROOT
from tests.docs.frames import EXAMPLES, framed
from tests.docs.pages import pictures

SCHEMAS: Final = ("leaflet", "style", "profile", "lint", "editions", "config")
_KINDS: Final = {
    "leaflet": (
        "leaflets/*/leaflet.yaml",
        "tests/golden/cases/*.yaml",
        "tests/cases/good.yaml",
        "tests/preflight/base/leaflet.yaml",
    ),
    "style": (
        "leaflets/styles/*.yaml",
        "tests/golden/styles/*.yaml",
        "tests/cases/style-good.yaml",
        "tests/preflight/base/asaichi.yaml",
        "layout/house/data/pack/spec-sheet.yaml",
    ),
    "lint": ("layout/house/data/lint/*.yaml",),
    "editions": ("leaflets/*/editions.yaml",),
    "profile": ("profiles/*.yaml",),
    "config": ("bira.yaml",),
}


class Core(yaml.SafeLoader):
    """YAML 1.2 with its core schema, as the YAML extensions of editors read."""


Core.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", "~nN"),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _tag = f"tag:yaml.org,2002:{_tag}"
    _firsts = [*_first, ""] if _tag.endswith("null") else list(_first)
    Core.add_implicit_resolver(_tag, re.compile(f"^(?:{_form})$"), _firsts)
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


@dataclass(frozen=True)
class Source:
    """A source and the schema it belongs to."""

    name: str
    kind: str
    text: str

    def __str__(self) -> str:
        return self.name

    @property
    def data(self) -> Any:
        return as_editor(self.text)


def as_editor(text: str) -> Any:
    """The values an editor gives to its validator."""
    return yaml.load(text, Loader=Core)


@cache
def validator(kind: str) -> Draft7Validator:
    """An independent validator with the schema as it is committed."""
    schema = as_editor((ROOT / "docs/schema" / f"{kind}.schema.json").read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, format_checker=FormatChecker())


def faults(kind: str, data: Any) -> list[str]:
    """What the validator says, with the place."""
    found = validator(kind).iter_errors(data)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in found]


@cache
def sources() -> tuple[Source, ...]:
    """All that is shipped, written by ``new``, shown in the documentation, or tested with."""
    return tuple(_sources())


def _sources() -> Iterator[Source]:
    for kind, patterns in _KINDS.items():
        for pattern in (*patterns, f"tests/schema/every-key/{kind}.yaml"):
            for path in sorted(ROOT.glob(pattern)):
                text = path.read_text("utf-8")
                yield Source(path.relative_to(ROOT).as_posix(), kind, text)
    for template in TEMPLATES:
        text = filled(Answers(template, "題: #1", "会"), "atarashii", date(2027, 1, 1))
        yield Source(f"new {template}", "leaflet", text)
    for sample in pictures().samples():
        yield Source(f"docs/samples/{sample.name}", "leaflet", pictures().leaflet_of(sample))
    for example in EXAMPLES:
        kind, text = framed(example.text)
        if kind:
            yield Source(f"docs/{example}", kind, text)
