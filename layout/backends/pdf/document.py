"""A display list becomes a press PDF: fonts, pages, identification, file."""

from layout.backends.pdf.colour import REGISTRATION_SPACE, STATE_OBJECTS
from layout.backends.pdf.content import Frame, PaintedPage, paint_page
from layout.backends.pdf.fonts import embed_fonts
from layout.backends.pdf.identity import Identity, identify, info_body, output_intent_body, xmp
from layout.backends.pdf.images import PictureShelf
from layout.backends.pdf.marks import bleed_box, sheet_box
from layout.backends.pdf.rl import PressFile
from layout.diagnostics import Reporter
from layout.display.model import DisplayList, DisplayPage
from layout.geometry import Rect
from layout.house.profile import Profile


def write_press(display: DisplayList, profile: Profile, reporter: Reporter) -> bytes:
    """The display list as a PDF for the press, as ``profile`` says.

    The same display list gives the same bytes, always.  Pictures that cannot
    be read are reported and left out.
    """
    file = PressFile((1, 3))
    fonts = embed_fonts(display.pages, file)
    pictures = PictureShelf(file, profile, reporter)
    shared = _shared_resources(file)
    for number, page in enumerate(display.pages, 1):
        painted = paint_page(page, number, profile, fonts, pictures)
        file.add_page(_page_entries(file, page, profile, painted, shared))
    return _finish(file, identify(display, profile, reporter), profile)


def _shared_resources(file: PressFile) -> bytes:
    """What every page may use: overprint states and the colour of marks."""
    states = b" ".join(b"/%s %s" % (name, file.add(body)) for name, body in STATE_OBJECTS.items())
    registration = file.add(REGISTRATION_SPACE)
    return b"/ExtGState << %s >> /ColorSpace << /Registration %s >>" % (states, registration)


def _page_entries(
    file: PressFile, page: DisplayPage, profile: Profile, painted: PaintedPage, shared: bytes
) -> bytes:
    """Boxes that nest (ISO 15930-1, 6.6), resources, content."""
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
            b"/Resources << " + _resources(painted, shared) + b" >>",
            b"/Contents " + content,
        )
    )


def _resources(painted: PaintedPage, shared: bytes) -> bytes:
    parts = [b"/ProcSet [/PDF /Text /ImageB /ImageC]", shared]
    for category, named in ((b"Font", painted.fonts), (b"XObject", painted.pictures)):
        if named:
            inside = b" ".join(b"/%s %s" % entry for entry in sorted(named.items()))
            parts.append(b"/%s << %s >>" % (category, inside))
    return b" ".join(parts)


def _box(rect: Rect, frame: Frame) -> bytes:
    """Lower left and upper right corner in points."""
    return b"[%s %s]" % (frame.at(rect.x, rect.bottom), frame.at(rect.right, rect.y))


def _finish(file: PressFile, identity: Identity, profile: Profile) -> bytes:
    metadata = file.add_stream(
        b"/Type /Metadata /Subtype /XML", xmp(identity, file.fingerprint()), compress=False
    )
    intent = file.add(output_intent_body(profile))
    return file.finish(info_body(identity), metadata, intent)
