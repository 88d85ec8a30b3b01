"""Web pages of the project's leaflets, and of a small one with a style of one's own."""

from functools import cache
from pathlib import Path

from layout.backends.html import write_html
from layout.diagnostics import Reporter
from layout.pipeline import Drawn, Places, draw
from layout.source.manifest import read_manifest
from layout.source.read import read_sheet
from tests.built import ROOT, drawn

FACES = read_manifest(ROOT / "fonts" / "fonts.yaml")

HEAD = "bira: 1\ntitle: 試し\ndate: 2026-01-01\nstyle: tameshi\n"

STYLE = """\
bira-style: 1
page: {width: 100mm, height: 120mm}
colours:
  sumi: {cmyk: [0, 0, 0, 100]}
  white: {cmyk: [0, 0, 0, 0]}
  usui: {cmyk: [0, 0, 0, 35]}
  hai: {cmyk: [0, 0, 0, 60]}
  ki: {cmyk: [0, 5, 90, 0]}
  aka: {cmyk: [0, 95, 90, 0]}
  midori: {cmyk: [75, 20, 95, 10]}
  kuro: {cmyk: [60, 50, 50, 95]}
  hi: {cmyk: [0, 80, 80, 0]}
fonts:
  honbun: {kanji: noto-sans-jp-500}
  futo: {kanji: noto-sans-jp-700}
text:
  body: {font: honbun, size: 16Q, line: 26H, colour: sumi}
  usui: {base: body, colour: usui}
  usui-ooki: {base: body, font: futo, size: 40Q, line: 50H, colour: usui}
  hai: {base: body, colour: hai}
  hai-ooki: {base: usui-ooki, colour: hai}
  komakai: {base: body, size: 7Q, line: 12H}
  hi-kuro: {base: body, colour: hi}
  iro: {base: body, strong-font: honbun, strong-colour: midori, colour: aka}
  iro-futo: {base: body, strong-font: futo, strong-colour: midori, colour: aka}
  shiro: {base: body, colour: white}
blocks:
  usui: {text: usui}
  usui-ooki: {text: usui-ooki}
  hai: {text: hai}
  hai-ooki: {text: hai-ooki}
  komakai: {text: komakai}
  iro: {text: iro}
  iro-futo: {text: iro-futo}
  ki: {text: shiro, background: ki}
  kuro: {text: hi-kuro, background: kuro}
layouts:
  plain:
    areas:
      body: {rect: [10mm, 10mm, 80mm, 100mm], grid: false}
"""


@cache
def page(name: str) -> str:
    """The web page of one of the project's leaflets."""
    return html_of(drawn(name), ROOT / "leaflets" / "styles")


def html_of(made: Drawn, styles: Path) -> str:
    """The web page of a leaflet laid out."""
    assert made.leaflet and made.display and made.profile
    sheet = read_sheet(styles / f"{made.leaflet.style}.yaml", Reporter())
    assert sheet is not None
    return write_html(made.leaflet, sheet, made.display, made.profile, FACES).decode("utf-8")


def small(folder: Path, blocks: str, head: str = "") -> tuple[Drawn, Path]:
    """A leaflet of one page with these blocks, and the folder of its style."""
    styles = folder / "styles"
    styles.mkdir(parents=True, exist_ok=True)
    (styles / "tameshi.yaml").write_text(STYLE, encoding="utf-8")
    file = folder / "tameshi" / "leaflet.yaml"
    file.parent.mkdir(exist_ok=True)
    body = f"{HEAD}{head}pages:\n  - layout: plain\n    body:\n{blocks}"
    file.write_text(body, encoding="utf-8")
    reporter = Reporter()
    made = draw(file, Places(ROOT / "fonts", styles), reporter)
    assert made.display is not None, [(d.code, dict(d.values)) for d in reporter]
    return made, styles
