"""The proof page in a browser: read, correct, export, import; by mouse, keys and fingers."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageFilter, ImageStat

from tests.browser.using import PHONE, SHIFT, correct, export, line_with, select, tab


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


def test_a_line_tells_its_source(opened: Any, read_only: Path) -> None:
    page = opened()
    line_with(page, "総理大臣を長とする").click()
    source = (read_only / "leaflets/leaflet9/leaflet.yaml").read_text("utf-8").splitlines()
    said = page.inner_text("#about-line")
    row = next(n for n, line in enumerate(source, 1) if "総理大臣を長とする" in line)
    assert "1.body." in said and str(row) in said and "総理大臣を長とする" in said
    page.locator(".thing.code").first.click()
    assert "http://www.bango-iranai.net/" in page.inner_text("#view-line")


def test_a_word_that_is_pressed_is_selected(opened: Any) -> None:
    page = opened()
    place = line_with(page, "総理大臣を長とする")
    place.click(position={"x": 20, "y": place.bounding_box()["height"] / 2})
    assert page.inner_text("#old") == "選んだ文字：総理大臣"
    assert page.locator(".mark.chosen-text").count() == 1


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


def test_a_reload_keeps_the_work_and_undo_serves(opened: Any, tmp_path: Path) -> None:
    page = opened("tate-shimbun")
    page.locator(".thing").first.click()
    page.click("#add")
    assert page.inner_text("#problem")
    page.fill("#note", "この図でよいですか")
    page.click("#add")
    page.reload()
    cards = tab(page, "items").locator(".card")
    assert cards.count() == 1 and "書き出していない" in page.inner_text("#not-exported")
    cards.locator("button").last.click()
    assert cards.count() == 0
    page.click("#undo")
    assert cards.count() == 1
    cards.get_by_text("直す").click()
    page.fill("#note", "図を替えてください")
    page.click("#add")
    (item,) = export(page, "い", tmp_path / "c.json")["items"]
    assert item["note"] == "図を替えてください" and not page.inner_text("#not-exported")


def test_files_of_others_are_put_together(opened: Any, tmp_path: Path) -> None:
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    page = opened("tate-shimbun")
    correct(page, "夜の開館", "夜の", "夜間の")
    tab(page, "facts").locator("input").first.check()
    first = export(page, "甲", one)
    cards = tab(page, "items").locator(".card")
    cards.get_by_text("直す").click()
    page.fill("#new", "深夜の")
    page.click("#add")
    export(page, "甲", other)
    held = json.loads(one.read_text("utf-8"))
    mine = held["items"][0]
    held["by"], held["items"] = (
        "乙",
        [
            {**mine, "id": "c1", "by": "乙", "new": "夕方の", "made": ""},
            {**mine, "id": "c1", "by": "乙", "new": "晩の", "made": ""},
            {**mine, "id": "c1", "kind": "erase"},
            "<img src=x onerror=alert(1)>",
        ],
    )
    third = tmp_path / "third.json"
    third.write_text(json.dumps(held), "utf-8")

    fresh = opened("tate-shimbun")
    tab(fresh, "items")
    fresh.set_input_files("#import", [one, third, one, third])
    fresh.get_by_text("もうここにありました").wait_for()
    cards = fresh.locator("#view-items .card")
    assert [card.locator("ins").inner_text() for card in cards.all()] == [
        "夜間の",
        "夕方の",
        "晩の",
    ]
    fresh.set_input_files("#import", other)  # a later state of the first
    fresh.get_by_text("あとで直された方").wait_for()
    fresh.set_input_files("#import", one)
    fresh.get_by_text("1件はもうここにありました").wait_for()
    assert [c.locator("ins").inner_text() for c in cards.all()] == ["深夜の", "夕方の", "晩の"]
    assert tab(fresh, "facts").locator("input:checked").count() == 1
    assert "甲 確認" in fresh.inner_text("#view-facts")
    whole = export(fresh, "丙", tmp_path / "all.json")
    assert [each["by"] for each in whole["items"]] == ["甲", "乙", "乙"]
    assert len({each["id"] for each in whole["items"]}) == 3
    assert whole["facts"] == first["facts"] and whole["facts"][0]["by"] == "甲"
    for name, text in (
        ("bad", "{"),
        ("none", "[]"),
        ("other", json.dumps({**held, "leaflet": "x"})),
    ):
        (tmp_path / f"{name}.json").write_text(text, "utf-8")
        tab(fresh, "items")
        fresh.set_input_files("#import", tmp_path / f"{name}.json")
        word = "別のリーフ" if name == "other" else "赤字のファイルではありません"
        fresh.get_by_text(word).wait_for()
    assert cards.count() == 3


def test_where_no_file_can_be_saved_the_text_is_copied(opened: Any) -> None:
    page = opened("tate-shimbun")
    correct(page, "夜の開館", "夜の", "夜間の")
    view = tab(page, "items")
    page.fill("#by", "甲")
    view.locator("summary").click()
    held = json.loads(page.input_value("#as-text"))
    assert held["by"] == "甲" and held["items"][0]["new"] == "夜間の"
    view.get_by_role("button", name="写す").click()
    page.get_by_text("貼り付けて").wait_for()


def test_work_on_an_earlier_version_is_not_forgotten(opened: Any) -> None:
    page = opened("tate-shimbun")
    correct(page, "夜の開館", "夜の", "夜間の")
    assert tab(page, "items").locator("#left").count() == 0
    page.evaluate(
        """() => { const key = Object.keys(localStorage).find(each => each.startsWith('bira:tate'));
        localStorage.setItem('bira:tate-shimbun:' + '0'.repeat(64), localStorage.getItem(key)); localStorage.removeItem(key); }"""
    )
    page.reload()
    view = tab(page, "items")
    assert "1件" in view.locator("#left").inner_text()
    assert view.locator("ol .card").count() == 0
    view.locator("#left button").click()
    assert view.locator("ol .card").count() == 1 and view.locator("#left").count() == 0
    page.reload()
    assert tab(page, "items").locator("ol .card").count() == 1


@pytest.mark.parametrize("stored", [True, False], ids=["kept", "not-kept"])
def test_leaving_with_work_that_would_be_lost(opened: Any, chromium: Any, stored: bool) -> None:
    context = chromium.new_context()
    if not stored:
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
        )
    page = opened("tate-shimbun", context=context)
    assert page.locator("#store").is_visible() is not stored
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    assert not asked  # nothing has been done yet
    correct(page, "夜の開館", "夜の", "夜間の")
    page.reload()
    assert asked == ([] if stored else ["beforeunload"])
    context.close()


def test_every_occurrence_of_a_fact_is_found_and_ticked(opened: Any, tmp_path: Path) -> None:
    page = opened()
    view = tab(page, "facts")
    fact = view.locator(".card", has_text=re.compile("4 ?万|080-5052-0270")).first
    assert view.locator(".card").count() < view.locator(".fact").count()
    (button,) = fact.get_by_role("button").all()
    button.click()
    assert page.evaluate("document.activeElement.closest('.page').id") == "page-4"
    place = page.locator(".mark.chosen-text").bounding_box()
    line = page.locator(".line:focus").bounding_box()
    assert (
        line["x"] - 1 <= place["x"] and place["x"] + place["width"] <= line["x"] + line["width"] + 1
    )
    for row in view.locator(".fact button").all():
        row.evaluate("each => each.click()")
        assert page.evaluate("Boolean(document.activeElement.dataset.line)")
    tab(page, "facts").locator("input").first.check()
    held = export(page, "う", tmp_path / "c.json")
    (ticked,) = held["facts"]
    assert ticked["printed"] and ticked["by"] == "う" and ticked["made"]


def test_findings_are_underlined_and_lead_to_their_place(opened: Any) -> None:
    page = opened()
    assert page.locator(".mark.finding").count() >= 10
    card = tab(page, "findings").locator(".card", has_text="おこない").first
    card.get_by_role("button").click()
    assert page.inner_text(".line:focus").endswith("おこ")
    assert page.locator(".mark.chosen-text").count() == 2  # it goes on in the next line
    figure = tab(page, "findings").locator(".card", has_text="仮の図").first
    figure.get_by_role("button").click()
    assert page.locator(".thing:focus").count() == 1
    tab(page, "line")
    assert "仮の図" in page.inner_text("#about-line")


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
    page.keyboard.press(SHIFT)
    page.locator(".mark.chosen-text").wait_for(state="attached")
    text = page.input_value("#printed")
    assert page.inner_text("#old") == f"選んだ文字：{text[0]}"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")  # the next kind: insertion
    page.keyboard.press("Tab")
    page.keyboard.type("新")
    page.keyboard.press("Control+Enter")
    assert page.locator(".mark.insert").count() == 1
    assert page.evaluate("document.activeElement.dataset.line") == second
    page.keyboard.press("Control+z")
    assert page.locator(".mark.insert").count() == 0
    page.keyboard.press("Control+y")
    page.keyboard.press("Alt+2")
    assert page.evaluate("document.activeElement.id") == "tab-items"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "by":
            page.keyboard.type("Kei")
        if page.evaluate("document.activeElement.id") == "export":
            break
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "tate-shimbun-corrections-Kei.json"
    page.keyboard.press("Alt+3")
    assert page.evaluate("document.activeElement.id") == "tab-findings"
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_on_a_phone(opened: Any, tmp_path: Path) -> None:
    page = opened(**PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    line_with(page, "総理大臣を長とする").tap()
    assert page.locator("#printed").is_visible() and page.locator("#panel-size").is_visible()
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, #views textarea, #views input:not([type=radio]), .kinds label')]
        .filter(e => e.offsetParent).map(e => [e.id || e.textContent, e.getBoundingClientRect()])
        .filter(([, r]) => r.width < 44 || r.height < 44).map(([n]) => n)"""
    )
    assert small == []
    page.locator(".kinds label", has_text="疑問").tap()
    page.fill("#note", "これでよいですか")
    page.tap("#add")
    page.tap("#panel-size")
    assert not page.locator("#views").is_visible() and "1件" in page.inner_text("#panel-size")
    page.tap("#panel-size")
    page.tap("#tab-items")
    page.fill("#by", "電")
    with page.expect_download() as waiting:
        page.tap("#export")
    waiting.value.save_as(tmp_path / "c.json")
    (item,) = json.loads((tmp_path / "c.json").read_text("utf-8"))["items"]
    assert item["kind"] == "query" and item["old"] and item["note"]


def test_in_english_all_words_are_english_and_it_stays_so(opened: Any) -> None:
    page = opened()
    line_with(page, "総理大臣を長とする").click()
    page.click("#language")
    page.reload()
    assert page.evaluate("document.documentElement.lang") == "en"
    line_with(page, "総理大臣を長とする").click()
    left = page.evaluate(
        """() => { const found = []; const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) { const at = walker.currentNode.parentElement;
          if (/[ぁ-んァ-ヶ一-龠]/.test(walker.currentNode.data) && !at.closest('[lang=ja], script, noscript, #view-findings, #old')) found.push(walker.currentNode.data); }
        for (const each of document.querySelectorAll('[aria-label]')) if (/[ぁ-ん]/.test(each.getAttribute('aria-label')) && !each.closest('[lang=ja], #views')) found.push(each.getAttribute('aria-label'));
        return found; }"""
    )
    assert left == []
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "ja"


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


def test_pages_are_sharp_at_twice_their_size(opened: Any, leaflet9: Any) -> None:
    page = opened(viewport={"width": 1400, "height": 900})
    while int(page.inner_text("#zoom-now").rstrip("%")) < 200:
        page.click("#zoom-in")
    percent = int(page.inner_text("#zoom-now").rstrip("%"))
    page.add_style_tag(content=".marks, .text { visibility: hidden }")
    page.evaluate("document.getElementById('pages').scrollTo(0, 900)")
    box, clip = page.locator("#page-1 .sheet").bounding_box(), (60, 300, 700, 500)
    picture = page.screenshot(clip=dict(zip(("x", "y", "width", "height"), clip, strict=True)))
    shown = Image.open(BytesIO(picture)).convert("L")
    pdf = pypdfium2.PdfDocument(leaflet9.data)[0]
    scale = percent / 100 * 96 / 72
    left, _, _, top = pdf.get_trimbox()
    full = pdf.render(scale=scale).to_pil().convert("L")
    x = round(left * scale + clip[0] - box["x"])
    y = round((pdf.get_mediabox()[3] - top) * scale + clip[1] - box["y"])
    wanted = full.crop((x, y, x + clip[2], y + clip[3]))

    def edges(image: Image.Image) -> float:
        return ImageStat.Stat(image.filter(ImageFilter.FIND_EDGES)).mean[0]

    half = wanted.resize((clip[2] // 2, clip[3] // 2)).resize(wanted.size)
    assert edges(wanted) > 5 and edges(half) < 0.8 * edges(wanted)
    assert edges(shown) > 0.85 * edges(wanted)


DESK = {"viewport": {"width": 1280, "height": 800}}


@pytest.mark.parametrize(
    ("name", "options", "language"),
    [("leaflet9", DESK, "ja"), ("tate-shimbun", PHONE, "en")],
    ids=["desk", "phone"],
)
def test_axe_finds_nothing(opened: Any, name: str, options: dict[str, Any], language: str) -> None:
    driver = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    page = opened(name, **options)
    if language == "en":
        page.evaluate("document.getElementById('language').click()")

    def violations(context: str | None = None) -> list[Any]:
        found = driver.Axe().run(page, context=context).response["violations"]
        return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]

    page.locator(".thing").first.click()
    page.fill("#note", "あ")
    page.click("#add")
    line_with(page, "の").click()
    assert not violations()
    for name in ("items", "findings", "facts", "changes"):
        view = tab(page, name)
        if name == "items":
            view.locator("summary").click()
        assert not violations("#panel")
    page.evaluate("document.getElementById('keys-open').click()")
    assert not violations("#keys")
