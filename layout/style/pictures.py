"""How large a picture is: its header only, never its pixels."""

from pathlib import Path

from layout.diagnostics import Reporter, Span

_SCALE = 1000


def picture_size(path: str, kind: str, span: Span, reporter: Reporter) -> tuple[int, int]:
    """Width and height in units of equal size; (1, 1), reported, if the header cannot be read."""
    try:
        return _svg_size(path) if kind == "svg" else _image_size(path)
    except (OSError, ValueError, SyntaxError) as error:
        reporter.error("image.unreadable", span, file=Path(path).name, reason=str(error))
        return 1, 1


def _image_size(path: str) -> tuple[int, int]:
    from PIL import Image  # only leaflets with pictures pay for it

    with Image.open(path) as image:
        width, height = image.size
        turned = image.getexif().get(274, 1) in (5, 6, 7, 8)  # EXIF orientation
    return (height, width) if turned else (width, height)


def _svg_size(path: str) -> tuple[int, int]:
    import re
    import xml.etree.ElementTree as ET

    data = Path(path).read_bytes()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("DOCTYPE")
    root = ET.fromstring(data)
    box = root.get("viewBox", "")
    if box:
        _, _, width, height = (float(v) for v in re.split(r"[\s,]+", box.strip()))
    else:
        width, height = (
            float(re.sub(r"[a-z%]+$", "", root.get(k, "0"))) for k in ("width", "height")
        )
    if width <= 0 or height <= 0:
        raise ValueError("viewBox")
    return round(width * _SCALE), round(height * _SCALE)
