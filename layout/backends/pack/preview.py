"""Pictures of the pages as they will look, printed and trimmed (仕上がり見本)."""

from io import BytesIO
from typing import TYPE_CHECKING, Final

from layout.house.profile import Profile
from layout.preflight.rendered.model import PagePlates, Rendered
from layout.preflight.rendered.pictures import overprint_preview

if TYPE_CHECKING:
    from PIL.Image import Image

DPI: Final = 110
QUALITY: Final = 88


def page_pictures(rendered: Rendered, profile: Profile) -> dict[int, bytes]:
    """A JPEG of each page by its number: all plates together, cut at the trim."""
    return {page.number: _jpeg(_trimmed(page, profile)) for page in rendered.pages}


def _trimmed(page: PagePlates, profile: Profile) -> "Image":
    x0, y0, x1, y1 = (round(n) for n in page.pixels(page.trim))
    picture = overprint_preview(page, profile).crop((x0, y0, x1, y1))
    scale = min(1.0, DPI / page.dpi)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size).rotate(-page.rotate, expand=True)


def _jpeg(picture: "Image") -> bytes:
    out = BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=QUALITY, subsampling=0, dpi=(DPI, DPI))
    return out.getvalue()
