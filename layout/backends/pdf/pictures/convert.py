"""The steps from a picture file to its image object, and keeping the result."""

from typing import TYPE_CHECKING, Final

from layout.backends.pdf.pictures.encoding import encode, encode_mask, encode_stencil, head
from layout.backends.pdf.pictures.facts import (
    BITONAL,
    COLOUR,
    GRAY,
    Converted,
    Encoded,
    Facts,
    Request,
)
from layout.backends.pdf.pictures.halftone import dotted
from layout.backends.pdf.pictures.inks import changes_gray, measure_ink, to_inks
from layout.backends.pdf.pictures.jpeg import bare_jpeg, has_adobe
from layout.backends.pdf.pictures.reading import Source, read
from layout.cache import DiskCache, cache_key

if TYPE_CHECKING:
    from PIL.Image import Image

CONVERTER: Final = 2
"""The version of these steps.  A change that makes other bytes of the same file counts it up."""

_KINDS: Final = {"1": BITONAL, "L": GRAY, "RGB": COLOUR, "CMYK": COLOUR, "LAB": COLOUR}


def kept_or_converted(data: bytes, wanted: Request, cache: DiskCache) -> Converted:
    """``convert``, from the cache where the same was done before; ``PictureError``."""
    key = _key(data, wanted)
    kept = cache.get(key)
    if kept is not None:
        try:
            return Converted.from_bytes(kept)
        except ValueError:
            pass  # made by a version that forgot to count up: it is written anew
    made = convert(data, wanted)
    cache.put(key, made.to_bytes())
    return made


def _key(data: bytes, wanted: Request) -> str:
    from PIL import __version__, features

    return cache_key(
        CONVERTER,
        __version__,
        *(str(features.version(part)) for part in ("littlecms2", "jpg", "zlib", "libtiff", "webp")),
        data,
        *(wanted.width, wanted.height),
        *(str(sorted(figures.items())) for figures in (wanted.target, wanted.above)),
        *(wanted.pixels_most, wanted.ink_warn, wanted.ink_most),
        *(wanted.gray_only, wanted.clear, wanted.stencil, wanted.dotted),
        wanted.press,
    )


def convert(data: bytes, wanted: Request) -> Converted:
    """Read, judge, fit, separate, encode; ``PictureError``."""
    source = read(data, wanted.pixels_most)
    facts = Facts(pixels=source.image.size, frames=source.frames)
    facts.kind = GRAY if wanted.gray_only else _KINDS[source.image.mode]
    if source.image.mode == "1":
        facts.kind = BITONAL
    if wanted.stencil:
        return _stencil(source, wanted, facts)
    passing = _as_it_is(data, source, wanted, facts)
    if passing is not None:
        return passing
    mask = _settle_transparency(source, wanted, facts)
    if source.image.mode == "LAB":  # averages of Lab bytes would be wrong around nought
        source.image = to_inks(source, wanted, facts)
        image = _fit(source.image, wanted, facts.kind)
    else:
        source.image = _fit(source.image, wanted, facts.kind)
        image = to_inks(source, wanted, facts)
    if image.mode == "CMYK":
        measure_ink(image, wanted, facts)
    if wanted.dotted and image.mode == "L":
        image = dotted(image, wanted.resolution(image.size))
    return Converted(encode(image), mask, facts)


def _as_it_is(data: bytes, source: Source, wanted: Request, facts: Facts) -> Converted | None:
    """The JPEG data of the file itself, where they are already what is wanted: no second loss."""
    image = source.image
    if (
        not source.as_stored
        or wanted.dotted
        or wanted.resolution(image.size) > wanted.above[facts.kind]
    ):
        return None
    if (image.mode == "L" and changes_gray(source)) or (image.mode == "CMYK" and wanted.gray_only):
        return None
    bare = bare_jpeg(data)
    if bare is None:
        return None
    entries = head(image) + b" /Filter /DCTDecode"
    image = to_inks(source, wanted, facts)
    if image.mode == "CMYK":
        measure_ink(image, wanted, facts)
        if has_adobe(bare):
            entries += b" /Decode [1 0 1 0 1 0 1 0]"
    return Converted(Encoded(entries, bare), None, facts)


def _stencil(source: Source, wanted: Request, facts: Facts) -> Converted:
    facts.kind = BITONAL
    image = source.image if source.image.mode == "1" else _line_art(source.image.convert("L"))
    return Converted(encode_stencil(_fit(image, wanted, BITONAL)), None, facts)


def _line_art(gray: "Image") -> "Image":
    return gray.point([0] * 128 + [255] * 128).convert("1")


# --- transparency


def _settle_transparency(source: Source, wanted: Request, facts: Facts) -> Encoded | None:
    """The soft mask where it may be kept; otherwise the picture is laid on white paper."""
    if source.alpha is None:
        return None
    if wanted.clear:
        source.image, alpha = _fit_with(source.image, source.alpha, wanted, facts.kind)
        return encode_mask(alpha)
    facts.flattened = True
    source.image = _on_white(source.image, source.alpha)
    return None


def _on_white(image: "Image", alpha: "Image") -> "Image":
    from PIL import Image

    paper = Image.new(image.mode, image.size, "white")
    paper.paste(image, mask=alpha)
    return paper


# --- resolution


def _scaled(size: tuple[int, int], wanted: Request, kind: str) -> tuple[int, int] | None:
    """The size to come down to; None if it may stay.  Nothing is ever made larger."""
    found = wanted.resolution(size)
    if found <= wanted.above[kind]:
        return None
    scale = wanted.target[kind] / found
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _fit(image: "Image", wanted: Request, kind: str) -> "Image":
    """Bring what has far more pixels than print can show down to the profile's resolution."""
    from PIL.Image import Resampling

    size = _scaled(image.size, wanted, kind)
    if size is None:
        return image
    if image.mode == "1":
        gray = image.convert("L").resize(size, Resampling.BOX, reducing_gap=None)
        return _line_art(gray)
    return image.resize(size, Resampling.LANCZOS, reducing_gap=3.0)


def _fit_with(
    image: "Image", alpha: "Image", wanted: Request, kind: str
) -> tuple["Image", "Image"]:
    """The same for a picture and its transparency: what is clear has no say in the colours."""
    from PIL.Image import Resampling

    size = _scaled(image.size, wanted, kind)
    if size is None:
        return image, alpha
    mode = "LA" if image.mode == "L" else "RGBA"
    layer = image.convert(mode)
    layer.putalpha(alpha)
    layer = layer.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
    colours = layer.getchannel("L") if mode == "LA" else layer.convert("RGB")
    return colours, layer.getchannel("A")
