"""What a memo keeps changes nothing: neither the file nor the findings."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layout.cli.targets import leaflet_names
from layout.diagnostics import Diagnostic, Reporter, Span
from layout.memo import NO_MEMO, Memo
from layout.pipeline import Places, draw_leaflet, write
from layout.source.read import read_leaflet

ROOT = Path(__file__).resolve().parents[2]
PLACES = Places(ROOT / "fonts", ROOT / "leaflets" / "styles", ROOT / "profiles")
FILE = ROOT / "leaflets" / "leaflet9" / "leaflet.yaml"
SOURCE = FILE.read_text(encoding="utf-8")
BODY = [n for n, line in enumerate(SOURCE.splitlines()) if len(line) > 60 and "：" not in line]


def built(data: bytes, file: Path, memo: Memo) -> tuple[bytes, list[Diagnostic]]:
    """The press file and everything noticed."""
    memo.begin()
    reporter = Reporter()
    leaflet = read_leaflet(file, reporter, data)
    assert leaflet is not None
    drawn = draw_leaflet(leaflet, PLACES, reporter, memo=memo)
    if reporter.has_errors or drawn.display is None:
        return b"", list(reporter)
    assert drawn.profile is not None
    assert drawn.library is not None
    press = write(drawn.display, drawn.profile, drawn.library, reporter, memo)
    return press, list(reporter)


edits = st.tuples(
    st.sampled_from(BODY),
    st.integers(20, 50),
    st.sampled_from(["", "骸", "「", "A", "1234", "\n          ", "。" * 12]),
    st.integers(0, 3),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(edits, min_size=1, max_size=3))
def test_edits_one_after_another_give_what_a_fresh_build_gives(
    changes: list[tuple[int, int, str, int]],
) -> None:
    memo = Memo()
    built(SOURCE.encode(), FILE, memo)
    lines = SOURCE.splitlines(keepends=True)
    for number, column, typed, deleted in changes:
        line = lines[number]
        at = min(column, len(line) - 1)
        lines[number] = line[:at] + typed + line[min(at + deleted, len(line) - 1) :]
        data = "".join(lines).encode()
        assert built(data, FILE, memo) == built(data, FILE, NO_MEMO)


@pytest.mark.parametrize("name", leaflet_names(ROOT / "leaflets"))
def test_leaflets_after_each_other_do_not_mix(name: str) -> None:
    file = ROOT / "leaflets" / name / "leaflet.yaml"
    memo = Memo()
    for path in (FILE, file, FILE, file):
        data = path.read_bytes()
        assert built(data, path, memo) == built(data, path, NO_MEMO)


def test_results_are_kept_for_one_build_and_told_each_time() -> None:
    memo, made = Memo(), []

    def make(value: int, reporter: Reporter) -> int:
        made.append(value)
        reporter.note("line.overfull", Span(), text=str(value))
        return value

    for _ in range(2):
        memo.begin()
        reporter = Reporter()
        assert memo.at("place", 1, partial(make, 1), reporter) == 1
        assert memo.of("kind", 2, partial(make, 2), reporter) == 2
        assert list(reporter)
    assert made == [1, 2]
    assert memo.at("place", 3, partial(make, 3), Reporter()) == 3
    memo.begin()
    memo.begin()
    assert memo.of("kind", 2, partial(make, 2), Reporter()) == 2
    assert made == [1, 2, 3, 2]
