"""A print shop's own profile: ``profiles/NAME.yaml`` → ``Profile``."""

from pathlib import Path
from typing import Any, Final

from layout.diagnostics import NOWHERE, Reporter, Span
from layout.house.icc import ProfileUnusableError, description, icc_bytes
from layout.house.profile import (
    DEFAULT,
    Profile,
    ProfileError,
    entry_key,
    load_profile,
    make_profile,
    profile_names,
)
from layout.source.model import Measure
from layout.source.nodes import Scalar
from layout.source.profile_keys import PROFILE, PROFILE_NAMES
from layout.source.read import read_fields
from layout.source.records import Record
from layout.units import mm, pt, q, to_mm

_UNITS: Final = {"mm": mm, "Q": q, "H": q, "pt": pt}
_FILES: Final = ("intent_icc", "picture_icc")
_OWN: Final = ("bira-profile", "base", "icc", "label")


def find_profile(
    name: str, folder: Path | None, reporter: Reporter, span: Span = NOWHERE
) -> Profile | None:
    """The profile of that name: the file in ``folder`` first, then those of the house.

    None, with a diagnostic, if there is none or the file cannot be used; ``span``
    is where the name stands.
    """
    own = own_profile_names(folder)
    if folder is not None and name in own:  # looked up, not joined: a name may try to be a path
        return read_profile(folder / f"{name}.yaml", reporter)
    known = own + profile_names()
    if name in known:
        return load_profile(name)
    from difflib import get_close_matches  # only after a slip

    near = get_close_matches(name, known, n=1)
    suggestion = near[0] if near else ""
    reporter.error(
        "profile.unknown", span, name=name, suggestion=suggestion, known="、".join(known)
    )
    return None


def own_profile_names(folder: Path | None) -> tuple[str, ...]:
    """The names of the files in the folder."""
    found = folder.glob("*.yaml") if folder is not None and folder.is_dir() else ()
    return tuple(sorted(path.stem for path in found))


def read_profile(path: Path, reporter: Reporter) -> Profile | None:
    """Read one file; None if it has errors, which are reported at their places."""
    found = Reporter()
    read = read_fields(path, PROFILE, PROFILE_NAMES, found)
    entry = None if read is None or found.has_errors else _entry(read[1], path, found)
    reporter.extend(found)
    if read is None or entry is None or found.has_errors:
        return None
    record = read[1]
    try:
        return make_profile(path.stem, entry)
    except ProfileError as problem:
        key = problem.key.removesuffix("_mm").replace("_", "-")
        span = record.span_of(key)
        reporter.error("profile.unfit", span, name=path.stem, key=key, problem=str(problem))
        return None


def _entry(record: Record, path: Path, reporter: Reporter) -> dict[str, Any] | None:
    """The file's keys as the house calls them."""
    base = record.word("base", DEFAULT)
    label = record.text("label", path.stem)
    entry: dict[str, Any] = {"base": base, "label": {"ja": label, "en": label}}
    if "icc" in record:
        condition = _condition(record, path, load_profile(base), reporter)
        if condition is None:
            return None
        entry |= condition
    for key, field in record.fields.items():
        if key in _OWN:
            continue
        name = key.replace("-", "_")
        value = _plain(field.value, reporter)
        if name in _FILES and value:
            value = str(path.parent / value)
        entry[entry_key(name)] = value
    return entry


def _plain(value: object, reporter: Reporter) -> Any:
    """A checked value as JSON would have it, lengths in millimetres."""
    if isinstance(value, Scalar):
        return value.value.strip()
    if isinstance(value, list):
        return [_plain(each, reporter) for each in value]
    if not isinstance(value, Measure):
        return value
    if value.unit not in _UNITS and value.value:
        typed = f"{value.value:g}{value.unit}"
        reporter.error("style.length-unit", value.span, value=typed)
        return 0
    return to_mm(_UNITS.get(value.unit, mm)(value.value))


def _condition(
    record: Record, path: Path, base: Profile, reporter: Reporter
) -> dict[str, Any] | None:
    """What an ICC profile of one's own says of the printing condition.

    If it describes the base's condition, that one's registered name stays; of
    any other it is not known whether it is registered, and none is invented.
    """
    file = path.parent / record.text("icc")
    called = _description(file, record, reporter)
    if not called:
        return None
    files = dict.fromkeys(_FILES, str(file))
    if called == base.condition_info:
        return files
    return files | {"condition": "Custom", "condition_info": called, "registry": ""}


def _description(file: Path, record: Record, reporter: Reporter) -> str:
    """What an ICC profile calls itself; empty, with a diagnostic, if it cannot be read."""
    try:
        found = description(icc_bytes(file))
    except ProfileUnusableError:
        reporter.error("profile.icc-missing", record.span_of("icc"), file=str(file))
        return ""
    if not found:
        reporter.error("profile.icc-broken", record.span_of("icc"), file=file.name)
    return found
