"""Every source that is shipped, written or shown is valid for a validator that is not ours."""

import re
from pathlib import Path
from typing import Any

import pytest

from layout.diagnostics import Reporter
from layout.source.json_schema import SCHEMAS as MAKERS
from layout.source.local_editions import read_editions_file
from layout.source.profiles import read_profile
from layout.source.read import read_leaflet, read_sheet
from tests.built import ROOT
from tests.schema.keys import all_keys, keys_used
from tests.schema.sources import SCHEMAS, Source, as_editor, faults, sources, validator

_JAPANESE = re.compile("[ぁ-ヿ一-鿿]")
_LINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)
EVERY_KEY = ROOT / "tests" / "schema" / "every-key"
READERS = {
    "leaflet": read_leaflet,
    "style": read_sheet,
    "editions": read_editions_file,
    "profile": read_profile,
}


@pytest.mark.parametrize("source", sources(), ids=str)
def test_it_is_valid(source: Source) -> None:
    assert faults(source.kind, source.data) == []


def test_all_sorts_are_there() -> None:
    """No folder has moved away from under the test."""
    kinds = [source.kind for source in sources()]
    assert set(kinds) == set(SCHEMAS) == set(MAKERS)
    names = " ".join(source.name for source in sources())
    for part in ("leaflets/leaflet9", "leaflets/styles/", "editions.yaml", "new ", "docs/samples"):
        assert part in names
    for page in ("source-format", "cookbook", "lint", "profiles", "facts", "blocks"):
        assert f"docs/{page}" in names


def test_every_key_of_the_model_is_in_a_valid_source() -> None:
    used = set()
    for source in sources():
        if not faults(source.kind, source.data):
            used |= keys_used(source.kind, source.data)
    assert all_keys() - used == set()
    assert len(all_keys()) > 400


@pytest.mark.parametrize("name", READERS)
def test_the_program_takes_the_sources_with_every_key(name: str) -> None:
    """They are no use as examples if only the schema liked them."""
    reporter = Reporter()
    assert READERS[name](EVERY_KEY / f"{name}.yaml", reporter)  # type: ignore[operator]
    assert [(found.code, found.span.line) for found in reporter] == []


# --- the schemas themselves ---------------------------------------------------------------


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_current(name: str) -> None:
    text = (ROOT / "docs" / "schema" / f"{name}.schema.json").read_text("utf-8")
    assert as_editor(text) == MAKERS[name](), "run: python -m layout.source.json_schema docs/schema"
    validator(name)  # which checks the schema against that of draft-07


def test_nothing_else_is_committed() -> None:
    found = {path.name for path in (ROOT / "docs" / "schema").iterdir()}
    assert found == {f"{name}.schema.json" for name in SCHEMAS}


def properties(schema: Any, way: str = "") -> list[tuple[str, Any]]:
    """Every property anywhere in a schema, with the way to it."""
    found: list[tuple[str, Any]] = []
    if isinstance(schema, list):
        for number, each in enumerate(schema):
            found += properties(each, f"{way}/{number}")
    elif isinstance(schema, dict):
        for key, value in schema.items():
            if key == "properties":
                found += [(f"{way}/{name}", each) for name, each in value.items()]
                for name, each in value.items():
                    found += properties(each, f"{way}/{name}")
            elif isinstance(value, (dict, list)):
                found += properties(value, f"{way}/{key}" if key != "items" else way)
    return found


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_property_has_a_title_and_a_description_in_japanese(name: str) -> None:
    found = properties(MAKERS[name]())
    assert len(found) >= 6
    for way, each in found:
        assert _JAPANESE.search(each.get("title", "")), way
        assert "\n" not in each["title"] and len(each["title"]) <= 45, way
        ja, en = each["description"].split("\n")
        assert _JAPANESE.search(ja) and re.search("[A-Za-z]", en), way
        assert ja.startswith(each["title"]), way


# --- the line by which an editor finds the schema -------------------------------------------


def shipped() -> list[Path]:
    """Sources that somebody opens in an editor."""
    folders = ("leaflets", "tests/schema/every-key", "profiles")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.yaml"))


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_source_names_its_schema(path: Path) -> None:
    text = path.read_text("utf-8")
    found = _LINE.match(text)
    assert found, "the first line names no schema"
    schema = (path.parent / found[1]).resolve()
    assert schema.is_file() and schema.parent == ROOT / "docs" / "schema"
    kind = schema.name.removesuffix(".schema.json")
    assert faults(kind, as_editor(text)) == []


@pytest.mark.parametrize(
    "source", [s for s in sources() if s.name.startswith("new ")], ids=lambda s: s.name
)
def test_a_new_leaflet_names_its_schema(source: Source) -> None:
    found = _LINE.match(source.text)
    assert found
    assert (ROOT / "leaflets" / "atarashii" / found[1]).resolve().is_file()


@pytest.mark.parametrize(
    "source", [s for s in sources() if _LINE.search(s.text)], ids=lambda s: s.name
)
def test_the_schema_named_is_that_of_the_sort(source: Source) -> None:
    """Also in what the documentation shows."""
    found = _LINE.search(source.text)
    assert found and found[1].endswith(f"docs/schema/{source.kind}.schema.json")
