"""The parsers fed by atheris, which looks for bytes that lead into code not yet reached.

``python -m tests.robust.covered PARSER [-runs=N] [-rss_limit_mb=1000] [-timeout=20]``;
PARSER is one of leaflet, style, editions, svg, corrections, and what follows goes to
libFuzzer.  It needs the package ``atheris`` (Linux and macOS).  It begins with the
project's own files, and with the spoilt ones of ``tests/cases``.  What a parser may do
is report or refuse; anything else that is raised ends the run with the bytes in a file.
"""

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

import atheris  # noqa: E402

with atheris.instrument_imports(include=["layout", "yaml"]):
    from layout.cli.messages import render
    from layout.diagnostics import Reporter
    from layout.proof.corrections import read_corrections
    from layout.source.local_editions import read_editions_file
    from layout.source.read import read_leaflet, read_sheet
    from layout.style.picture_error import PictureError
    from layout.style.svg_file import read_svg

Parser = Callable[[Path, bytes, Reporter], object]


def main() -> None:
    """Fuzz one parser."""
    name, *options = sys.argv[1:]
    parser, seeds = PARSERS[name]
    folder = Path(tempfile.mkdtemp())
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, file in enumerate(sorted(ROOT.glob(seeds)) + sorted(_cases(name))):
        shutil.copy(file, corpus / str(number))

    if name == "corrections":
        (corpus / "seed").write_bytes(CORRECTIONS)

    def once(data: bytes) -> None:
        reporter = Reporter()
        parser(folder, data, reporter)
        lines = data.decode("utf-8", "replace").split("\n")
        for diagnostic in list(reporter)[:20]:
            for lang in ("ja", "en"):
                render(diagnostic, lines, lang)

    atheris.Setup([sys.argv[0], *options, str(corpus)], once)
    atheris.Fuzz()


def _cases(name: str) -> list[Path]:
    return list(Path(__file__).parents[1].glob("cases/*.yaml")) if name == "leaflet" else []


def _leaflet(folder: Path, data: bytes, reporter: Reporter) -> None:
    read_leaflet(folder / "leaflet.yaml", reporter, data)


def _style(folder: Path, data: bytes, reporter: Reporter) -> None:
    read_sheet(_written(folder / "style.yaml", data), reporter)


def _editions(folder: Path, data: bytes, reporter: Reporter) -> None:
    read_editions_file(_written(folder / "editions.csv", data), reporter)


def _svg(_: Path, data: bytes, __: Reporter) -> None:
    with contextlib.suppress(PictureError):
        read_svg(data)


def _corrections(_: Path, data: bytes, reporter: Reporter) -> None:
    read_corrections(data, "corrections.json", reporter)


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


CORRECTIONS: Final = b"""{"bira-corrections": 1, "leaflet": "a", "source": "0", "by": "x",
"items": [{"id": "c1", "kind": "replace", "at": [1, 1], "old": "a", "new": "b"}]}"""
PARSERS: Final[dict[str, tuple[Parser, str]]] = {
    "leaflet": (_leaflet, "leaflets/*/leaflet.yaml"),
    "style": (_style, "leaflets/styles/*.yaml"),
    "editions": (_editions, "tests/cases/*.csv"),
    "svg": (_svg, "**/*.svg"),
    "corrections": (_corrections, "tests/proof/*.json"),
}

if __name__ == "__main__":
    main()
