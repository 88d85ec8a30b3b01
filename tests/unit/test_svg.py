"""SVG figures: what drawing programs write becomes shapes in inks, or a finding with a remedy."""

import base64
import math
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from layout.cli.messages import MISSING, render
from layout.diagnostics import Reporter, Span
from layout.display.drawings import draw
from layout.display.model import Colour, DisplayItem, Group, Picture, Shape, walk
from layout.display.svg.path_data import path_commands
from layout.geometry import Rect
from layout.style.model import Drawing
from layout.style.pictures import picture_kind, picture_size
from layout.units import mm

AI = Colour("ai", (90.0, 60.0, 0.0, 20.0))
SPAN = Span("leaflet.yaml", 12, 9, 5)
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '


class Drawn:
    """What a drawing of 100 by 100 units on 100 by 100 mm became: a unit is a millimetre."""

    def __init__(self, items: list[DisplayItem], reporter: Reporter) -> None:
        self.items = list(walk(tuple(items)))
        self.codes = [found.code for found in reporter]
        self.found = list(reporter)

    @property
    def shapes(self) -> list[Shape]:
        return [item for item in self.items if isinstance(item, Shape)]

    @property
    def groups(self) -> list[Group]:
        return [item for item in self.items if isinstance(item, Group)][1:]

    @property
    def fills(self) -> list[tuple[float, ...]]:
        return [shape.fill.cmyk for shape in self.shapes if shape.fill]

    def box(self, index: int = 0) -> tuple[float, ...]:
        """Left, top, right, bottom in millimetres."""
        numbers = [n / 1e6 for _, values in self.shapes[index].path for n in values]
        return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def drawing(path: Path, size: tuple[int, int] = (100, 100), colours: bool = True) -> Drawing:
    return Drawing("svg", str(path), SPAN, "Figure", *size, "alt", {"ai": AI} if colours else {})


@pytest.fixture
def svg(tmp_path: Path):  # type: ignore[no-untyped-def]
    def make(body: str, head: str = 'viewBox="0 0 100 100"', whole: bool = False) -> Drawn:
        path = tmp_path / "figure.svg"
        path.write_text(body if whole else f"{HEAD}{head}>{body}</svg>", "utf-8")
        reporter = Reporter()
        items = draw(drawing(path), Rect(0, 0, mm(100), mm(100)), reporter)
        for found in reporter:
            assert found.span == SPAN
            assert all(MISSING not in render(found, [], lang) for lang in ("ja", "en"))
        return Drawn(items, reporter)

    return make


K = (0.0, 0.0, 0.0, 100.0)


# --- colours


@pytest.mark.parametrize(
    ("text", "cmyk"),
    [
        ("#000", K),
        ("black", K),
        ("rgb(0, 0, 0)", K),
        ("#231815", K),  # Illustrator's black under Japan Color
        ("#fff", (0, 0, 0, 0)),
        ("var(--ai)", AI.cmyk),
        ("var(--nothing, var(--ai))", AI.cmyk),
        ("device-cmyk(0.1, 0.2, 0.3, 0.4)", (10, 20, 30, 40)),
        ("device-cmyk(10% 20% 30% 40%)", (10, 20, 30, 40)),
        ("#cd853f icc-color(Japan, 0.11, 0.48, 0.83, 0)", (11, 48, 83, 0)),
        ("currentColor", AI.cmyk),
        ("rgb(0%,0%,0%)", K),
    ],
)
def test_colours_that_are_exact(svg, text: str, cmyk: tuple[float, ...]) -> None:  # type: ignore[no-untyped-def]
    found = svg(f'<g color="var(--ai)"><rect width="9" height="9" fill="{text}"/></g>')
    assert found.fills == [cmyk] and found.codes == []


@pytest.mark.parametrize(
    "text", ["#777", "gray", "rgb(120,120,121)", "hsl(20, 0%, 40%)", "#595757"]
)
def test_grays_keep_to_the_black_plate(svg, text: str) -> None:  # type: ignore[no-untyped-def]
    found = svg(f'<rect width="9" height="9" fill="{text}"/>')
    (inks,) = found.fills
    assert inks[:3] == (0, 0, 0) and 40 < inks[3] < 90
    assert found.codes == []


@pytest.mark.parametrize(
    "text", ["#e60012", "red", "rgb(230 0 18 / 100%)", "hsl(355,100%,45%)", "#e60012ff"]
)
def test_screen_colours_go_through_the_profile_and_that_is_noted(svg, text: str) -> None:  # type: ignore[no-untyped-def]
    found = svg(f'<rect width="9" height="9" fill="{text}"/>')
    ((cyan, magenta, yellow, black),) = found.fills
    assert magenta > 85 and yellow > 70 and cyan < 15 and black < 15
    assert found.codes == ["image.drawing-rgb"]


def test_unknown_colours_are_one_finding(svg) -> None:  # type: ignore[no-untyped-def]
    assert svg('<rect width="9" height="9" fill="bleu"/>').codes == ["image.svg-colour"]
    found = svg('<rect width="9" height="9" fill="var(--beni)"/>')
    assert found.codes == ["image.svg-variable"] and found.items == []
    assert found.found[0].values["known"] == "ai"


# --- geometry


def test_units_and_viewports(svg) -> None:  # type: ignore[no-untyped-def]
    whole = f'{HEAD} width="100mm" height="100mm"><rect x="10mm" y="1cm" width="50%" height="1in"/></svg>'
    assert svg(whole, whole=True).box() == pytest.approx((10, 10, 60, 35.4), abs=1e-3)
    nested = '<svg x="10" y="20" width="40" height="20" viewBox="0 0 10 10" preserveAspectRatio="xMaxYMid meet"><rect width="10" height="10"/></svg>'
    found = svg(nested)
    assert found.box() == pytest.approx((30, 20, 50, 40))
    assert len(found.groups) == 1  # clipped to its viewport
    stretched = nested.replace("xMaxYMid meet", "none")
    assert svg(stretched).box() == pytest.approx((10, 20, 50, 40))


@pytest.mark.parametrize(
    ("fit", "box"),
    [
        ("xMidYMid meet", (0, 25, 100, 75)),
        ("xMinYMin meet", (0, 0, 100, 50)),
        ("xMaxYMax meet", (0, 50, 100, 100)),
        ("xMinYMin slice", (0, 0, 200, 100)),
        ("xMaxYMax slice", (-100, 0, 100, 100)),
    ],
)
def test_how_the_root_fills_its_room(svg, fit: str, box: tuple[float, ...]) -> None:  # type: ignore[no-untyped-def]
    head = f'viewBox="0 0 200 100" preserveAspectRatio="{fit}"'
    assert svg('<rect width="200" height="100"/>', head).box() == pytest.approx(box)


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("translate(10 20)", (10, 20, 20, 25)),
        ("scale(2)", (0, 0, 20, 10)),
        ("rotate(90)", (-5, 0, 0, 10)),
        ("rotate(90, 10, 10)", (15, 0, 20, 10)),
        ("matrix(0 1 -1 0 30 0)", (25, 0, 30, 10)),
        ("skewX(45)", (0, 0, 15, 5)),
        ("translate(5,5)scale(2 , 3)", (5, 5, 25, 20)),
    ],
)
def test_transforms(svg, text: str, box: tuple[float, ...]) -> None:  # type: ignore[no-untyped-def]
    assert svg(f'<rect width="10" height="5" transform="{text}"/>').box() == pytest.approx(box)
    css = text.replace(" 20)", "px, 20px)").replace("(90)", "(90deg)")
    if "," not in text and "matrix" not in text:
        assert svg(
            f'<rect width="10" height="5" style="transform: {css}"/>'
        ).box() == pytest.approx(box)


def ends(data: str) -> list[tuple[float, ...]]:
    return [values[-2:] for _, values in path_commands(data)]


def test_path_data_in_every_spelling() -> None:
    assert ends("M1 2L3 4") == ends("m1,2l2,2") == ends("M1,2 3,4") == [(1, 2), (3, 4)]
    assert ends("M0 0h5v5H1V2z") == [(0, 0), (5, 0), (5, 5), (1, 5), (1, 2), ()]
    assert ends("M.5.5-1-1") == [(0.5, 0.5), (-1, -1)]
    assert ends("M1e1 1E-1") == [(10, 0.1)]
    assert path_commands("M0 0C1 1 2 2 3 0S5 1 6 0")[2] == ("C", (4, -2, 5, 1, 6, 0))
    assert path_commands("M0 0Q3 3 6 0T12 0")[2][1] == pytest.approx((8, -2, 10, -2, 12, 0))
    assert ends("m1 1l1 0zl0 5")[-2:] == [(1, 1), (1, 6)]  # after z the pen is at the start
    assert ends("M1 1 L2 2 X 9 9") == [(1, 1), (2, 2)] or ends("M1 1L2 2L")[-1] == (2, 2)
    assert path_commands("L 1 1") == [] and path_commands("") == []


@pytest.mark.parametrize("flags", ["0 0", "0 1", "1 0", "1 1"])
def test_arcs_lie_on_their_circle(flags: str) -> None:
    """Both centres are 4.33 from the middle of the chord of five in a circle of radius five."""
    commands = path_commands(f"M0 0A5 5 0 {flags} 5 0")
    large, sweep = (int(flag) for flag in flags.split())
    places = [(0.0, 0.0)]
    for _, values in commands[1:]:
        start, (a, b, c, d, x, y) = places[-1], values
        for t in (0.25, 0.5, 0.75, 1.0):
            u = 1 - t
            places.append(tuple(  # type: ignore[arg-type]
                u**3 * s + 3 * u * u * t * p + 3 * u * t * t * q + t**3 * e
                for s, p, q, e in zip(start, (a, b), (c, d), (x, y), strict=True)
            ))  # fmt: skip
    distances = [
        {abs(math.dist(place, (2.5, sign * math.sqrt(18.75))) - 5) < 0.01 for place in places}
        for sign in (1, -1)
    ]
    assert {True} in distances
    assert places[-1] == (5, 0)
    length = sum(math.dist(a, b) for a, b in pairwise(places))
    assert length == pytest.approx(10 * math.pi * (5 if large else 1) / 6, rel=0.02)
    middle = places[len(places) // 2]
    assert (middle[1] < 0) == bool(sweep)


def test_arcs_with_flags_run_together_and_radii_too_small() -> None:
    assert ends("M0 0a5 5 0 015 0") == ends("M0 0a5 5 0 0 1 5 0")
    assert ends("M0 0a5 5 0 01.5.5.1 5 5 0 00 1")[-1] != ()
    assert ends("M0 0A1 1 0 0 1 10 0")[-1] == (10, 0)
    assert ends("M0 0A0 5 0 0 1 10 0") == [(0, 0), (10, 0)]


def test_basic_shapes(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<rect x="1" y="2" width="20" height="10" rx="3"/><circle cx="50" cy="50" r="10%"/>'
        '<ellipse cx="50" cy="50" rx="20" ry="10"/><polygon points="0,0 10,0 10,10"/>'
        '<polyline points="0,0 10,0 10,10"/><rect width="0" height="5"/><circle r="0"/>'
    )
    assert found.box(0) == pytest.approx((1, 2, 21, 12))
    assert found.box(1) == pytest.approx((40, 40, 60, 60))
    assert found.box(2) == pytest.approx((30, 40, 70, 60))
    assert [verb for verb, _ in found.shapes[3].path] == ["M", "L", "L", "Z"]
    assert [verb for verb, _ in found.shapes[4].path] == ["M", "L", "L"]
    assert len(found.shapes) == 5


# --- styles


def test_css_cascade(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        "<style>/* a */ .a, .b { fill: device-cmyk(1,0,0,0); } g > .c {fill:device-cmyk(0,1,0,0)}"
        "#d {fill: device-cmyk(0,0,1,0)} rect.a {stroke-width:3} @media print {.a{fill:red}}"
        ".a:hover{fill:red}</style>"
        '<rect class="a" width="9" height="9" fill="black"/>'
        '<g><rect class="c" width="9" height="9"/></g><rect class="c" width="9" height="9"/>'
        '<rect class="a" id="d" width="9" height="9"/>'
        '<rect class="a" id="d2" width="9" height="9" style="fill:device-cmyk(0,0,0,.5) !important;"/>'
    )
    assert found.fills == [
        (100, 0, 0, 0), (0, 100, 0, 0), K, (0, 0, 100, 0), (0, 0, 0, 50),
    ]  # fmt: skip
    assert found.codes == []


def test_inheritance_and_what_is_hidden(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<g fill="none" stroke="#000" stroke-width="2" opacity="1"><rect width="9" height="9"/>'
        '<rect width="9" height="9" display="none"/><rect width="9" height="9" visibility="hidden"/>'
        '<rect width="9" height="9" stroke="inherit"/></g>'
    )
    assert [shape.stroke.thickness for shape in found.shapes if shape.stroke] == [mm(2), mm(2)]
    assert found.fills == []


def test_strokes_in_every_detail(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<path d="M0 0L50 0L0 50" fill="none" stroke="#000" stroke-width="2" stroke-linecap="round"'
        ' stroke-linejoin="bevel" stroke-dasharray="5,3,1" stroke-dashoffset="-2" transform="scale(2)"/>'
        '<path d="M0 0L50 0" stroke="#000" vector-effect="non-scaling-stroke" transform="scale(3)"/>'
        '<path d="M0 0L50 0" fill="none" stroke="#000" stroke-dasharray="0 0" stroke-miterlimit="7"/>'
    )
    first, *rest = [shape.stroke for shape in found.shapes if shape.stroke]
    assert first is not None and rest[0] is not None and rest[1] is not None
    assert (first.thickness, first.cap, first.join) == (mm(4), "round", "bevel")
    assert first.dash == tuple(mm(n * 2) for n in (5, 3, 1, 5, 3, 1))
    assert first.phase == mm(32)
    assert rest[0].thickness == mm(1)
    assert rest[1].dash == () and rest[1].miter == 7


def test_painting_order(svg) -> None:  # type: ignore[no-untyped-def]
    body = '<rect width="9" height="9" stroke="#000" fill="#fff" {0}/>'
    usual, turned = svg(body.format("")), svg(body.format('style="paint-order:stroke fill"'))
    assert [bool(shape.stroke) for shape in usual.shapes] == [False, True]
    assert [bool(shape.stroke) for shape in turned.shapes] == [True, False]


# --- symbols, clips


def test_use_and_symbols(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<defs><symbol id="s" viewBox="0 0 10 10"><rect width="10" height="10" fill="currentColor"/></symbol>'
        '<rect id="r" width="5" height="5"/></defs>'
        '<use href="#s" x="10" y="10" width="20" height="20" color="var(--ai)"/>'
        '<use xlink:href="#r" transform="translate(50 0)" x="1"/><use href="#gone"/>'
    )
    assert found.box(0) == pytest.approx((10, 10, 30, 30))
    assert found.fills[0] == AI.cmyk
    assert found.box(1) == pytest.approx((51, 0, 56, 5))
    assert found.codes == []


def test_clips(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<clipPath id="c"><circle cx="20" cy="20" r="10"/></clipPath>'
        '<clipPath id="b" clipPathUnits="objectBoundingBox"><rect width=".5" height="1" clip-rule="evenodd"/></clipPath>'
        '<mask id="m"><rect width="30" height="30" fill="white"/></mask>'
        '<g clip-path="url(#c)"><rect width="50" height="50"/></g>'
        '<rect x="40" width="40" height="40" clip-path="url(#b)"/>'
        '<rect width="40" height="40" mask="url(#m)"/>'
    )
    boxes = []
    for group in found.groups:
        numbers = [n / 1e6 for _, values in group.clip for n in values]
        boxes.append((min(numbers[::2]), max(numbers[::2])))
    assert boxes == [pytest.approx((10, 30)), pytest.approx((40, 60)), pytest.approx((0, 30))]
    assert [group.even_odd for group in found.groups] == [False, True, False]
    assert found.codes == []


# --- gradients and opacity


def test_linear_gradients_become_bands_from_end_to_end(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<linearGradient id="base"><stop offset="0" stop-color="device-cmyk(0,0,0,0.1)"/>'
        '<stop offset="100%" style="stop-color:device-cmyk(1,0,0,0.1)"/></linearGradient>'
        '<linearGradient id="g" href="#base" x1="0" x2="1"/>'
        '<rect x="10" width="80" height="20" fill="url(#g)"/>'
    )
    (group,) = found.groups
    assert len(group.items) == 200
    inks = [fill[0] for fill in found.fills]
    assert inks == sorted(inks) and inks[0] < 1 and inks[-1] > 99
    for index in range(1, 200):  # each band reaches to the end: no gap between them
        assert found.box(index)[2] == pytest.approx(90, abs=1e-4)
        assert found.box(index)[0] == pytest.approx(10 + 0.4 * index, abs=1e-4)
    assert found.codes == []


def test_radial_gradients_become_discs(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<radialGradient id="g" gradientUnits="userSpaceOnUse" cx="50" cy="50" r="40" fx="40">'
        '<stop stop-color="white"/><stop offset="1" stop-color="#000"/></radialGradient>'
        '<rect width="100" height="100" fill="url(#g)"/>'
    )
    widths = [found.box(index)[2] - found.box(index)[0] for index in range(1, len(found.shapes))]
    assert widths == sorted(widths, reverse=True) and widths[0] == pytest.approx(80)
    assert found.box(len(found.shapes) - 1)[0] == pytest.approx(40, abs=1)
    assert found.fills[0][3] > 99 and found.fills[-1][3] < 4
    assert all(fill != K for fill in found.fills)  # it would overprint its neighbour


def test_a_reflecting_gradient_runs_back(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" x2="25" spreadMethod="reflect">'
        '<stop stop-color="white"/><stop offset="1" stop-color="#000"/></linearGradient>'
        '<rect width="100" height="10" fill="url(#g)"/>'
    )

    def tone(place: float) -> float:
        return [fill[3] for index, fill in enumerate(found.fills) if found.box(index)[0] <= place][
            -1
        ]

    assert [round(tone(x), -1) for x in (1, 24, 26, 49, 51, 74)] == [0, 100, 100, 0, 0, 100]


def test_opacity_over_paper_and_over_one_tint_is_exact(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg('<rect width="50" height="50" fill="#000" fill-opacity="50%"/>')
    assert found.fills == [(0, 0, 0, 50)] and found.codes == []
    found = svg(
        '<rect width="50" height="50" fill="device-cmyk(1,0,0,0)"/>'
        '<rect x="5" y="5" width="10" height="10" fill="device-cmyk(0,1,0,0)" opacity=".25"/>'
        '<rect x="60" width="10" height="10" fill="device-cmyk(0,1,0,0)" opacity=".25"/>'
    )
    assert found.fills[1:] == [(75, 25, 0, 0), (0, 25, 0, 0)] and found.codes == []


def test_a_translucent_group_is_one_sheet(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<rect width="100" height="100" fill="device-cmyk(0,0,1,0)"/>'
        '<g opacity=".5"><rect width="50" height="50" fill="device-cmyk(1,0,0,0)"/>'
        '<rect x="20" width="50" height="50" fill="device-cmyk(0,1,0,0)"/></g>'
    )
    assert found.fills[1:] == [(50, 0, 50, 0), (0, 50, 50, 0)] and found.codes == []


def test_translucency_over_several_colours_is_told(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<rect width="50" height="50" fill="#000"/><rect x="30" width="50" height="50" opacity=".5"/>'
    )
    assert found.codes == ["image.drawing-translucent"]


# --- pictures


def data_uri(kind: str = "PNG") -> str:
    stored = BytesIO()
    Image.new("RGB", (40, 20), (200, 0, 0)).save(stored, kind)
    return f"data:image/{kind.lower()};base64," + base64.b64encode(stored.getvalue()).decode()


def test_embedded_pictures(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(f'<image x="10" y="10" width="40" height="40" xlink:href="{data_uri()}"/>')
    (picture,) = [item for item in found.items if isinstance(item, Picture)]
    assert picture.data.startswith(b"\x89PNG") and picture.corners == ()
    assert picture.rect == Rect(mm(10), mm(20), mm(40), mm(20))
    turned = svg(
        f'<image width="40" height="20" transform="translate(50 0) rotate(90)" href="{data_uri()}"/>'
    )
    (picture,) = [item for item in turned.items if isinstance(item, Picture)]
    assert picture.rect == Rect(mm(30), 0, mm(20), mm(40))
    assert picture.corners == (1, 0, 1, 1, 0, 0)


def test_a_drawing_in_a_drawing(svg) -> None:  # type: ignore[no-untyped-def]
    inner = base64.b64encode(
        f'{HEAD} viewBox="0 0 10 10"><rect width="10" height="10"/></svg>'.encode()
    )
    found = svg(
        f'<image x="10" width="20" height="20" href="data:image/svg+xml;base64,{inner.decode()}"/>'
    )
    assert found.box() == pytest.approx((10, 0, 30, 20)) and found.codes == []


# --- what is refused, each with one finding


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<text x="1" y="9">文字</text>', "image.svg-text"),
        ("<switch><foreignObject><p>x</p></foreignObject></switch>", "image.svg-text"),
        ("<script>alert(1)</script>", "image.svg-script"),
        ('<image width="9" height="9" href="photo.png"/>', "image.svg-outside"),
        ('<image width="9" height="9" href="http://example.com/a.png"/>', "image.svg-outside"),
        ('<image width="9" height="9" href="data:image/png;base64,AAAA"/>', "image.svg-picture"),
        ('<use href="other.svg#a"/>', "image.svg-outside"),
        ('<g id="a"><use href="#a"/></g>', "image.svg-circle"),
        ('<pattern id="p"/><rect width="9" height="9" fill="url(#p)"/>', "image.svg-unsupported"),
        ('<mask id="m"><rect width="9" height="9" fill="#777"/></mask><rect width="9" height="9" mask="url(#m)"/>', "image.svg-unsupported"),
        ('<rect width="9" height="9" transform="spin(3)"/>', "image.svg-unsupported"),
        ("<rect", "image.svg-broken"),
        ('<rect width="1e300" height="1e300" transform="scale(1e300)"/>', "image.svg-broken"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_one_finding(svg, body: str, code: str) -> None:  # type: ignore[no-untyped-def]
    found = svg(body)
    assert found.codes == [code] and found.items == []


def test_what_is_drawn_otherwise_is_told(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<filter id="f"/><g filter="url(#f)"><rect width="9" height="9" style="mix-blend-mode:multiply"/></g>'
        '<linearGradient id="g"><stop/><stop offset="1"/></linearGradient><path d="M0 0L9 9" stroke="url(#g)"/>'
    )
    assert found.codes == ["image.drawing-simplified"]
    assert len(str(found.found[0].values["what"]).split("、")) == 3


def test_arrow_heads(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<marker id="a" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="4" markerHeight="4" orient="auto-start-reverse">'
        '<path d="M0 0L10 5L0 10z" fill="context-stroke"/></marker>'
        '<path d="M50 50V80" fill="none" stroke="var(--ai)" stroke-width="2" marker-start="url(#a)" marker-end="url(#a)"/>'
    )
    assert found.box(1) == pytest.approx((46, 50, 54, 58))  # its tip is the start, pointing up
    assert found.box(2) == pytest.approx((46, 72, 54, 80))
    assert found.fills == [AI.cmyk, AI.cmyk] and found.codes == []
    dots = '<marker id="d" markerUnits="userSpaceOnUse" overflow="visible"><circle r="1"/></marker>'
    found = svg(
        dots
        + '<polyline points="10,10 20,10 20,20" fill="none" stroke="#000" style="marker:url(#d)"/>'
    )
    assert [found.box(index)[:2] for index in (1, 2, 3)] == [(9, 9), (19, 9), (19, 19)]
    found = svg(
        '<marker id="m" orient="auto"><path d="M0 0L1 0" marker-end="url(#m)" stroke="#000"/></marker><path d="M0 0L9 9" stroke="#000" marker-end="url(#m)"/>'
    )
    assert found.codes == []  # a marker with itself at its end is drawn once


def test_switch_takes_what_can_be_drawn(svg) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        '<switch><foreignObject requiredExtensions="http://ns.adobe.com/"/><g><rect width="9" height="9"/></g>'
        "<text>x</text></switch>"
    )
    assert len(found.shapes) == 1 and found.codes == []


ATTACKS = {
    "external": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    "laughs": '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]>',
    "long": f'<!DOCTYPE svg [<!ENTITY x "{"h" * 5000}">]>',
    "parameter": '<!DOCTYPE svg [<!ENTITY % x "y">]>',
}


@pytest.mark.parametrize("attack", sorted(ATTACKS))
def test_entities_are_refused(svg, attack: str) -> None:  # type: ignore[no-untyped-def]
    found = svg(
        f"{ATTACKS[attack]}{HEAD} viewBox='0 0 9 9'><rect width='9' height='9'/></svg>", whole=True
    )
    assert found.codes == ["image.svg-entity"]


def test_plain_declarations_of_drawing_programs_are_not(svg) -> None:  # type: ignore[no-untyped-def]
    head = (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
        ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY ns "http://www.w3.org/2000/svg">]>'
    )
    body = '<svg xmlns="&ns;" xmlns:i="urn:x" viewBox="0 0 100 100"><i:pgf><rect/></i:pgf><rect width="9" height="9"/></svg>'
    found = svg(head + body, whole=True)
    assert len(found.shapes) == 1 and found.codes == []


def test_deep_and_endless_drawings_are_bounded(svg) -> None:  # type: ignore[no-untyped-def]
    assert svg("<g>" * 200 + "</g>" * 200).codes == ["image.too-complex"]
    doubling = '<g id="g0"><rect width="1" height="1"/></g>' + "".join(
        f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 12 + "</g>" for n in range(1, 9)
    )
    assert svg(doubling).codes == ["image.too-complex"]
    assert svg(doubling.replace("<rect", "<title").replace("/></g>", "/></g>")).codes == [
        "image.too-complex"
    ]
    assert svg(
        '<clipPath id="c" clip-path="url(#c)"/><rect clip-path="url(#c)" width="9" height="9"/>'
    ).codes == ["image.svg-circle"]
    assert (
        svg('<linearGradient id="a" href="#a"/><rect fill="url(#a)" width="9" height="9"/>').codes
        == []
    )


# --- size and kind


def test_kind_and_size_come_from_the_content(tmp_path: Path) -> None:
    path = tmp_path / "misnamed.png"
    path.write_text(f'\ufeff<?xml version="1.0"?>{HEAD} width="30mm" height="20mm"/>', "utf-8")
    assert picture_kind(str(path)) == "svg"
    reporter = Reporter()
    width, height = picture_size(str(path), "svg", 1, SPAN, reporter)
    assert width / height == pytest.approx(1.5, rel=1e-4) and not len(reporter)
    for content, code in (
        (f"{HEAD}/>", "image.svg-no-size"),
        (f'{HEAD} viewBox="0 0 1e400 9"/>', "image.svg-no-size"),
        ('<?xml version="1.0" encoding="utf-9"?><svg/>', "image.svg-broken"),
        ("<html><svg/></html>", "image.not-a-picture"),
        ("<svg", "image.svg-broken"),
    ):
        path.write_text(content)
        reporter = Reporter()
        assert picture_size(str(path), "svg", 1, SPAN, reporter) == (1, 1)
        assert [found.code for found in reporter] == [code]


def test_the_kinds_people_take_for_pictures_are_named(tmp_path: Path) -> None:
    path = tmp_path / "picture.jpg"
    for head, kind in (
        (b"8BPS\0\1", "Photoshop (PSD)"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "PostScript (EPS)"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"PK\x03\x04", "ZIP"),
    ):
        path.write_bytes(head + bytes(100))
        reporter = Reporter()
        picture_size(str(path), picture_kind(str(path)), 1, SPAN, reporter)
        (found,) = reporter
        assert (found.code, found.values["kind"]) == ("image.wrong-kind", kind)
