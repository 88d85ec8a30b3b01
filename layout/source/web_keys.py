"""Editions for the screen: the keys ``web:`` of a leaflet and of a style, and what they say."""

from typing import Final

from layout.source.model import Measure
from layout.source.records import Record
from layout.source.schema import PLAIN, RECT, Choice, Fields, Key, Many, Table, Whole
from layout.source.web_model import WebImage, WebWishes
from layout.units import mm, pt, q, to_mm

_LEAST_PX: Final = 16
_MOST_PX: Final = 8000
_UNITS: Final = {"mm": mm, "Q": q, "H": q, "pt": pt}
_PIXELS = Whole(_LEAST_PX, _MOST_PX)

_IMAGE = Fields(
    Table(
        "web-image",
        (
            Key(
                "name",
                PLAIN,
                "ファイル名の終わりに付く名前。square なら リーフ名-square.png になります。",
                "What the file's name ends with.",
                True,
            ),
            Key("page", Whole(1, 9999), "何ページ目か。書かなければ 1。", "Which page; the first."),
            Key("width", _PIXELS, "幅（ピクセル）。書かなければ 1080。", "Width in pixels, 1080."),
            Key(
                "height",
                _PIXELS,
                "高さ（ピクセル）。書かなければ、写す部分のとおり。",
                "Height in pixels; as the part shown has it if not said.",
            ),
            Key(
                "part",
                RECT,
                "ページのどこを写すか：[左, 上, 幅, 高さ]。",
                "What is shown of the page: left, top, width, height.",
            ),
            Key(
                "at",
                Choice(("top", "middle", "bottom")),
                "part がないとき、幅いっぱいに写す場所：top 上、middle 中ほど、bottom 下。",
                "Without a part: where on the page, in its whole width.",
            ),
            Key(
                "alt",
                PLAIN,
                "この画像の説明。書かなければ、題と見出しから作ります。",
                "Description; made of title and headings if not said.",
            ),
        ),
    )
)
_IMAGES = Key(
    "images",
    Many(_IMAGE),
    "SNS などに載せる画像。書かなければ、正方形（square）と 16:9（wide）の二つ。",
    "Pictures for social media; a square and a 16:9 one if not said.",
)
_PAGE_WIDTH = Key(
    "page-width",
    _PIXELS,
    "ページ全体の画像の幅（ピクセル）。書かなければ 1240。",
    "Width of the pictures of whole pages, 1240 pixels if not said.",
)
WEB = Key(
    "web",
    Fields(
        Table(
            "web",
            (
                Key(
                    "url",
                    PLAIN,
                    "ウェブページを置く所番地。書くと、SNS の紹介に画像が出ます。",
                    "Where the web page will be; with it, social media show a picture.",
                ),
                Key(
                    "description",
                    PLAIN,
                    "ウェブページの短い紹介文。書かなければリード文から作ります。",
                    "A short description of the page; made of the lead if not said.",
                ),
                _PAGE_WIDTH,
                _IMAGES,
            ),
        )
    ),
    "ウェブページと画像（--only html,png）の設定。",
    "Settings of the web page and of pictures.",
)
WEB_STYLE = Key(
    "web",
    Fields(Table("style-web", (_PAGE_WIDTH, _IMAGES))),
    "ページの画像（--only png）の設定。リーフに書けば、そちらに従います。",
    "Settings of pictures of pages; a leaflet's own go before them.",
)


def read_web(record: Record) -> WebWishes:
    """What is wished."""
    inner = record.record(WEB.name)
    if inner is None:
        return WebWishes()
    images = None
    if "images" in inner:
        found = (image for image in inner.items("images") if isinstance(image, Record))
        images = tuple(_image(image) for image in found)
    return WebWishes(
        inner.text("url"), inner.text("description"), inner.whole("page-width"), images
    )


def _image(record: Record) -> WebImage:
    return WebImage(
        record.text("name"),
        record.whole("page") or 1,
        record.whole("width") or 1080,
        record.whole("height") or 0,
        _part(record),
        record.word("at", "top"),
        record.text("alt"),
        record.span,
    )


def _part(record: Record) -> tuple[float, float, float, float] | None:
    found = [_mm(m) for m in record.items("part") if isinstance(m, Measure)]
    if len(found) != len(("left", "top", "width", "height")):
        return None
    left, top, width, height = found
    return left, top, width, height


def _mm(measure: Measure) -> float:
    """Millimetres; measures of the type (字, 行) have none here and count as nothing."""
    known = _UNITS.get(measure.unit)
    return to_mm(known(measure.value)) if known else 0.0
