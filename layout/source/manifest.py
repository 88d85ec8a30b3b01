"""The font manifest ``fonts/fonts.yaml``: the faces and what layout must know of them."""

from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct


class FaceEntry(Struct, frozen=True):
    """One face.

    ``em_box`` is the ideographic em box over and under the baseline, in font
    units; ``job_line`` marks the face that job lines beside the page are set in.
    """

    key: str
    file: str
    em_box: tuple[int, int]
    family: str
    weight: int
    licence: str
    sha256: str
    job_line: bool = False


def read_manifest(path: Path) -> dict[str, FaceEntry]:
    """All faces by name.  The manifest is part of the program: a broken one raises."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as stream:
        data: dict[str, Any] = yaml.load(stream, Loader=loader)
    return {
        key: FaceEntry(
            key,
            entry["file"],
            (int(entry["em-box"][0]), int(entry["em-box"][1])),
            entry["family"],
            int(entry["weight"]),
            entry["licence"],
            str(entry["sha256"]),
            bool(entry.get("job-line", False)),
        )
        for key, entry in data["faces"].items()
    }
