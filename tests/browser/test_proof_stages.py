"""From one stage of proof to the next: what was asked for, what nobody asked for, how it looks."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.using import PHONE, correct, export, tab


def build(run: Any, project: Path, stage: str) -> None:
    run(project, "leaflet9", "--only", "press,proof", "--stage", stage)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_correction_goes_into_the_source_and_comes_back_as_asked_for(
    opened: Any, project: Path, run: Any, tmp_path: Path
) -> None:
    leaflet = project / "leaflets/leaflet9/leaflet.yaml"
    build(run, project, "初校")
    page = opened(folder=project)
    assert "まだ前の段階がありません" in tab(page, "changes").inner_text()
    correct(page, "政府はデジタル改革関連", "政府", "日本政府")
    correct(page, "総理大臣を長とする", "総理大臣", "首相")
    assert page.locator(".mark.replace").count() == 2
    held = export(page, "校正係", tmp_path / "corrections.json")
    source = leaflet.read_text("utf-8")
    row, column = held["items"][0]["at"]
    assert source.splitlines()[row - 1][column - 1 :].startswith("政府はデジタル")
    run(project, "apply", str(tmp_path / "corrections.json"), "--yes")
    after = leaflet.read_text("utf-8")
    assert "日本政府はデジタル改革関連" in after and "首相を長とする" in after
    assert len(after) == len(source)

    edit(leaflet, "国が統治する", "国が管理する")  # nobody asked for it
    edit(leaflet, "システムを集中管理します", "システムを一元管理します")  # beside a wish
    build(run, project, "再校")
    again = opened(folder=project)
    assert again.locator("#view-items .card").count() == 0  # another source, another list
    view = tab(again, "changes")
    asked, others = view.locator(".card.asked"), view.locator(".card.unasked")
    assert asked.locator("ins").all_inner_texts() == ["日本政府"]
    assert "赤字の通り" in asked.inner_text()
    assert others.count() == 2
    mixed, other = others.all()
    assert other.locator("ins").all_inner_texts() == ["管理"]
    assert other.locator("del").all_inner_texts() == ["統治"]
    assert mixed.locator("ins:not(.odd)").all_inner_texts() == ["首相"]
    assert mixed.locator("ins.odd").all_inner_texts() == ["一元管理"]
    assert again.locator(".mark.changed:not(.gone)").count() == 2
    assert again.locator(".mark.unasked:not(.gone)").count() == 2
    other.get_by_role("button").click()
    assert "管理" in again.locator(".line:focus").inner_text()


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_the_pages_then_and_now_lie_over_each_other(
    opened: Any, stages: Path, options: dict[str, Any]
) -> None:
    page = opened(folder=stages, **options)
    tab(page, "changes").get_by_role("button", name="初校の紙面と見くらべる").click()
    assert page.locator(".former svg").count() == 4
    assert page.evaluate("document.activeElement.id") == "cut"

    page.keyboard.press("End")
    assert page.input_value("#cut") == "100"
    page.keyboard.press("ArrowLeft")
    assert page.get_attribute("#cut", "aria-valuetext") == "左から99%が初校"
    page.click("#cut-now")
    assert page.input_value("#cut") == "0"
    sheet, knob = page.locator("#page-1 .sheet"), page.locator("#page-1 .knob")
    box = sheet.bounding_box()
    corner = {"x": box["x"] + box["width"] * 0.6, "y": box["y"], "width": 200, "height": 200}
    page.click("#cut-then")
    then = page.screenshot(clip=corner)  # the round sign in the colour that is another
    page.click("#cut-now")
    assert page.screenshot(clip=corner) != then
    page.locator("#cut").fill("50")
    box, frame = knob.bounding_box(), sheet.bounding_box()
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.25, box["y"] + 22)
    page.mouse.up()
    assert page.input_value("#cut") == "25"
    page.locator("#cut").focus()
    page.keyboard.press("Escape")
    assert not page.locator("#compare").is_visible() and page.locator(".former").count() == 0


def test_what_changed_but_is_no_text_is_told(opened: Any, stages: Path) -> None:
    page = opened(folder=stages)
    view = tab(page, "changes")
    text, figure = view.locator(".card.unasked").all()
    assert "管理" in text.inner_text() and "図が変わった" in figure.inner_text()
    figure.get_by_role("button").click()
    assert page.locator(".thing:focus").count() == 1
    silent = view.locator("h3", has_text="見た目だけ").locator("xpath=following-sibling::div")
    assert silent.inner_text().split() == ["1ページ", "4ページ"]
    silent.get_by_role("button").first.click()
    assert page.locator("#compare").is_visible()
