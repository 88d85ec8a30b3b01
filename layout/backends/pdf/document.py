"""A display list becomes a press PDF: fonts, pages, identification, file."""

from typing import Final

from layout.backends.pdf.colour import STATE_OBJECTS, InkShelf
from layout.backends.pdf.content import Frame, PaintedPage, paint_page
from layout.backends.pdf.file import PressFile
from layout.backends.pdf.fonts import embed_fonts
from layout.backends.pdf.identity import identify, info_body, output_intents, xmp
from layout.backends.pdf.images import PictureShelf
from layout.backends.pdf.marks import bleed_box, sheet_box
from layout.backends.pdf.slug import JobLines
from layout.diagnostics import Reporter
from layout.display.model import DisplayList, DisplayPage
from layout.geometry import Rect
from layout.house.profile import Profile
from layout.memo import NO_MEMO, Memo

RIGHT_TO_LEFT: Final = b"/ViewerPreferences << /Direction /R2L >>"
"""Pages progress from the right (ISO 32000-1, 12.2; PDF 1.3, so all flavours may say it)."""

BLENDING: Final = b"/Group << /S /Transparency /CS /DeviceCMYK >>"
"""What is transparent is blended in inks, on every device alike (ISO 32000-1, 11.6.6)."""


def write_press(
    display: DisplayList, profile: Profile, reporter: Reporter, memo: Memo = NO_MEMO
) -> bytes:
    """The display list as a PDF for the press, in the flavour that ``profile`` says.

    The same display list gives the same bytes, always; ``memo`` is what earlier
    files of the process were made of.  Pictures and colour
    profiles that cannot be read are reported and left out.
    """
    file = PressFile(profile.writes.version, memo)
    fonts = embed_fonts(display.pages, file, memo)
    inks = InkShelf(file, profile)
    pictures = PictureShelf(file, profile, reporter, inks)
    job_lines = JobLines(file, inks, memo)
    shared = shared_resources(file)
    for number, page in enumerate(display.pages, 1):
        painted = paint_page(page, number, profile, fonts, pictures, inks, memo)
        job_lines.paint(page, number, painted, Frame(profile.margin, page.height))
        file.add_page(_page_entries(file, page, profile, painted, shared))
    return _finish(file, display, profile, reporter)


def shared_resources(file: PressFile) -> bytes:
    """What every page may use: overprint states."""
    states = b" ".join(b"/%s %s" % (name, file.add(body)) for name, body in STATE_OBJECTS.items())
    return b"/ExtGState << %s >>" % states


def _page_entries(
    file: PressFile, page: DisplayPage, profile: Profile, painted: PaintedPage, shared: bytes
) -> bytes:
    """Boxes that nest (ISO 15930, boxes), resources, content."""
    frame = Frame(profile.margin, page.height)
    sheet = sheet_box(page.width, page.height, profile)
    bleed = bleed_box(page.width, page.height, profile)
    trim = Rect(0, 0, page.width, page.height)
    content = file.add_stream(b"", painted.content)
    return b"\n".join(
        (
            b"/MediaBox " + _box(sheet, frame),
            b"/BleedBox " + _box(bleed, frame),
            b"/TrimBox " + _box(trim, frame),
            *((BLENDING,) if _is_transparent(file, painted) else ()),
            b"/Resources << " + page_resources(painted, shared) + b" >>",
            b"/Contents " + content,
        )
    )


def _is_transparent(file: PressFile, painted: PaintedPage) -> bool:
    """Whether a picture of the page is clear in places (ISO 32000-1, 11.6.5.3)."""
    return any(b"/SMask" in file.entries(picture) for picture in painted.pictures.values())


def page_resources(painted: PaintedPage, shared: bytes) -> bytes:
    """The entries of a page's resource dictionary."""
    parts = [b"/ProcSet [/PDF /Text /ImageB /ImageC]", shared]
    categories = (
        (b"Font", painted.fonts),
        (b"XObject", painted.pictures),
        (b"ColorSpace", painted.spaces),
    )
    for category, named in categories:
        if named:
            inside = b" ".join(b"/%s %s" % entry for entry in sorted(named.items()))
            parts.append(b"/%s << %s >>" % (category, inside))
    return b" ".join(parts)


def _box(rect: Rect, frame: Frame) -> bytes:
    """Lower left and upper right corner in points."""
    return b"[%s %s]" % (frame.at(rect.x, rect.bottom), frame.at(rect.right, rect.y))


def _finish(file: PressFile, display: DisplayList, profile: Profile, reporter: Reporter) -> bytes:
    identity = identify(display, profile, reporter)
    intents = output_intents(file, profile, reporter)
    metadata = file.add_stream(
        b"/Type /Metadata /Subtype /XML", xmp(identity, file.fingerprint()), compress=False
    )
    catalog = [b"/Metadata " + metadata, intents]
    if display.bound_right:
        catalog.append(RIGHT_TO_LEFT)
    return file.finish(info_body(identity), b" ".join(filter(None, catalog)))
