"""How inks look: sRGB for screens, through the press's ICC profile."""

from layout.display.model import Colour
from layout.house.profile import Profile
from layout.preflight.colour import PROCESS, Conversion

Rgb = tuple[int, int, int]


class Looks:
    """Colours on paper as a screen shows them; each is worked out once.

    A spot ink looks as the process inks do that stand for it.  What is printed on
    the same place besides adds its ink; no plate prints more than all of it.
    """

    def __init__(self, profile: Profile) -> None:
        self._conversion = Conversion(str(profile.icc_path))
        self._known: dict[Colour, Rgb] = {}

    def rgb(self, colour: Colour) -> Rgb:
        """Red, green and blue from 0 to 255."""
        if colour not in self._known:
            inks = [0.0] * 4
            layer: Colour | None = colour
            while layer is not None:
                inks = [min(100.0, ink + more) for ink, more in zip(inks, layer.cmyk, strict=True)]
                layer = layer.plus
            plates = dict(zip(PROCESS, (ink / 100 for ink in inks), strict=True))
            self._known[colour] = self._conversion.look(plates)
        return self._known[colour]

    def hexadecimal(self, colour: Colour) -> str:
        """``#rrggbb``."""
        red, green, blue = self.rgb(colour)
        return f"#{red:02x}{green:02x}{blue:02x}"

    def fill(self, colour: Colour) -> str:
        """The attribute; an ink that lies over others darkens what is beneath."""
        over = ' style="mix-blend-mode:multiply"' if colour.over else ""
        return f' fill="{self.hexadecimal(colour)}"{over}'
