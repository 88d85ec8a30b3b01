"""Where a sheet is folded and at which side it is bound: the keys, and what they say."""

from layout.source.model import Folds, Measure
from layout.source.records import Record
from layout.source.schema import LENGTH, Choice, Either, Fields, Key, Many, Table

_LENGTHS = Many(LENGTH)
FOLDS = Key(
    "folds",
    Either(
        (
            _LENGTHS,
            Fields(
                Table(
                    "folds",
                    (
                        Key(
                            "left",
                            _LENGTHS,
                            "縦の折り目。仕上がりの左端からの長さを並べます。",
                            "Upright folds, from the left edge of the trimmed page.",
                        ),
                        Key(
                            "top",
                            _LENGTHS,
                            "横の折り目。仕上がりの上端からの長さを並べます。",
                            "Level folds, from the top edge of the trimmed page.",
                        ),
                    ),
                )
            ),
        )
    ),
    "折り目の場所。[99mm, 198mm] なら左端からの長さ、上端からは {top: [148.5mm]}。",
    "Where the sheet is folded: lengths from the left, or `{top: […]}` from the top.",
)
BINDING = Key(
    "binding",
    Choice(("left", "right")),
    "綴じる側。left 左綴じ、right 右綴じ。書かなければ縦組みが多いとき right。",
    "The side it is bound at; if not said, right where most text is vertical.",
)


def read_folds(record: Record) -> Folds | None:
    """The folds a mapping tells of; None where it does not mention them."""
    if FOLDS.name not in record:
        return None
    inner = record.record(FOLDS.name)
    if inner is None:
        return Folds(_measures(record, FOLDS.name), ())
    return Folds(_measures(inner, "left"), _measures(inner, "top"))


def _measures(record: Record, name: str) -> tuple[Measure, ...]:
    return tuple(each for each in record.items(name) if isinstance(each, Measure))
