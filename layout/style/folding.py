"""Folds of a page, resolved: the nearest that speaks of them is heard."""

from layout.source.model import Folds
from layout.style.cascade import Cascade
from layout.style.model import Fold
from layout.units import Length


def resolve_folds(
    said: tuple[Folds | None, ...], size: tuple[Length, Length], cascade: Cascade
) -> tuple[Fold, ...]:
    """The folds of a page of ``size`` by the first of ``said`` that is not None, in order.

    One that does not lie on the page is reported as ``fold.outside``.
    """
    folds = next((each for each in said if each is not None), None)
    if folds is None:
        return ()
    found = set()
    for level, measures in ((False, folds.left), (True, folds.top)):
        for measure in measures:
            at = cascade.length(measure, 0, 0)
            if 0 < at < size[level]:
                found.add(Fold(at, level))
            else:
                value = f"{measure.value:g}{measure.unit}"
                cascade.reporter.error("fold.outside", measure.span, value=value)
    return tuple(sorted(found, key=lambda fold: (fold.level, fold.at)))
