"""What the print shop wants of the file as a whole: its name, its size, how many pages it has."""

import re
from pathlib import PurePath
from typing import Final

from layout.preflight.finished.case import Case, Check

_MEGA: Final = 1_000_000


def check_name(case: Case) -> None:
    """A name that every shop's machine can hold: half-width letters, as the profile says."""
    name = PurePath(case.facts.name.replace("\\", "/")).name
    if case.profile.flavours and not re.fullmatch(case.profile.file_name, name):
        case.warning("pdf.file-name", name=name)


def check_size(case: Case) -> None:
    """No more bytes than the shop takes."""
    most = case.profile.file_bytes_most
    if case.facts.size > most:
        case.error(
            "pdf.file-size", size=f"{case.facts.size / _MEGA:.3g}", most=f"{most / _MEGA:.3g}"
        )


def check_pages(case: Case) -> None:
    """As many pages as the shop prints."""
    taken = case.profile.pages
    count = case.opened.page_count
    if taken and count not in taken:
        case.error("pdf.pages", count=count, wanted="、".join(map(str, taken)))


SHOP: Final[tuple[Check, ...]] = (check_name, check_size, check_pages)
