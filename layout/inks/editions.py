"""The editions of a leaflet in fewer inks: which there are, and the way to each."""

from dataclasses import dataclass
from typing import Final, Literal

from layout.diagnostics import Reporter
from layout.display.model import DisplayList
from layout.style.colours import Editions

Kind = Literal["mono", "two-inks", "riso"]
KINDS: Final[tuple[Kind, ...]] = ("mono", "two-inks", "riso")


@dataclass(frozen=True, slots=True)
class Edition:
    """One file of an edition.

    ``suffix`` is the end of its file's name, in plain letters: ``mono``,
    ``two-inks``, ``riso-1-kuro``.  ``label`` says what it is in Japanese.
    ``profile`` is the press profile it is meant for: empty, the one chosen for the
    press file; otherwise a name for ``load_profile``, unless the user asked for one.
    ``plates`` are the inks it prints with.
    """

    suffix: str
    label: str
    display: DisplayList
    profile: str
    plates: tuple[str, ...]


def editions(
    display: DisplayList, plans: Editions, kind: Kind, reporter: Reporter
) -> tuple[Edition, ...]:
    """The files of one edition: one, or for a risograph one for each drum.

    ``display`` is the finished display list without job lines, ``plans`` is
    ``ResolvedLeaflet.editions``.  Automatic decisions that could lose meaning are
    reported as notes (``edition.…``); nothing raises.
    """
    raise NotImplementedError
