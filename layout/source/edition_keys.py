"""What a sheet or a leaflet says of its editions in fewer inks: the keys, and what they say."""

from layout.diagnostics import Span
from layout.source.edition_model import EditionRules, InkRule, MonoRule, PlanRule, ToneRule
from layout.source.records import Record
from layout.source.schema import (
    PLAIN,
    Choice,
    Either,
    Fields,
    Key,
    Many,
    Named,
    Number,
    Table,
)

PATTERNS = ("dots", "rising", "falling", "mesh")
_PERCENT = Number(0, 100)
CMYK = Many(_PERCENT, 4, 4)

_TONE = Either(
    (
        Choice(("white", "black")),
        Fields(
            Table(
                "tone",
                (
                    Key(
                        "pattern",
                        Choice(PATTERNS),
                        "模様。dots 点、rising 右上がりの線、falling 右下がりの線、mesh 格子。",
                        "Dots, rising lines, falling lines, or a mesh.",
                        True,
                    ),
                    Key(
                        "percent",
                        Number(4, 96),
                        "模様の濃さ（％）。50 を超えると黒地に白い模様。",
                        "How much of the area is black; over half the pattern is white on black.",
                        True,
                    ),
                ),
            )
        ),
    )
)
_MONO = Fields(
    Table(
        "mono",
        (
            Key(
                "colours",
                Named(_TONE),
                "色の名前ごとに、面を何にするか：white、black、または模様。"
                "書かない色は自動で決まります。",
                "What areas in a colour become: white, black, or a pattern; others automatically.",
            ),
            Key(
                "pictures",
                Choice(("gray", "bitonal")),
                "写真を灰色にするか、粗い網点の二値にするか。書かなければ gray。",
                "Pictures in gray, or in coarse dots of black alone.",
            ),
        ),
    )
)
_INK = Fields(
    Table(
        "ink",
        (
            Key(
                "cmyk",
                CMYK,
                "見た目の近い四色の割合。色の振り分けと見本に使います。",
                "The four-colour percentages that look like it.",
                True,
            ),
            Key("label", PLAIN, "呼び名（赤 など）。", "What it is called."),
            Key("spot", PLAIN, "特色の名前（DIC 161 など）。", "Name of the spot ink."),
            Key(
                "as",
                Choice(("C", "M", "Y", "K")),
                "特色の代わりに、どのプロセス版で入稿するか。",
                "The process plate that is delivered in its place.",
            ),
        ),
    )
)


def _plan(name: str, ja: str, en: str) -> Key:
    table = Table(
        name,
        (
            Key("inks", Named(_INK), "使うインキに名前を付けます。", "The inks, each with a name."),
            Key(
                "colours",
                Named(Named(_PERCENT)),
                "色の名前ごとに、各インキを何％にするか。書かない色は自動で決まります。",
                "Percent of each ink for a colour; others are shared out automatically.",
            ),
        ),
    )
    return Key(name, Fields(table), ja, en)


EDITIONS = Key(
    "editions",
    Fields(
        Table(
            "editions",
            (
                Key(
                    "mono",
                    _MONO,
                    "白黒版（コピー機用）。",
                    "The edition for the photocopier.",
                ),
                _plan("two-inks", "二色版。", "The edition in two inks."),
                _plan(
                    "riso",
                    "リソグラフ版（一版一ファイル）。",
                    "The edition for a risograph, one file a drum.",
                ),
            ),
        )
    ),
    "少ない色で刷る版（白黒・二色・リソグラフ）の決まり。",
    "Editions in fewer inks: mono, two inks, risograph.",
)


def read_editions(record: Record) -> EditionRules:
    """The editions a mapping tells of."""
    inner = record.record(EDITIONS.name)
    if inner is None:
        return EditionRules()
    return EditionRules(_mono(inner), _inks(inner, "two-inks"), _inks(inner, "riso"))


def _mono(record: Record) -> MonoRule:
    inner = record.record("mono")
    if inner is None:
        return MonoRule()
    colours = {}
    said = inner.record("colours")
    for name, found in said.fields.items() if said else ():
        if isinstance(found.value, Record):
            pattern, percent = found.value.word("pattern"), found.value.number("percent", 0.0)
            if pattern and percent:
                colours[name] = ToneRule(pattern, percent, found.key_span)
        elif isinstance(found.value, str):
            percent = 100.0 if found.value == "black" else 0.0
            colours[name] = ToneRule(found.value, percent, found.key_span)
    return MonoRule(colours, inner.word("pictures"))


def _inks(record: Record, kind: str) -> PlanRule:
    inner = record.record(kind)
    if inner is None:
        return PlanRule()
    inks = tuple(
        InkRule(
            name,
            cmyk,
            ink.span,
            ink.text("label"),
            ink.text("spot"),
            ink.word("as"),
        )
        for name, ink in inner.records("inks")
        if (cmyk := read_cmyk(ink)) is not None
    )
    colours: dict[str, tuple[dict[str, float], Span]] = {}
    said = inner.record("colours")
    for name, found in said.fields.items() if said else ():
        if isinstance(found.value, Record):
            shares = {
                ink: share.value
                for ink, share in found.value.fields.items()
                if isinstance(share.value, float)
            }
            colours[name] = shares, found.key_span
    return PlanRule(inks, colours, inner.span)


def read_cmyk(record: Record) -> tuple[float, float, float, float] | None:
    """The four percentages of a mapping's ``cmyk``; None if they are not there."""
    shares = [share for share in record.items("cmyk") if isinstance(share, float)]
    return (shares[0], shares[1], shares[2], shares[3]) if len(shares) == 4 else None
