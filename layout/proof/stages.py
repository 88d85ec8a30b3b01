"""Stages of proof (初校, 再校 …) as small text files beside the leaflet.

A stage keeps what was on the pages, so that the next proof shows what changed,
and what it was made of, so that an approved leaflet (校了) is known again.
People can read the file, and a version control system shows its differences.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

from msgspec import Struct, field

from layout.reading.model import Box, Reading

STAGES: Final = ("初校", "再校", "三校", "四校", "五校", "校了")
APPROVED: Final = "校了"
HEAD: Final = "# bira: 校正の控え / a stage of proof, version 1"
_RULE: Final = "---"
_KEYS: Final = ("leaflet", "stage", "date", "source", "style", "press")
LINES_MOST: Final = 100_000


class StageLine(Struct, frozen=True):
    """A printed line, or a figure or code (``kind``); ``text`` is what it says."""

    id: str
    kind: str
    page: int
    box: Box
    text: str

    @property
    def block(self) -> str:
        """The block it belongs to."""
        return self.id.rpartition(".")[0] if self.kind == "line" else self.id


class Stage(Struct, frozen=True):
    """One stage.  ``source``, ``style`` and ``press`` are SHA-256 of files, ``figures`` by name."""

    leaflet: str
    stage: str
    date: str
    source: str
    style: str
    press: str
    figures: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[StageLine, ...] = ()

    def blocks(self) -> dict[str, str]:
        """The text of every block, in order."""
        found: dict[str, str] = {}
        for line in self.lines:
            if line.kind == "line":
                found[line.block] = found.get(line.block, "") + line.text
        return found

    def things(self) -> dict[str, str]:
        """What figures show and codes say."""
        return {line.id: line.text for line in self.lines if line.kind != "line"}


def sha256(data: bytes) -> str:
    """The fingerprint of a file."""
    return hashlib.sha256(data).hexdigest()


def stage_lines(reading: Reading) -> tuple[StageLine, ...]:
    """All lines, figures and codes of a leaflet as it is printed."""
    found = []
    for page in reading.pages:
        for block in page.blocks:
            for line in block.lines:
                found.append(StageLine(line.id, "line", page.number, line.box, line.text))
        for thing in page.things:
            said = thing.says or thing.alt
            found.append(StageLine(thing.id, thing.kind, page.number, thing.box, said))
    return tuple(found)


def written(stage: Stage) -> bytes:
    """The stage as its file."""
    head = [HEAD, *(f"{key}: {getattr(stage, key)}" for key in _KEYS)]
    head += [f"figure: {digest} {name}" for name, digest in sorted(stage.figures.items())]
    return ("\n".join([*head, _RULE, *map(_row, stage.lines)]) + "\n").encode()


def _row(line: StageLine) -> str:
    box = line.box
    place = f"{box.x:.1f},{box.y:.1f},{box.width:.1f},{box.height:.1f}"
    text = line.text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
    return "\t".join((line.id, line.kind, str(line.page), place, text))


def read_stage(data: bytes) -> Stage | None:
    """A stage from its file; None if it is none."""
    try:
        head, rule, body = data.decode("utf-8").partition(f"\n{_RULE}\n")
        first, *entries = head.split("\n")
        if first != HEAD or not rule:
            return None
        values: dict[str, str] = {}
        figures: dict[str, str] = {}
        for entry in entries:
            key, _, value = entry.partition(": ")
            if key == "figure":
                digest, _, name = value.partition(" ")
                figures[name] = digest
            else:
                values[key] = value
        rows = [row for row in body.split("\n") if row][:LINES_MOST]
        leaflet, name, date, source, style, press = (values[key] for key in _KEYS)
        lines = tuple(map(_line, rows))
        return Stage(leaflet, name, date, source, style, press, figures, lines)
    except (UnicodeDecodeError, KeyError, ValueError):
        return None


def _line(row: str) -> StageLine:
    name, kind, page, place, text = row.split("\t")
    x, y, width, height = map(float, place.split(","))
    plain = text.replace("\\\\", "\0").replace("\\t", "\t").replace("\\n", "\n")
    return StageLine(name, kind, int(page), Box(x, y, width, height), plain.replace("\0", "\\"))
