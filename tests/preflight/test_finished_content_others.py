"""The same pages as MuPDF follows them: every mark, its place, its colour, its size."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from math import hypot
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.preflight.finished.content import Shared, read_page
from layout.preflight.finished.facts import Box
from layout.preflight.finished.marks import PageMarks, Paint
from tests.preflight.content_cases import TRIM, Sheet, simple_font

pytestmark = pytest.mark.skipif(shutil.which("mutool") is None, reason="mutool is not installed")

KINDS = {
    "fill_path": "fill", "stroke_path": "stroke", "fill_image": "image", "fill_image_mask": "image",
    "fill_shade": "shading",
}  # fmt: skip
SLACK = 0.02
EVERYWHERE = Box(-1e9, -1e9, 1e9, 1e9)
NOWHERE = Box(1e9, 1e9, -1e9, -1e9)
UNIT = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]


@dataclass
class Theirs:
    """A mark as MuPDF tells it, on the page with y upwards."""

    kind: str
    colour: tuple[float, ...]
    clip: Box
    points: list[tuple[float, float]] = field(default_factory=list)
    text: str = ""
    sizes: list[float] = field(default_factory=list)
    line: float = 0.0
    reach: tuple[float, float] = (0.0, 0.0)

    @property
    def box(self) -> Box:
        """The box round all points and half the line, cut by the clip."""
        across, up = self.reach
        box = extent(self.points)
        return cut(Box(box.x0 - across, box.y0 - up, box.x1 + across, box.y1 + up), self.clip)


def trace(data: bytes, folder: Path) -> list[list[Theirs]]:
    """Each page's marks."""
    file = folder / "traced.pdf"
    file.write_bytes(data)
    ran = subprocess.run(["mutool", "trace", str(file)], capture_output=True, check=True)
    text = re.sub(r"&#x?[0-9a-fA-F]+;", "\ufffd", ran.stdout.decode("utf-8", "replace"))
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", text)
    tree = ElementTree.fromstring(text)
    return [list(marks_of(page)) for page in tree.iter("page")]


def numbers(text: str | None) -> tuple[float, ...]:
    return tuple(map(float, text.split())) if text else ()


def marks_of(page: ElementTree.Element) -> Iterator[Theirs]:
    """What a page paints, cut by the clips around; what nothing is left of is left out."""
    high = numbers(page.get("mediabox"))[3]
    clips: list[Box] = [EVERYWHERE]
    for each in page.iter():
        matrix = numbers(each.get("transform"))
        if each.tag == "pop_clip":
            clips.pop()
        elif each.tag == "end_mask":
            clips.append(clips[-1])
        elif each.tag in ("clip_path", "clip_text", "clip_image_mask", "clip_stroke_path"):
            inner = [placed(matrix, point, high) for point in points_of(each)]
            within = extent(inner) if inner else NOWHERE
            clips.append(cut(clips[-1], within) if each.tag == "clip_path" else clips[-1])
        elif each.tag in KINDS:
            made = Theirs(KINDS[each.tag], numbers(each.get("color")), clips[-1])
            corners = UNIT if made.kind == "image" else points_of(each)
            made.points = [placed(matrix, point, high) for point in corners]
            a, b, c, d, *_ = matrix
            made.line = float(each.get("linewidth", 0))
            made.reach = (made.line * hypot(a, c) / 2, made.line * hypot(b, d) / 2)
            if made.kind == "shading" or (corners and not is_empty(made.box)):
                yield made
        elif each.tag in ("fill_text", "stroke_text", "ignore_text"):
            yield text_of(each, matrix, high, clips[-1])


def is_empty(box: Box) -> bool:
    return box.x0 > box.x1 or box.y0 > box.y1


def points_of(path: ElementTree.Element) -> list[tuple[float, float]]:
    """All points but of subpaths that are nothing but their beginning."""
    found: list[tuple[float, float]] = []
    begins = False
    for piece in path:
        if begins and piece.tag == "moveto":
            found.pop()
        begins = piece.tag == "moveto"
        for number in ("", "1", "2", "3"):
            if f"x{number}" in piece.attrib:
                found.append((float(piece.attrib[f"x{number}"]), float(piece.attrib[f"y{number}"])))
    return found[:-1] if begins else found


def text_of(each: ElementTree.Element, matrix: tuple[float, ...], high: float, clip: Box) -> Theirs:
    made = Theirs("text", numbers(each.get("color")), clip)
    for span in each.iter("span"):
        a, b, c, d = numbers(span.get("trm"))
        upright = span.get("wmode") == "1"
        across = (a, b) if upright else (c, d)
        k, o, m, n, _, _ = matrix
        size = ((across[0] * k + across[1] * m) ** 2 + (across[0] * o + across[1] * n) ** 2) ** 0.5
        for glyph in span.iter("g"):
            word = glyph.get("unicode", "")
            if not word.strip():
                continue
            point = float(glyph.attrib["x"]), float(glyph.attrib["y"])
            made.points.append(placed(matrix, point, high))
            made.text += word
            made.sizes.append(size)
    return made


def placed(
    matrix: tuple[float, ...], point: tuple[float, float], high: float
) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, high - (b * x + d * y + f)


def cut(one: Box, other: Box) -> Box:
    return Box(
        max(one.x0, other.x0), max(one.y0, other.y0), min(one.x1, other.x1), min(one.y1, other.y1)
    )


def extent(points: list[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def same_colour(ours: Paint | None, theirs: tuple[float, ...]) -> bool:
    return ours is not None and len(ours.values) == len(theirs) and all(
        abs(min(max(a, 0.0), 1.0) - b) < 0.005 for a, b in zip(ours.values, theirs, strict=True)
    )  # fmt: skip


def near(one: Box, other: Box, slack: float = SLACK) -> bool:
    pairs = zip(
        (one.x0, one.y0, one.x1, one.y1), (other.x0, other.y0, other.x1, other.y1), strict=False
    )
    return all(abs(a - b) <= slack for a, b in pairs)


def compare(ours: PageMarks, theirs: list[Theirs]) -> None:
    """Every mark of one is a mark of the other; texts by their characters."""
    drawn = [mark for mark in ours.marks if mark.kind != "text"]
    others = [mark for mark in theirs if mark.kind != "text"]
    assert [mark.kind for mark in drawn] == [mark.kind for mark in others]
    for mark, other in zip(drawn, others, strict=True):
        paint = mark.stroke if mark.kind == "stroke" else mark.fill
        assert paint is None or paint.pattern or same_colour(paint, other.colour)
        assert mark.kind == "shading" or near(mark.box, other.box), (mark, other)
    compare_text(ours, [each for each in theirs if each.kind == "text"])


def compare_text(ours: PageMarks, theirs: list[Theirs]) -> None:
    characters = [
        (char, mark) for mark in ours.marks if mark.kind == "text" for char in mark.text
        if char.strip()
    ]  # fmt: skip
    seen = [
        (char, point, size, each.colour) for each in theirs
        for char, point, size in zip(each.text, each.points, each.sizes, strict=True)
        if each.clip.holds(Box(*point, *point), 0.0)
    ]  # fmt: skip
    inside = [(char, mark) for (char, mark), (_, point, _, _) in zip(characters, seen, strict=True)]
    assert [char for char, _ in inside] == [char for char, *_ in seen]
    for (char, mark), (_, (x, y), size, colour) in zip(inside, seen, strict=True):
        assert mark.box.holds(Box(x, y, x, y), SLACK), (char, mark.box, x, y)
        assert mark.size_pt == pytest.approx(size, abs=0.01), char
        paint = mark.fill or mark.stroke
        assert paint is None or same_colour(paint, colour)


@pytest.mark.parametrize("name", ["leaflet9", "tate-shimbun", "specimen", "bosai-yube"])
def test_our_leaflets_are_read_as_mupdf_reads_them(name: str, root: Path, tmp_path: Path) -> None:
    from layout.cli.main import main

    assert main([name, "--only", "press", "--out", str(tmp_path), "-q"], root) == 0
    data = (tmp_path / name / f"{name}-press.pdf").read_bytes()
    theirs = trace(data, tmp_path)
    with pikepdf.open(BytesIO(data)) as pdf:
        shared = Shared()
        for number, page in enumerate(pdf.pages, 1):
            found = read_page(page.obj, number, TRIM, shared)
            assert found.oddities == ()
            compare(found, theirs[number - 1])


# --- pages by chance

FIGURES = st.integers(-40, 120).map(lambda value: b"%d" % value)
SMALL = st.sampled_from([b"0.5", b"1", b"2", b"-1", b"0", b"0.25"])


def operator(name: bytes, *operands: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    return st.tuples(*operands).map(lambda given: b" ".join((*given, name)))


def several(strategy: st.SearchStrategy[bytes], least: int, most: int) -> st.SearchStrategy[bytes]:
    return st.lists(strategy, min_size=least, max_size=most).map(b" ".join)


POINT = st.tuples(FIGURES, FIGURES).map(b" ".join)
PIECE = st.one_of(
    operator(b"l", POINT), operator(b"c", POINT, POINT, POINT), operator(b"v", POINT, POINT),
    operator(b"y", POINT, POINT), operator(b"m", POINT), st.just(b"h"),
)  # fmt: skip
OUTLINE = st.one_of(
    st.tuples(operator(b"m", POINT), several(PIECE, 1, 4)).map(b" ".join),
    several(operator(b"re", POINT, st.just(b"9 7")), 1, 2),
)
PATH = st.tuples(
    OUTLINE, st.sampled_from([b"f", b"S", b"B", b"s", b"b*", b"f*", b"n"])
).map(b" ".join)  # fmt: skip
CLIP = OUTLINE.map(lambda path: path + b" W n")
STRING = st.text("ABC ", min_size=1, max_size=4).map(lambda text: b"(%s)" % text.encode())
ARRAY = several(st.one_of(STRING, FIGURES), 1, 4).map(lambda parts: b"[%s] TJ" % parts)
LINE = st.one_of(
    operator(b"Tj", STRING), ARRAY, operator(b"'", STRING), operator(b"Td", POINT),
    operator(b"TD", POINT), st.just(b"T*"), operator(b"Tc", SMALL), operator(b"Tw", SMALL),
    operator(b"TL", FIGURES), operator(b"Ts", SMALL), st.sampled_from([b"50 Tz", b"150 Tz"]),
    st.sampled_from([b"/F 9 Tf", b"/F 4.5 Tf", b"/F 1 Tf 6 0 0 6 20 30 Tm", b"0 5 -5 0 40 40 Tm"]),
    st.sampled_from([b"0 Tr", b"1 Tr", b"3 Tr"]),
)  # fmt: skip
TEXT = several(LINE, 1, 6).map(lambda lines: b"BT /F 8 Tf 50 60 Td %s ET" % lines)
COLOUR = st.sampled_from([b"0.5 g", b"1 0 0 RG", b"0 0.5 1 rg", b"0.1 0 0 1 k", b"0 1 0 0.5 K"])
MATRIX = st.sampled_from(
    [b"2 0 0 2 5 5 cm", b"0 1 -1 0 90 10 cm", b"0.5 0 0 1.5 20 0 cm", b"0.8 0.6 -0.6 0.8 9 9 cm"]
)
WIDTH = operator(b"w", SMALL.filter(lambda width: not width.startswith(b"-")))
PLAIN = [PATH, PATH, COLOUR, MATRIX, MATRIX, WIDTH]


def pages(*more: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Content with states saved here and there."""
    one = st.one_of(*PLAIN, *more)
    return several(st.one_of(one, several(one, 1, 5).map(lambda inner: b"q %s Q" % inner)), 1, 8)


CONTENT = st.one_of(pages(TEXT, TEXT), pages(CLIP))
"""MuPDF tells glyphs that are clipped away, and we tell lines: not both on one page."""


@settings(max_examples=120, deadline=None)
@given(CONTENT)
def test_pages_by_chance_are_read_as_mupdf_reads_them(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    sheet = Sheet()
    found = sheet.page(content, Font={"F": simple_font()})
    assert found.oddities == ()
    held = BytesIO()
    sheet.pdf.save(held, static_id=True)
    compare(found, trace(held.getvalue(), tmp_path_factory.getbasetemp())[0])
