"""The leaflet as a web page: one file, no script, nothing asked of the network.

Its parts are those of the structure tree, in the order of the source; colours, type
and pictures are those of the style sheet and of the printed page.  A leaflet of
vertical lines can be read in either direction.
"""

from collections.abc import Mapping

from layout.backends.html.page import Sources, make_page
from layout.display.model import DisplayList
from layout.house.profile import Profile
from layout.source.manifest import FaceEntry
from layout.source.model import Leaflet
from layout.source.sheet import StyleSheet
from layout.structure.tree import structure_of

__all__ = ["write_html"]


def write_html(
    leaflet: Leaflet,
    sheet: StyleSheet,
    display: DisplayList,
    profile: Profile,
    faces: Mapping[str, FaceEntry],
) -> bytes:
    """The page, UTF-8 with LF; colours look as ``profile``'s press prints them."""
    tree = structure_of(leaflet)
    return make_page(Sources(leaflet, tree, sheet, display, profile, faces)).encode("utf-8")
