"""A group's own edition of a leaflet (地域版・拡大版), as its file says it."""

from msgspec import Struct

from layout.diagnostics import Span
from layout.source.look import AS_IT_IS, Look
from layout.source.nodes import Mapping


class LocalEdition(Struct, frozen=True):
    """One edition.  ``said`` are its keys as typed, in place of the leaflet's own."""

    name: str
    said: Mapping
    span: Span
    label: str = ""
    look: Look = AS_IT_IS
