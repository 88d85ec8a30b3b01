"""Makes what the documentation shows: pictures of blocks, of the tutorial's steps, of both screens.

``python docs/pictures.py`` writes ``docs/images/`` and the pages ``docs/blocks*.md`` anew, from the
small sources in ``docs/samples/``.  Screens are photographed with Playwright and Chromium where both
are installed, and else left as they are.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from PIL.Image import Image

    from layout.diagnostics import Reporter
    from layout.pipeline import Drawn

DOCS: Final = ROOT / "docs"
SAMPLES: Final = DOCS / "samples"
IMAGES: Final = DOCS / "images"
NAME: Final = "furuhon"
"""The leaflet of the tutorial."""
PAGE_MM: Final = (130, 220)
MARGIN_MM: Final = 8
_DOTS: Final = 6
"""Pixels of a millimetre in the pictures of blocks."""
_FACTS: Final = """\
facts:
  name: {text: 図書館を考える会}
  phone: {phone: 03-0000-0000}
  mail: {mail: info@example.jp}
  site: {url: "https://example.jp/"}
  day: {date: 2027-03-14}
  furikae: {yucho: 00100-2-729745, holder: 共通番号いらないネット}
"""
_LAYOUTS: Final = """\
layouts:
  yoko:
    areas:
      hon: {rect: [8mm, 8mm, 114mm, 204mm], text: body, grid: false}
  band:
    areas:
      hon: {rect: [0mm, 0mm, 130mm, 52mm], text: body, grid: false, align: centre, background: iro,
        padding: {inline-start: 8mm, inline-end: 8mm}}
  dan:
    areas:
      hon: {rect: [8mm, 8mm, 114mm, 30mm], text: body, columns: 2, gap: 2字}
  mawari:
    areas:
      hon: {rect: [8mm, 8mm, 114mm, 100mm], text: body}
  tate:
    writing: vertical
    areas:
      hon: {rect: [30mm, 8mm, 92mm, 60mm], text: body}
"""


class Sample(Struct, frozen=True):
    """A small source of ``docs/samples/``: blocks, with their titles and words in both languages."""

    name: str
    titles: tuple[str, str]
    words: tuple[str, str]
    layout: str
    source: str


def samples() -> list[Sample]:
    """All of them, in the order of their file names."""
    return [_sample(path) for path in sorted(SAMPLES.glob("*.yaml"))]


def _sample(path: Path) -> Sample:
    text = path.read_text("utf-8")
    said: dict[str, list[str]] = {}
    for key, value in re.findall(r"^# (\w+): (.*)$", text, re.MULTILINE):
        said.setdefault(key, []).append(value)
    source = "".join(line for line in text.splitlines(True) if not line.startswith("# "))
    (ja, words_ja), (en, words_en) = said["ja"], said["en"]
    layout = said.get("layout", ["yoko"])[0]
    return Sample(path.stem, (ja, en), (words_ja, words_en), layout, source)


# --- pictures of blocks -----------------------------------------------------------------


def leaflet_of(sample: Sample) -> str:
    """The blocks as a whole leaflet."""
    blocks = "".join(f"      {line}" for line in sample.source.splitlines(True))
    return (
        f"bira: 1\ntitle: {sample.titles[0]}\ndate: 2027-01-01\nstyle: mihon-docs\n{_FACTS}"
        f"pages:\n  - layout: {sample.layout}\n    hon:\n{blocks}"
    )


def style_sheet() -> str:
    """The style of the templates on a small page."""
    text = (ROOT / "leaflets" / "styles" / "hina-yoko.yaml").read_text("utf-8")
    text = text.replace("page: A4", f"page: {{width: {PAGE_MM[0]}mm, height: {PAGE_MM[1]}mm}}")
    text = text.replace("place: [168mm, 8mm, 30mm, 30mm]", "place: [8mm, 8mm, 30mm, 30mm]")
    return text[: text.index("\nlayouts:")] + "\n" + _LAYOUTS


def drawn_sample(sample: Sample, folder: Path, reporter: "Reporter") -> "Drawn":
    """The sample laid out, in a folder where it may be written."""
    from layout.pipeline import Places, draw

    (folder / "styles").mkdir(exist_ok=True)
    (folder / "styles" / "mihon-docs.yaml").write_text(style_sheet(), "utf-8")
    file = folder / "leaflet.yaml"
    file.write_text(leaflet_of(sample), "utf-8")
    return draw(file, Places(ROOT / "fonts", folder / "styles"), reporter)


def block_pictures() -> None:
    """A picture of each sample."""
    from layout.backends.pdf import write_press
    from layout.backends.png.pictures import PressPages
    from layout.diagnostics import Reporter

    with tempfile.TemporaryDirectory() as name:
        for sample in samples():
            reporter = Reporter()
            made = drawn_sample(sample, Path(name), reporter)
            if made.display is None or made.profile is None or reporter.has_errors:
                raise SystemExit(f"{sample.name}: {[found.code for found in reporter]}")
            data = write_press(made.display, made.profile, reporter)
            page = PressPages(data, made.profile)(1, PAGE_MM[0] * _DOTS)
            _save(_cropped(page), f"block-{sample.name}.png")


def _cropped(page: "Image") -> "Image":
    """The page down to the last thing on it, with a margin."""
    from PIL import Image, ImageChops

    box = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    margin = MARGIN_MM * _DOTS
    x0, _, x1, below = box or (0, 0, 0, 0)
    if x1 - x0 > page.width - margin:
        return page.crop((0, 0, page.width, below))
    ahead = x0 - margin if x0 > page.width // 2 else 0  # vertical text begins at the right
    return page.crop((ahead, 0, page.width, min(page.height, below + margin // 2)))


def _save(picture: "Image", name: str, colours: int = 64) -> None:
    """In a palette of few colours, small enough for the repository."""
    from layout.backends.png.pictures import png

    few = picture.convert("RGB").quantize(colours, dither=0).convert("RGB")
    IMAGES.mkdir(exist_ok=True)
    (IMAGES / name).write_bytes(png(few))


# --- pages of blocks --------------------------------------------------------------------

_HEADS: Final = (
    """# ブロックと印の見本

[English](blocks.md)

書き方と、できる紙面です。`facts` の名前（`{phone}` など）は [書き方](source-format.md) の「事実」にあります。
原稿では、この並びを領域の名前（`hon:` など）の下に、字下げして書きます。色や書体は様式が決めるので、
みなさんのリーフでは違って見えます。絵は `python docs/pictures.py` で作っています。
""",
    """# Blocks and marks

[日本語](blocks.ja.md)

What is written, and what comes of it. Names such as `{phone}` are facts; [the source
format](source-format.md) has them all. In a leaflet these lines stand, indented, below the name of an
area (`hon:`). Colours and type are the style's, and look different in yours. The pictures are made by
`python docs/pictures.py`.
""",
)


def blocks_page(language: int) -> str:
    """``docs/blocks.ja.md`` (0) or ``docs/blocks.md`` (1)."""
    parts = [_HEADS[language]]
    for sample in samples():
        title, words = sample.titles[language], sample.words[language]
        alt = ("紙面の見本：" if language == 0 else "How it looks: ") + title
        parts.append(
            f"## {title}\n\n{words}\n\n```yaml\n{sample.source}```\n\n"
            f"![{alt}](images/block-{sample.name}.png)\n"
        )
    return "\n".join(parts)


def write_pages() -> None:
    """Both pages."""
    for language, name in enumerate(("blocks.ja.md", "blocks.md")):
        (DOCS / name).write_text(blocks_page(language), "utf-8", newline="\n")


# --- pictures of pages and screens ------------------------------------------------------


def build(folder: Path, *arguments: str) -> None:
    """Run the program in a folder."""
    environment = os.environ | {"PYTHONUTF8": "1"}
    subprocess.run(
        [sys.executable, "build.py", *arguments, "--lang", "ja", "--quiet"],
        cwd=folder, env=environment, check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr,
    )  # fmt: skip


def project_in(folder: Path) -> Path:
    """A copy of the project where anything may be changed."""
    shutil.copytree(
        ROOT / "leaflets", folder / "leaflets", ignore=shutil.ignore_patterns("proofs", ".*")
    )
    shutil.copy(ROOT / "build.py", folder)
    for name in ("fonts", "layout", "docs"):
        (folder / name).symlink_to(ROOT / name)
    return folder


EDITS: Final = (
    ("          - ここに呼びかけの言葉を書きます\n", "          - 本と出会う一日\n"),
    ("          - いちばん**大きな題**\n", "          - 町の**古本市**\n"),
    (
        "何のためのリーフか、受け取った人が立ち止まって読む二行を、ここに書きます。",
        "読み終えた本を、次の人へ。図書館の前の広場に、三十の棚が並びます。",
    ),
)
"""What the tutorial has its reader change: old and new words."""
FIGURE: Final = ("stand-in: photo #", "image: figures/hondana.svg #")
HONDANA: Final = DOCS / "samples" / "hondana.svg"


def tutorial_pictures(folder: Path) -> None:
    """The template as it comes, with new words, and with a picture."""
    build(folder, "new", NAME, "--yes")
    source = folder / "leaflets" / NAME / "leaflet.yaml"
    shutil.copy(HONDANA, source.parent / "figures")
    _page_pictures(folder, NAME, ("tutorial-1-new",), 420)
    text = source.read_text("utf-8")
    for old, new in EDITS:
        text = text.replace(old, new, 1)
    source.write_text(text, "utf-8")
    _page_pictures(folder, NAME, ("tutorial-2-words",), 420)
    source.write_text(text.replace(*FIGURE, 1), "utf-8")
    _page_pictures(folder, NAME, ("tutorial-3-picture", "tutorial-3-back"), 420)


def _page_pictures(folder: Path, name: str, files: tuple[str, ...], width: int) -> None:
    from layout.backends.png.pictures import PressPages
    from layout.house.profile import load_profile

    build(folder, name, "--only", "press")
    pages = PressPages(
        (folder / "out" / name / f"{name}-press.pdf").read_bytes(), load_profile("x1a")
    )
    for number, file in enumerate(files, start=1):
        picture = pages(number, width)
        _save(_framed(picture), f"{file}.png")


def _framed(picture: "Image") -> "Image":
    from PIL import ImageOps

    return ImageOps.expand(picture, border=1, fill="#bbbbbb")


def leaflet9_picture(folder: Path) -> None:
    """Its four pages side by side."""
    from PIL import Image

    from layout.backends.png.pictures import PressPages
    from layout.house.profile import load_profile

    build(folder, "leaflet9", "--only", "press")
    data = (folder / "out" / "leaflet9" / "leaflet9-press.pdf").read_bytes()
    pages = PressPages(data, load_profile("x1a"))
    shown = [_framed(pages(number, 200)) for number in range(1, 5)]
    gap = 8
    sheet = Image.new("RGB", (4 * shown[0].width + 3 * gap, shown[0].height), "white")
    for number, picture in enumerate(shown):
        sheet.paste(picture, (number * (picture.width + gap), 0))
    _save(sheet, "leaflet9.png", 14)


@contextlib.contextmanager
def _browser() -> Iterator[Any]:
    """Chromium, or None."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def screen_pictures(folder: Path) -> None:
    """The preview and the proof page, as they stand in a browser."""
    with _browser() as browser:
        if browser is None:
            print("no Chromium: the screens stay as they are", file=sys.stderr)
            return
        build(folder, NAME, "--only", "proof")
        size = {"width": 1180, "height": 760}
        page = browser.new_page(viewport=size, locale="ja-JP")
        page.goto((folder / "out" / NAME / f"{NAME}-proof.html").as_uri())
        page.wait_for_timeout(800)
        _shot(page, "screen-proof.png")
        with _served(folder) as address:
            page.goto(address)
            page.wait_for_timeout(2500)
            _shot(page, "screen-preview.png")


def _shot(page: Any, name: str) -> None:
    from io import BytesIO

    from PIL import Image

    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    _save(_framed(picture.resize((900, 580), Image.Resampling.LANCZOS)), name)


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The preview's address while it is served."""
    command = [sys.executable, "-u", "build.py", NAME, "--preview", "--no-open", "--lang", "ja"]
    server = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
        encoding="utf-8", env=os.environ | {"PYTHONUTF8": "1"},
    )  # fmt: skip
    try:
        assert server.stdout is not None
        for line in server.stdout:
            if found := re.search(r"http://\S+", line):
                yield found.group()
                break
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Everything."""
    write_pages()
    block_pictures()
    with tempfile.TemporaryDirectory() as name:
        folder = project_in(Path(name))
        tutorial_pictures(folder)
        leaflet9_picture(folder)
        screen_pictures(folder)


if __name__ == "__main__":
    main()
