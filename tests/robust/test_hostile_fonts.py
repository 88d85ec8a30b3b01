"""Fonts with broken tables: the build says which file it is, or sets what is sound in it."""

import shutil
import struct
from collections.abc import Callable
from functools import cache

import pytest

from tests.robust.hostile import ROOT, Project
from tests.robust.hostile_files import (
    endless_glyphs,
    small_font,
    tables,
    with_table,
    without_table,
)

NAME = "NotoSerifJP_400Regular.ttf"


TOLD = ("environment.font-file", "glyph.missing", "pdf.glyph-empty", "pdf.font-", "ua.31.")
"""On opening it, on setting text with it, or on judging what was made with it."""


@cache
def good() -> bytes:
    return small_font(str(ROOT / "fonts" / NAME))


def beyond() -> bytes:
    """Every table lies behind the end of the file."""
    data = bytearray(good())
    for at, _, _ in tables(good()).values():
        struct.pack_into(">I", data, at + 8, 0x7FFFFFF0)
    return bytes(data)


def poked(tag: bytes, at: int, new: bytes) -> Callable[[], bytes]:
    return lambda: with_table(good(), tag, lambda old: old[:at] + new + old[at + len(new) :])


def table(tag: bytes, make: Callable[[bytes], bytes]) -> Callable[[], bytes]:
    return lambda: with_table(good(), tag, make)


SPOILT: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "any bytes": lambda: bytes(range(256)) * 100,
    "a head alone": lambda: good()[:12],
    "half": lambda: good()[: len(good()) // 2],
    "tables beyond the end": beyond,
    "65,535 tables": lambda: good()[:4] + b"\xff\xff" + good()[6:],
    **{
        f"no {tag.decode().strip()}": (lambda tag=tag: without_table(good(), tag))  # type: ignore[misc]
        for tag in (
            b"head",
            b"hhea",
            b"hmtx",
            b"maxp",
            b"cmap",
            b"loca",
            b"glyf",
            b"name",
            b"OS/2",
            b"post",
        )
    },
    **{
        f"{tag.decode().strip()} cut short": table(tag, lambda old: old[:7])
        for tag in (b"head", b"hhea", b"hmtx", b"maxp", b"cmap", b"loca", b"glyf", b"GSUB", b"GPOS")
    },
    "no units in an em": poked(b"head", 18, b"\0\0"),
    "65,535 glyphs": poked(b"maxp", 4, b"\xff\xff"),
    "no glyphs": poked(b"maxp", 4, b"\0\0"),
    "no widths": poked(b"hhea", 34, b"\0\0"),
    "65,535 widths": poked(b"hhea", 34, b"\xff\xff"),
    "places of outlines at random": table(
        b"loca", lambda old: bytes(range(256)) * (len(old) // 256 + 1)
    ),
    "outlines at random": table(b"glyf", lambda old: bytes(range(256)) * (len(old) // 256 + 1)),
    "glyphs made of themselves": lambda: endless_glyphs(good()),
    "a map to nowhere": table(b"cmap", lambda old: old[:4] + b"\xff" * (len(old) - 4)),
    "rules at random": table(b"GSUB", lambda old: old[:10] + b"\xff" * (len(old) - 10)),
    "names at random": table(b"name", lambda old: old[:6] + b"\xff" * (len(old) - 6)),
}


def with_font(project: Project, data: bytes) -> None:
    fonts = project.root / "fonts"
    fonts.unlink()
    fonts.mkdir()
    for file in (ROOT / "fonts").iterdir():
        if file.name != NAME:
            try:
                (fonts / file.name).symlink_to(file)
            except OSError:
                shutil.copy(file, fonts / file.name)
    (fonts / NAME).write_bytes(data)


@pytest.mark.parametrize("case", SPOILT)
def test_a_spoilt_font(project: Project, case: str) -> None:
    """No traceback, no hang, no half file; if it is set, the file is sound."""
    with_font(project, SPOILT[case]())
    project.blocks("- text: 本文あい漢字abc。")
    before = project.files()
    ran = project.build(only="press,web")
    codes = {code for code, _, _ in ran.places()}
    if ran.code:
        assert codes and all(code.startswith(TOLD) for code in codes), ran.err
        assert project.files() == before
    else:
        assert codes == set()


def test_the_small_font_is_good(project: Project) -> None:
    with_font(project, good())
    project.blocks("- text: 本文あい漢字abc。")
    project.built()


def test_a_folder_in_place_of_a_font(project: Project) -> None:
    with_font(project, b"")
    (project.root / "fonts" / NAME).unlink()
    (project.root / "fonts" / NAME).mkdir()
    project.blocks("- text: 本文")
    assert project.build().places() == [("environment.font-file", 0, 0)]
