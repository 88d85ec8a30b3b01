"""The editions of a leaflet in fewer inks: which there are, and the way to each."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from layout.diagnostics import NOWHERE, Reporter, Span
from layout.display.model import DisplayList, colours, walk
from layout.inks.assigning import Assignment, assign, report_lost
from layout.inks.looks import chroma, look
from layout.inks.mono import mono_page
from layout.inks.separate import in_inks, on_drum
from layout.inks.sharing import Inks
from layout.inks.survey import Survey, survey
from layout.style.colours import BLACK_INK, Cmyk, Colour, Editions, Ink, InkPlan

Kind = Literal["mono", "two-inks", "riso"]
KINDS: Final[tuple[Kind, ...]] = ("mono", "two-inks", "riso")

_RED: Final[Cmyk] = (0.0, 80.0, 70.0, 0.0)
_READABLE: Final = 80.0
"""A second ink is dark enough to read text in."""


class Edition(Struct, frozen=True):
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
    return _MAKERS[kind](display, plans, reporter)


def _mono(display: DisplayList, plans: Editions, reporter: Reporter) -> tuple[Edition, ...]:
    pages = tuple(mono_page(page, plans.mono) for page in display.pages)
    made = replace(display, pages=pages)
    return (Edition("mono", "白黒版", made, "mono", (BLACK_INK.label,)),)


def _two_inks(display: DisplayList, plans: Editions, reporter: Reporter) -> tuple[Edition, ...]:
    plan = plans.two_inks if plans.two_inks.inks else _usual(display, "two-inks", reporter)
    inks = Inks(plan)
    sheets = _assigned(display, inks, "two-inks", reporter)
    pages = (
        in_inks(page, inks, made) for page, (_, made) in zip(display.pages, sheets, strict=True)
    )
    labels = tuple(ink.label for ink in plan.inks)
    made = replace(display, pages=tuple(pages))
    return (Edition("two-inks", "二色版（" + "・".join(labels) + "）", made, "", labels),)


def _riso(display: DisplayList, plans: Editions, reporter: Reporter) -> tuple[Edition, ...]:
    plan = plans.riso if plans.riso.inks else _usual(display, "riso", reporter)
    inks = Inks(plan)
    sheets = _assigned(display, inks, "riso", reporter)
    made = []
    for at, ink in enumerate(plan.inks):
        pages = (
            on_drum(page, inks, assigned, found, at)
            for page, (found, assigned) in zip(display.pages, sheets, strict=True)
        )
        drum = replace(display, pages=tuple(pages))
        name = "".join(c for c in ink.name if c.isascii() and c.isalnum())
        suffix = f"riso-{at + 1}" + (f"-{name}" if name else "")
        label = f"リソグラフ版（{ink.label}のドラム）"
        made.append(Edition(suffix, label, drum, "riso", (ink.label,)))
    return tuple(made)


def _assigned(
    display: DisplayList, inks: Inks, kind: Kind, reporter: Reporter
) -> list[tuple[Survey, Assignment]]:
    out = []
    for number, page in enumerate(display.pages, start=1):
        found = survey(page)
        made = assign(found, inks)
        report_lost(found, inks, made, number, reporter, kind)
        out.append((found, made))
    return out


def _usual(display: DisplayList, kind: Kind, reporter: Reporter) -> InkPlan:
    """The inks of a leaflet whose sheet names none: black, and what looks most like its accent.

    Two inks are delivered as the plates K and M; a risograph has black and red.
    """
    if kind == "riso":
        second = Ink("aka", "赤", Colour("aka", _RED), _RED)
    else:
        looks = _accent(display)
        second = Ink("M", "M版", Colour("M", (0.0, 100.0, 0.0, 0.0)), looks)
    shown = "+".join(f"{share:g}" for share in second.looks)
    where = _source(display)
    reporter.note("edition.inks-chosen", where, edition=kind, second=second.label, looks=shown)
    return InkPlan((BLACK_INK, second))


def _source(display: DisplayList) -> Span:
    """The leaflet's file as a whole."""
    spans = (item.span for page in display.pages for item in walk(page.items))
    return Span(next(spans, NOWHERE).file)


def _accent(display: DisplayList) -> Cmyk:
    """The most colourful colour in which text could be read."""
    found = {colour.cmyk for page in display.pages for colour in colours(page.items)}
    dark = sorted(cmyk for cmyk in found if look(cmyk)[0] < _READABLE)
    return max(dark, key=lambda cmyk: chroma(look(cmyk)), default=_RED)


_MAKERS: Final[Mapping[Kind, Callable[[DisplayList, Editions, Reporter], tuple[Edition, ...]]]] = {
    "mono": _mono,
    "two-inks": _two_inks,
    "riso": _riso,
}
