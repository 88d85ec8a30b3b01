"""The proof page in a browser: read, correct, export, apply, see the change; without a network."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.built import ROOT

SHIFT = "Shift+ArrowRight"
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


def run(folder: Path, *arguments: str) -> str:
    """``build.py`` in a project of its own."""
    made = subprocess.run(
        [sys.executable, "build.py", *arguments],
        cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout + made.stderr


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's leaflets in a folder where corrections may be applied."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "leaflets", folder / "leaflets", ignore=shutil.ignore_patterns("proofs"))
    shutil.copy(ROOT / "build.py", folder)
    for name in ("fonts", "layout"):
        (folder / name).symlink_to(ROOT / name)
    run(folder, "leaflet9", "tate-shimbun", "--only", "press,proof", "--lang", "ja")
    return folder


def proof_of(project: Path, name: str) -> Path:
    return project / f"out/{name}/{name}-proof.html"


@pytest.fixture
def opened(chromium: Any, project: Path) -> Iterator[Any]:
    """Opens a leaflet's page; whatever it asks of a network, and each error, is a failure."""
    contexts, wrong = [], []

    def ask(request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            wrong.append(request.url)

    def open_page(name: str = "leaflet9", context: Any = None, **options: Any) -> Any:
        if context is None:
            context = chromium.new_context(offline=True, accept_downloads=True, **options)
            contexts.append(context)
        context.set_default_timeout(8000)
        page = context.new_page()
        page.on("request", ask)
        page.on("pageerror", lambda problem: wrong.append(str(problem)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.goto(proof_of(project, name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not wrong


def line_with(page: Any, text: str) -> Any:
    return page.locator(".line", has_text=text).first


def select(page: Any, words: str) -> None:
    """With the keyboard, in the field that has the printed text."""
    field = page.locator("#printed")
    field.focus()
    at = field.input_value().index(words)
    page.keyboard.press("Control+Home")
    for _ in range(at):
        page.keyboard.press("ArrowRight")
    for _ in words:
        page.keyboard.press(SHIFT)


def export(page: Any, by: str, file: Path) -> dict[str, Any]:
    page.click("#tab-items")
    page.fill("#by", by)
    with page.expect_download() as waiting:
        page.click("#export")
    waiting.value.save_as(file)
    held: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return held


def test_a_correction_goes_from_the_page_into_the_source_and_comes_back_as_asked_for(
    opened: Any, project: Path, tmp_path: Path
) -> None:
    run(project, "leaflet9", "--stage", "初校")
    page = opened()
    line_with(page, "政府はデジタル改革関連").click()
    select(page, "政府")
    page.fill("#new", "日本政府")
    page.click("#add")
    assert page.locator(".mark.replace").count() == 1
    file = tmp_path / "corrections.json"
    held = export(page, "校正係", file)
    (item,) = held["items"]
    source = (project / "leaflets/leaflet9/leaflet.yaml").read_text("utf-8")
    row, column = item["at"]
    assert source.splitlines()[row - 1][column - 1 :].startswith("政府はデジタル")
    run(project, "apply", str(file), "--yes")
    after = (project / "leaflets/leaflet9/leaflet.yaml").read_text("utf-8")
    assert "日本政府はデジタル改革関連" in after
    assert len(after) == len(source) + 2
    run(project, "leaflet9", "--stage", "再校")
    again = opened()
    again.click("#tab-changes")
    card = again.locator("#view-changes .card")
    assert card.count() == 1 and "赤字の通り" in card.inner_text()
    assert card.locator("ins").all_inner_texts() == ["日本政府"]
    assert again.locator("#items .card").count() == 0


@pytest.mark.parametrize(
    ("kind", "words", "new"),
    [("insert", "", "とても"), ("delete", "夜の", ""), ("query", "夜の", "")],
)
def test_other_kinds_in_vertical_text(
    opened: Any, tmp_path: Path, kind: str, words: str, new: str
) -> None:
    page = opened("tate-shimbun")
    line_with(page, "夜の開館").click()
    page.check(f"input[value={kind}]")
    select(page, words)
    if new:
        page.fill("#new", new)
    page.fill("#note", "どうでしょう")
    page.click("#add")
    assert page.locator(f".mark.{kind}").count() >= 1
    (item,) = export(page, "た", tmp_path / "c.json")["items"]
    assert (item["kind"], item["old"], item["new"]) == (kind, words, new)


def test_selected_characters_on_the_page_become_a_correction(opened: Any) -> None:
    page = opened()
    page.evaluate(
        """() => { const line = [...document.querySelectorAll('.line')].find(l => l.textContent.includes('総理大臣'));
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT); let node, range = document.createRange();
        while ((node = walker.nextNode())) { const at = node.data.indexOf('総理大臣');
          if (at >= 0) { range.setStart(node, at); range.setEnd(node, at + 4); break; } }
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    page.click("#pick")
    assert "総理大臣" in page.inner_text("#old")
    assert page.evaluate("document.activeElement.id") == "new"


def test_a_reload_keeps_the_work_and_undo_and_import_serve(opened: Any, tmp_path: Path) -> None:
    page = opened("tate-shimbun")
    page.locator(".thing").first.click()
    page.click("#add")
    assert page.inner_text("#problem")
    page.fill("#note", "この図でよいですか")
    page.click("#add")
    file = tmp_path / "c.json"
    export(page, "い", file)
    page.reload()
    page.click("#tab-items")
    assert page.locator("#view-items .card").count() == 1
    page.locator("#view-items .card button").last.click()
    assert page.locator("#view-items .card").count() == 0
    page.click("#undo")
    assert page.locator("#view-items .card").count() == 1
    other = opened("tate-shimbun")
    other.click("#tab-items")
    other.set_input_files("#import", file)
    other.locator("#view-items .card").wait_for()
    assert "この図でよいですか" in other.inner_text("#view-items")
    (tmp_path / "bad.json").write_text("{", "utf-8")
    other.set_input_files("#import", tmp_path / "bad.json")
    other.get_by_text("赤字のファイルではありません").wait_for()


def test_where_nothing_can_be_kept_the_page_says_so(opened: Any, chromium: Any) -> None:
    context = chromium.new_context(offline=True)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    )
    page = opened("tate-shimbun", context)
    assert page.locator("#store").is_visible()
    context.close()


def test_facts_are_ticked_and_exported(opened: Any, tmp_path: Path) -> None:
    page = opened()
    page.click("#tab-facts")
    page.locator("#view-facts input").first.check()
    held = export(page, "う", tmp_path / "c.json")
    assert len(held["facts"]) == 1 and held["facts"][0]["printed"]


def test_everything_by_keyboard(opened: Any) -> None:
    page = opened("tate-shimbun")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip link
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.dataset.line")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.dataset.line")
    assert first and second and first != second
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "printed"
    page.wait_for_timeout(150)
    page.keyboard.press(SHIFT)
    page.locator(".mark.chosen-text").wait_for(state="attached")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # the next kind: insertion
    page.keyboard.press("Tab")
    page.keyboard.type("新")
    page.keyboard.press("Control+Enter")
    assert page.locator(".mark.insert").count() == 1
    assert page.evaluate("document.activeElement.dataset.line") == second
    page.keyboard.press("Control+z")
    assert page.locator(".mark.insert").count() == 0
    page.keyboard.press("Alt+3")
    assert page.evaluate("document.activeElement.id") == "tab-findings"
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_on_a_phone(opened: Any) -> None:
    page = opened(**PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    line_with(page, "総理大臣").tap()
    assert page.locator("#printed").is_visible()
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, #views textarea, #views input:not([type=radio]), .kinds label')]
        .filter(e => e.offsetParent).map(e => [e.id || e.textContent, e.getBoundingClientRect()])
        .filter(([, r]) => r.width < 44 || r.height < 44).map(([n]) => n)"""
    )
    assert small == []


@pytest.mark.parametrize("name", ["leaflet9", "tate-shimbun"])
def test_the_text_lies_where_it_is_printed(opened: Any, name: str) -> None:
    page = opened(name)
    apart = page.evaluate(
        """() => [...document.querySelectorAll('.line')].map(l => { const r = document.createRange();
        r.selectNodeContents(l); const a = r.getBoundingClientRect(), b = l.getBoundingClientRect();
        return l.classList.contains('v') ? Math.abs(a.bottom - b.bottom) / b.height : Math.abs(a.right - b.right) / b.width; })"""
    )
    apart.sort()
    assert apart[int(len(apart) * 0.9)] < 0.05


@pytest.mark.parametrize("name", ["leaflet9", "tate-shimbun"])
@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(opened: Any, name: str, options: dict[str, Any]) -> None:
    driver = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    page = opened(name, **options)
    line_with(page, "の").click()
    for _ in ("ja", "en"):
        for tab in ("line", "items", "findings", "facts", "changes"):
            page.evaluate(f"document.getElementById('tab-{tab}').click()")
            found = driver.Axe().run(page).response["violations"]
            assert not found, [(each["id"], each["nodes"][0]["html"][:200]) for each in found]
        page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "ja"
