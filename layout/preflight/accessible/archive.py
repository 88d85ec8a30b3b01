"""The checks of PDF/A-2 (ISO 19005-2), those of its structure aside, which PDF/UA has too."""

from typing import Final

from layout.preflight.accessible.archive_doing import DOING
from layout.preflight.accessible.archive_file import FILE
from layout.preflight.accessible.archive_painting import PAINTING
from layout.preflight.accessible.case import Check

ARCHIVES: Final[tuple[Check, ...]] = (*FILE, *PAINTING, *DOING)
