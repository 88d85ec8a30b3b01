"""``bira.yaml`` beside ``build.py``: what shall hold for every command without being typed."""

from pathlib import Path
from typing import Final

from msgspec import Struct

from layout.diagnostics import Reporter
from layout.source.fields import read_record
from layout.source.read import is_of_another_kind, read_tree
from layout.source.schema import PLAIN, Choice, Key, Many, Table, known_names

FILE: Final = "bira.yaml"
CONFIG: Final = Table(
    "config",
    (
        Key("bira-config", Choice(("1",)), "書き方の版。いまは 1。", "Version, 1.", True),
        Key("language", Choice(("ja", "en")), "表示の言葉。", "Language of messages."),
        Key("out", PLAIN, "できたものを置くフォルダー。", "Folder of what is made."),
        Key("outputs", Many(PLAIN, 1), "作るもの（press、proof など）。", "What is made."),
        Key("shop", PLAIN, "印刷所の設定。", "Profile of the print shop."),
        Key(
            "editor",
            PLAIN,
            "プレビューから原稿を開くときの書き方。{file}、{line}、{column} が入ります。",
            "How the preview opens the source: `{file}`, `{line}`, `{column}` are filled.",
        ),
    ),
)


class Config(Struct, frozen=True):
    """What the file says; "" and () where it says nothing."""

    language: str = ""
    out: str = ""
    outputs: tuple[str, ...] = ()
    shop: str = ""
    editor: str = ""


def read_config(root: Path, reporter: Reporter) -> Config:
    """The settings of a project's folder; without the file, none."""
    path = root / FILE
    if not path.is_file():
        return Config()
    tree = read_tree(path, known_names(CONFIG), reporter)
    if tree is None or is_of_another_kind(tree, CONFIG, reporter):
        return Config()
    record = read_record(tree, CONFIG, reporter)
    if record is None:
        return Config()
    outputs = tuple(
        each.value.strip() for each in record.items("outputs") if hasattr(each, "value")
    )
    return Config(
        record.word("language"),
        record.text("out"),
        outputs,
        record.text("shop"),
        record.text("editor"),
    )
