"""The flavours of PDF that are written, and all that differs between them: data in ``data/``."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from msgspec import Struct

from layout.house.rules import DATA

INTENTS: Final = ("named", "embedded", "none")


class FlavourError(ValueError):
    """A flavour that does not exist, or whose data have a gap or an unknown entry."""


class Flavour(Struct, frozen=True):
    """What one standard asks that another does not.

    ``standard`` is its number, empty for a plain PDF.  ``version`` is that of the
    file's header.  ``info`` are the entries of the Info dictionary that name the
    flavour (ISO 15930-1 and -4; in PDF/X-4 there are none), ``xmp`` those of
    the metadata, in the namespace ``xmp_namespace`` under the prefix
    ``xmp_prefix`` (ISO 15930-7).  ``intent`` says what the output intent
    needs: ``named`` is content with the name of a registered printing condition,
    ``embedded`` wants its ICC profile in the file, ``none`` writes no intent.
    ``transparency`` tells whether soft masks, blending and alpha may occur.
    """

    name: str
    standard: str
    version: tuple[int, int]
    info: tuple[tuple[str, str], ...]
    xmp_prefix: str
    xmp_namespace: str
    xmp: tuple[tuple[str, str], ...]
    intent: str
    transparency: bool

    @property
    def is_pdfx(self) -> bool:
        """Whether it is one of the PDF/X standards."""
        return bool(self.standard)


def flavour_names() -> tuple[str, ...]:
    """All flavours that can be written."""
    return tuple(_table())


@cache
def load_flavour(name: str) -> Flavour:
    """The flavour of that name; ``FlavourError`` if there is none or its data have a gap."""
    entry = _table().get(name)
    if entry is None:
        raise FlavourError(f"flavour {name!r} is not written; there are {', '.join(_table())}")
    wanted = set(Flavour.__struct_fields__) - {"name"}
    if entry.keys() != wanted:
        wrong = ", ".join(sorted(entry.keys() ^ wanted))
        raise FlavourError(f"flavour {name!r}: missing or unknown entries {wrong}")
    if entry["intent"] not in INTENTS:
        raise FlavourError(f"flavour {name!r}: unknown intent {entry['intent']!r}")
    major, minor = entry["version"].split(".")
    pairs = {key: tuple(entry[key].items()) for key in ("info", "xmp")}
    return Flavour(**{**entry, **pairs, "name": name, "version": (int(major), int(minor))})


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads((DATA / "flavours.json").read_text("utf-8"))
    return table
