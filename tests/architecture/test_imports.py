"""The house rules: who may import whom, which names are banned where, how long a file may be."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "layout").rglob("*.py"))
MOST_LINES = 500

# From the ground up; a module may import from its own floor and those below it.
FLOORS = (
    {"units", "geometry", "diagnostics", "cache", "memo", "__init__"},
    {"house"},
    {"source"},
    {"style"},
    {"font"},
    {"inline"},
    {"flow"},
    {"display"},
    {"inks"},
    {"reading", "structure"},
    {"preflight", "facts", "lint", "proof", "backends"},
    {"pipeline"},
    {"live"},
    {"cli"},
)
RANK = {name: rank for rank, names in enumerate(FLOORS) for name in names}

# Inside inline/ and flow/ there is only inline and block: what has no x has no mode.
PHYSICAL = {"x", "y", "width", "height", "left", "right", "top", "bottom"}
LOGICAL_FOLDERS = {"inline", "flow"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part(path: Path) -> str:
    """The folder or module directly below layout/ that a file belongs to."""
    return path.relative_to(ROOT / "layout").with_suffix("").parts[0]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Everything imported anywhere in a module, inside functions too: line and dotted name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno}: relative import"
            assert node.module is not None
            yield node.lineno, node.module
            if node.module == "layout":
                yield from ((node.lineno, f"layout.{alias.name}") for alias in node.names)


def imported(path: Path, package: str) -> list[int]:
    return [line for line, module in imports(path) if module.split(".")[0] == package]


def each(paths: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=name)


@each(MODULES)
def test_imports_point_downwards(path: Path) -> None:
    here = RANK[part(path)]
    upwards = [
        f"{name(path)}:{line}: {module}"
        for line, module in imports(path)
        if module.startswith("layout.") and RANK.get(module.split(".")[1], 0) > here
    ]
    assert upwards == []


def test_every_part_of_the_house_has_its_floor() -> None:
    assert {part(path) for path in MODULES} <= set(RANK)


def identifiers(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(path)):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.arg(arg=word):
                yield node.lineno, word
            case ast.FunctionDef(name=word) | ast.ClassDef(name=word):
                yield node.lineno, word
            case ast.keyword(arg=str(word)):
                yield node.lineno, word
            case ast.MatchAs(name=str(word)):
                yield node.lineno, word
            case ast.MatchClass(kwd_attrs=words):
                yield from ((node.lineno, word) for word in words)
            case ast.alias(name=word, asname=other):
                yield node.lineno, other or word


@each([path for path in MODULES if part(path) in LOGICAL_FOLDERS])
def test_nothing_physical_where_there_is_only_inline_and_block(path: Path) -> None:
    found = sorted(
        {f"{name(path)}:{n}: {word}" for n, word in identifiers(path) if word in PHYSICAL}
    )
    assert found == []


@each([*MODULES, ROOT / "build.py"])
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path)), f"{name(path)} has no docstring"


@each([*MODULES, ROOT / "build.py"])
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_only_the_source_stage_reads_yaml() -> None:
    assert {part(path) for path in MODULES if imported(path, "yaml")} == {"source"}


def test_reportlab_draws_the_proof_paper_alone() -> None:
    """A press file is written by us, from the first byte to the last, and waits for no import."""
    known = {path.parent.name for path in MODULES if imported(path, "reportlab")}
    assert known <= {"proof_pdf"}


def shaping_calls(path: Path) -> Iterator[int]:
    for node in ast.walk(tree(path)):
        match node:
            case ast.Attribute(value=ast.Name(id="hb" | "uharfbuzz"), attr="shape"):
                yield node.lineno
            case ast.ImportFrom(module="uharfbuzz", names=names):
                yield from (node.lineno for alias in names if alias.name == "shape")


def test_text_is_shaped_in_one_place() -> None:
    shaping = [name(path) for path in MODULES if any(shaping_calls(path))]
    assert shaping == ["layout/font/shape.py"]


def test_nobody_prints_but_the_command_line() -> None:
    printing = {
        part(path)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert printing <= {"cli"}


def test_the_rules_bite() -> None:
    """The searches above find what they search for."""
    assert "hb" in {word for _, word in identifiers(ROOT / "layout/font/shape.py")}
    assert any(shaping_calls(ROOT / "layout/font/shape.py"))
    assert RANK["units"] < RANK["source"] < RANK["flow"] < RANK["backends"] < RANK["cli"]
    assert len(MODULES) > 60
