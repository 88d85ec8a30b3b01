"""Pages of the documentation: links, twins, samples, and that they name everything there is."""

import re
from pathlib import Path

import pytest

from layout.cli.arguments import COMMANDS, OUTPUTS, STAGES, TEMPLATES, option_names
from layout.diagnostics import Reporter, Severity
from layout.source.leaflet_keys import BLOCKS
from tests.docs.pages import DOCS, PAGES, pictures, without_code

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_IN_ONE = {"accessible", "architecture", "developing", "licences", "pictures", "plates", "preflight"} | {
    "profiles", "source-format",
}  # fmt: skip
"""Pages of both languages, or for developers alone."""
MOST_BYTES = 75_000


def slug(heading: str) -> str:
    """The name that a heading has in links."""
    words = re.sub(r"[`*]", "", heading).strip().lower()
    return re.sub(r"[^\w\- ]", "", words).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {slug(each) for each in re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_picture_is_there(page: Path) -> None:
    missing = []
    for target in _LINK.findall(without_code(page)):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            missing.append(target)
    assert not missing


def test_every_page_has_its_twin_with_as_many_headings() -> None:
    for page in DOCS.glob("*.md"):
        name = page.name.removesuffix(".ja.md").removesuffix(".md")
        if name in _IN_ONE:
            continue
        counts = []
        for twin in (DOCS / f"{name}.md", DOCS / f"{name}.ja.md"):
            assert twin.exists(), twin
            plain = without_code(twin)
            counts.append([len(each) for each in re.findall(r"^(#+) ", plain, re.MULTILINE)])
        assert counts[0] == counts[1], name


@pytest.mark.parametrize("name", ["commands.ja.md", "commands.md"])
def test_every_command_option_and_output_is_described(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    coded = " ".join(re.findall(r"`([^`\n]+)`", text))
    assert [option for option in option_names() if option not in coded] == []
    assert [kind for kind in OUTPUTS if f"| `{kind}` |" not in text] == []
    assert [each for each in COMMANDS if f"build.py {each}" not in text] == []
    assert [each for each in (*STAGES, *TEMPLATES) if each not in coded] == []
    typed = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))
    assert typed <= set(option_names())


def test_pages_of_blocks_are_current() -> None:
    made = pictures()
    for language, name in enumerate(("blocks.ja.md", "blocks.md")):
        held = (DOCS / name).read_text("utf-8")
        assert held == made.blocks_page(language), "run python docs/pictures.py"


def test_there_is_a_sample_of_every_block() -> None:
    sources = "\n".join(sample.source for sample in pictures().samples())
    used = set(re.findall(r"^\s*(?:- )+([a-z]+):", sources, re.MULTILINE))
    assert {key.name for key in BLOCKS.keys} <= used


@pytest.mark.parametrize("sample", pictures().samples(), ids=lambda sample: sample.name)
def test_every_sample_is_laid_out(sample: object, tmp_path: Path) -> None:
    reporter = Reporter()
    made = pictures().drawn_sample(sample, tmp_path, reporter)
    assert made.display is not None
    worth = {found.code for found in reporter if found.severity is not Severity.NOTE}
    assert worth <= {"figure.stand-in", "press.type-small"}  # raised numbers are small


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (DOCS / "images").glob("*.png")}
    assert {name for name, size in sizes.items() if size > MOST_BYTES} == set()
    assert sum(sizes.values()) < 1_500_000


def test_the_site_has_every_page() -> None:
    nav = (DOCS.parent / "mkdocs.yml").read_text("utf-8")
    named = set(re.findall(r": (\S+\.md)$", nav, re.MULTILINE))
    assert {page.name for page in DOCS.glob("*.md")} <= named
    assert [name for name in named if not (DOCS / name).is_file()] == []
