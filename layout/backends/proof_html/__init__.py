"""The proof page: one HTML file with everything in it, that asks no network for anything.

The pages are drawn as SVG; over them lies their text, line by line, in reading
order, so that it can be selected, searched and read aloud.  What the program of the
page needs besides is JSON.  ``data/`` has the style, the program and the words of the page.
"""

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from layout.backends.proof_html.data_of import proof_data
from layout.backends.proof_html.text_layer import page_layer
from layout.backends.svg import SvgPainter
from layout.backends.svg.former import former_pages, looks_the_same
from layout.display.model import DisplayList
from layout.font.library import FontLibrary
from layout.house.profile import Profile
from layout.proof.model import ProofPage

_DATA: Final = Path(__file__).parent / "data"
_SCRIPTS: Final = (
    "base.js", "store.js", "marks.js", "panel.js", "lists.js", "changes.js", "main.js",
)  # fmt: skip
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{}'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""No network at all, and no program but ours."""


def write_proof_html(
    proof: ProofPage,
    display: DisplayList,
    profile: Profile,
    library: FontLibrary | None = None,
) -> bytes:
    """The whole page, the same bytes for the same proof.

    ``display`` is what ``proof.reading`` was read from; ``profile`` says how inks look;
    with the ``library`` pages are shown as they looked at the last stage, too.
    Words are in Japanese and English; the page begins in Japanese.
    """
    painter = SvgPainter(profile)
    pictures = [painter.page(page, number) for number, page in enumerate(display.pages, 1)]
    former = former_pages(proof.former, painter, library) if library and proof.former else ()
    both = list(zip_longest(pictures, former, fillvalue=""))
    other = [n for n, (now, was) in enumerate(both, 1) if former and not looks_the_same(now, was)]
    pages = "\n".join(
        page_layer(page, picture, was)
        for page, (picture, was) in zip(proof.reading.pages, both, strict=False)
    )
    words = _words()
    script = "\n".join(_part(name) for name in _SCRIPTS)
    digest = b64encode(sha256(script.encode("utf-8")).digest()).decode("ascii")
    values = {
        "POLICY": _POLICY.format(digest),
        "TITLE": escape(f"{proof.title}｜{words['ja']['proof']}"),
        "STYLE": _part("page.css"),
        "SHARED": painter.shared(),
        "PAGES": pages,
        "LANGUAGE": escape(proof.language or "ja"),
        "DATA": script_json({**proof_data(proof, other, bool(former)), "words": words}),
        "SCRIPT": script,
    }
    out = []
    for index, piece in enumerate(_part("page.html").split("@@")):
        out.append(values[piece] if index % 2 else piece)
    return "".join(out).encode("utf-8")


def script_json(held: Any) -> str:
    """JSON that no HTML parser takes for the end of its element, nor for a comment."""
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@cache
def _part(name: str) -> str:
    return (_DATA / name).read_text(encoding="utf-8")


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = json.loads(_part("words.json"))
    return words
