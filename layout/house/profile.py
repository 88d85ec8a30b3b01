"""Press profiles: what a print shop wants of a file.  The figures are data in ``data/``."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from layout.units import Length, mm

DATA: Final = Path(__file__).parent / "data"
DEFAULT: Final = "x1a"
FLAVOURS: Final = ("PDF/X-1a:2001",)


class ProfileError(ValueError):
    """A profile that does not exist, or whose data have a gap or an unknown entry."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One way of writing for press.

    Lengths are nanometres.  ``margin`` is the paper outside the trim, on each
    side; ``mark_length`` runs outwards from the bleed.  Resolutions are pixels
    per inch at print size: pictures above ``picture_ppi_above`` come down to
    ``picture_ppi``, those under ``picture_ppi_least`` (line art of one bit:
    ``bitonal_ppi_least``) are reported.  ``condition`` and ``registry`` name the
    printing condition the file is made for (ISO 15930-1, 6.2.2).  Text keeps
    ``safe_margin`` from the trim; lines and type under their ``least`` are
    errors, under ``thin`` and ``small`` warnings; ``tint_least`` and
    ``ink_most`` are percent of ink, of one plate and of all.
    """

    name: str
    label_ja: str
    label_en: str
    flavour: str
    bleed: Length
    margin: Length
    mark_length: Length
    mark_thickness: Length
    centre_mark: Length
    overprint_black: bool
    picture_ppi: float
    picture_ppi_above: float
    picture_ppi_least: float
    bitonal_ppi_least: float
    picture_pixels_most: int
    picture_icc: str
    condition: str
    condition_info: str
    registry: str
    safe_margin: Length
    line_least_pt: float
    line_thin_pt: float
    type_least_pt: float
    type_small_pt: float
    reversed_type_small_pt: float
    tint_least: float
    ink_most: float

    @property
    def icc_path(self) -> Path:
        """The file of the profile pictures are converted with; a relative name is in ``data/``."""
        return DATA / self.picture_icc


LENGTHS: Final = (
    "bleed",
    "margin",
    "mark_length",
    "mark_thickness",
    "centre_mark",
    "safe_margin",
)
TEXTS: Final = ("flavour", "picture_icc", "condition", "condition_info", "registry")
NUMBERS: Final = (
    "picture_ppi",
    "picture_ppi_above",
    "picture_ppi_least",
    "bitonal_ppi_least",
    "picture_pixels_most",
    "line_least_pt",
    "line_thin_pt",
    "type_least_pt",
    "type_small_pt",
    "reversed_type_small_pt",
    "tint_least",
    "ink_most",
)


def profile_names() -> tuple[str, ...]:
    """The names ``load_profile`` knows, the default first."""
    names = sorted(_table())
    return tuple(sorted(names, key=lambda name: name != DEFAULT))


def load_profile(name: str = DEFAULT) -> Profile:
    """The profile of that name, checked: nothing missing, nothing unknown, boxes that nest."""
    entry = _table().get(name)
    if entry is None:
        raise ProfileError(f"no profile {name!r}; there are {', '.join(profile_names())}")
    _refuse_gaps(name, entry)
    profile = _read(name, entry)
    _refuse_nonsense(profile)
    return profile


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads((DATA / "profiles.json").read_text("utf-8"))
    return table


def _refuse_gaps(name: str, entry: Mapping[str, Any]) -> None:
    wanted = {f"{key}_mm" for key in LENGTHS} | {*TEXTS, *NUMBERS, "label", "overprint_black"}
    if missing := sorted(wanted - entry.keys()):
        raise ProfileError(f"profile {name!r} lacks {', '.join(missing)}")
    if unknown := sorted(entry.keys() - wanted):
        raise ProfileError(f"profile {name!r} has unknown entries {', '.join(unknown)}")
    if missing := sorted({"ja", "en"} - entry["label"].keys()):
        raise ProfileError(f"profile {name!r} lacks a label in {', '.join(missing)}")


def _read(name: str, entry: Mapping[str, Any]) -> Profile:
    values: dict[str, Any] = {key: entry[key] for key in (*TEXTS, *NUMBERS)}
    values |= {key: mm(entry[f"{key}_mm"]) for key in LENGTHS}
    labels = entry["label"]
    return Profile(
        name=name,
        label_ja=labels["ja"],
        label_en=labels["en"],
        overprint_black=bool(entry["overprint_black"]),
        **values,
    )


def _refuse_nonsense(profile: Profile) -> None:
    if profile.flavour not in FLAVOURS:
        raise ProfileError(f"profile {profile.name!r}: flavour {profile.flavour!r} is not written")
    if not 0 <= profile.bleed <= profile.bleed + profile.mark_length <= profile.margin:
        raise ProfileError(f"profile {profile.name!r}: the marks do not fit into the margin")
    if profile.mark_thickness <= 0:
        raise ProfileError(f"profile {profile.name!r}: marks need a thickness")
    if not 0 < profile.picture_ppi_least <= profile.picture_ppi <= profile.picture_ppi_above:
        raise ProfileError(f"profile {profile.name!r}: the picture resolutions are out of order")
