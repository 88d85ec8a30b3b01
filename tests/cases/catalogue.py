"""Every spoilt source with what is said of it, as a page to look things up in.

``python -m tests.cases.catalogue docs`` writes ``errors.ja.md`` and ``errors.md``.
"""

import sys
from pathlib import Path

from layout.cli.messages import message, render
from layout.diagnostics import Reporter, Severity
from layout.source import read_leaflet, read_sheet

HERE = Path(__file__).parent
HEADS = {
    "ja": (
        "# まちがいの早見表\n\n"
        "原稿のよくあるまちがいと、そのときに出る知らせです。どの知らせも、**ファイル：行：けた**、"
        "その行、何がおかしいか、どう直すか、の順に書かれています。\n\n"
        "この頁はプログラムの試験から作られます。ここに出ていない知らせも、読み方は同じです。\n"
    ),
    "en": (
        "# What can go wrong\n\n"
        "Slips that happen in sources, and what is said of them. Every message has **file:line:column**, "
        "the line, what is wrong, and how to mend it.\n\n"
        "This page is made from the program's own tests. Messages that are not here read the same way.\n"
    ),
}


def catalogue(lang: str) -> str:
    """The page in a language; cases about style sheets come last."""
    paths = sorted(
        HERE.glob("*.yaml"), key=lambda path: (path.stem.startswith("style-"), path.stem)
    )
    return HEADS[lang] + "".join(filter(None, (_entry(path, lang) for path in paths)))


def _entry(path: Path, lang: str) -> str:
    """A case under what is said of it; nothing for sources in which all is well."""
    text = path.read_text(encoding="utf-8")
    reporter = Reporter()
    read = read_sheet if path.stem.startswith("style-") else read_leaflet
    read(path, reporter)
    found = sorted((d for d in reporter if d.severity is not Severity.NOTE), key=lambda d: d.span)
    if not found:
        return ""
    title = message(found[0], lang).rstrip("。.")
    lines = text.split("\n")
    said = "\n".join(render(each, lines, lang) for each in found)
    return f"\n## {title}\n\n```text\n{said.replace(str(path), 'leaflet.yaml')}\n```\n"


def write(folder: Path) -> None:
    """Both pages."""
    for lang, name in (("ja", "errors.ja.md"), ("en", "errors.md")):
        (folder / name).write_text(catalogue(lang), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
