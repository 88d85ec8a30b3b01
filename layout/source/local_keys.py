"""The keys of ``editions.yaml``: what a group's own edition may have otherwise."""

from msgspec.structs import replace

from layout.source.leaflet_keys import FACT, LEAFLET
from layout.source.schema import (
    PLAIN,
    Anything,
    Choice,
    Either,
    Fields,
    Key,
    Many,
    Named,
    Number,
    Table,
    known_names,
)
from layout.source.sheet_keys import COLOUR

LOCAL_VERSION = "1"
OWN = ("label", "blocks", "leave-out", "colours", "type-scale", "reflow")
"""Keys of an edition that a leaflet has not."""

_FACT = replace(FACT, one_of=())
_LIKE_LEAFLET = ("title", "author", "date", "style", "shop", "binding", "furigana")


def _of_leaflet(name: str) -> Key:
    key = LEAFLET.key(name)
    assert key is not None
    return replace(key, required=False)


LOCAL_EDITION = Table(
    "local-edition",
    (
        Key("label", PLAIN, "版の呼び名（京都版 など）。", "What people call the edition."),
        *map(_of_leaflet, _LIKE_LEAFLET),
        Key(
            "facts",
            Named(Either((PLAIN, Fields(_FACT)))),
            "この版の電話や口座など。書かないものはもとのままです。",
            "Facts of this edition; what is not said stays as it is.",
        ),
        Key(
            "blocks",
            Named(Anything(), free=True),
            "この版だけ中身が違うブロック。「id: 新しい中身」と書きます。",
            "Blocks of this edition: the id of a block and its new content.",
        ),
        Key(
            "leave-out",
            Many(PLAIN),
            "この版では出さないブロックの id。",
            "Ids of blocks that this edition has not.",
        ),
        Key("colours", Named(COLOUR), "この版の色。", "Colours of this edition."),
        Key(
            "type-scale",
            Number(50, 400),
            "文字の大きさ（%）。拡大版は 150% など。",
            "Size of all type in percent, 150% for large print.",
        ),
        Key(
            "reflow",
            PLAIN,
            "全文を流し込む割り付けの名前。ページ数は文の量で決まります。",
            "A layout the whole text flows through, on as many pages as it needs.",
        ),
    ),
)

_DEVICES = ("con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10)))
TAKEN = ("all", *_DEVICES)
"""No folder can be called like a device of Windows; ``all`` are all editions."""

LOCAL_EDITIONS = Table(
    "local-editions",
    (
        Key("bira-editions", Choice((LOCAL_VERSION,)), "書き方の版。いまは 1。", "Version.", True),
        Key(
            "editions",
            Named(Fields(LOCAL_EDITION), taken=TAKEN),
            "版の名前と、もとのリーフと違うところ。名前はファイル名にもなります。",
            "The editions and what they have otherwise; their names are also names of files.",
            True,
        ),
    ),
)

LOCAL_NAMES = known_names(LOCAL_EDITIONS, LOCAL_EDITION)
