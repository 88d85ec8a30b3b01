"""The preview as an organiser has it: save → new page, broken save → last page, click → line."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from layout.cli.previewing import Stage, run, serve
from layout.live.session import Session
from layout.pipeline import Places

ROOT = Path(__file__).resolve().parents[2]
SOON = 20_000  # milliseconds: long enough for a busy machine


class Live:
    """A running preview: the source, the page that shows it, and the builds so far."""

    def __init__(self, file: Path, page: Any) -> None:
        self.file, self.page = file, page
        self.wrong: list[str] = []

    def save(self, old: str, new: str) -> None:
        """Change the source."""
        text = self.file.read_text("utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new, 1), "utf-8")

    def shows(self, version: int) -> None:
        """Wait until a build is on the page, with its places."""
        self.page.wait_for_selector(f'body[data-version="{version}"]', timeout=SOON)


@pytest.fixture
def live(chromium: Any, tmp_path: Path) -> Iterator[Live]:
    shutil.copytree(ROOT / "leaflets", tmp_path / "leaflets")
    places = Places(ROOT / "fonts", tmp_path / "leaflets" / "styles", ROOT / "profiles")
    file = tmp_path / "leaflets" / "leaflet9" / "leaflet.yaml"
    stage, stop = Stage(), threading.Event()
    server = serve(stage, "token", 0, "ja", "vscode://file{file}:{line}:{column}")
    work = threading.Thread(
        target=run, args=(Session(file, places), stage, lambda _: None, "ja", stop.is_set)
    )
    work.start()
    page = chromium.new_page(viewport={"width": 1300, "height": 900})
    found = Live(file, page)
    page.on("pageerror", lambda error: found.wrong.append(str(error)))
    page.on("console", lambda said: found.wrong.append(said.text) if said.type == "error" else None)
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/token/")
    found.shows(1)
    yield found
    assert not found.wrong
    page.close()
    stop.set()
    work.join(10)
    stage.close()
    server.shutdown()
    server.server_close()


def test_a_save_shows_the_new_page_and_marks_what_changed(live: Live) -> None:
    assert live.page.locator(".sheet").count() == 4
    before = live.page.locator(".sheet").first.get_attribute("data-name")
    live.save("利活用が進む", "利活要が進む")
    live.shows(2)
    assert live.page.locator(".sheet").first.get_attribute("data-name") != before
    assert live.page.locator(".new").count() == 1
    live.page.keyboard.press("c")
    assert live.page.locator(".new").count() == 0


def test_a_broken_save_keeps_the_page_and_says_where(live: Live) -> None:
    before = live.page.locator(".sheet").first.get_attribute("data-name")
    live.save("pages:", "pages")
    live.shows(2)
    assert live.page.locator("#kept").is_visible()
    assert live.page.locator(".sheet").first.get_attribute("data-name") == before
    error = live.page.locator("#findings li.error")
    assert error.count() == 1
    assert "行目" in error.inner_text()
    live.save("\npages\n", "\npages:\n")
    live.shows(3)
    assert not live.page.locator("#kept").is_visible()


def test_a_click_leads_to_the_line(live: Live) -> None:
    source = live.file.read_text("utf-8").split("\n")
    line = next(n for n, text in enumerate(source, 1) if "普及率は25％" in text)
    hits = live.page.locator(".hit")
    texts = live.page.evaluate("placed.places[0].lines.map((line) => line.text)")
    hits.nth(next(n for n, text in enumerate(texts) if "普及率は25％" in text)).click()
    link = live.page.locator("#where a")
    assert link.get_attribute("data-line") == str(line)
    href = link.get_attribute("href")
    assert href.startswith("vscode://file/")
    assert f"leaflet.yaml:{line}:" in href
    assert "普及率は25％" in live.page.locator("#words").inner_text()


def test_overlays_plates_zoom_and_spreads_by_keyboard(live: Live) -> None:
    page = live.page
    for key, sign in (("g", "line"), ("a", ".area"), ("l", ".number"), ("s", ".safe")):
        assert page.locator(f".over {sign}").count() == 0
        page.keyboard.press(key)
        assert page.locator(f".over {sign}").count() > 0
    wide = page.locator(".sheet").first.bounding_box()["width"]
    page.keyboard.press("+")
    assert page.locator(".sheet").first.bounding_box()["width"] > wide
    page.keyboard.press("2")
    assert page.locator("#spread").get_attribute("aria-pressed") == "true"
    page.select_option("#plates", "k")
    fills = page.evaluate(
        "[...new Set([...document.querySelectorAll('.picture [fill]')]"
        ".map((each) => getComputedStyle(each).fill))]"
    )
    for fill in fills:
        if fill.startswith("rgb("):
            assert len(set(fill[4:-1].split(", "))) == 1, fill
    page.keyboard.press("j")
    assert page.locator(".chosen").count() == 1
    page.locator("#language").click()
    assert page.locator("#fit").inner_text() == "Fit width"


def test_everyone_can_use_it(live: Live) -> None:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(live.page)
    assert not results.response["violations"], results.generate_report()
