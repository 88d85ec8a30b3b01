"""``build.py check`` for files to be read on screens and aloud: PDF/UA-1, and PDF/A-2 besides."""

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from layout.cli.result import CheckedFile
from layout.cli.texts import text
from layout.diagnostics import Reporter

if TYPE_CHECKING:
    from layout.house.profile import Profile

NAMES: Final = ("pdfua", "pdfa")
"""What ``--profile`` takes besides print shops; ``pdfa`` asks for both standards."""


def accessible_name(wanted: str, data: bytes) -> str:
    """By which of ``NAMES`` a file is judged: the one asked for, or what it claims; else empty."""
    if wanted:
        return wanted if wanted in NAMES else ""
    from layout.preflight.accessible import claims_accessible

    return NAMES[0] if claims_accessible(data) else ""


def judge_as_accessible(found: CheckedFile, name: str, data: bytes, reporter: Reporter) -> None:
    """Judge the file by structure, fonts and metadata; there are no plates to look at."""
    from layout.preflight.accessible import judge_accessible

    found.profile, found.judged_by = name, _labelled(name)
    found.facts = judge_accessible(data, found.path, reporter, archive=name == NAMES[1])


def _labelled(name: str) -> "Profile":
    """A profile that says by what the file was judged, for the report."""
    from layout.house.profile import load_profile

    labels = {f"label_{lang}": text(f"judged-{name}", lang) for lang in ("ja", "en")}
    return replace(load_profile(), name=name, **labels)
