"""What a judge asks of the structure of a finished PDF, flavour by flavour: data in ``data/``.

``flavour.py`` says how a flavour is written; here is what another program's file
of that flavour may do besides.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from msgspec import Struct

from layout.house.flavour import FlavourError
from layout.house.rules import DATA

IDENTITIES: Final = ("info", "xmp", "none")


class PdfRules(Struct, frozen=True):
    """What the dictionaries of a file may hold.

    ``version_most`` is the newest version of PDF.  ``compressed_objects`` says
    whether object and cross-reference streams are known to it.  ``filters`` are
    the allowed ones.  ``identity`` is where title, dates and trapping must be
    told: in ``info``, in ``xmp`` or nowhere.  ``metadata`` are XMP properties
    that must be there besides.  ``layers`` and ``attachments`` may or may not be,
    ``annotations`` may lie in the bleed.  ``state_values`` are what the
    device's own settings in a graphics state may say; other values change what
    the press does.
    """

    version_most: tuple[int, int]
    compressed_objects: bool
    filters: frozenset[str]
    identity: str
    metadata: tuple[str, ...]
    layers: bool
    attachments: bool
    annotations: frozenset[str]
    state_values: Mapping[str, frozenset[str]]


@cache
def load_pdf_rules(flavour: str) -> PdfRules:
    """The rules of a flavour; ``FlavourError`` if there are none or their data have a gap."""
    table: dict[str, dict[str, Any]] = json.loads((DATA / "pdf_rules.json").read_text("utf-8"))
    entry = table.get(flavour, {})
    if entry.keys() != set(PdfRules.__struct_fields__):
        wrong = ", ".join(sorted(entry.keys() ^ set(PdfRules.__struct_fields__)))
        raise FlavourError(f"rules of {flavour!r}: missing or unknown entries {wrong}")
    if entry["identity"] not in IDENTITIES:
        raise FlavourError(f"rules of {flavour!r}: unknown identity {entry['identity']!r}")
    major, minor = entry["version_most"].split(".")
    return PdfRules(
        version_most=(int(major), int(minor)),
        compressed_objects=entry["compressed_objects"],
        filters=frozenset(entry["filters"]),
        identity=entry["identity"],
        metadata=tuple(entry["metadata"]),
        layers=entry["layers"],
        attachments=entry["attachments"],
        annotations=frozenset(entry["annotations"]),
        state_values={key: frozenset(values) for key, values in entry["state_values"].items()},
    )
