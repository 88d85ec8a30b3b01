"""Pages as they were at a stage of proof, kept small: outlines are named, not copied.

The file is JSON, compressed.  Of every glyph it has the face's name and the glyph's
number; when the pages are drawn again the outlines come from the fonts of the house.
A digest of each face's outlines tells whether they are still the same.
"""

import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from layout.backends.svg.paint import SvgPainter
from layout.display.model import DisplayList
from layout.font.face import FontFace
from layout.font.library import FontLibrary
from layout.house.profile import Profile

VERSION: Final = 1
BYTES_MOST: Final = 60_000_000
"""Of the file when it is no longer compressed."""
PAGES_MOST: Final = 400

_GZIP: Final = 31
_VALUE: Final = "[-#A-Za-z0-9 .,()]*"
_ATTRIBUTE: Final = (
    rf"(?: (?:viewBox|data-page|d|fill|transform|x|y|width|height|id|stroke|aria-hidden|focusable|"
    rf'preserveAspectRatio|(?:fill|clip)-(?:rule|path)|stroke-[a-z]+)="{_VALUE}"'
    r'| class="picture"| style="mix-blend-mode:multiply"| href="#g[0-9a-f]+"'
    r'| href="data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=]+")'
)
_TAG: Final = rf"<(?:/(?:svg|g|clipPath)|(?:svg|g|path|use|image|clipPath){_ATTRIBUTE}*/?)>"
_PAGE: Final = re.compile(rf"<svg{_ATTRIBUTE}*>(?:{_TAG})*</svg>")
_USE: Final = re.compile(r'(?<= href="#)g[0-9a-f]+(?=")')
_CLIP: Final = re.compile(r'(?<= id=")[^"]+(?=")|(?<=clip-path="url\(#)[^)]+(?=\)")')


def kept_pages(display: DisplayList, profile: Profile) -> bytes:
    """The file that keeps how the pages look."""
    painter = SvgPainter(profile)
    pages = [painter.page(page, number) for number, page in enumerate(display.pages, 1)]
    drawn = painter.outlines.drawn()
    paths: dict[str, list[str]] = {}
    for face, _, path in drawn:
        paths.setdefault(face.key, []).append(path)
    keys = list(paths)
    held = {
        "bira-pages": VERSION,
        "faces": [[key, _digest(paths[key])] for key in keys],
        "glyphs": [[keys.index(face.key), gid] for face, gid, _ in drawn],
        "pages": pages,
    }
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    packer = zlib.compressobj(9, wbits=_GZIP)
    return packer.compress(text.encode("utf-8")) + packer.flush()


def former_pages(data: bytes, painter: SvgPainter, library: FontLibrary) -> tuple[str, ...]:
    """The pages of such a file, drawn with the outlines of ``painter``.

    None of them if the file is not sound or if the fonts have changed since: what
    cannot be shown as it was is not shown.
    """
    try:
        held = json.loads(zlib.decompressobj(_GZIP).decompress(data, BYTES_MOST).decode("utf-8"))
        if held["bira-pages"] != VERSION:
            return ()
        names = _names(held["faces"], held["glyphs"], painter, library)
        return tuple(_page(page, names) for page in held["pages"][:PAGES_MOST])
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, RecursionError):
        return ()


def looks_the_same(page: str, former: str) -> bool:
    """Whether two pages drawn by one painter look the same."""
    return _clips_from_one(page) == _clips_from_one(former)


def _names(
    faces: Sequence[Any], glyphs: Sequence[Any], painter: SvgPainter, library: FontLibrary
) -> Mapping[str, str]:
    """What the painter calls each outline of the file; an error if one is another now."""
    found = [_face(key, library) for key, _ in faces]
    rows = [(found[int(index)], int(gid)) for index, gid in glyphs]
    names = [painter.outlines.name(face, gid) for face, gid in rows]
    paths = {(face.key, gid): path for face, gid, path in painter.outlines.drawn()}
    for face, (_, digest) in zip(found, faces, strict=True):
        if digest != _digest(paths[face.key, gid] for own, gid in rows if own is face):
            raise ValueError(face.key)
    return {f"g{number:x}": name for number, name in enumerate(names)}


def _face(key: str, library: FontLibrary) -> FontFace:
    face = library.face(key) if key in library.names else None
    if face is None:
        raise ValueError(key)
    return face


def _page(page: str, names: Mapping[str, str]) -> str:
    """One page, if it is what we draw and nothing else; its clips get names of their own."""
    if not _PAGE.fullmatch(page):
        raise ValueError("page")
    page = _USE.sub(lambda found: names[found[0]], page)
    return _CLIP.sub(lambda found: f"former-{found[0]}", page)


def _clips_from_one(page: str) -> str:
    numbers: dict[str, str] = {}
    return _CLIP.sub(lambda found: numbers.setdefault(found[0], f"c{len(numbers)}"), page)


def _digest(paths: Iterable[str]) -> str:
    return sha256("\n".join(paths).encode("ascii")).hexdigest()[:16]
