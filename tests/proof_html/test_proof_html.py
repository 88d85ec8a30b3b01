"""The proof page as a file: complete, small, the same each time, and deaf to hostile text."""

import json
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from layout.backends.proof_html import script_json, write_proof_html
from layout.backends.svg import page_pictures
from layout.cli.proofreading import proof_page, proofread
from layout.diagnostics import Reporter
from layout.house.profile import load_profile
from layout.proof.model import Finding, ProofPage
from tests.built import LEAFLETS, ROOT, drawn


@cache
def proof(name: str) -> ProofPage:
    made, reporter = drawn(name), Reporter()
    assert made.display and made.leaflet
    read = proofread(made.display, made.leaflet, ROOT / "leaflets/styles", b"", "", reporter)
    return proof_page(read, made.leaflet, "", reporter)


def page_of(proof: ProofPage) -> str:
    made = drawn(proof.leaflet)
    assert made.display
    return write_proof_html(proof, made.display, load_profile()).decode("utf-8")


def data_of(page: str) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


class Seen(HTMLParser):
    """The text over the pages, and every address that the page names."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.texts, self.addresses, self.scripts = False, [], [], 0

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        self.scripts += tag == "script"
        self.addresses += [v for k, v in attrs if k in ("src", "href", "action", "data", "poster")]
        if "line" in (held.get("class") or "").split():
            self.line = True
            self.texts.append("")

    def handle_endtag(self, tag):
        self.line = self.line and tag != "span"

    def handle_data(self, data):
        if self.line:
            self.texts[-1] += data


@pytest.mark.parametrize("name", LEAFLETS)
def test_every_printed_line_is_there_in_order_and_nothing_is_fetched(name):
    page = page_of(proof(name))
    seen = Seen()
    seen.feed(page)
    assert seen.texts == [line.text for line in proof(name).reading.lines]
    assert all(each.startswith(("#", "data:")) for each in seen.addresses)
    assert not re.search(r"@import|url\((?!#)", page)
    assert "default-src 'none'" in page
    assert len(page.encode()) < 3_000_000


def test_the_same_proof_makes_the_same_bytes():
    assert page_of(proof("tate-shimbun")) == page_of(proof("tate-shimbun"))


def test_the_data_knows_the_source_and_each_characters_place():
    held = data_of(page_of(proof("leaflet9")))
    source = (ROOT / "leaflets/leaflet9/leaflet.yaml").read_text("utf-8").splitlines()
    assert held["yaml"] == source
    typed = 0
    for block in held["blocks"]:
        for line in block["lines"]:
            at = 0
            assert sum(run[0] for run in line["from"]) == len(line["chars"]) == len(line["at"])
            for count, row, column in line["from"]:
                said = "".join(line["chars"][at : at + count])
                at += count
                if row and source[row - 1][column - 1 :].startswith(said):
                    typed += count
    assert typed > 5000


def test_hostile_text_stays_text():
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&<!--\u2028"
    plain = proof("leaflet9")
    block = plain.reading.pages[0].blocks[0]
    line = block.lines[0]
    chars = (replace(line.chars[0], text=evil), *line.chars[1:])
    bad = replace(block, lines=(replace(line, chars=chars, id=evil), *block.lines[1:]))
    first = plain.reading.pages[0]
    things = (replace(first.things[0], alt=evil, says=evil), *first.things[1:])
    pages = (
        replace(first, blocks=(bad, *first.blocks[1:]), things=things),
        *plain.reading.pages[1:],
    )
    wild = replace(
        plain, title=evil, language=evil, lines=(evil,), stage=evil,
        reading=replace(plain.reading, pages=pages),
        findings=(Finding("x", "error", 1, 1, evil, evil, (evil,), (evil,)),),
    )  # fmt: skip
    page = page_of(wild)
    good, seen = Seen(), Seen()
    good.feed(page_of(plain))
    seen.feed(page)
    assert seen.scripts == good.scripts and "<img" not in page and evil not in page
    assert seen.texts[0].startswith(evil)
    assert data_of(page)["title"] == evil and data_of(page)["yaml"] == [evil]


def test_json_in_a_script_cannot_end_it():
    assert (
        "<" not in script_json({"a": "</script><!--"}) and json.loads(script_json("<&>")) == "<&>"
    )


@pytest.mark.parametrize("name", LEAFLETS)
def test_pages_of_svg_are_well_formed_and_share_their_outlines(name):
    import xml.etree.ElementTree as ElementTree

    made = drawn(name)
    assert made.display
    shared, pages = page_pictures(made.display, load_profile())
    known = {each.get("id") for each in ElementTree.fromstring(shared).iter("path")}
    used = set()
    for page in pages:
        tree = ElementTree.fromstring(page)
        used |= {each.get("href", "")[1:] for each in tree.iter("use")}
    assert used == known and len(known) > 100
