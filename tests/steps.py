"""How much a piece of work does, counted and not timed."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType

ROOT = Path(__file__).resolve().parents[1]


def steps(work: Callable[[], object]) -> Counter[str]:
    """The lines that ``work`` runs of each function of the program.

    Each turn of a loop counts, even where the whole loop stands on one line.
    """
    count: Counter[CodeType] = Counter()
    own = str(ROOT / "layout")

    def step(frame: FrameType, event: str, argument: object) -> object:
        count[frame.f_code] += 1
        return step

    def enter(frame: FrameType, event: str, argument: object) -> object:
        return step if frame.f_code.co_filename.startswith(own) else None

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        work()
    finally:
        sys.settrace(before)
    found: Counter[str] = Counter()
    for code, number in count.items():
        file = Path(code.co_filename).relative_to(ROOT)
        found[f"{file}:{code.co_firstlineno} {code.co_qualname}"] += number
    return found
