"""Files of other programs, as people hand them in: more than one fault, and these among them."""

import subprocess
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pymupdf
from PIL import Image

from layout.house.profile import load_profile
from tests.preflight.good_base import MM, base
from tests.preflight.spoiling import CASES, Broken, Fault

A4 = (210 * MM, 297 * MM)


def foreign(
    title: str, code: str, *also: str, page: int = 0, needs: str = ""
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """A file with these faults at least."""

    def note(make: Callable[[], bytes]) -> Callable[[], bytes]:
        fault = Fault("other programs", title, code, page, also=also)
        CASES.append(Broken(fault, make, load_profile(), others=True, needs=needs))
        return make

    return note


@foreign("a ReportLab drawing in RGB, without boxes", "pdf.rgb", "pdf.flavour", "pdf.trim-missing", "pdf.font-missing", "pdf.intent-missing", page=1, needs="reportlab")  # fmt: skip
def reportlab_file() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setFillColorRGB(0.8, 0.1, 0.1)
    canvas.rect(20 * MM, 200 * MM, 60 * MM, 30 * MM, stroke=0, fill=1)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(20 * MM, 150 * MM, "Open 7:00-11:00")
    canvas.save()
    return out.getvalue()


@foreign("a picture saved as PDF by Pillow", "pdf.rgb", "pdf.flavour", "pdf.trim-missing", "pdf.low-resolution", page=1)  # fmt: skip
def pillow_file() -> bytes:
    out = BytesIO()
    picture = Image.merge("RGB", [Image.linear_gradient("L").resize((595, 842))] * 3)
    moment = time.struct_time((2026, 4, 1, 0, 0, 0, 2, 91, 0))
    picture.save(out, "PDF", resolution=72, creationDate=moment, modDate=moment)
    return out.getvalue()


@foreign("a letter written by MuPDF", "pdf.font-missing", "pdf.flavour", "pdf.trim-missing", page=1)
def pymupdf_file() -> bytes:
    document = pymupdf.open()
    page = document.new_page(width=A4[0], height=A4[1])
    page.insert_text((100, 100), "a letter", fontsize=12)
    page.insert_link({"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(100, 90, 200, 104), "uri": "https://asaichi.example.jp/"})  # fmt: skip
    made: bytes = document.tobytes(no_new_id=True)
    return made


@foreign(
    "our own file after Ghostscript turned it to RGB", "pdf.rgb", "pdf.flavour", page=1, needs="gs"
)
def ghostscript_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        before.write_bytes(base())
        words = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite"]
        words += ["-sColorConversionStrategy=RGB", "-sProcessColorModel=DeviceRGB"]
        words += [f"-sOutputFile={after}", str(before)]
        subprocess.run(["gs", *words], check=True, capture_output=True)
        return after.read_bytes()


@foreign("our own file printed into a PDF by MuPDF", "pdf.flavour", "pdf.trim-missing")
def reprinted_file() -> bytes:
    before = pymupdf.open(stream=base(), filetype="pdf")
    after = pymupdf.open()
    for page in before:
        paper = after.new_page(width=page.rect.width, height=page.rect.height)
        paper.show_pdf_page(paper.rect, before, page.number)
    made: bytes = after.tobytes(no_new_id=True)
    return made
