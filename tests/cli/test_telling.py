"""How findings are told: one JSON object, quiet and verbose, sorted, coloured on terminals only."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from layout.cli.main import main
from layout.cli.messages import display_width, render
from layout.diagnostics import Diagnostic, Severity, Span
from tests.built import ROOT

SPOILT = """bira: 1
title: “題”
autor: 会
date: 2027-01-01
style: hina-yoko
pages:
  - layout: omote
    hon:
      - txet: 本文
      - heading: 見出し**太字
      - text: これは＊＊強調＊＊です
"""


@dataclass(frozen=True)
class Said:
    """What a run said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process; what anything writes to the two streams is seen."""

    def start(*argv: object, root: Path = ROOT) -> Said:
        capfd.readouterr()
        lang = () if "--lang" in argv else ("--lang", "en")
        code = main([*map(str, argv), *lang], root)
        captured = capfd.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Said(code, captured.out, captured.err)

    return start


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with leaflets that fail in one way each."""
    for name, data in {
        "spoilt": SPOILT.encode(),
        "sjis": SPOILT.encode("cp932"),
        "empty": b"",
        "conflict": b"bira: 1\n<<<<<<< a\ntitle: 1\n=======\ntitle: 2\n>>>>>>> b\n",
        "editions": SPOILT.encode(),
    }.items():
        folder = tmp_path / "leaflets" / name
        folder.mkdir(parents=True)
        (folder / "leaflet.yaml").write_bytes(data)
    rows = "bira-editions: 1\neditions:\n  kyoto: {lable: x}\n"
    (tmp_path / "leaflets/editions/editions.yaml").write_text(rows, "utf-8")
    (tmp_path / "leaflets" / "styles").mkdir()
    style = (ROOT / "leaflets/styles/hina-yoko.yaml").read_text("utf-8")
    (tmp_path / "leaflets/styles/hina-yoko.yaml").write_text(style, "utf-8")
    (tmp_path / "fonts").mkdir()
    manifest = (ROOT / "fonts" / "fonts.yaml").read_text("utf-8")
    (tmp_path / "fonts" / "fonts.yaml").write_text(manifest, "utf-8")
    (tmp_path / "wrong.pdf").write_bytes(b"%PDF-1.4\nbroken")
    (tmp_path / "wrong.json").write_text("[1", "utf-8")
    return tmp_path


COMMANDS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (0, ("--help",)),
    (0, ("--version",)),
    (0, ("--list",)),
    (2, ()),
    (2, ("nosuch",)),
    (2, ("spoilt", "--nosuch")),
    (2, ("spoilt", "--only", "nosuch")),
    (2, ("spoilt", "--profile", "nosuch")),
    (2, ("spoilt", "--stage", "nosuch")),
    (2, ("spoilt", "--preview", "--watch")),
    (2, ("--lang", "fr")),
    (1, ("spoilt",)),
    (2, ("sjis",)),
    (1, ("empty",)),
    (1, ("conflict",)),
    (2, ("spoilt", "sjis", "empty")),
    (2, ("spoilt", "--editions", "all")),
    (1, ("editions", "--editions", "all")),
    (0, ("completion", "bash")),
    (2, ("completion",)),
    (2, ("completion", "nosuch")),
    (0, ("new", "atarashii", "--yes")),
    (0, ("new", "utsushi", "--from", "spoilt")),
    (2, ("new",)),
    (2, ("new", "a/b")),
    (2, ("new", "spoilt")),
    (2, ("new", "utsushi2", "--from", "nosuch")),
    (2, ("check",)),
    (2, ("check", "nosuch.pdf")),
    (2, ("check", "wrong.pdf")),
    (2, ("check", "wrong.pdf", "--profile", "nosuch")),
    (2, ("apply",)),
    (2, ("apply", "nosuch.json")),
    (2, ("apply", "wrong.json")),
)


@pytest.mark.parametrize(
    ("code", "argv"), COMMANDS, ids=lambda v: " ".join(v) if isinstance(v, tuple) else ""
)
def test_every_command_answers_with_one_object(
    code: int, argv: tuple[str, ...], run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All else goes to standard error, and something that fails always says something there."""
    monkeypatch.chdir(project)
    said = run(*argv, "--json", root=project)
    assert isinstance(said.json, dict)
    assert said.json["exit"] == said.code == code
    assert said.json["bira"]
    assert said.out.endswith("}\n") and "\x1b" not in said.out + said.err
    if code:
        assert said.err.strip()


def test_the_doctor_answers_with_one_object(run: Run, tmp_path: Path) -> None:
    said = run("doctor", "--json", "--out", tmp_path)
    assert said.json["exit"] == said.code and said.json["checks"] and said.json["bira"]


def test_a_spoilt_configuration_is_an_object_too(run: Run, project: Path) -> None:
    (project / "bira.yaml").write_text("bira-config: 1\nlangage: ja\n", "utf-8")
    said = run("--list", "--json", root=project)
    assert said.code == said.json["exit"] == 2
    assert "bira.yaml:2:1" in said.json["problem"] and "`language`" in said.json["problem"]


def test_the_findings_of_the_object_are_those_that_are_told(run: Run, project: Path) -> None:
    said = run("spoilt", "--json", root=project)
    (leaflet,) = said.json["leaflets"]
    assert [(f["code"], f["line"], f["column"]) for f in leaflet["findings"]] == [
        ("source.unknown-key", 3, 1),
        ("source.unknown-block", 9, 9),
        ("markup.unclosed", 10, 21),
        ("source.odd-quotes", 2, 8),
        ("markup.fullwidth-mark", 11, 18),
    ]
    for finding in leaflet["findings"]:
        assert finding["message"] and finding["hints"] and finding["severity"]
        assert f"leaflet.yaml:{finding['line']}:{finding['column']}: " in said.err


def test_findings_stand_in_the_order_of_the_file(run: Run, project: Path) -> None:
    """What keeps it from being built first, and then what to look at, each from top to bottom."""
    said = run("spoilt", root=project)
    heads = [line for line in said.err.splitlines() if "leaflet.yaml:" in line]
    places = [
        (": error" not in line, *map(int, line.split("leaflet.yaml:")[1].split(":")[:2]))
        for line in heads
    ]
    assert len(places) == 5 and places == sorted(places)


def test_quiet_tells_errors_only(run: Run, project: Path) -> None:
    said = run("spoilt", "-q", root=project)
    assert said.out == ""
    assert "error[" in said.err and "warning[" not in said.err and "note[" not in said.err


def test_verbose_tells_notes_as_well(run: Run, project: Path) -> None:
    file = project / "leaflets" / "spoilt" / "leaflet.yaml"
    file.write_text(SPOILT.replace("2027-01-01", "２０２７-01-01"), "utf-8")
    assert "source.read-as" not in run("spoilt", root=project).err
    assert "note[source.read-as]" in run("spoilt", "-v", root=project).err


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_language_asked_for(lang: str, run: Run, project: Path) -> None:
    said = run("spoilt", "--lang", lang, root=project)
    assert ("エラー[" in said.err) == (lang == "ja")
    assert ("error[" in said.err) == (lang == "en")


# --- colour, with a real terminal -------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of Unix")
@pytest.mark.parametrize(
    ("env", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
    ids=str,
)
def test_colour_on_a_real_terminal(env: dict[str, str], coloured: bool, project: Path) -> None:
    import pty
    import subprocess

    ours, theirs = pty.openpty()
    words = [sys.executable, str(ROOT / "build.py"), str(project / "leaflets/spoilt"), "--json"]
    plain = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=theirs, env={**plain, "TERM": "xterm", **env}
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so where others give nothing
                break
            if not piece:
                break
            seen += piece
        assert process.stdout is not None
        data = json.loads(process.stdout.read())
    os.close(ours)
    assert data["exit"] == 1
    assert (b"\x1b[1;31m" in seen) == coloured


# --- the mark under the line --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("- text: これは{phon}です", "{phon}"),
        ("- text: 𠮷野家の{phon}へ", "{phon}"),  # beyond the BMP: two units in UTF-16, one here
        ("- text: か\u3099く{phon}へ", "{phon}"),  # a mark of its own takes no column
        ("- text: 葛\U000e0100飾区の{phon}", "{phon}"),  # a chosen form of a kanji neither
        ("- text: ｶﾅと{phon}", "{phon}"),
        ("\t- text: {phon}", "{phon}"),
        ("- text:\t集会\t{phon}", "{phon}"),
        ("- text: " + "長い文" * 40 + "{phon}" + "続き" * 40, "{phon}"),
        ("- text: " + "𠮷" * 60 + "{phon}", "{phon}"),
    ],
    ids=map(str, range(9)),
)
def test_the_mark_stands_under_its_place(line: str, word: str) -> None:
    column = line.index(word) + 1
    found = Diagnostic(
        "facts.unknown", Severity.ERROR, Span("f", 1, column, len(word)), {"name": "phon"}
    )
    shown, mark = render(found, [line]).split("\n")[1:3]
    at = display_width(mark[: mark.index("^")])
    assert display_width(shown[: shown.index(word)]) == at
    assert mark.count("^") == display_width(word)
    assert display_width(shown) < 100


@pytest.mark.parametrize(("text", "width"), [("か\u3099", 2), ("ｶ", 1), ("𠮷", 2), ("葛\ufe00", 2)])
def test_columns_of_a_terminal(text: str, width: int) -> None:
    assert display_width(text) == width
