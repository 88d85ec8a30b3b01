"""Pictures that are not there, not quite, or no pictures: what is said of each."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from layout.cli.messages import hint_lines
from layout.diagnostics import Reporter
from layout.pipeline import Places, draw
from layout.source.read import read_leaflet
from tests.built import ROOT

_HEIC = b"\0\0\0\x18ftypheic" + b"\0" * 40
_HEAD = (
    "bira: 1\ntitle: 題\ndate: 2027-01-01\nstyle: hina-yoko\npages:\n  - layout: omote\n    hon:\n"
)


def leaflet(folder: Path, image: str) -> Path:
    file = folder / "leaflet.yaml"
    file.write_text(f"{_HEAD}      - figure: {{image: {image}, alt: 図}}\n", "utf-8")
    return file


def picture(folder: Path, name: str) -> None:
    (folder / "figures").mkdir(exist_ok=True)
    Image.new("RGB", (1200, 900), "white").save(folder / "figures" / name)


def told(folder: Path, image: str) -> tuple[str, str]:
    """The only code, and what is suggested."""
    reporter = Reporter()
    read_leaflet(leaflet(folder, image), reporter)
    (found,) = reporter
    assert (found.span.line, found.span.column) == (8, 25)
    assert hint_lines(found, "ja") and hint_lines(found, "en")
    return found.code, str(found.values.get("suggestion", ""))


@pytest.mark.parametrize(
    ("there", "typed", "code", "near"),
    [
        ("photo.png", "figures/Photo.PNG", "image.name-case", "figures/photo.png"),
        ("photo.png", "figures/photo.jpeg", "image.missing", "figures/photo.png"),
        ("photo.png", "figures/phot.png", "image.missing", "figures/photo.png"),
        ("photo.png", "photo.png", "image.missing", "figures/photo.png"),
        ("w.png", "figures/kaijo.png", "image.missing", ""),
        ("w.png", "figures", "image.missing", ""),
    ],
)
def test_a_picture_that_is_not_there(
    there: str, typed: str, code: str, near: str, tmp_path: Path
) -> None:
    """What is suggested is like the name, not like its folder and its ending."""
    picture(tmp_path, there)
    assert told(tmp_path, typed) == (code, near)


@pytest.mark.parametrize(("stored", "typed"), [("NFD", "NFC"), ("NFC", "NFD")])
def test_a_name_with_its_marks_apart_is_the_same_name(
    stored: str, typed: str, tmp_path: Path
) -> None:
    """As a Mac stores it: nobody can see the difference, so nobody could mend it."""
    name = "集会パンダ.png"
    picture(tmp_path, unicodedata.normalize(stored, name))  # type: ignore[arg-type]
    reporter = Reporter()
    file = leaflet(tmp_path, f"figures/{unicodedata.normalize(typed, name)}")  # type: ignore[arg-type]
    drawn = draw(file, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), reporter)
    assert not reporter.has_errors
    assert drawn.display is not None
    assert "image.name-form" in {found.code for found in reporter}


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _heic(path: Path) -> None:
    path.write_bytes(_HEIC)


def _word(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + b"\0" * 30)


def _cut_off(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 50)


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("IMG_1.heic", _heic, "image.wrong-kind"),
        ("iphone.jpg", _heic, "image.wrong-kind"),
        ("plan.docx", _word, "image.wrong-kind"),
        ("empty.png", _empty, "image.not-a-picture"),
        ("cut.jpg", _cut_off, "image.unreadable"),
    ],
)
def test_a_file_that_is_no_picture(
    name: str, make: Callable[[Path], None], code: str, tmp_path: Path
) -> None:
    (tmp_path / "figures").mkdir()
    make(tmp_path / "figures" / name)
    reporter = Reporter()
    file = leaflet(tmp_path, f"figures/{name}")
    draw(file, Places(ROOT / "fonts", ROOT / "leaflets" / "styles"), reporter)
    errors = [(found.code, found.span.line, found.span.column) for found in reporter]
    assert errors == [(code, 8, 25)]
