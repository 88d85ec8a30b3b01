"""Contrast, sizes and colours: found where they are wrong, silent where they are right."""

from pathlib import Path

import pytest

from layout.diagnostics import Reporter
from layout.preflight.legible import check_legible
from layout.preflight.legible.colours import (
    Rgb,
    contrast,
    difference,
    from_oklch,
    oklch,
    visions,
)
from tests.built import LEAFLETS, drawn
from tests.web.making import small

BLACK, WHITE, RED, GREEN = (0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 128, 0)


def findings(folder: Path, blocks: str) -> list[tuple[str, dict[str, object]]]:
    """What the checks say of a small leaflet."""
    made, _ = small(folder, blocks)
    assert made.display and made.profile
    reporter = Reporter()
    check_legible(made.display, made.profile, reporter)
    return [(found.code, dict(found.values)) for found in reporter]


def text(words: str, style: str) -> str:
    """A paragraph in a style."""
    return f"      - text: {words}\n        style: {style}\n"


@pytest.mark.parametrize("name", LEAFLETS)
def test_no_finding_in_our_leaflets(name: str) -> None:
    """All of them keep 4.5:1 (3:1 where large), in print as on screens."""
    made = drawn(name)
    assert made.display and made.profile
    reporter = Reporter()
    check_legible(made.display, made.profile, reporter)
    assert [(d.code, d.span.line, dict(d.values)) for d in reporter] == []


def test_pale_text(tmp_path: Path) -> None:
    """Gray text on paper, once for its pair of colours."""
    blocks = text("薄い文字。", "usui") + text("もう一つ。", "usui")
    (found,) = findings(tmp_path, blocks)
    assert found[0] == "legible.contrast"
    assert (found[1]["ink"], found[1]["ground"]) == ("usui", "paper")
    assert found[1]["least"] == "4.5" and float(str(found[1]["ratio"])) < 3


def test_large_text_may_be_paler(tmp_path: Path) -> None:
    """Gray of 3.5:1 is too pale for text, and enough for bold text of 14 pt."""
    (found,) = findings(tmp_path, text("小さい灰色", "hai") + text("大きい灰色", "hai-ooki"))
    assert found[1]["text"] == "小さい灰色"
    (pale,) = findings(tmp_path / "b", text("大きくても薄い", "usui-ooki"))
    assert pale[1]["least"] == "3"


def test_white_on_yellow(tmp_path: Path) -> None:
    """What is behind the text is the box it stands in."""
    (found,) = findings(tmp_path, text("黄の上の白。", "ki"))
    assert found[0] == "legible.contrast" and found[1]["ground"] == "ki"


def test_red_on_black_fades_for_some(tmp_path: Path) -> None:
    """Red on black has contrast for most eyes, and none for those without long-wave cones."""
    found = findings(tmp_path, text("黒の上の赤。", "kuro"))
    assert [code for code, _ in found] == ["legible.vision"]
    assert found[0][1]["vision"] == "P"


def test_colour_alone(tmp_path: Path) -> None:
    """Red and green words of one weight; with another weight too, nothing is wrong."""
    blocks = text("赤い字の中の**緑の字**です。", "iro")
    found = [each for each in findings(tmp_path, blocks) if each[0] == "legible.colour-alone"]
    assert len(found) == 1
    assert {found[0][1]["one"], found[0][1]["other"]} == {"aka", "midori"}
    blocks = text("赤い字の中の**緑の字**です。", "iro-futo")
    again = findings(tmp_path / "b", blocks)
    assert "legible.colour-alone" not in [code for code, _ in again]


def test_small_type(tmp_path: Path) -> None:
    """Under six points."""
    (found,) = findings(tmp_path, text("とても小さい字。", "komakai"))
    assert found == ("legible.small", {"text": "とても小さい字。", "size": "4.96", "least": "6"})


def test_contrast_of_known_pairs() -> None:
    """Figures that anyone's tool gives."""
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast((118, 118, 118), WHITE) == pytest.approx(4.54, abs=0.01)
    assert contrast(RED, WHITE) == pytest.approx(4.0, abs=0.01)


def test_vision_matrices() -> None:
    """Machado 2009: gray stays gray; red and green come together without one of the cones."""
    for vision in visions():
        for gray in range(0, 256, 15):
            assert max(abs(a - gray) for a in vision.sees((gray,) * 3)) <= 1
    for vision in visions()[:2]:
        olive: Rgb = (150, 120, 0)
        apart = difference(RED, olive)
        assert difference(vision.sees(RED), vision.sees(olive)) < apart / 2
    tritan = visions()[2]
    assert difference(tritan.sees((0, 0, 255)), tritan.sees((0, 128, 0))) < difference(
        (0, 0, 255), GREEN
    )


def test_oklch_there_and_back() -> None:
    """Colours of the screen survive."""
    for rgb in [(0, 0, 0), (255, 255, 255), (38, 61, 120), (210, 50, 40), (250, 225, 80)]:
        assert max(abs(a - b) for a, b in zip(from_oklch(*oklch(rgb)), rgb, strict=True)) <= 1
