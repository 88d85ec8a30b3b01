"""The tagged PDF's structure tree as pdfium reads it (what Chrome gives to screen readers)."""

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from tests.web_pdf.test_web_pdf import EACH, bare, printed, tree, web


def told(ask: Callable[..., int], *of: Any) -> str:
    """A string of pdfium's: asked once for its length in bytes, then for itself."""
    size = ask(*of, None, 0)
    if size < 2:
        return ""
    room = ctypes.create_string_buffer(size)
    ask(*of, room, size)
    return room.raw.decode("utf-16-le").rstrip("\0")


def said(page: pypdfium2.PdfPage) -> dict[int, str]:
    """The text of each marked content of a page, by its MCID."""
    found: dict[int, str] = {}
    reader = page.get_textpage()
    for at in range(pdfium.FPDFPage_CountObjects(page.raw)):
        piece = pdfium.FPDFPage_GetObject(page.raw, at)
        if pdfium.FPDFPageObj_GetType(piece) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        number = pdfium.FPDFPageObj_GetMarkedContentID(piece)
        if number >= 0:
            size = pdfium.FPDFTextObj_GetText(piece, reader.raw, None, 0)
            room = (ctypes.c_ushort * (size // 2))()
            pdfium.FPDFTextObj_GetText(piece, reader.raw, room, size)
            found[number] = found.get(number, "") + bytes(room).decode("utf-16-le").rstrip("\0")
    return found


Part = tuple[str, str, str]
"""A structure element begins: its type, its alternative text; or words: "", and the words."""


def parts(element: Any, words: dict[int, str]) -> Iterator[Part]:
    kind = told(pdfium.FPDF_StructElement_GetType, element)
    yield kind, told(pdfium.FPDF_StructElement_GetAltText, element), ""
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        if child:
            yield from parts(child, words)
            continue
        number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
        if number >= 0:
            yield "", "", words.pop(number, "")


def read(data: bytes) -> Iterator[Part]:
    """All pages' trees, one after the other."""
    for page in pypdfium2.PdfDocument(data):
        pdfium.FPDFText_LoadPage(page.raw)
        top = pdfium.FPDF_StructTree_GetForPage(page.raw)
        words = said(page)
        try:
            for at in range(pdfium.FPDF_StructTree_CountChildren(top)):
                yield from parts(pdfium.FPDF_StructTree_GetChildAtIndex(top, at), words)
        finally:
            pdfium.FPDF_StructTree_Close(top)
        assert not bare("".join(words.values())), "marked, but in no element of the page"


@EACH
def test_pdfium_rebuilds_the_source_from_the_structure(name: str) -> None:
    assert bare("".join(words for _, _, words in read(web(name)))) == printed(tree(name))
