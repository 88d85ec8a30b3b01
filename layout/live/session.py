"""One leaflet kept ready: a change makes anew only what it touches."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from msgspec import Struct

from layout.diagnostics import Diagnostic, Reporter, Severity
from layout.memo import Memo
from layout.pipeline import Drawn, Places, draw, write


class Shot(Struct, frozen=True):
    """One build.  ``drawn`` is the last leaflet that could be laid out, ``fresh``: this one.

    ``number`` counts the builds of the session; ``seconds`` is what this one took.
    """

    number: int
    drawn: Drawn | None
    fresh: bool
    findings: tuple[Diagnostic, ...]
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether it could go to print."""
        return self.fresh and all(each.severity is not Severity.ERROR for each in self.findings)


class Session:
    """Builds a leaflet again and again, and keeps what it made of everything that stayed.

    A leaflet that cannot be read, half-saved or gone, leaves the last one in its place.
    """

    def __init__(self, file: Path, places: Places, shop: str = "") -> None:
        self.file = file
        self.places = places
        self._shop = shop
        self._memo = Memo()
        self._drawn: Drawn | None = None
        self._number = 0
        self._fresh = True

    def build(self) -> Shot:
        """The leaflet as it is on the disk now; never raises for what it contains."""
        begun = perf_counter()
        if self._fresh:  # what the last sound build made is still of use
            self._memo.begin()
        reporter = Reporter()
        drawn = draw(self.file, self.places, reporter, shop=self._shop, memo=self._memo)
        self._fresh = fresh = drawn.display is not None
        if fresh:
            self._drawn = drawn
        self._number += 1
        seconds = perf_counter() - begun
        return Shot(self._number, self._drawn, fresh, tuple(reporter), seconds)

    def press(self, shot: Shot) -> bytes:
        """The press file of a sound build."""
        drawn = shot.drawn
        assert shot.sound and drawn and drawn.display and drawn.profile and drawn.library
        return write(drawn.display, drawn.profile, drawn.library, Reporter(), self._memo)

    def watched(self) -> Iterator[Path]:
        """What the leaflet is made of: its folder, styles, rules, profiles, the list of fonts."""
        yield self.file.parent
        yield self.places.styles
        yield self.places.styles.parent.parent / "lint"
        if self.places.profiles is not None:
            yield self.places.profiles
        yield self.places.fonts / "fonts.yaml"
