"""Where a figure's image is: inside the leaflet's folder, and there."""

import unicodedata
from pathlib import Path

from layout.diagnostics import Reporter, Span
from layout.source.suggest import suggest

_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".pdf", ".svg")
_MOST_FILES = 500


def check_image(typed: str, folder: Path, span: Span, reporter: Reporter) -> str:
    """The path as the model keeps it (with ``/``), or "" when it must not be used."""
    if "\\" in typed and ":" not in typed and not typed.startswith("\\\\"):
        reporter.error("source.path-backslash", span, suggestion=typed.replace("\\", "/"))
        return ""
    if _leads_outside(typed, folder):
        reporter.error("source.path-outside", span, path=typed)
        return ""
    if _exists(folder / typed):
        return typed
    there = _images(folder)
    same = next((path for path in there if _nfc(path) == _nfc(typed)), "")
    if same:  # a Mac keeps the marks of kana apart; to the eye it is the same name
        reporter.note("image.name-form", span, path=typed)
        return same
    alike = next((p for p in there if _nfc(p).casefold() == _nfc(typed).casefold()), "")
    if alike:
        reporter.error("image.name-case", span, path=typed, suggestion=alike)
    else:
        reporter.error("image.missing", span, path=typed, suggestion=_nearest(typed, there))
    return typed


def _nfc(path: str) -> str:
    return unicodedata.normalize("NFC", path.removeprefix("./"))


def _nearest(typed: str, there: list[str]) -> str:
    """The picture whose name alone is like the one typed: folders and endings are all alike."""
    name = _nfc(typed).rpartition("/")[2]
    stems = {_nfc(path).rpartition("/")[2].rpartition(".")[0]: path for path in there}
    near = suggest(name.rpartition(".")[0] or name, list(stems))
    return stems.get(near, "")


def _leads_outside(typed: str, folder: Path) -> bool:
    if ":" in typed or typed.startswith(("/", "~", "\\\\")) or "\0" in typed:
        return True
    if ".." in typed.split("/"):
        return True
    try:
        return not (folder / typed).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        return True  # a circle of links, or a name no file can have


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _images(folder: Path) -> list[str]:
    """The pictures that are there and may be used, for a suggestion or another form of a name."""
    found = []
    for path in sorted(folder.glob("figures/*"))[:_MOST_FILES] + sorted(folder.glob("*.*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() in _SUFFIXES and _exists(path) and not _leads_outside(name, folder):
            found.append(name)
    return found
