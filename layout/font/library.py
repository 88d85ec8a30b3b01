"""The fonts of the house: the manifest, and faces opened on first use."""

from pathlib import Path
from typing import Final

import uharfbuzz as hb

from layout.diagnostics import NOWHERE, Reporter
from layout.font.face import FontFace
from layout.source.manifest import FaceEntry, read_manifest

_LEAST: Final = {"head": 54, "hhea": 36, "maxp": 6, "hmtx": 4, "cmap": 4}
"""The tables that every font has (OpenType 1.9), and the bytes they have at least."""

_POSTSCRIPT_NAME: Final = 6  # OpenType name table, name ID 6


class FontLibrary:
    """Faces by the names of ``fonts.yaml``; each file is opened (memory-mapped) once."""

    def __init__(self, folder: Path, reporter: Reporter) -> None:
        self._folder = folder
        self._reporter = reporter
        self._entries: dict[str, FaceEntry] = read_manifest(folder / "fonts.yaml")
        self._faces: dict[str, FontFace] = {}
        self._fonts: dict[str, hb.Font] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The face names of the manifest."""
        return tuple(self._entries)

    def face(self, key: str) -> FontFace | None:
        """The face named ``key``; None, with a diagnostic, if its file cannot be used."""
        if key not in self._faces and not self._open(key):
            return None
        return self._faces[key]

    def job_line_face(self) -> FontFace | None:
        """The face for job lines: the one the manifest marks, else its first."""
        marked = [key for key, entry in self._entries.items() if entry.job_line]
        return self.face((*marked, *self._entries)[0])

    def font(self, face: FontFace) -> hb.Font:
        """The HarfBuzz font of a face, in font units."""
        return self._fonts[face.key]

    def glyph(self, face: FontFace, char: str) -> int:
        """The nominal glyph of one character, 0 if the face has none."""
        return self._fonts[face.key].get_nominal_glyph(ord(char)) or 0

    def _open(self, key: str) -> bool:
        entry = self._entries[key]
        path = self._folder / entry.file
        if not path.is_file():
            self._reporter.error("environment.font-file", NOWHERE, file=str(path), face=key)
            return False
        face = hb.Face(hb.Blob.from_file_path(str(path)))
        if not face.glyph_count or not _is_whole(face):
            self._reporter.error("environment.font-file", NOWHERE, file=str(path), face=key)
            return False
        name = face.get_name(_POSTSCRIPT_NAME) or path.stem
        self._faces[key] = FontFace(key, str(path), name, face.upem, *entry.em_box)
        self._fonts[key] = hb.Font(face)
        return True


def _is_whole(face: hb.Face) -> bool:
    """Whether all is there that the press file needs: what HarfBuzz lacks it makes up."""
    return all(len(face.reference_table(tag)) >= least for tag, least in _LEAST.items())
