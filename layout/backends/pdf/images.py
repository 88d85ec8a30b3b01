"""The pictures of one press PDF: converted once each, embedded once, and judged.

Pillow is imported only when there is a picture.  Whatever is wrong with a file
is one finding, at the place of the figure, and nothing is drawn.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from layout.backends.pdf.colour import InkShelf
from layout.backends.pdf.file import PressFile
from layout.backends.pdf.pictures import facts as kinds
from layout.backends.pdf.pictures.convert import kept_or_converted
from layout.backends.pdf.pictures.facts import (
    Converted,
    Facts,
    Request,
    request,
    resolution,
)
from layout.cache import DiskCache
from layout.diagnostics import Reporter, Span
from layout.display.model import Colour, Picture
from layout.house.icc import ProfileUnusableError, icc_bytes
from layout.house.profile import Profile
from layout.style.picture_error import PictureError

__all__ = ["PictureShelf", "resolution"]

FILE_MOST: Final = 400_000_000
"""Bytes of a picture file that are read at all."""

_SHARE: Final = 0.001
"""A share of the area that matters: stray pixels of too much ink harm nobody."""


class _Placed(Struct, frozen=True):
    """An embedded picture: resource name and reference."""

    name: bytes
    reference: bytes


class PictureShelf:
    """The pictures of one file.  The same file at the same size is embedded once."""

    def __init__(
        self,
        file: PressFile,
        profile: Profile,
        reporter: Reporter,
        inks: InkShelf,
        cache: DiskCache | None = None,
    ) -> None:
        self._file = file
        self._profile = profile
        self._reporter = reporter
        self._inks = inks
        self._cache = DiskCache("pictures") if cache is None else cache
        self._seen: dict[tuple[str, bytes, int, int, bool, str, str], _Placed | None] = {}

    def place(self, picture: Picture, page: int) -> tuple[bytes, bytes] | None:
        """Resource name and reference, or None if there is nothing to draw."""
        stencil = picture.ink is not None
        plate = picture.plate.name if picture.plate else ""
        key = (picture.file, picture.data, *_size(picture), stencil, picture.tone, plate)
        if key not in self._seen:
            self._seen[key] = self._embed(picture, page)
        placed = self._seen[key]
        return (placed.name, placed.reference) if placed else None

    def _embed(self, picture: Picture, page: int) -> _Placed | None:
        try:
            wanted = self._request(picture)
            made = kept_or_converted(_bytes(picture), wanted, self._cache)
        except PictureError as problem:
            file = _name(picture)
            self._reporter.error(problem.code, picture.span, page=page, file=file, **problem.values)
            return None
        place = _Place(picture.span, page, _name(picture), self._profile, self._reporter)
        for judge in JUDGES:
            judge(made.facts, wanted, place)
        return _Placed(b"Im%d" % (len(self._seen) + 1), self._write(made, picture.plate))

    def _request(self, picture: Picture) -> Request:
        size = _size(picture)
        if min(size) <= 0:
            raise PictureError("image.no-room")
        try:
            press = icc_bytes(self._profile.icc_path)
        except ProfileUnusableError as problem:
            raise PictureError("image.no-profile", reason=str(problem)) from problem
        wanted = request(self._profile, size, press, picture.ink is not None)
        if not picture.tone:
            return wanted
        dotted = picture.tone == "bitonal"
        return replace(wanted, gray_only=True, dotted=dotted, clear=wanted.clear and not dotted)

    def _write(self, made: Converted, plate: Colour | None) -> bytes:
        entries = made.image.entries
        if plate is not None and self._profile.spots and not self._profile.gray_only:
            # White is no ink, black is full.
            space = self._inks.separation(plate)
            entries = entries.replace(b"/DeviceGray", space + b" /Decode [1 0]")
        if made.mask is not None:
            mask = self._file.add_stream(made.mask.entries, made.mask.data, compress=False)
            entries += b" /SMask " + mask
        return self._file.add_stream(entries, made.image.data, compress=False)


def _name(picture: Picture) -> str:
    return picture.file.replace("\\", "/").rpartition("/")[2]


def _bytes(picture: Picture) -> bytes:
    if picture.data:
        return picture.data
    path = Path(picture.file)
    try:
        size = path.stat().st_size
        if size > FILE_MOST:
            raise PictureError(
                "image.file-too-large", size=size // 1_000_000, most=FILE_MOST // 1_000_000
            )
        return path.read_bytes()
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise PictureError("image.unreadable", reason=reason) from problem


def _size(picture: Picture) -> tuple[int, int]:
    """Width and height of the picture itself on paper, however it lies there."""
    rect = picture.rect
    if not picture.corners:
        return rect.width, rect.height
    at = picture.corners
    width = ((at[2] - at[0]) * rect.width, (at[3] - at[1]) * rect.height)
    height = ((at[4] - at[0]) * rect.width, (at[5] - at[1]) * rect.height)
    return round(abs(complex(*width))), round(abs(complex(*height)))


# --- findings


class _Place(Struct, frozen=True):
    """Where to report about one picture, and what it is judged by."""

    span: Span
    page: int
    file: str
    profile: Profile
    reporter: Reporter


def judge_resolution(facts: Facts, wanted: Request, at: _Place) -> None:
    """Too few pixels for the size in print."""
    profile = at.profile
    least = {
        kinds.COLOUR: profile.picture_ppi_least,
        kinds.GRAY: profile.gray_ppi_least,
        kinds.BITONAL: profile.bitonal_ppi_least,
    }[facts.kind]
    found = wanted.resolution(facts.pixels)
    if round(found) < least:
        at.reporter.warning(
            "image.low-resolution",
            at.span,
            page=at.page,
            file=at.file,
            ppi=round(found),
            least=round(least),
        )


def judge_changes(facts: Facts, wanted: Request, at: _Place) -> None:
    """What was done to the picture that shows."""
    notes: Mapping[str, bool] = {
        "image.rgb-converted": facts.converted and not wanted.gray_only,
        "image.grayed": facts.converted and wanted.gray_only,
        "image.alpha-flattened": facts.flattened,
        "image.profile-unusable": facts.unusable_profile,
    }
    for code, true in notes.items():
        if true:
            at.reporter.note(code, at.span, page=at.page, file=at.file)
    if facts.frames > 1:
        at.reporter.note("image.frames", at.span, page=at.page, file=at.file, count=facts.frames)
    ours = at.profile.condition_info
    if facts.condition and facts.condition != ours:
        at.reporter.note(
            "image.other-condition",
            at.span,
            page=at.page,
            file=at.file,
            condition=facts.condition,
            ours=ours or at.profile.label_ja,
        )


def judge_ink(facts: Facts, wanted: Request, at: _Place) -> None:
    """Total ink (総インキ量), by the share of the area that has too much."""
    most = facts.over_most > _SHARE
    share, limit = (
        (facts.over_most, wanted.ink_most) if most else (facts.over_warn, wanted.ink_warn)
    )
    if share > _SHARE:
        report = at.reporter.error if most else at.reporter.warning
        report(
            "image.ink",
            at.span,
            page=at.page,
            file=at.file,
            share=f"{share * 100:.1f}",
            ink=f"{facts.ink:.0f}",
            most=f"{limit:g}",
        )


JUDGES: tuple[Callable[[Facts, Request, _Place], None], ...] = (
    judge_resolution,
    judge_changes,
    judge_ink,
)
