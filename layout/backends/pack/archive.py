"""The zip file, and the forms of text in it."""

import hashlib
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EARLIEST: Final = date(1980, 1, 1)
"""Before it a zip knows no dates (APPNOTE, 4.4.6)."""

PACKED: Final = (".pdf", ".jpg", ".png")
"""They are compressed themselves."""

_UNIX: Final = 3
_READABLE: Final = 0o100644 << 16
_LEVEL: Final = 9


def write_zip(files: Mapping[str, bytes], day: date) -> bytes:
    """A zip of the files, ordered by name, all dated midnight of ``day``; names are ASCII."""
    stamp = max(day, EARLIEST)
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in sorted(files):
            entry = ZipInfo(name, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            entry.compress_type = ZIP_STORED if name.endswith(PACKED) else ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=_LEVEL)
    return out.getvalue()


def checksums(files: Mapping[str, bytes]) -> bytes:
    """``SHA256SUMS``, as ``sha256sum -c`` reads it."""
    lines = (
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    )
    return "".join(lines).encode("ascii")


def japanese_text(text: str) -> bytes:
    """Text that a double click opens right on any Windows: UTF-8 with its mark, CR LF."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")
