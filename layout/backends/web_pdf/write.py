"""A display list and its leaflet become a tagged PDF for screens."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from layout.backends.pdf.content import Frame, PaintedPage
from layout.backends.pdf.document import page_resources, shared_resources
from layout.backends.pdf.file import PressFile
from layout.backends.pdf.fonts import embed_fonts
from layout.backends.pdf.identity import identify, info_body, text_string
from layout.backends.pdf.numbers import point
from layout.backends.web_pdf.colours import ScreenInks, ScreenPictures
from layout.backends.web_pdf.identity import srgb_intent, web_xmp
from layout.backends.web_pdf.leaves import Finder, Node, grow
from layout.backends.web_pdf.outline import entries_of, write_outline
from layout.backends.web_pdf.structure import Branch, prune, write_tree
from layout.backends.web_pdf.tagging import Annotation, TaggedPainter
from layout.diagnostics import Reporter
from layout.display.model import DisplayList, DisplayPage, GlyphRun, Link
from layout.house.profile import Profile
from layout.house.screen import screen_text
from layout.source.model import Leaflet
from layout.structure.tree import structure_of

VERSION: Final = (1, 7)
_BLENDING: Final = b"/Group << /S /Transparency /CS /DeviceRGB >>"
_SHOWN: Final = 12


class _Sheet(Struct, frozen=True):
    """A page that is painted: its marked content's owners, its links, its object and frame.

    ``list`` is the reference reserved for the array of its annotations, if it has any.
    """

    owners: list[Node]
    annotations: list[Annotation]
    reference: bytes
    frame: Frame
    list: bytes


def write_web(
    display: DisplayList, leaflet: Leaflet, profile: Profile, reporter: Reporter
) -> bytes:
    """The display list as a PDF that is PDF/UA-1 and PDF/A-2a, linearised.

    Pages are cut at the trim, colours those of ``profile``'s press as a screen shows
    them.  The same display list gives the same bytes, always.
    """
    file = PressFile(VERSION)
    root = grow(structure_of(leaflet))
    sheets = _paint(display, profile, file, Finder(root, leaflet), reporter)
    links = _write_links(sheets, file, leaflet.language)
    prune(root)
    pages = [sheet.reference for sheet in sheets]
    branch = Branch(file, pages, [sheet.frame for sheet in sheets])
    tree = write_tree(root, branch, [sheet.owners for sheet in sheets], links)
    outline = write_outline(entries_of(root), branch)
    return _linearised(_finish(file, display, profile, (tree, outline), reporter))


def _paint(
    display: DisplayList, profile: Profile, file: PressFile, finder: Finder, reporter: Reporter
) -> list[_Sheet]:
    fonts = embed_fonts(display.pages, file)
    inks = ScreenInks(file, profile)
    pictures = ScreenPictures(file, inks, profile)
    shared = shared_resources(file)
    sheets = []
    for number, page in enumerate(display.pages, 1):
        frame = Frame(0, page.height)
        painter = TaggedPainter(frame, False, fonts, pictures, inks, number).prepare(finder)
        painter.items(page.items)
        painter.finish()
        _report_homeless(painter.homeless, number, reporter)
        painter.painted.content = b"\n".join((*painter.out, b""))
        annotations = file.reserve() if painter.annotations else b""
        entries = _page_entries(file, page, painter.painted, shared, number - 1)
        if annotations:
            entries += b"\n/Annots " + annotations
        reference = file.add_page(entries)
        sheets.append(_Sheet(painter.owners, painter.annotations, reference, frame, annotations))
    return sheets


def _report_homeless(items: Iterable[GlyphRun | Link], page: int, reporter: Reporter) -> None:
    """What is seen on a page, and of which nobody who listens would hear."""
    for item in items:
        if isinstance(item, Link):
            reporter.warning("web.link-lost", item.span, page=page, target=item.target)
        else:
            text = "".join(item.texts)[:_SHOWN]
            reporter.warning("web.text-unread", item.span, page=page, text=text)


def _page_entries(
    file: PressFile, page: DisplayPage, painted: PaintedPage, shared: bytes, key: int
) -> bytes:
    """``key`` is the page's in the parent tree.  Tab goes from link to link as they are read."""
    box = b"[0 0 %s %s]" % (point(page.width), point(page.height))
    clear = any(b"/SMask" in file.entries(picture) for picture in painted.pictures.values())
    content = file.add_stream(b"", painted.content)
    return b"\n".join(
        (
            b"/MediaBox " + box,
            b"/TrimBox " + box,
            *((_BLENDING,) if clear else ()),
            b"/Resources << " + page_resources(painted, shared) + b" >>",
            b"/StructParents %d /Tabs /S" % key,
            b"/Contents " + content,
        )
    )


# --- links ----------------------------------------------------------------------------


def _write_links(sheets: Sequence[_Sheet], file: PressFile, language: str) -> list[Node]:
    """Every page's annotations; the nodes they belong to, in the order of their keys."""
    nodes: list[Node] = []
    for sheet in sheets:
        references = []
        for link in sheet.annotations:
            key = len(sheets) + len(nodes)
            reference = file.add(_annotation(link, sheet, key, language))
            link.node.links.append((sheet.reference, reference))
            nodes.append(link.node)
            references.append(reference)
        if references:
            file.put(sheet.list, b"[%s]" % b" ".join(references))
    return nodes


def _annotation(link: Annotation, sheet: _Sheet, key: int, language: str) -> bytes:
    """A link annotation (12.5.6.5) that is printed with the page and says where it leads."""
    rect, frame = link.rect, sheet.frame
    corners = frame.at(rect.x, rect.bottom) + b" " + frame.at(rect.right, rect.y)
    target = quote(link.target, safe=_URI)
    said = screen_text("link", language, target=link.target.removeprefix("mailto:"))
    return (
        b"<< /Type /Annot /Subtype /Link /Rect [%s] /Border [0 0 0] /F 4 /P %s"
        b" /StructParent %d /Contents %s /A << /Type /Action /S /URI /URI (%s) >> >>"
    ) % (corners, sheet.reference, key, text_string(said), _escaped(target))


_URI: Final = ":/?#[]@!$&'()*+,;=-._~%"
"""What stands in a URI as it is (RFC 3986); of other characters the UTF-8."""


def _escaped(target: str) -> bytes:
    special = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})
    return target.translate(special).encode("ascii")


# --- the file -------------------------------------------------------------------------


def _finish(
    file: PressFile,
    display: DisplayList,
    profile: Profile,
    roots: tuple[bytes, bytes],
    reporter: Reporter,
) -> bytes:
    identity = identify(display, profile, reporter)
    identity = replace(identity, flavour=replace(identity.flavour, info=()))
    tree, outline = roots
    intent = srgb_intent(file)
    packet = web_xmp(identity, file.fingerprint())
    metadata = file.add_stream(b"/Type /Metadata /Subtype /XML", packet, compress=False)
    catalog = [
        b"/Metadata " + metadata,
        intent,
        b"/Lang " + text_string(display.language or "ja"),
        b"/MarkInfo << /Marked true >>",
        b"/StructTreeRoot " + tree,
        # No /Direction for pages from the right: viewers take it for the direction of the
        # script too, and turn vertical lines round where they are copied or read aloud.
        b"/ViewerPreferences << /DisplayDocTitle true >>",
    ]
    if outline:
        catalog.append(b"/Outlines %s /PageMode /UseOutlines" % outline)
    return file.finish(info_body(identity), b" ".join(catalog))


def _linearised(data: bytes) -> bytes:
    """The same file in the order that a browser wants to read it (ISO 32000-1, annex F)."""
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(
            out,
            linearize=True,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()
