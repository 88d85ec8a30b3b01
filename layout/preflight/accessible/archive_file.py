"""PDF/A-2: how the file is made and what it says of itself (ISO 19005-2, 6.1 and 6.6)."""

import re
from typing import Any, Final

from layout.display.pdf.streams import filters
from layout.preflight.accessible.case import Case, Check
from layout.preflight.accessible.rules_document import attached
from layout.preflight.accessible.xmp import A_ID, DC, PDF, PREDEFINED, XMP, Name
from layout.preflight.finished.metadata import read_date
from layout.preflight.finished.objects import (
    is_array,
    is_dictionary,
    is_stream,
    is_string,
    name_of,
    words,
)
from layout.preflight.finished.opening import in_words
from layout.style.picture_error import PictureError

_HEADER: Final = re.compile(rb"%PDF-1\.[0-7][\r\n]+%[\x80-\xff]{4}")
_END: Final = re.compile(rb"%%EOF(?:\r\n|\r|\n)?\Z")
_FILTERS: Final = frozenset(
    f"/{name}"
    for name in (
        "ASCIIHexDecode", "ASCII85Decode", "FlateDecode", "RunLengthDecode", "CCITTFaxDecode",
        "JBIG2Decode", "DCTDecode", "JPXDecode",
    )
)  # fmt: skip
_LEVELS: Final = ("A", "B", "U")
_SAME: Final[tuple[tuple[str, Name], ...]] = (
    ("Title", (DC, "title")), ("Author", (DC, "creator")), ("Subject", (DC, "description")),
    ("Keywords", (PDF, "Keywords")), ("Creator", (XMP, "CreatorTool")),
    ("Producer", (PDF, "Producer")), ("CreationDate", (XMP, "CreateDate")),
    ("ModDate", (XMP, "ModifyDate")),
)  # fmt: skip
_PDF_A: Final = re.compile(rb"pdfaid:part\s*(?:>|=\s*[\"'])\s*[12]")


def check_claim(case: Case) -> None:
    """The metadata name part and level (6.6.4)."""
    part, level = case.xmp.get(A_ID, "part"), case.xmp.get(A_ID, "conformance")
    if case.xmp.there and not case.xmp.problem and (part != "2" or level not in _LEVELS):
        case.error("pdfa.claim", found=f"{part}{level}" or "—")


def check_header(case: Case) -> None:
    """The version first, and bytes that say that it is no plain text (6.1.2)."""
    if not _HEADER.match(case.data):
        case.error("pdfa.header")


def check_trailer(case: Case) -> None:
    """An ID, no lock, nothing behind the end (6.1.3)."""
    pdf = case.opened.pdf
    held: Any = pdf.trailer.get("/ID")
    if not (is_array(held) and len(held) == 2 and all(is_string(each) for each in held)):
        case.error("pdfa.id")
    if "/Encrypt" in pdf.trailer:
        case.error("pdfa.encrypted")
    if not _END.search(case.data[-10:]):
        case.error("pdfa.trailing")


def check_streams(case: Case) -> None:
    """All data are in the file, compressed in ways that stay known (6.1.7)."""
    for hit in case.inventory.of("external"):
        case.error("pdfa.external", hit.page)
    for hit in case.inventory.of("filter"):
        if hit.value not in _FILTERS:
            case.error("pdfa.filter", hit.page, filter=hit.value[1:])
    for page in case.pages:
        for mark in page.marks.marks:
            if mark.kind == "image" and mark.image is not None and not is_stream(mark.image):
                for name in set(filters(mark.image)) - _FILTERS:
                    case.error("pdfa.filter", page.number, mark.box, filter=name[1:])


def check_whole(case: Case) -> None:
    """No other program had to mend the file: tables, lengths of streams (6.1.4 to 6.1.8)."""
    mended = [*case.opened.warnings, *(in_words(each) for each in case.opened.pdf.get_warnings())]
    if mended:
        telling = next((text for text in mended if text != "file is damaged"), mended[0])
        case.error("pdfa.damaged", problem=telling)


def check_catalog(case: Case) -> None:
    """Nothing in the catalog that only some programs follow (6.1.12, 6.11, 6.12)."""
    root = case.root
    for key in ("/Requirements", "/NeedsRendering"):
        if key in root and root[key] is not False:
            case.error("pdfa.catalog", key=key[1:])
    names = root.get("/Names")
    if is_dictionary(names) and "/AlternatePresentations" in names:
        case.error("pdfa.catalog", key="AlternatePresentations")
    allowed = root.get("/Perms")
    if is_dictionary(allowed) and set(allowed.keys()) - {"/UR3", "/DocMDP"}:
        case.error("pdfa.catalog", key="Perms")
    for number, page in enumerate(case.opened.pages, 1):
        if "/PresSteps" in page:
            case.error("pdfa.catalog", number, key="PresSteps")


def check_attachments(case: Case) -> None:
    """What is attached is PDF/A itself (6.8)."""
    for held in attached(case.root):
        files = held.get("/EF")
        stream = files.get("/F", files.get("/UF")) if is_dictionary(files) else None
        if is_stream(stream) and not _is_archive(case, stream):
            case.error("pdfa.attachment", name=words(held.get("/UF", held.get("/F"))) or "?")


def _is_archive(case: Case, stream: Any) -> bool:
    """Whether it says so; its metadata stand there uncompressed, as they should."""
    try:
        data = case.budget.read(stream)
    except PictureError:
        return False
    return data[:1024].find(b"%PDF-") >= 0 and _PDF_A.search(data) is not None


def check_metadata(case: Case) -> None:
    """A packet of today's form whose properties are known or described (6.6.2)."""
    xmp = case.xmp
    if xmp.old:
        case.error("pdfa.xmp-head", attribute=xmp.old)
    for name in xmp.values:
        if name[0] not in PREDEFINED and name not in xmp.declared:
            prefix = xmp.prefixes.get(name[0], "?")
            case.error("pdfa.extension", name=f"{prefix}:{name[1]}")
    metadata = case.root.get("/Metadata")
    if is_stream(metadata) and "/Filter" in metadata:
        case.warning("pdfa.xmp-packed", filter=name_of(metadata["/Filter"])[1:] or "?")


def check_info(case: Case) -> None:
    """Document information and metadata say the same (6.6.3)."""
    for key, name in _SAME:
        told, said = case.said.info.get(key, ""), case.xmp.get(*name)
        if not told or case.xmp.problem or not case.xmp.there:
            continue
        dates = (read_date(told), read_date(said))
        same = dates[0] == dates[1] if all(dates) else told.strip() == said.strip()
        if not same:
            case.warning("pdfa.info-differs", entry=key, info=told, xmp=said or "—")


FILE: Final[tuple[Check, ...]] = (
    check_claim,
    check_header,
    check_trailer,
    check_streams,
    check_catalog,
    check_attachments,
    check_metadata,
    check_info,
    check_whole,
)
