"""The key tables as the reference part of docs/source-format.md.

``python -m layout.source.reference docs/source-format.md`` writes it anew
between the two marks.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from layout.source.leaflet_keys import BLOCKS, COMMON, FACT, LEAFLET, PAGE
from layout.source.lint_keys import RULES
from layout.source.profile_keys import PROFILE
from layout.source.schema import (
    Anything,
    Blocks,
    Choice,
    Day,
    Either,
    Fields,
    Flag,
    Key,
    Kind,
    Length,
    Many,
    Named,
    Nothing,
    Number,
    Table,
    Whole,
    Words,
)
from layout.source.sheet_keys import SHEET

BEGIN: Final = "<!-- reference: begin -->"
END: Final = "<!-- reference: end -->"
_COMMON: Final = frozenset(key.name for key in COMMON)
_RECT: Final = 4


def reference() -> str:
    """The whole reference, in Markdown."""
    return "\n".join(
        (
            "## キーの一覧 / All keys",
            "",
            "※は必ず書くもの。 ※ marks what must be there.",
            "",
            *_section("リーフ / The leaflet", LEAFLET),
            *_section("ページ / A page（`pages` の中）", PAGE),
            *_section("事実 / A fact（`facts` の中）", FACT),
            *_section("どのブロックにも書けるもの / Every block", Table("common", COMMON)),
            "### ブロック / Blocks",
            "",
            *(line for block in BLOCKS.keys for line in _block(block)),
            *_section("様式 / The style sheet（`leaflets/styles/`）", SHEET),
            *_section("印刷所の設定 / A print shop's profile（`profiles/`）", PROFILE),
            *_section("表記の規則 / House-style rules（`lint/`）", RULES),
        )
    ).rstrip()


def put_into(document: str) -> str:
    """The document with its reference part written anew."""
    head, rest = document.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n{reference()}\n{END}{tail}"


def _section(title: str, table: Table) -> Iterator[str]:
    yield from (f"### {title}", "", *_rows(table))
    if table.one_of:
        words = "、".join(f"`{name}`" for name in table.one_of)
        yield from (f"{words} のうち、ちょうど一つを書きます。 Exactly one of these.", "")
    for inner in _tables_in(table, BLOCKS, FACT, PAGE):
        yield from (f"**{inner.name}**", "", *_rows(inner))


def _block(block: Key) -> Iterator[str]:
    """One block: what it is, what may stand after its name, its keys."""
    yield from (f"#### `{block.name}` — {block.ja} {block.en}", "")
    yield from (f"書くもの：{_said(block.kind)}", "")
    tables = _tables_in(Table("", (block,)), BLOCKS)
    for table in sorted(tables, key=lambda table: table.name != block.name):
        keys = tuple(key for key in table.keys if key.name not in _COMMON)
        if keys:
            own = Table(table.name, keys)
            title = () if table.name == block.name else (f"**{table.name}**", "")
            yield from (*title, *_rows(own))


def _rows(table: Table) -> Iterator[str]:
    yield from ("| キー | 書くもの | 説明 |", "| --- | --- | --- |")
    for key in table.keys:
        mark = " ※" if key.required else ""
        yield f"| `{key.name}`{mark} | {_said(key.kind)} | {_cell(key.ja)}<br>{_cell(key.en)} |"
    if table.other is not None:
        yield f"| （名前） | {_said(table.other)} | {table.other_ja}<br>{table.other_en} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("**", "\\*\\*")


def _tables_in(table: Table, *known: Table) -> list[Table]:
    """The tables below a table, each once, without those of the sections of their own."""
    seen = {table.name, *(each.name for each in known)}
    found: list[Table] = []
    waiting: list[Kind] = [key.kind for key in table.keys]
    while waiting:
        match waiting.pop(0):
            case Fields(inner) if inner.name not in seen:
                seen.add(inner.name)
                found.append(inner)
                waiting = [key.kind for key in inner.keys] + waiting
            case Many(kind) | Named(kind):
                waiting.insert(0, kind)
            case Either(kinds):
                waiting = [*kinds, *waiting]
    return found


def _said(kind: Kind) -> str:
    """What may be written there, in a few words."""
    match kind:
        case Words(several=True):
            return "文章（段落は空行で分ける）"
        case Words(markup=True):
            return "文（印が使える）"
        case Words():
            return "文字"
        case Choice(words):
            return " / ".join(f"`{word}`" for word in words)
        case Whole(least, most, words):
            return " / ".join((f"整数 {least}～{most}", *(f"`{word}`" for word in words)))
        case Number(least, most):
            return f"数 {least:g}～{most:g}"
        case Length(words, share):
            bare = ("比の数",) if share else ()
            return " / ".join(("長さ", *bare, *(f"`{word}`" for word in words)))
        case Flag():
            return "`true` / `false`"
        case Day():
            return "日付 `2021-03-01`"
        case Nothing():
            return "何も書かない"
        case Anything():
            return "置き換えるものと同じ書き方"
    return _said_of_many(kind)


def _said_of_many(kind: Kind) -> str:
    match kind:
        case Many(Length(), least, most) if least == most == _RECT:
            return "`[左, 上, 幅, 高さ]`"
        case Many(inner):
            return f"並び（{_said(inner)}）"
        case Blocks():
            return "ブロックの並び"
        case Fields(table):
            return f"項目（{table.name}）"
        case Named(inner):
            return f"名前ごとに：{_said(inner)}"
        case Either(kinds):
            return "、または ".join(_said(each) for each in kinds)
    raise AssertionError(kind)


if __name__ == "__main__":
    for name in sys.argv[1:] or ("docs/source-format.md",):
        path = Path(name)
        path.write_text(put_into(path.read_text(encoding="utf-8")), encoding="utf-8")
