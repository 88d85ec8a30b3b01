"""What a proofreader does in the proof page."""

import json
from pathlib import Path
from typing import Any

SHIFT = "Shift+ArrowRight"
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


def line_with(page: Any, text: str) -> Any:
    """The first printed line with these words."""
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


def correct(page: Any, line: str, words: str, new: str, kind: str = "replace") -> None:
    """Chooses a line, selects words in it and adds a correction."""
    line_with(page, line).click()
    page.check(f"input[value={kind}]")
    select(page, words)
    page.fill("#new", new)
    page.click("#add")


def tab(page: Any, name: str) -> Any:
    """One of the tools, brought to the front."""
    page.evaluate(f"document.getElementById('tab-{name}').click()")
    return page.locator(f"#view-{name}")


def export(page: Any, by: str, file: Path) -> dict[str, Any]:
    """Saves the corrections under a proofreader's name."""
    tab(page, "items")
    page.fill("#by", by)
    with page.expect_download() as waiting:
        page.click("#export")
    waiting.value.save_as(file)
    held: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return held
