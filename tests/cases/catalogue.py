"""Every spoilt source with what is said of it, as a page to look things up in.

``python -m tests.cases.catalogue docs`` writes ``errors.ja.md`` and ``errors.md``.
"""

import sys
from pathlib import Path

from layout.cli.messages import message, render
from layout.cli.terminal import source_lines
from layout.diagnostics import Severity
from tests.cases.reading import cases, name_of, read

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


CHAPTERS = (
    ("source.", "書き方（字下げ、コロン、項目）", "Writing: indentation, colons, keys"),
    ("markup.", "文章の中の印", "Marks inside text"),
    ("facts.", "事実（電話、口座、日付）", "Facts: phones, accounts, dates"),
    ("image.", "画像", "Pictures"),
    ("style. layout. area. profile.", "様式、割り付け、印刷所", "Styles, layouts, print shops"),
    ("edition.", "版の一覧", "Lists of editions"),
)


def catalogue(lang: str) -> str:
    """The page in a language: chapters by what is said, one heading for each saying."""
    told: dict[str, dict[str, list[str]]] = {chapter[0]: {} for chapter in CHAPTERS}
    for path in cases():
        code, title, entry = _entry(path, lang)
        if code:
            kinds = next(kinds for kinds in told if f"{code.partition('.')[0]}." in kinds.split())
            told[kinds].setdefault(title, []).append(entry)
    parts = [HEADS[lang]]
    for kinds, ja, en in CHAPTERS:
        if told[kinds]:
            parts.append(f"\n## {ja if lang == 'ja' else en}\n")
        for title, entries in told[kinds].items():
            parts += [f"\n### {title}\n", *entries]
    return "".join(parts)


def _entry(path: Path, lang: str) -> tuple[str, str, str]:
    """What is said of a case: code, title and all of it; nothing where all is well."""
    noticed = (d for d in read(path) if d.severity is not Severity.NOTE)
    found = sorted(noticed, key=lambda d: d.span)
    if not found:
        return "", "", ""
    title = message(found[0], lang).rstrip("。.")
    lines = source_lines(str(path))
    said = "\n".join(render(each, lines, lang) for each in found)
    said = said.replace(str(path), name_of(path))
    return found[0].code, title, f"\n```text\n{said}\n```\n"


def write(folder: Path) -> None:
    """Both pages."""
    for lang, name in (("ja", "errors.ja.md"), ("en", "errors.md")):
        (folder / name).write_text(catalogue(lang), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
