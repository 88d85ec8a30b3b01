"""All findings in finished PDFs as a list for people.

``python -m layout.cli.findings docs/preflight.md`` writes it anew between the two
marks, and so with ``docs/accessible.md``.  The chapters are data in ``house/data``.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from layout.cli.messages import message_table
from layout.house.rules import DATA

BEGIN: Final = "<!-- findings: begin -->"
END: Final = "<!-- findings: end -->"
LISTS: Final = {
    "preflight.md": "findings.json",
    "accessible.md": "findings_accessible.json",
}
"""The chapters of each document."""

_VALUE: Final = re.compile(r"\{\w+\}")
_DETAILS: Final = ("詳しくは：", "In detail: ")


def chapters(document: str = "preflight.md") -> list[tuple[str, str, list[str]]]:
    """The chapters: title in Japanese, in English, codes."""
    held = json.loads((DATA / LISTS[document]).read_text("utf-8"))
    return [(each["ja"], each["en"], each["codes"]) for each in held]


def findings_list(document: str = "preflight.md") -> str:
    """The whole list, in Markdown."""
    lines = (line for chapter in chapters(document) for line in _chapter(*chapter))
    return "\n".join(lines).rstrip()


def _chapter(ja: str, en: str, codes: list[str]) -> Iterator[str]:
    yield from (f"### {ja} / {en}", "", "| コード | 日本語 | English |", "| --- | --- | --- |")
    for code in codes:
        entry = message_table()[code]
        cells = (_cell(entry[lang], entry[f"hint_{lang}"]) for lang in ("ja", "en"))
        yield f"| `{code}` | {' | '.join(cells)} |"
    yield ""


def _cell(text: str, hint: str) -> str:
    """What was found, and the remedy; the values of a finding are dots."""
    lines = [line for line in hint.split("\n") if not line.startswith(_DETAILS)]
    said = f"{text}<br>*{' '.join(lines)}*"
    return _VALUE.sub("…", said).replace("{{", "{").replace("}}", "}").replace("|", "\\|")


def updated(document: str, name: str = "preflight.md") -> str:
    """The document of that name with the list between the marks written anew."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{findings_list(name)}\n\n{END}{after}"


def main() -> None:
    """Write the list into the file named on the command line."""
    path = Path(sys.argv[1])
    path.write_text(updated(path.read_text("utf-8"), path.name), "utf-8")


if __name__ == "__main__":
    main()
