"""Pages as they looked at a stage: kept small, shown as they were or not at all, never trusted."""

import json
import zlib
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from layout.backends.proof_html import write_proof_html
from layout.backends.svg import SvgPainter
from layout.backends.svg.former import former_pages, kept_pages, looks_the_same
from layout.display.model import DisplayList
from layout.house.profile import load_profile
from tests.built import LEAFLETS, drawn
from tests.proof_html.test_proof_html import data_of, proof


@cache
def kept(name: str) -> bytes:
    return kept_pages(display(name), load_profile())


def display(name: str) -> DisplayList:
    made = drawn(name).display
    assert made is not None
    return made


def again(data: bytes, name: str) -> tuple[str, ...]:
    library = drawn(name).library
    assert library is not None
    return former_pages(data, SvgPainter(load_profile()), library)


def forged(name: str, **values: Any) -> bytes:
    held = json.loads(zlib.decompress(kept(name), 31)) | values
    return zlib.compress(json.dumps(held).encode(), wbits=31)


@pytest.mark.parametrize("name", LEAFLETS)
def test_pages_look_as_they_did_and_the_file_is_small(name: str) -> None:
    assert len(kept(name)) < 100_000 and kept(name) == kept_pages(display(name), load_profile())
    painter, library = SvgPainter(load_profile()), drawn(name).library
    assert library is not None
    now = [painter.page(page, number) for number, page in enumerate(display(name).pages, 1)]
    was = former_pages(kept(name), painter, library)
    assert len(was) == len(now)
    assert all(map(looks_the_same, now, was))
    assert not looks_the_same(now[0], was[1])
    if "clip-path" in "".join(was):
        assert 'id="former-' in "".join(was)


def test_the_proof_page_tells_which_pages_look_otherwise() -> None:
    name = "leaflet9"
    pages = display(name).pages
    other = replace(display(name), pages=(pages[0], replace(pages[1], items=pages[1].items[1:]), *pages[2:]))  # fmt: skip
    told = replace(proof(name), since="初校", former=kept_pages(other, load_profile()))
    page = write_proof_html(told, display(name), load_profile(), drawn(name).library).decode()
    held = data_of(page)
    assert held["compared"] and held["looks"] == [2] and page.count("<template>") == 4
    assert len(page.encode()) < 3_000_000
    plain = data_of(write_proof_html(told, display(name), load_profile()).decode())
    assert not plain["compared"] and plain["looks"] == []


@pytest.mark.parametrize(
    "data",
    [b"", b"\x1f\x8b", b"{}", zlib.compress(b"{}", wbits=31), zlib.compress(b"[1]", wbits=31)],
)
def test_what_is_no_such_file_is_left_out(data: bytes) -> None:
    assert again(data, "bosai-yube") == ()


SVG = '<svg class="picture" viewBox="0 0 1 1" aria-hidden="true" focusable="false" data-page="1">'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.com/a.png" width="1"/>',
        '<image href="data:image/svg+xml;base64,AAAA" width="1"/>',
        '<path d="M0 0" onload="alert(1)"/>',
        '<path fill="url(http://example.com/)" d="M0 0"/>',
        '<path style="background:url(x)" d="M0 0"/>',
        '<use href="#panel"/>',
        '<use href="#gfffff"/>',
        "</svg><img src=x onerror=alert(1)><svg>",
        "text",
    ],
)
def test_hostile_pages_are_not_shown(inside: str) -> None:
    good = forged("bosai-yube", pages=[f'{SVG}<path d="M0 0L1 1Z" fill="#000000"/></svg>'])
    assert len(again(good, "bosai-yube")) == 1
    assert again(forged("bosai-yube", pages=[f"{SVG}{inside}</svg>"]), "bosai-yube") == ()


def test_other_fonts_are_noticed() -> None:
    held = json.loads(zlib.decompress(kept("bosai-yube"), 31))
    faces = [[key, "0" * 16] for key, _ in held["faces"]]
    assert again(forged("bosai-yube", faces=faces), "bosai-yube") == ()
    gone = [["no-such-face", digest] for _, digest in held["faces"]]
    assert again(forged("bosai-yube", faces=gone), "bosai-yube") == ()
    assert again(forged("bosai-yube", **{"bira-pages": 2}), "bosai-yube") == ()
    assert again(forged("bosai-yube", glyphs=[[0, 10**9]]), "bosai-yube") == ()
