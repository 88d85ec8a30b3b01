"""Pages of SVG in a browser beside pdfium's rendering of the press file."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops

from layout.backends.svg import page_pictures
from layout.diagnostics import Reporter
from layout.house.profile import load_profile
from tests.built import drawn


def coarse(picture: Image.Image) -> Image.Image:
    return picture.convert("L").resize((42, 60), Image.Resampling.BOX)


@pytest.mark.parametrize("name", ["leaflet9", "tate-shimbun"])
def test_pages_look_as_pdfium_renders_the_press_file(name, chromium):
    from layout.backends.pdf import write_press

    made, profile = drawn(name), load_profile()
    assert made.display
    pdf = pypdfium2.PdfDocument(write_press(made.display, profile, Reporter()))
    shared, pages = page_pictures(made.display, profile)
    for number, (drawing, page) in enumerate(zip(pages, pdf, strict=True)):
        size = made.display.pages[number]
        wide = 700
        high = round(wide * size.height / size.width)
        tab = chromium.new_page(viewport={"width": wide, "height": high})
        tab.set_content(
            f"<style>body{{margin:0}}.picture{{display:block;width:100%}}</style>{shared}{drawing}"
        )
        shown = coarse(Image.open(BytesIO(tab.screenshot())))
        tab.close()
        left, low, right, top = page.get_trimbox()
        box = page.get_mediabox()
        margins = (left - box[0], low - box[1], box[2] - right, box[3] - top)
        wanted = coarse(page.render(scale=2, crop=margins).to_pil())
        apart = ImageChops.difference(shown, wanted).tobytes()
        # Inks look a little different through the press profile; a missing glyph or shape would not.
        assert max(apart) < 60 and sum(apart) / len(apart) < 10, (
            number,
            max(apart),
            sum(apart) / len(apart),
        )
