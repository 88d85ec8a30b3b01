"""Twice the text is twice the work: steps are counted, so that no clock decides."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from steps import ROOT, steps

from layout.cli.main import main

sys.path.insert(0, str(ROOT / "benchmarks"))

import growth

MOST = 2.1
"""The steps of a whole build, once and with twice the text."""
ONE = 3.0
"""Those of one function: the line breaker goes over a text once more, or once less, as it
happens; what grew with the square of the text would do four times as much."""
FEW = 1_000
"""So many steps more say nothing yet: a page more or less, another pass over a line."""
CHARACTERS = 2_500
ALL = "press,web,html,text,proof"


def built(folder: Path, source: Path, only: str) -> Counter[str]:
    """The steps of a whole build that ends well."""
    codes: list[int] = []
    arguments = [str(source), "-q", "--only", only, "--out", str(folder / "out")]
    found = steps(lambda: codes.append(main(arguments, str(folder))))
    assert codes == [0]
    return found


def grown(once: Counter[str], twice: Counter[str]) -> list[str]:
    """The functions that do more than twice as much, worst first."""
    more = {name: count - ONE * once[name] for name, count in twice.items()}
    worst = sorted((name for name, n in more.items() if n > FEW), key=lambda n: -more[n])
    return [f"{once[name]} → {twice[name]} {name}" for name in worst]


@pytest.mark.parametrize("series", ["plain", "latin", "ruby", "vertical", "lines"])
def test_a_press_file_of_twice_the_text_takes_twice_the_steps(series: str, tmp_path: Path) -> None:
    found = []
    for size in (CHARACTERS // 2, CHARACTERS, 2 * CHARACTERS):  # the first loads what all need
        folder = tmp_path / str(size)
        source = growth.SERIES[series][1](folder / "leaflets", size)
        found.append(built(folder, source, "press"))
    _, once, twice = found
    print(sum(once.values()), sum(twice.values()), sum(twice.values()) / sum(once.values()))
    assert grown(once, twice) == []
    assert sum(twice.values()) <= MOST * sum(once.values())


PAGE = """\
  - layout: nagare
    hon:
      - heading: 第{0}節　見出し
      - figure:
          stand-in: photo
          alt: 第{0}節の図、広場に集まる人びと
          caption: 第{0}節の広場に集まる人びと
          lines: 4
      - text: |
          第{0}節は｜個人番号《こ・じん・ばん・ごう》とカード[^{0}]のことです。
          くわしくはhttps://example.jp/{0}/をごらんください。集まりは2026年3月28日、会費は{1}円です。
      - notes: |
          {0}　第{0}節の注。
"""


def pages(folder: Path, count: int) -> Path:
    """A leaflet of so many short pages with a figure, a note, ruby and facts on each."""
    blocks = "".join(PAGE.format(n + 1, 1000 + n) for n in range(count))
    head, _ = growth.HEAD.split("  - layout")
    style = growth.STYLE.format(writing="horizontal").replace(", thread: hon", "")
    return growth.written(folder / "leaflets", head + blocks, style)


def test_all_outputs_of_twice_the_pages_take_twice_the_steps(tmp_path: Path) -> None:
    once, twice = (built(tmp_path / str(n), pages(tmp_path / str(n), n), ALL) for n in (18, 36))
    print(sum(once.values()), sum(twice.values()), sum(twice.values()) / sum(once.values()))
    assert grown(once, twice) == []
