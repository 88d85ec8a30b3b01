"""Press profiles: what a print shop wants of a file.  The figures are data in ``data/``.

A profile is used twice: the writer takes from it what to write, and preflight
judges by it.  Entries may build on another one (``base``); what they do not
say themselves is the base's.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import fields

from layout.house.flavour import Flavour, FlavourError, flavour_names, load_flavour
from layout.house.rules import DATA
from layout.units import Length, mm

DEFAULT: Final = "x1a"
JOB_LINE_ROOM: Final = mm(4)  # a line of 9Q and air over and under it


class ProfileError(ValueError):
    """A profile that does not exist, or whose data have a gap or an unknown entry.

    ``key`` is the entry that is wrong, as far as it is one.
    """

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


class Profile(Struct, frozen=True):
    """One way of writing for press, and of judging a file.  Lengths are nanometres.

    The figures of shops were collected from what they publish; they age.
    ``checked`` is the year in which somebody last compared them with the shop's
    own page, or ``unknown``.

    File.  ``flavour`` is written (a name of ``flavours.json``); ``flavours`` are
    accepted of a finished file, none named: any.  ``file_name`` is a regular
    expression that its whole name must match, ``file_bytes_most`` its largest size.
    ``pages`` are the page counts and ``trim_sizes`` the sizes (width, height,
    upright or lying) the shop takes, none named: any.

    Paper.  ``bleed`` is what is printed beyond the trim, ``margin`` the paper
    outside the trim, on each side, marks included.  ``marks`` says whether
    printer's marks are wanted (トンボ); they are ``mark_thickness`` thick and run
    ``mark_length`` outwards from the bleed, and the bar of a centre mark is
    ``centre_mark`` long.  ``job_line`` writes name, page, date and plates beside
    them.  Text keeps ``safe_margin`` from the trim and ``fold_margin`` from a fold.

    Ink.  ``overprint_black`` lays pure black over what is beneath, ``spots``
    says whether spot colours are taken, ``gray_only`` that the file may hold
    nothing but gray.  Total ink over ``ink_warn`` percent is a warning, over
    ``ink_most`` an error; tints under ``tint_least`` percent of a plate vanish.
    ``condition``, ``condition_info`` and ``registry`` name the printing condition
    the file is made for (ISO 15930, output intent): ``condition`` is
    a name of that registry, or ``Custom`` without one.  ``intent_icc`` is its ICC
    profile, for flavours that embed it, else empty.

    Lines and type.  Under their ``least`` they are errors, under ``thin`` and
    ``small`` warnings; points.

    Pictures.  Resolutions are pixels per inch at print size, for colour
    (``picture``), gray and line art of one bit (``bitonal``): above ``above`` they
    come down to the target of plain name, under ``least`` they are reported.
    ``picture_pixels_most`` bounds what is read at all.  ``picture_icc`` is the
    profile that turns RGB into inks.

    QR codes.  A cell is at least ``qr_cell_least``, the quiet zone ``qr_quiet_cells``
    cells wide (ISO/IEC 18004 asks for four).
    """

    name: str
    label_ja: str
    label_en: str
    checked: str
    flavour: str
    flavours: tuple[str, ...]
    file_name: str
    file_bytes_most: int
    pages: tuple[int, ...]
    trim_sizes: tuple[tuple[Length, Length], ...]
    bleed: Length
    margin: Length
    marks: bool
    mark_length: Length
    mark_thickness: Length
    centre_mark: Length
    job_line: bool
    safe_margin: Length
    fold_margin: Length
    overprint_black: bool
    spots: bool
    gray_only: bool
    ink_warn: float
    ink_most: float
    tint_least: float
    condition: str
    condition_info: str
    registry: str
    intent_icc: str
    line_least_pt: float
    line_thin_pt: float
    type_least_pt: float
    type_small_pt: float
    reversed_type_small_pt: float
    picture_ppi: float
    picture_ppi_above: float
    picture_ppi_least: float
    gray_ppi: float
    gray_ppi_above: float
    gray_ppi_least: float
    bitonal_ppi: float
    bitonal_ppi_above: float
    bitonal_ppi_least: float
    picture_pixels_most: int
    picture_icc: str
    qr_cell_least: Length
    qr_quiet_cells: float

    @property
    def icc_path(self) -> Path:
        """The file of the profile pictures are converted with; a relative name is in ``data/``."""
        return DATA / self.picture_icc

    @property
    def intent_path(self) -> Path | None:
        """The file of the output intent's profile, if one is to be embedded."""
        return DATA / self.intent_icc if self.intent_icc else None

    @property
    def writes(self) -> Flavour:
        """The flavour that is written, with all that it asks."""
        return load_flavour(self.flavour)


_TYPES: Final[Mapping[str, str]] = {
    entry.name: str(getattr(entry.type, "__name__", entry.type))
    for entry in fields(Profile)
    if entry.name not in ("name", "label_ja", "label_en")
}
LENGTHS: Final = (
    "bleed",
    "margin",
    "mark_length",
    "mark_thickness",
    "centre_mark",
    "safe_margin",
    "fold_margin",
    "qr_cell_least",
)
"""Fields that are lengths; their entries are millimetres and end in ``_mm``."""

_LISTS: Final = ("flavours", "pages", "trim_sizes")


def entry_key(field: str) -> str:
    """How a field's entry is called in the data."""
    return f"{field}_mm" if field in LENGTHS or field == "trim_sizes" else field


ENTRIES: Final = frozenset((*map(entry_key, _TYPES), "label"))
"""All entries that a profile must have, by itself or from its base."""


def profile_names() -> tuple[str, ...]:
    """The names ``load_profile`` knows, the default first."""
    names = sorted(_table())
    return tuple(sorted(names, key=lambda name: name != DEFAULT))


def load_profile(name: str = DEFAULT) -> Profile:
    """The profile of that name, checked: nothing missing, nothing unknown, boxes that nest."""
    entry = _table().get(name)
    if entry is None:
        raise ProfileError(f"no profile {name!r}; there are {', '.join(profile_names())}")
    return make_profile(name, entry)


def make_profile(name: str, entry: Mapping[str, Any]) -> Profile:
    """A profile of entries as in ``profiles.json``, a user's for instance; ``ProfileError``.

    ``base`` names a profile of the house.
    """
    merged = _merged(name, entry, ())
    _refuse_gaps(name, merged)
    profile = _read(name, merged)
    for refuse in (_refuse_boxes, _refuse_figures, _refuse_flavour):
        refuse(profile)
    return profile


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads((DATA / "profiles.json").read_text("utf-8"))
    return table


def _merged(name: str, entry: Mapping[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """The entry over those of its base, and that of the base's base."""
    own = {key: value for key, value in entry.items() if key != "base"}
    if "base" not in entry:
        return own
    base = entry["base"]
    if base in path:
        raise ProfileError(f"profile {name!r} builds on itself", "base")
    if base not in _table():
        known = ", ".join(profile_names())
        raise ProfileError(f"profile {name!r}: no base {base!r}; there are {known}", "base")
    return _merged(base, _table()[base], (*path, base)) | own


def _refuse_gaps(name: str, entry: Mapping[str, Any]) -> None:
    if missing := sorted(ENTRIES - entry.keys()):
        raise ProfileError(f"profile {name!r} lacks {', '.join(missing)}")
    if unknown := sorted(entry.keys() - ENTRIES):
        raise ProfileError(f"profile {name!r} has unknown entries {', '.join(unknown)}", unknown[0])
    if missing := sorted({"ja", "en"} - entry["label"].keys()):
        raise ProfileError(f"profile {name!r} lacks a label in {', '.join(missing)}", "label")


def _read(name: str, entry: Mapping[str, Any]) -> Profile:
    values = {field: _value(name, field, entry[entry_key(field)]) for field in _TYPES}
    labels = entry["label"]
    return Profile(name=name, label_ja=labels["ja"], label_en=labels["en"], **values)


def _value(name: str, field: str, value: Any) -> Any:
    """One entry as its field's type wants it."""
    kind = _TYPES[field]
    if field in _LISTS:
        return _row(name, field, value)
    accepted: Any = {"str": str, "bool": bool}.get(kind, (int, float))
    if not isinstance(value, accepted) or (kind != "bool" and isinstance(value, bool)):
        key = entry_key(field)
        raise ProfileError(f"profile {name!r}: {key} cannot be {value!r}", key)
    return mm(value) if field in LENGTHS else value


def _row(name: str, field: str, value: Any) -> tuple[Any, ...]:
    """A list of words, of page counts or of sizes."""
    rows: Any = value if isinstance(value, list) else [None]
    kind: type[Any] = {"flavours": str, "pages": int}.get(field, list)
    sizes = kind is list
    if all(isinstance(row, kind) and (not sizes or _is_size(row)) for row in rows):
        return tuple(tuple(mm(side) for side in row) for row in rows) if sizes else tuple(rows)
    key = entry_key(field)
    raise ProfileError(f"profile {name!r}: {key} cannot be {value!r}", key)


def _is_size(row: Any) -> bool:
    return len(row) == 2 and all(isinstance(side, (int, float)) and side > 0 for side in row)


def _refuse_boxes(profile: Profile) -> None:
    """Trim in bleed in sheet, and marks between the last two."""
    head = f"profile {profile.name!r}"
    reach = profile.bleed + (profile.mark_length if profile.marks else 0)
    if not 0 <= profile.bleed <= reach <= profile.margin:
        raise ProfileError(f"{head}: the marks do not fit into the margin", "margin_mm")
    if profile.marks and profile.mark_thickness <= 0:
        raise ProfileError(f"{head}: marks need a thickness", "mark_thickness_mm")
    if profile.job_line and not profile.marks:
        raise ProfileError(f"{head}: a job line needs the room of marks", "job_line")
    if profile.job_line and profile.mark_length < JOB_LINE_ROOM:
        raise ProfileError(f"{head}: marks too short for a job line between them", "mark_length_mm")
    if min(profile.safe_margin, profile.fold_margin, profile.qr_cell_least) < 0:
        raise ProfileError(f"{head}: a distance is negative", "safe_margin_mm")


def _refuse_figures(profile: Profile) -> None:
    head = f"profile {profile.name!r}"
    for sort in ("picture", "gray", "bitonal"):
        least, target, above = (
            getattr(profile, f"{sort}_ppi{end}") for end in ("_least", "", "_above")
        )
        if not 0 < least <= target <= above:
            raise ProfileError(f"{head}: the {sort} resolutions are out of order", f"{sort}_ppi")
    if not 0 < profile.ink_warn <= profile.ink_most:
        raise ProfileError(f"{head}: ink_warn and ink_most are out of order", "ink_warn")
    if not 0 <= profile.line_least_pt <= profile.line_thin_pt:
        raise ProfileError(f"{head}: the line weights are out of order", "line_least_pt")
    if not 0 <= profile.type_least_pt <= profile.type_small_pt:
        raise ProfileError(f"{head}: the type sizes are out of order", "type_least_pt")
    try:
        re.compile(profile.file_name)
    except re.error as error:
        raise ProfileError(f"{head}: file_name is no expression: {error}", "file_name") from None


def _refuse_flavour(profile: Profile) -> None:
    """A flavour that can be written, with the output intent it asks for."""
    head = f"profile {profile.name!r}"
    for name in profile.flavours:
        if name not in flavour_names():
            raise ProfileError(f"{head}: flavour {name!r} is not known", "flavours")
    try:
        flavour = load_flavour(profile.flavour)
    except FlavourError as error:
        raise ProfileError(f"{head}: {error}", "flavour") from None
    if profile.flavours and profile.flavour not in profile.flavours:
        raise ProfileError(f"{head} does not accept what it writes", "flavours")
    if flavour.intent == "embedded" and not profile.intent_icc:
        raise ProfileError(f"{head}: {flavour.name} needs intent_icc", "intent_icc")
    if flavour.intent == "named" and not (profile.registry or profile.intent_icc):
        raise ProfileError(f"{head}: a condition in no registry needs intent_icc", "intent_icc")
    if flavour.is_pdfx and not (profile.condition and profile.condition_info):
        raise ProfileError(f"{head}: {flavour.name} needs a condition", "condition")
