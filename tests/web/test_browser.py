"""The web page in a browser: clean for axe, as wide as its window, in either direction."""

from pathlib import Path
from typing import Any

import pytest

from tests.built import LEAFLETS
from tests.web.making import page

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1200, "height": 800}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages as files."""
    folder = tmp_path_factory.mktemp("web")
    made = {}
    for name in LEAFLETS:
        made[name] = folder / f"{name}.html"
        made[name].write_text(page(name), encoding="utf-8")
    return made


@pytest.fixture
def opened(chromium: Any, files: dict[str, Path]) -> Any:
    """Opens a page; whatever it asks of a network, and each complaint, is a failure."""
    contexts: list[Any] = []
    wrong: list[str] = []

    def open_page(name: str, **options: Any) -> Any:
        context = chromium.new_context(**options)
        contexts.append(context)
        view = context.new_page()
        view.on(
            "request",
            lambda r: None if r.url.startswith(("file:", "data:")) else wrong.append(r.url),
        )
        view.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        view.goto(files[name].as_uri())
        return view

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


def directions(view: Any) -> list[str]:
    """The directions that can be chosen, or one that needs no choice."""
    return ["tate", "yoko"] if view.locator("#tate").count() else [""]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", LEAFLETS)
def test_axe_finds_nothing(opened: Any, name: str, scheme: str) -> None:
    """All rules of axe-core, its advice on good practice included, by day and night."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    view = opened(name, viewport=DESK, color_scheme=scheme)
    for direction in directions(view):
        if direction:
            view.check(f"#{direction}")
        found = axe.Axe().run(view).response["violations"]
        assert [(each["id"], [n["html"][:90] for n in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("name", LEAFLETS)
def test_nothing_is_wider_than_the_window(opened: Any, name: str) -> None:
    """Phone, tablet and desk; nobody scrolls sideways."""
    view = opened(name, viewport=PHONE)
    for width in (320, 390, 820, 1400):
        view.set_viewport_size({"width": width, "height": 800})
        for direction in directions(view):
            if direction:
                view.check(f"#{direction}")
            over = view.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, (width, direction)


def test_text_is_no_wider_than_forty_ems(opened: Any) -> None:
    """On a wide window lines stay readable."""
    view = opened("leaflet9", viewport={"width": 1800, "height": 900})
    ems = view.evaluate(
        "Math.max(...[...document.querySelectorAll('p.text')].map("
        "p => p.getBoundingClientRect().width / parseFloat(getComputedStyle(p).fontSize)))"
    )
    assert 30 < ems <= 40.5


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_vertical_lines_scroll_downwards(opened: Any, viewport: dict[str, int]) -> None:
    """Rows of vertical lines one below the other: each fits the window, the next is lower."""
    view = opened("tate-shimbun", viewport=viewport)
    found = view.evaluate(
        """() => {
          const boxes = [...document.querySelectorAll('main p.text')].map(
            (p) => [...p.getClientRects()]).flat();
          return {
            mode: getComputedStyle(document.querySelector('main')).writingMode,
            tallest: Math.max(...boxes.map((b) => b.height)),
            lowest: Math.max(...boxes.map((b) => b.bottom)),
            page: document.documentElement.scrollHeight,
            left: Math.min(...boxes.map((b) => b.left)),
            right: Math.max(...boxes.map((b) => b.right)),
          };
        }"""
    )
    assert found["mode"] == "vertical-rl"
    assert found["tallest"] <= viewport["height"]
    assert found["page"] > 2 * viewport["height"] and found["lowest"] <= found["page"]
    assert found["left"] >= 0 and found["right"] <= viewport["width"]


def test_direction_is_changed_with_the_keyboard(opened: Any) -> None:
    """Tab to the choice, an arrow key, and the lines are level."""
    view = opened("tate-shimbun", viewport=DESK)
    mode = "getComputedStyle(document.querySelector('main')).writingMode"
    for _ in range(6):
        view.keyboard.press("Tab")
        if view.evaluate("document.activeElement.id") == "tate":
            break
    view.keyboard.press("ArrowRight")
    assert view.evaluate("document.activeElement.id") == "yoko"
    assert view.evaluate(mode) == "horizontal-tb"
    view.keyboard.press("ArrowLeft")
    assert view.evaluate(mode) == "vertical-rl"


@pytest.mark.parametrize("name", LEAFLETS)
def test_headings_as_a_screen_reader_has_them(opened: Any, name: str) -> None:
    """The browser's own tree: a main, a heading of the first level, no picture without a name."""
    view = opened(name, viewport=DESK)
    assert view.get_by_role("main").count() == 1
    assert view.get_by_role("heading", level=1).count() == 1
    pictures = view.get_by_role("img").all()
    assert pictures and all(
        p.get_attribute("aria-label") or p.get_attribute("alt") for p in pictures
    )


@pytest.mark.parametrize("name", LEAFLETS)
def test_prints_with_all_its_words(opened: Any, name: str, tmp_path: Path) -> None:
    """On paper: level lines, by day, and nothing of the tools."""
    import pymupdf

    view = opened(name, viewport=DESK, color_scheme="dark")
    data = view.pdf(prefer_css_page_size=True, print_background=True)
    printed = pymupdf.open(stream=data, filetype="pdf")
    text = "".join("".join(sheet.get_text() for sheet in printed).split())
    view.emulate_media(media="print")
    assert view.evaluate("getComputedStyle(document.querySelector('main')).writingMode") == (
        "horizontal-tb"
    )
    assert view.locator("header.tools").is_hidden() or view.locator("header.tools").count() == 0
    last = view.locator("main p").last.inner_text()
    assert "".join(last.split())[-6:] in text
    ground = printed[0].get_pixmap(dpi=20).pixel(1, 1)
    assert min(ground) > 150, "paper is light"
