"""The spec sheet (仕様書): what the press file is, in the words of a print shop's order form.

Every line is read off the finished file or said by the leaflet; what neither knows
(paper, quantity, who to ask) is left to be filled in by hand.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from layout.house.profile import Profile
from layout.preflight.finished.facts import Facts, FontFact, PageFacts, PictureFact
from layout.preflight.rendered.model import Rendered
from layout.units import to_mm

SIZES: Final = (
    ("A3", 297, 420), ("A4", 210, 297), ("A5", 148, 210), ("A6", 105, 148),
    ("B3", 364, 515), ("B4", 257, 364), ("B5", 182, 257), ("B6", 128, 182),
    ("はがき", 100, 148),
)  # fmt: skip
"""Paper of JIS P 0138 and the post card, millimetres."""

PLATES: Final = {"Cyan": "C", "Magenta": "M", "Yellow": "Y", "Black": "K"}
SPACES: Final = {"colour": "カラー", "gray": "グレー", "bitonal": "白黒二値"}
OPEN: Final = (
    "注文番号", "部数", "用紙・厚さ", "刷り色の指定", "製本・加工", "納期・納品先",
    "団体・お名前", "電話・メール",
)  # fmt: skip
LINE: Final = "＿" * 16
NONE: Final = "なし"
_LABEL: Final = 20


class Order(Struct, frozen=True):
    """What the leaflet itself says.  ``folds`` are lines for people, one each."""

    title: str
    author: str
    date: str
    bound_right: bool
    folds: tuple[str, ...] = ()


class Section(Struct, frozen=True):
    """A heading and its lines: label and value."""

    title: str
    rows: tuple[tuple[str, str], ...]


def spec_sections(
    order: Order, facts: Facts, rendered: Rendered | None, profile: Profile
) -> tuple[Section, ...]:
    """The whole sheet."""
    return (
        Section("印刷物", tuple(_product(order, facts, rendered))),
        Section("データ", tuple(_data(facts, rendered, profile))),
        Section("画像", tuple(_pictures(facts.pictures))),
        Section("ご記入ください（データからは分かりません）", tuple((o, LINE) for o in OPEN)),
    )


def spec_text(
    sections: Sequence[Section],
    contents: Sequence[tuple[str, str]],
    breadth: Callable[[str], int] = len,
) -> str:
    """The sheet as plain text; ``contents`` are the files of the pack and what each is.

    ``breadth`` counts columns: Japanese characters are twice as broad as others.
    """
    lines = ["入稿データ仕様書", "=" * 60, ""]
    for section in (*sections, Section("同封のファイル", tuple(contents))):
        lines.append(f"■ {section.title}")
        broad = max([_LABEL, *(breadth(label) + 2 for label, _ in section.rows)])
        rows = [
            f"  {label}{' ' * (broad - breadth(label))}{value}" for label, value in section.rows
        ]
        lines += rows or [f"  {NONE}"]
        lines.append("")
    return "\n".join(lines)


def font_sheet(fonts: Sequence[FontFact]) -> str:
    """The list of fonts."""
    lines = ["書体一覧", "=" * 60, ""]
    for font in fonts:
        how = "埋め込み" if font.embedded else "★埋め込みなし"
        part = "使用文字のみ" if font.subset else "全文字"
        pages = _pages(font.pages)
        lines.append(f"  {font.name}")
        lines.append(f"    {how}（{part}）　{font.kind}　{pages}")
    return "\n".join([*lines, "", f"  計 {len(fonts)} 書体", ""])


# --- the printed thing ----------------------------------------------------------------


def _product(order: Order, facts: Facts, rendered: Rendered | None) -> Iterator[tuple[str, str]]:
    yield "題名", order.title
    if order.author:
        yield "発行", order.author
    yield "データの日付", order.date
    yield "仕上がりサイズ", _together([size_name(page) for page in facts.pages], "ページ")
    yield "ページ数", f"{len(facts.pages)} ページ"
    inks = [_inks(page, rendered) for page in facts.pages]
    yield "色数", _sides(inks)
    yield "刷り色", _together(["・".join(each) or "なし（白）" for each in inks], "ページ")
    if len(facts.pages) > 1:
        yield "綴じ方向", "右綴じ（右開き）" if order.bound_right else "左綴じ（左開き）"
    yield "折り", "、".join(order.folds) or "指定なし"


def size_name(page: PageFacts) -> str:
    """A4縦（210×297 mm）."""
    width, height = page.width_mm, page.height_mm
    short, long = sorted((width, height))
    name = next((n for n, s, t in SIZES if abs(s - short) < 1 and abs(t - long) < 1), "")
    way = "縦" if height >= width else "横"
    figures = f"{width:.4g}×{height:.4g} mm"
    return f"{name}{way}（{figures}）" if name else f"{figures}（{way}）"


def _inks(page: PageFacts, rendered: Rendered | None) -> tuple[str, ...]:
    """The plates that print on the page: as rendered, where that was done."""
    seen = next((p for p in rendered.inks if p.page == page.number), None) if rendered else None
    names = tuple(seen.plates) if seen is not None else page.inks
    return tuple(PLATES.get(name, f"特色 {name}") for name in names)


def _sides(inks: Sequence[tuple[str, ...]]) -> str:
    """4/4 for two sides; more pages are counted one by one where they differ."""
    counts = [len(each) for each in inks]
    if len(counts) == 1:
        return f"片面 {counts[0]} 色（{counts[0]}/0）"
    if len(set(counts)) == 1:
        return f"両面 {counts[0]} 色（{counts[0]}/{counts[0]}）"
    if len(counts) == 2:
        return f"表 {counts[0]} 色・裏 {counts[1]} 色（{counts[0]}/{counts[1]}）"
    return _together([f"{count} 色" for count in counts], "ページ")


def _together(values: Sequence[str], unit: str) -> str:
    """One value if all pages agree, else page by page."""
    if len(set(values)) == 1:
        return values[0]
    return "、".join(f"{at}{unit} {value}" for at, value in enumerate(values, start=1))


# --- the file ------------------------------------------------------------------------


def _data(facts: Facts, rendered: Rendered | None, profile: Profile) -> Iterator[tuple[str, str]]:
    yield "ファイル名", facts.name
    yield "形式", f"{facts.flavour or 'PDF'}（PDF {facts.version}）"
    condition = facts.condition or NONE
    embedded = "、ICCプロファイル埋め込み" if facts.condition_embedded else ""
    yield "出力インテント", f"{condition}{embedded}"
    yield "塗り足し", f"{min((p.bleed_mm for p in facts.pages), default=0):.3g} mm（四方）"
    yield "トンボ", _marks(profile)
    yield "墨のせ（K100）", "オーバープリント" if profile.overprint_black else "抜き合わせ（なし）"
    yield "特色", "、".join(facts.spots) or NONE
    ink = rendered.most_ink if rendered else facts.most_ink
    yield "インキ総量", f"最大 {ink:.0f} %" + ("（実測）" if rendered else "")
    yield "透明効果", "あってもよい形式" if profile.writes.transparency else NONE
    loose = [font.name for font in facts.fonts if not font.embedded]
    yield (
        "書体",
        f"{len(facts.fonts)} 書体、"
        + (f"★埋め込みなし：{'、'.join(loose)}" if loose else "すべて埋め込み"),
    )
    if facts.smallest_type_pt:
        yield "最小の文字", f"{facts.smallest_type_pt:.3g} pt"
    if facts.thinnest_line_pt:
        yield "最小の線", f"{facts.thinnest_line_pt:.3g} pt"
    yield "検査の基準", f"{profile.label_ja}（{profile.name}）"


def _marks(profile: Profile) -> str:
    if not profile.marks:
        return NONE
    return f"内・外・センタートンボ（塗り足し {to_mm(profile.bleed):g} mm の外側）"


def _pictures(pictures: Sequence[PictureFact]) -> Iterator[tuple[str, str]]:
    for number, each in enumerate(pictures, start=1):
        place, sort = each.place, SPACES.get(each.sort, each.sort)
        label = f"画像{number}（{each.page}ページ）"
        size = f"{place.width:.1f}×{place.height:.1f} mm"
        yield (
            label,
            f"{size}、{each.pixels_wide}×{each.pixels_high} 画素、{each.ppi:.0f} ppi、{sort}",
        )


def _pages(pages: Sequence[int]) -> str:
    return "・".join(str(page) for page in pages) + " ページ"
