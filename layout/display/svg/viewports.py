"""How a view box fills its room (SVG 1.1, 7.8)."""

import re
from typing import Final

from layout.display.matrix import Matrix

_FIT: Final = re.compile(r"(?:defer\s+)?x(Min|Mid|Max)Y(Min|Mid|Max)(?:\s+(meet|slice))?")
_SHARES: Final = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}

Box = tuple[float, float, float, float]


def fills(fit: str) -> bool:
    """True if the drawing asks to fill its room rather than to fit into it."""
    return fit.strip().endswith("slice")


def placed(box: Box, room: tuple[float, float], fit: str) -> Matrix:
    """From the view box to a room at nought; ``fit`` is ``preserveAspectRatio``."""
    wide, high = room[0] / box[2], room[1] / box[3]
    if fit.strip() == "none":
        return Matrix(wide, 0.0, 0.0, high, -box[0] * wide, -box[1] * high)
    found = _FIT.fullmatch(fit.strip())
    across, down = (_SHARES[found[1]], _SHARES[found[2]]) if found else (0.5, 0.5)
    scale = max(wide, high) if fills(fit) else min(wide, high)
    left = (room[0] - box[2] * scale) * across - box[0] * scale
    top = (room[1] - box[3] * scale) * down - box[1] * scale
    return Matrix(scale, 0.0, 0.0, scale, left, top)
