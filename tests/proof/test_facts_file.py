"""The facts sheet as JSON: its shape is promised, and every row can be found on page and in YAML."""

import json
from functools import cache

import pytest
from msgspec.structs import replace

from layout.cli.proofreading import proof_page, proofread
from layout.diagnostics import Reporter
from layout.facts.model import KINDS, Sheet, Verdict
from layout.proof.facts_file import facts_file
from layout.proof.model import ProofPage
from layout.proof.stages import sha256
from tests.built import LEAFLETS, ROOT, drawn

HEAD = ["bira-facts", "leaflet", "title", "date", "stage", "source", "rows", "unused"]
ROW = [
    "number", "kind", "printed", "normal", "page", "line", "start", "end", "yaml", "fact",
    "verdict",
]  # fmt: skip


@cache
def proof(name: str) -> ProofPage:
    made, reporter = drawn(name), Reporter()
    assert made.display and made.leaflet
    read = proofread(made.display, made.leaflet, ROOT / "leaflets/styles", b"", "", reporter)
    return proof_page(read, made.leaflet, "", reporter)


def held(name: str) -> dict:
    return json.loads(facts_file(proof(name)))


@pytest.mark.parametrize("name", LEAFLETS)
def test_the_shape_is_as_promised(name):
    sheet = held(name)
    assert list(sheet) == HEAD and sheet["bira-facts"] == 1
    assert sheet["leaflet"] == name
    source = ROOT / "leaflets" / name / "leaflet.yaml"
    assert sheet["source"] == sha256(source.read_bytes())
    assert [row["number"] for row in sheet["rows"]] == list(range(1, len(sheet["rows"]) + 1))
    for row in sheet["rows"]:
        assert list(row) == ROW + (["read"] if row["kind"] == "code" else [])
        assert row["kind"] in KINDS and row["verdict"] in set(Verdict)
        assert row["printed"] and row["normal"] and row["page"] >= 1
    assert len(sheet["rows"]) > 5


@pytest.mark.parametrize("name", LEAFLETS)
def test_every_row_is_where_it_says(name):
    """On the printed line, and if it was typed, in the source."""
    lines = {line.id: line for line in proof(name).reading.lines}
    codes = {t.id: t.says for page in proof(name).reading.pages for t in page.things}
    source = (ROOT / "leaflets" / name / "leaflet.yaml").read_text("utf-8").splitlines()
    typed = 0
    for row in held(name)["rows"]:
        if row["line"] in codes:
            assert row["kind"] == "code" and codes[row["line"]] == row["printed"]
            continue
        printed = lines[row["line"]]
        part = printed.text[row["start"] : row["end"]]
        assert part and row["printed"].startswith(part)
        assert printed.page == row["page"]
        line, column = row["yaml"]
        if printed.chars[row["start"]].line:
            assert source[line - 1][column - 1] == row["printed"][0]
            typed += 1
        else:
            assert source[line - 1].strip()
    assert typed or name == "bosai-yube", "all its facts come from facts:"


def test_the_same_proof_gives_the_same_bytes_and_japanese_stays_readable():
    data = facts_file(proof("leaflet9"))
    assert data == facts_file(proof("leaflet9")) and data.endswith(b"\n")
    assert "口座" in data.decode() or "共通番号いらないネット" in data.decode()


def test_what_is_declared_and_not_printed_is_said():
    sheet = Sheet((), ("tel", "day"))
    found = json.loads(facts_file(replace(proof("leaflet9"), facts=sheet)))
    assert found["rows"] == [] and found["unused"] == ["tel", "day"]


def test_half_a_character_does_not_break_the_file():
    row = replace(proof("leaflet9").facts.rows[0], printed="a\ud800b")
    found = facts_file(replace(proof("leaflet9"), facts=Sheet((row,))))
    assert json.loads(found)["rows"][0]["printed"] == "a?b"
