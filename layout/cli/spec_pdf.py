"""The spec sheet (仕様書) as a PDF to print and fill in, typeset by the program itself."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from msgspec.structs import replace

from layout.backends.pack.spec import LINE, Section
from layout.diagnostics import NOWHERE, Reporter
from layout.house.rules import DATA
from layout.pipeline import Places, build

STYLE: Final = "spec-sheet"
PROFILE: Final = "office"
_MARKS: Final = re.compile(r"[\\*_^《》｜{}［］\[\]｛｝]")
_LABELS: Final = "40mm"
_ROWS: Final = 14  # of one table; a page has room for four of them


def spec_pdf(
    title: str, date: str, sections: Sequence[Section], places: Places, reporter: Reporter
) -> bytes | None:
    """One page; None, with ``pack.spec-pdf``, if all that is to be said does not fit on it."""
    found = Reporter()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "leaflet.yaml"
        file.write_text("\n".join(_leaflet(title, date, sections)), encoding="utf-8")
        own = replace(places, styles=DATA / "pack")
        made = build(file, own, found, shop=PROFILE).press
    if made is None:
        reporter.warning("pack.spec-pdf", NOWHERE)
    return made


def _leaflet(title: str, date: str, sections: Sequence[Section]) -> Iterator[str]:
    """The source, as a person would type it; JSON's strings are YAML's."""
    yield "bira: 1"
    yield f"title: {json.dumps(f'入稿データ仕様書　{title}', ensure_ascii=False)}"
    yield f"date: {date}"
    yield f"style: {STYLE}"
    yield "pages:"
    yield "  - layout: shiyosho"
    yield "    hon:"
    yield f"      - title: [入稿データ仕様書, {_text(title)}]"
    for section in sections:
        if section.rows:
            yield from _table(section)


def _table(section: Section) -> Iterator[str]:
    open_ = any(value == LINE for _, value in section.rows)
    yield "      - table:"
    if open_:
        yield "          style: table-kakikomi"
    yield f"          title: {_text(section.title)}"
    yield "          head-columns: 1"
    yield f"          widths: [{_LABELS}, 1]"
    yield "          rows:"
    for label, value in section.rows[:_ROWS]:
        yield f"            - [{_text(label)}, {_text('' if value == LINE else value)}]"
    if (more := len(section.rows) - _ROWS) > 0:
        yield f"            - [ほか, {more} 件（spec.txt に全部あります）]"


def _text(text: str) -> str:
    """A string that says the text and nothing else: its marks are no marks."""
    return json.dumps(_MARKS.sub(lambda mark: "\\" + mark.group(), text), ensure_ascii=False)
