"""The page for those who write leaflets agrees with the program."""

import re
from pathlib import Path

import pytest

from layout.diagnostics import Reporter
from layout.source.facts import FORMATS
from layout.source.leaflet_keys import BLOCKS
from layout.source.read import read_leaflet
from layout.source.reference import put_into
from layout.source.schema import UNITS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "source-format.md"
SNIPPETS = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
HEAD = """bira: 1
title: 見本
date: 2021-03-01
style: ai-shu
facts:
  name: {text: 名前}
  site: {url: "http://www.bango-iranai.net/"}
  phone: {phone: 080-5052-0270}
  furikae: {yucho: 00100-2-729745, holder: 名前}
"""


def test_the_reference_is_up_to_date() -> None:
    """Else: python -m layout.source.reference docs/source-format.md"""
    page = PAGE.read_text(encoding="utf-8")
    assert put_into(page) == page


@pytest.mark.parametrize("block", [key.name for key in BLOCKS.keys])
def test_every_block_is_shown(block: str) -> None:
    assert any(f"- {block}:" in snippet for snippet in SNIPPETS.findall(PAGE.read_text("utf-8")))


def test_every_unit_and_every_form_of_a_fact_is_named() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [word for word in (*UNITS, *FORMATS) if f"`{word}`" not in page] == []


@pytest.mark.parametrize("name", ["docs/source-format.md", "README.md", "README.ja.md"])
def test_the_snippets_can_be_read(name: str, tmp_path: Path) -> None:
    """Each shown piece, put where it belongs, is a leaflet without an error."""
    for number, snippet in enumerate(SNIPPETS.findall((ROOT / name).read_text("utf-8"))):
        file = tmp_path / f"{number}.yaml"
        file.write_text(whole(snippet), encoding="utf-8")
        reporter = Reporter()
        assert read_leaflet(file, reporter) is not None
        wrong = [d.code for d in reporter if d.code != "image.missing"]
        assert (snippet, wrong if reporter.has_errors else []) == (snippet, [])


def whole(snippet: str) -> str:
    """The snippet in a leaflet."""
    if snippet.startswith("facts:"):
        return HEAD[: HEAD.index("facts:")] + snippet + "pages:\n  - layout: cover\n"
    if snippet.startswith("furigana:"):
        return HEAD + snippet + "pages:\n  - layout: cover\n"
    if snippet.startswith("pages:"):
        return HEAD + snippet
    return f"{HEAD}pages:\n  - layout: cover\n    body:\n{snippet}"
