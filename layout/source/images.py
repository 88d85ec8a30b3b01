"""Where a figure's image is: inside the leaflet's folder, and there."""

from pathlib import Path

from layout.diagnostics import Reporter, Span
from layout.source.fields import suggest

_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".pdf", ".svg")
_MOST_FILES = 500


def check_image(typed: str, folder: Path, span: Span, reporter: Reporter) -> str:
    """The path as the model keeps it (with ``/``), or "" when it must not be used."""
    if "\\" in typed and ":" not in typed:
        reporter.error("source.path-backslash", span, suggestion=typed.replace("\\", "/"))
        return ""
    if _leads_outside(typed, folder):
        reporter.error("source.path-outside", span, path=typed)
        return ""
    if not _exists(folder / typed):
        near = suggest(typed, _images(folder))
        reporter.error("image.missing", span, path=typed, suggestion=near)
    return typed


def _leads_outside(typed: str, folder: Path) -> bool:
    if ":" in typed or typed.startswith(("/", "~")) or "\0" in typed:
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
    """The pictures that are there, for a suggestion."""
    found = []
    for path in sorted(folder.glob("figures/*"))[:_MOST_FILES] + sorted(folder.glob("*.*")):
        if path.suffix.lower() in _SUFFIXES:
            found.append(path.relative_to(folder).as_posix())
    return found
