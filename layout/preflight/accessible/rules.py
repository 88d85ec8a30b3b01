"""All checks, by the standard they belong to, in the order of findings."""

from collections.abc import Mapping
from typing import Final

from layout.preflight.accessible.archive import ARCHIVES
from layout.preflight.accessible.case import ARCHIVE, UA, Check
from layout.preflight.accessible.rules_annotations import ANNOTATIONS
from layout.preflight.accessible.rules_blocks import BLOCKS
from layout.preflight.accessible.rules_content import CONTENTS
from layout.preflight.accessible.rules_document import DOCUMENT
from layout.preflight.accessible.rules_fonts import FONTS
from layout.preflight.accessible.rules_language import LANGUAGES
from layout.preflight.accessible.rules_nesting import NESTING

CHECKS: Final[Mapping[str, tuple[Check, ...]]] = {
    UA: (*DOCUMENT, *CONTENTS, *NESTING, *BLOCKS, *LANGUAGES, *ANNOTATIONS, *FONTS),
    ARCHIVE: ARCHIVES,
}
