"""Outputs for screens: the web page, plain text, pictures of pages, the colour-vision preview.

What shows the page's colours is judged by what everyone can read (``preflight/legible``).
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from layout.cli.outputs import MAKERS, Draft, Job

if TYPE_CHECKING:
    from layout.backends.png import PageImages
    from layout.source.model import Leaflet
    from layout.source.sheet import StyleSheet

_VISION_WIDTH: Final = 620


def make_screen(kind: str, job: Job) -> list[Draft]:
    """The drafts of one kind."""
    return _MAKERS[kind](job)


def judge_legible(job: Job) -> None:
    """What is not legible to everyone is reported, once for all outputs."""
    from layout.preflight.legible import check_legible

    check_legible(job.display, job.profile, job.reporter)


def _html(job: Job) -> list[Draft]:
    """One file with everything in it."""
    from layout.backends.html import write_html
    from layout.source.manifest import read_manifest

    faces = read_manifest(job.places.fonts / "fonts.yaml")
    sheet = _sheet(job)
    leaflet = _in_one_page(_leaflet(job), sheet)
    data = write_html(leaflet, sheet, job.display, job.profile, faces)
    return [Draft("html", f"{job.stem}.html", data, label="ウェブページ")]


def _text(job: Job) -> list[Draft]:
    from layout.backends.text import write_text

    return [Draft("text", f"{job.stem}.txt", write_text(_leaflet(job)), label="文字だけ")]


def _png(job: Job) -> list[Draft]:
    """Every page, the parts of pages that are wished for, and the words for all of them."""
    from layout.backends.png import alternatives, cut, png
    from layout.backends.png.pictures import IMAGES, PAGE_WIDTH
    from layout.house.screen import screen_text
    from layout.structure.tree import structure_of
    from layout.units import to_mm

    leaflet, wishes = _leaflet(job), _sheet(job).web
    own, pages = leaflet.web, _pages(job)
    width = own.page_width or wishes.page_width or PAGE_WIDTH
    images = next((each for each in (own.images, wishes.images) if each is not None), IMAGES)
    said = alternatives(leaflet, structure_of(leaflet))
    texts, drafts = [screen_text("alt-head", leaflet.language), ""], []
    for number in range(1, len(job.display.pages) + 1):
        name = f"{job.stem}-p{number}.png"
        drafts.append(Draft("png", name, png(pages(number, width)), label=f"{number}ページ"))
        texts += [name, said[number - 1] if number <= len(said) else leaflet.title, ""]
    for image in images:
        if image.page > len(job.display.pages):
            job.reporter.error(
                "web.page-missing", image.span, page=0,
                number=image.page, count=len(job.display.pages),
            )  # fmt: skip
            continue
        shown = job.display.pages[image.page - 1]
        name = f"{job.stem}-{image.name}.png"
        made = cut(pages, image, (to_mm(shown.width), to_mm(shown.height)))
        drafts.append(Draft("png", name, png(made), label=image.name))
        texts += [name, image.alt or said[image.page - 1], ""]
    data = "\n".join(texts).encode("utf-8")
    return [*drafts, Draft("png", f"{job.stem}-alt.txt", data, label="画像の説明")]


def _vision(job: Job) -> list[Draft]:
    """A sheet for each page: as it is, and as other colour vision sees it."""
    from layout.backends.png import png, vision_sheet

    face = job.library.job_line_face()
    font = Path(face.path) if face else None
    pages = _pages(job)
    language = _leaflet(job).language
    drafts = []
    for number in range(1, len(job.display.pages) + 1):
        sheet = vision_sheet(pages(number, _VISION_WIDTH), language, font)
        name = f"vision/{job.stem}-p{number}.png"
        drafts.append(Draft("vision", name, png(sheet), label=f"{number}ページ"))
    return drafts


def _pages(job: Job) -> "PageImages":
    """Pages to be drawn: of the file for screens where there is one, else of the press file."""
    from layout.backends.png.pictures import PressPages, ScreenPages

    if "web" in MAKERS:
        return ScreenPages(job.get("web")[0].data)
    return PressPages(job.get("press")[0].data, job.profile)


def _leaflet(job: Job) -> "Leaflet":
    assert job.leaflet is not None
    return job.leaflet


def _sheet(job: Job) -> "StyleSheet":
    """The style sheet; the pipeline has found it before and complained of what was wrong."""
    from layout.diagnostics import Reporter
    from layout.pipeline import sheet_of

    sheet = sheet_of(_leaflet(job), job.places, Reporter())
    assert sheet is not None
    return sheet


def _in_one_page(leaflet: "Leaflet", sheet: "StyleSheet") -> "Leaflet":
    """The leaflet; the text of an edition that flows anew is in one area of one page."""
    from layout.diagnostics import Reporter
    from layout.style.reflow import reflowed, thread_of

    if not leaflet.look.reflow:
        return leaflet
    return reflowed(leaflet, thread_of(leaflet, sheet, Reporter()), sheet, 1)


_MAKERS: Final[Mapping[str, Callable[[Job], list[Draft]]]] = {
    "html": _html,
    "text": _text,
    "png": _png,
    "vision": _vision,
}
