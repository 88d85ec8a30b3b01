"""Sources spoilt in every way we can think of: never a traceback, never a hang, never a half file.

``python -m tests.robust.fuzz --runs 100000`` is the long run; the tests take a
short one.  Each run is a function of its number, so that a find is looked at
again with ``--first NUMBER --runs 1``.
"""

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from layout.cli.messages import render  # noqa: E402
from layout.diagnostics import Reporter  # noqa: E402
from layout.pipeline import Places, build  # noqa: E402

SECONDS_MOST: Final = 20
"""No source of these sizes needs longer, on a slow machine either."""

PIECES: Final = (
    *(
        "：",
        "　",
        "\t",
        "\u200b",
        "\u202e",
        "\u2028",
        "\x00",
        "\ufeff",
        "葛󠄀",
        "𠮷",
        "👪🏽",
        "e\u0301",
    ),
    *(
        "**",
        "《",
        "》",
        "｜",
        "[[",
        "]]",
        "{",
        "}",
        "[",
        "](",
        "^",
        "__",
        "\\",
        "{phone}",
        "{a.b:全角}",
    ),
    *("|", ">", "&a", "*a", "!!python/object", "<<: *a", "---", "...", "%YAML", "@", "`", "#", "?"),
    *(
        "-1",
        "0",
        "1e999",
        "999999999",
        "0x10",
        "010",
        "no",
        "null",
        "~",
        "2021-02-30",
        "1/0",
        ".5字",
    ),
    *("../../etc/passwd", "/etc/passwd", "http://example.com/a.png", "C:\\a.png", "a\x7f.png"),
    *("ー" * 40, "(" * 30, "ア" * 300, "a" * 300, "'", '"', "\r", "\r\n", "- - - -", "[[[[[[[["),
)
VALUES: Final = (
    *("", "[]", "{}", "[1, 2]", "{a: b}", "- x", "true", "12", "1.5", "2021-03-01", "rest", "auto"),
    *("end", "100%", "0字", "-3mm", "99999mm", "1000字", "0.0001Q", "vertical", "cover", "body"),
)


@dataclass(frozen=True)
class Source:
    """A good source and the style sheets it wants."""

    text: str
    folder: Path
    styles: Path


def sources() -> list[Source]:
    """The golden cases and our own leaflets."""
    golden = ROOT / "tests" / "golden"
    small = [
        Source(path.read_text("utf-8"), golden / "cases", golden / "styles")
        for path in sorted((golden / "cases").glob("*.yaml"))
    ]
    whole = [
        Source(path.read_text("utf-8"), path.parent, ROOT / "leaflets" / "styles")
        for path in sorted((ROOT / "leaflets").glob("*/leaflet.yaml"))
    ]
    return small * 3 + whole


def _delete(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    del lines[at : at + chance.randint(1, 4)]


def _repeat(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at:at] = lines[at : at + chance.randint(1, 6)] * chance.choice((1, 1, 2, 20))


def _move(lines: list[str], chance: random.Random) -> None:
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randint(0, len(lines)), line)


def _indent(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    by = chance.choice((" ", "  ", "    ", "\t", "　", None))
    lines[at] = lines[at].lstrip() if by is None else by + lines[at]


def _insert(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    where = chance.randint(0, len(lines[at]))
    lines[at] = lines[at][:where] + chance.choice(PIECES) + lines[at][where:]


def _cut(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    start = chance.randint(0, len(lines[at]))
    lines[at] = lines[at][:start] + lines[at][start + chance.randint(1, 12) :]


def _value(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    head, colon, _ = lines[at].partition(":")
    if colon:
        lines[at] = f"{head}: {chance.choice(VALUES + PIECES)}"


def _key(lines: list[str], chance: random.Random) -> None:
    """A key from somewhere else."""
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    head, colon, value = lines[one].partition(":")
    foreign, also, _ = lines[other].partition(":")
    if colon and also:
        indent = head[: len(head) - len(head.lstrip(" -"))]
        lines[one] = f"{indent}{foreign.lstrip(' -')}:{value}"


Mutation = Callable[[list[str], random.Random], None]
MUTATIONS: Final[tuple[Mutation, ...]] = (
    *(_delete, _repeat, _move, _indent, _insert, _insert, _cut, _value, _value, _key),
)


def spoilt(text: str, chance: random.Random) -> bytes:
    """The text after one to five mutations, and sometimes broken as bytes."""
    lines = text.split("\n")
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        if lines:
            chance.choice(MUTATIONS)(lines, chance)
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    if chance.random() < 0.04:
        at = chance.randint(0, len(data))
        data = data[:at] + chance.randbytes(chance.randint(1, 4)) + data[at + 1 :]
    return data


class HungError(Exception):
    """A run took longer than any honest source does."""


@dataclass(frozen=True)
class Found:
    """A run that went wrong: its number, what happened, and the source."""

    number: int
    problem: str
    data: bytes


def run(number: int, known: list[Source], places: dict[Path, Path]) -> Found | None:
    """One spoilt source through the whole program up to the bytes of the press file."""
    chance = random.Random(number)
    source = chance.choice(known)
    data = spoilt(source.text, chance)
    file = places[source.folder] / "leaflet.yaml"
    file.write_bytes(data)
    reporter = Reporter()
    began = time.process_time()
    try:
        with _limit():
            built = build(file, Places(ROOT / "fonts", source.styles), reporter)
            lines = data.decode("utf-8", "replace").split("\n")
            for diagnostic in reporter:
                for lang in ("ja", "en"):
                    render(diagnostic, lines, lang)
    except BaseException:
        return Found(number, traceback.format_exc(), data)
    if (built.press is None) != reporter.has_errors:
        return Found(number, f"press {built.press is not None} with {list(reporter)}", data)
    if built.press is not None and not built.press.rstrip().endswith(b"%%EOF"):
        return Found(number, "the file has no end", data)
    if time.process_time() - began > SECONDS_MOST:
        return Found(number, "slow", data)
    return None


class _limit:
    """Stops a run that hangs, where the system can; what others compute does not count."""

    def __enter__(self) -> None:
        if hasattr(signal, "SIGPROF"):
            signal.signal(signal.SIGPROF, self._stop)
            signal.setitimer(signal.ITIMER_PROF, SECONDS_MOST)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "SIGPROF"):
            signal.setitimer(signal.ITIMER_PROF, 0)

    @staticmethod
    def _stop(*_: object) -> None:
        raise HungError


def fuzz(first: int, runs: int) -> Iterator[Found]:
    """All that goes wrong in ``runs`` runs."""
    import shutil

    known = sources()
    with tempfile.TemporaryDirectory() as folder:
        places: dict[Path, Path] = {}
        for source in known:
            if source.folder not in places:
                copy = Path(folder) / f"{len(places)}"
                shutil.copytree(source.folder, copy)
                places[source.folder] = copy
        for number in range(first, first + runs):
            if (found := run(number, known, places)) is not None:
                yield found


def bound(megabytes: int) -> None:
    """Beyond so much memory a run fails, where the system can say so."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def main() -> int:
    """Run, and print whatever went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--megabytes", type=int, default=1000, help="no run may take more")
    options = parser.parse_args()
    bound(options.megabytes)
    began, count = time.monotonic(), 0
    for found in fuzz(options.first, options.runs):
        count += 1
        print(f"--- run {found.number}\n{found.problem[-1500:]}", flush=True)
    print(f"{options.runs} runs, {count} faults, {time.monotonic() - began:.0f} s")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
