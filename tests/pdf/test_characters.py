"""Characters that are more, or less, than one code point and one full-width glyph.

Variation selectors, kanji beyond the first plane, combining marks, compatibility
and half-width forms come out of the PDF as they were typed, in both modes.
"""

from pathlib import Path

import pymupdf
import pytest

from layout.diagnostics import Reporter
from layout.pipeline import Places, build

ROOT = Path(__file__).parent.parent.parent
STYLES = ROOT / "tests" / "golden" / "styles"
TEXTS = {
    "variation selector": "葛\U000e0100城市の葛",
    "second plane": "𠮷野家と吉野",
    "combining mark": "か゚き゚セ゚",
    "compatibility": "㈱と㍻と①と㎏",
    "half width": "｢ﾊﾟﾋﾟﾌﾟ｣､ｶﾞ｡",
    "full width": "ＡＢＣ１２３（％）",
    "kangxi and unified": "⽇と日",
    "hyphens": "a-b\u2011c\u2010d",
}


def built(tmp_path: Path, text: str, layout: str) -> tuple[bytes | None, Reporter]:
    source = tmp_path / "leaflet.yaml"
    source.write_text(
        "bira: 1\ntitle: 文字\ndate: 2021-03-01\nstyle: tiny\npages:\n"
        f"  - layout: {layout}\n    body:\n      - text: |\n          {text}\n",
        encoding="utf-8",
    )
    reporter = Reporter()
    return build(source, Places(ROOT / "fonts", STYLES), reporter).press, reporter


@pytest.mark.parametrize("layout", ["plain", "tate"])
@pytest.mark.parametrize("name", TEXTS)
def test_text_comes_out_as_typed(tmp_path: Path, name: str, layout: str) -> None:
    press, reporter = built(tmp_path, TEXTS[name], layout)
    assert press is not None, [d.code for d in reporter]
    page = pymupdf.open(stream=press)[0]
    assert "".join(page.get_text().split()) == TEXTS[name]


def test_a_character_no_face_has_is_reported_at_its_place(tmp_path: Path) -> None:
    press, reporter = built(tmp_path, "国と𓀀の国", "plain")
    (found,) = [d for d in reporter if d.code == "glyph.missing"]
    assert press is None
    assert (found.span.line, found.span.column) == (9, 13)
    assert found.values["codepoint"] == "U+13000"
