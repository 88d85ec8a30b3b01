"""A font face: a file of ``fonts/`` and the few figures layout needs of it."""

from msgspec import Struct


class FontFace(Struct, frozen=True):
    """One static face.

    ``key`` is its name in fonts.yaml (``noto-serif-jp-400``); ``em_top`` and
    ``em_bottom`` are the ideographic em box over and under the baseline, in
    font units (OpenType BASE ``idtp``/``ideo``).
    """

    key: str
    path: str
    postscript_name: str
    units_per_em: int
    em_top: int
    em_bottom: int
