"""The command line from end to end: what is built, what is said, what is left alone."""

import ast
import io
import json
import os
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from layout import __version__
from layout.cli import files
from layout.cli.arguments import option_names
from layout.cli.main import main
from layout.cli.terminal import MANY, Terminal, size_text, wants_colour
from layout.cli.texts import chosen_language, system_language, text, text_table
from layout.diagnostics import Diagnostic, Severity, Span

HEAVY = (
    *("reportlab", "uharfbuzz", "PIL", "fontTools", "qrcode", "budoux"),
    *("pikepdf", "pypdfium2", "zxingcpp"),
)


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
def run(capsys: pytest.CaptureFixture[str], root: Path) -> Run:
    """The command line in this process, in English unless said otherwise."""

    def start(*argv: object, root: Path = root) -> Said:
        capsys.readouterr()
        lang = () if any(str(a).startswith("--lang") for a in argv) else ("--lang", "en")
        code = main([*map(str, argv), *lang], root)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.out + captured.err
        return Said(code, captured.out, captured.err)

    return start


@pytest.fixture
def program(root: Path) -> Run:
    """The command line as a process of its own."""

    def start(*argv: object, cwd: Path = root, python: tuple[str, ...] = (), **env: str) -> Said:
        done = subprocess.run(
            [sys.executable, *python, str(root / "build.py"), *map(str, argv)],
            cwd=cwd,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return start


@pytest.fixture
def copy(tmp_path: Path, root: Path) -> Path:
    """A leaflet of one's own, in a folder with a name that tries us."""
    folder = tmp_path / "わたしの リーフ 9"
    shutil.copytree(root / "leaflets" / "leaflet9", folder)
    return folder / "leaflet.yaml"


def change(file: Path, old: str, new: str) -> None:
    source = file.read_text(encoding="utf-8")
    assert old in source
    file.write_text(source.replace(old, new, 1), encoding="utf-8")


def files_below(folder: Path) -> list[str]:
    """All files but the memory of the build, which is for ``check``."""
    below = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    return sorted(name for name in below if not name.endswith(".bira/places.json"))


# --- what is built ----------------------------------------------------------------------


def usual(stem: str) -> list[str]:
    """The files of a build that chose nothing, in the order of their names."""
    endings = (
        "-facts.json",
        "-press.pdf",
        "-proof.html",
        "-proof.pdf",
        "-web.pdf",
        ".html",
        ".txt",
    )
    return sorted(stem + ending for ending in endings)


def test_leaflet9_is_four_pages_and_nothing_else_is_left(leaflet9: Any) -> None:
    assert files_below(leaflet9.path.parent.parent) == usual("leaflet9/leaflet9")
    with pikepdf.open(leaflet9.path) as pdf:
        assert len(pdf.pages) == 4


def test_the_report_says_what_was_built(leaflet9: Any) -> None:
    report = leaflet9.report
    assert (report["bira"], report["exit"]) == (__version__, 0)
    (built,) = report["leaflets"]
    assert (built["name"], built["exit"], built["problem"]) == ("leaflet9", 0, "")
    kinds = [output["kind"] for output in built["outputs"]]
    assert kinds == ["press", "web", "html", "text", "proof", "proof", "proof"]
    output = built["outputs"][0]
    assert (output["pages"], output["bytes"]) == (4, len(leaflet9.data))
    assert output["sha256"] == sha256(leaflet9.data).hexdigest()
    assert Path(output["path"]) == leaflet9.path
    assert [page["number"] for page in built["pages"]] == [1, 2, 3, 4]
    assert all(0 <= page["free"] == page["total"] - page["used"] for page in built["pages"])
    assert [f["severity"] for f in built["findings"] if f["severity"] == "error"] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_terminal_says_what_was_built_and_how_full_it_is(
    run: Run, tmp_path: Path, lang: str
) -> None:
    said = run("leaflet9", "--out", tmp_path, "--lang", lang)
    assert said.code == 0
    built = [
        line
        for line in said.out.splitlines()
        if line.startswith("できました" if lang == "ja" else "built")
    ]
    assert str(tmp_path / "leaflet9" / "leaflet9-press.pdf") in built[0]
    assert len(built) == 7
    page = "4ページ" if lang == "ja" else "page 4"
    assert any(page in line for line in said.out.splitlines())
    assert "\x1b" not in said.out + said.err and "\r" not in said.out + said.err


def test_quiet_says_nothing_and_verbose_more(run: Run, tmp_path: Path) -> None:
    quiet = run("leaflet9", "--out", tmp_path, "-q")
    assert (quiet.code, quiet.out, quiet.err) == (0, "", "")
    assert " ms" in run("leaflet9", "--out", tmp_path, "--verbose").out


def test_json_is_one_object_and_all_else_goes_to_standard_error(run: Run, tmp_path: Path) -> None:
    said = run("leaflet9", "--json", "--out", tmp_path)
    assert said.json["leaflets"][0]["outputs"]
    assert "built" in said.err


def test_findings_are_told_with_their_places(run: Run, copy: Path, tmp_path: Path) -> None:
    change(copy, "style: ai-shu", "style: ai-shuu")
    (built,) = run(copy, "--json", "--out", tmp_path / "out").json["leaflets"]
    (finding,) = [f for f in built["findings"] if f["severity"] == "error"]
    assert finding["code"] == "style.unknown"
    assert (finding["line"], finding["column"]) == (7, 8)
    assert Path(finding["file"]) == copy
    assert finding["message"] and finding["hints"]


def test_a_path_with_spaces_and_japanese(run: Run, copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "出力 先"
    for way in (copy, copy.parent):
        assert run(way, "--out", out, "-q").code == 0
    # The folder is the writer's, the file's name the print shop's: half-width letters and digits.
    assert files_below(out) == usual("わたしの リーフ 9/leaflet-9")


def test_a_path_relative_to_where_one_stands(
    run: Run, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy.parent)
    said = run("leaflet.yaml", "--out", "ここ")
    assert said.code == 0
    assert "built ここ/わたしの リーフ 9/" in said.out.replace("\\", "/")
    assert "\nleaflet.yaml:" in "\n" + said.err


def test_a_file_of_another_name_gives_its_own_name(run: Run, copy: Path, tmp_path: Path) -> None:
    other = copy.rename(copy.with_name("春の号.yaml"))
    assert run(other, "--out", tmp_path / "out", "-q").code == 0
    assert files_below(tmp_path / "out") == usual("春の号/leaflet")


def test_several_leaflets_and_one_that_fails(run: Run, copy: Path, tmp_path: Path) -> None:
    change(copy, "title:", "titel:")
    said = run(copy, "leaflet9", "leaflet9", "--json", "--out", tmp_path / "out")
    assert said.code == said.json["exit"] == 1
    assert [leaflet["exit"] for leaflet in said.json["leaflets"]] == [1, 0]
    assert files_below(tmp_path / "out") == usual("leaflet9/leaflet9")


def test_two_leaflets_never_write_the_same_file(run: Run, copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "leaflet9"
    copy.parent.rename(other)
    said = run("leaflet9", other, "--out", tmp_path / "out")
    assert said.code == 2 and not (tmp_path / "out").exists()


def test_only_press(run: Run, tmp_path: Path) -> None:
    assert run("leaflet9", "--only", "press", "-q", "--out", tmp_path).code == 0
    assert files_below(tmp_path) == ["leaflet9/leaflet9-press.pdf"]


# --- the same input gives the same bytes -------------------------------------------------


def test_built_twice_is_the_same(run: Run, leaflet9: Any, tmp_path: Path) -> None:
    assert run("leaflet9", "-q", "--out", tmp_path).code == 0
    assert (tmp_path / "leaflet9" / "leaflet9-press.pdf").read_bytes() == leaflet9.data


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "ja_JP.UTF-8"},
        {"PYTHONHASHSEED": "4711", "TZ": "America/New_York", "LC_ALL": "C", "LANG": "C"},
    ],
    ids=["tokyo", "new-york"],
)
def test_built_elsewhere_and_otherwise_is_the_same(
    program: Run, leaflet9: Any, tmp_path: Path, env: dict[str, str]
) -> None:
    said = program("leaflet9", "--out", "out", cwd=tmp_path, **env)
    assert said.code == 0, said.err
    assert (tmp_path / "out/leaflet9/leaflet9-press.pdf").read_bytes() == leaflet9.data


def test_moved_to_another_folder_is_the_same(
    run: Run, copy: Path, leaflet9: Any, tmp_path: Path
) -> None:
    assert run(copy, "-q", "--only", "press", "--out", tmp_path / "out").code == 0
    (made,) = (tmp_path / "out").rglob("*.pdf")
    assert made.read_bytes() == leaflet9.data


# --- what goes wrong ---------------------------------------------------------------------


def test_errors_keep_the_last_good_file(run: Run, copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(copy, "--out", out, "-q", "--only", "press").code == 0
    (made,) = out.rglob("*.pdf")
    before = made.read_bytes()
    change(copy, "style: ai-shu", "style: ai-shuu")
    said = run(copy, "--out", out)
    assert said.code == 1
    assert "leaflet.yaml:7:8: error[style.unknown]" in said.err
    assert f"The {made} of an earlier build is still there" in said.err
    assert made.read_bytes() == before and len(files_below(out)) == 1


def test_text_that_does_not_fit_is_an_error_with_its_place(
    run: Run, copy: Path, tmp_path: Path
) -> None:
    first = "自治体の情報システム標準化法案では、"
    change(copy, f"          {first}", f"          {'あふれるほどの文。' * 200}\n          {first}")
    said = run(copy, "--out", tmp_path / "out", "--json")
    assert said.code == 1 and not (tmp_path / "out").exists()
    (leaflet,) = said.json["leaflets"]
    over = [f for f in leaflet["findings"] if f["code"] == "area.overset"]
    assert over and over[0]["page"] == 2 and over[0]["line"] > 0
    assert len(leaflet["pages"]) == 4


@pytest.mark.parametrize(
    "content",
    ["bira: 1\ntitle: 題\n".encode("cp932"), b"\xff\xfeb\x00i\x00", b"bira: 1 " * 600_000],
    ids=["shift-jis", "utf-16", "huge"],
)
def test_a_file_that_is_no_text_is_unreadable(run: Run, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(content)
    said = run(file, "--out", tmp_path / "out")
    assert said.code == 2 and "x.yaml" in said.err and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "bira",
        "- a",
        "bira: 1",
        "a: [",
        "a: &a [*a]",
        "[" * 100_000,
        "\t- x",
        "bira: 1\n bad: 2",
    ],
    ids=["empty", "word", "list", "bare", "open", "circle", "deep", "tab", "indent"],
)
def test_a_file_that_is_no_leaflet_has_errors(run: Run, tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(content, encoding="utf-8")
    said = run(file, "--out", tmp_path / "out")
    assert said.code == 1 and "error[" in said.err and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["leafet9"], ["no leaflet `leafet9`", "Did you mean `leaflet9`?"]),
        (["ｌｅａｆｌｅｔ９"], ["Did you mean `leaflet9`?"]),
        (["zzz"], ["There are: ", "leaflet9"]),
        ([], ["Say which leaflet", "leaflet9"]),
        ([""], ["no file or folder"]),
        (["leaflet9", "--onyl", "press"], ["no option `--onyl`", "`--only`"]),
        (["leaflet9", "--only", "wab"], ["--only", "`wab`", "press"]),
        (["leaflet9", "--only"], ["value after `--only`"]),
        (["leaflet9", "--out"], ["value after `--out`"]),
        (["leaflet9", "--out="], ["value after `--out`"]),
        (["leaflet9", "--quiet=yes"], ["`--quiet` takes no value"]),
        (["leaflet9", "--lang", "fr"], ["--lang", "`fr`", "ja, en"]),
        (["leaflets"], ["no leaflet.yaml"]),
        (["build.py"], ["not a YAML file"]),
        (["leaflets/leaflet9/leaflt.yaml"], ["Did you mean", "leaflet.yaml"]),
        (["/no/such/folder/leaflet.yaml"], ["no file or folder"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], words: list[str]
) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setenv("LC_ALL", "C")
    said = run("--lang", "en", *argv)
    assert said.code == 2 and said.out == ""
    for word in words:
        assert word in said.err


def test_wrong_use_in_japanese_and_as_json(run: Run) -> None:
    said = run("leafet9", "--lang", "ja", "--json")
    assert said.code == said.json["exit"] == 2
    assert "「leaflet9」ではありませんか。" in said.json["problem"]
    assert "使い方" in said.err


def test_an_output_folder_that_is_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    said = run("leaflet9", "--out", tmp_path / "out")
    assert said.code == 2 and "Cannot write" in said.err
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("step", ["mkdir", "_draft", "replace", "fsync"])
def test_a_place_that_cannot_be_written(
    run: Run, leaflet9: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A folder that is read-only, a disk that is full, a PDF that a viewer holds open."""
    made = tmp_path / "leaflet9" / "leaflet9-press.pdf"
    made.parent.mkdir()
    made.write_bytes(b"the last good one")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    owner: Any = {"mkdir": Path, "_draft": files}.get(step, os)
    monkeypatch.setattr(owner, step, refuse)
    said = run("leaflet9", "--out", tmp_path)
    assert said.code == 3 and "Cannot write" in said.err and "Permission denied" in said.err
    assert made.read_bytes() == b"the last good one"
    assert files_below(tmp_path) == ["leaflet9/leaflet9-press.pdf"]


@pytest.mark.parametrize("package", ["qrcode", "uharfbuzz", "yaml"])
def test_a_missing_package_names_the_remedy(program: Run, tmp_path: Path, package: str) -> None:
    blocker = f'raise ModuleNotFoundError("No module named {package!r}", name="{package}")\n'
    (tmp_path / f"{package}.py").write_text(blocker, encoding="utf-8")
    said = program("leaflet9", "--out", tmp_path, PYTHONPATH=str(tmp_path), LANG="C", LC_ALL="C")
    assert said.code == 3 and "Traceback" not in said.err
    assert ("PyYAML" if package == "yaml" else package) in said.err
    assert "-m pip install -e" in said.err
    assert "部品" in said.err and "is not installed" in said.err
    assert not (tmp_path / "leaflet9").exists()


def test_a_missing_font_file(run: Run, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "leaflets", tmp_path / "leaflets")
    (tmp_path / "fonts").mkdir()
    shutil.copy(root / "fonts" / "fonts.yaml", tmp_path / "fonts")
    said = run("leaflet9", root=tmp_path)
    assert said.code == 3 and "environment.font-file" in said.err
    shutil.rmtree(tmp_path / "fonts")
    said = run("leaflet9", root=tmp_path)
    assert said.code == 3 and "A part of the program is missing" in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "fault", [RuntimeError("moon"), RecursionError(), MemoryError(), OSError(5, "bad")]
)
def test_a_fault_of_the_program_is_one_message(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("layout.pipeline.draw", fail)
    said = run("leaflet9", "--out", tmp_path, "--json")
    assert said.code == said.json["exit"] == 3
    assert "プログラムの不具合" in said.err and "fault of the program" in said.err
    assert type(fault).__name__ in said.err and "--debug" in said.err


def test_debug_shows_where_the_fault_is(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("moon")

    monkeypatch.setattr("layout.pipeline.draw", fail)
    assert main(["leaflet9", "--out", str(tmp_path), "--debug"], root) == 3
    assert "Traceback" in capsys.readouterr().err


def test_stopped_by_the_keyboard(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("layout.pipeline.draw", stop)
    said = run("leaflet9", "--out", tmp_path)
    assert said.code == 130 and "Stopped" in said.err and files_below(tmp_path) == []


def test_a_damaged_command_line_still_says_so(root: Path, tmp_path: Path) -> None:
    shutil.copy(root / "build.py", tmp_path)
    done = subprocess.run(
        [sys.executable, "-S", str(tmp_path / "build.py")], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 3
    assert "壊れています" in done.stderr and "Traceback" not in done.stderr


# --- list, version, help: at once --------------------------------------------------------


def test_list(run: Run, root: Path) -> None:
    said = run("--list")
    assert said.code == 0
    assert re.search(r"^leaflet9 +\S", said.out, re.MULTILINE)
    assert "styles" not in said.out
    names = run("--list", "--json").json["leaflets"]
    assert list(names) == [p.parent.name for p in sorted(root.glob("leaflets/*/leaflet.yaml"))]


def test_leaflets_are_listed_as_people_count(run: Run, tmp_path: Path) -> None:
    for name in ("leaflet10", "leaflet9", "avril"):
        (tmp_path / "leaflets" / name).mkdir(parents=True)
        (tmp_path / "leaflets" / name / "leaflet.yaml").write_text("{", encoding="utf-8")
    said = run("--list", root=tmp_path)
    assert [line.split()[0] for line in said.out.splitlines()] == ["avril", "leaflet9", "leaflet10"]
    assert "cannot be read" in said.out


def test_no_leaflets(run: Run, tmp_path: Path) -> None:
    said = run("--list", root=tmp_path)
    assert said.code == 0 and "no leaflets" in said.err


def test_version(run: Run) -> None:
    assert run("--version").out == f"bira {__version__}\n"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_help_knows_every_option(run: Run, lang: str) -> None:
    said = run("--help", "--lang", lang)
    assert said.code == 0
    for option in option_names():
        assert option in said.out
    assert all(len(line) <= 100 for line in said.out.splitlines())


@pytest.mark.parametrize("option", ["--version", "--list", "--help"])
def test_the_engine_is_not_loaded_without_need(program: Run, option: str) -> None:
    said = program(option, python=("-X", "importtime"))
    assert said.code == 0
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in said.err.splitlines()}
    assert loaded.isdisjoint(HEAVY)


def test_a_reader_that_goes_away_is_no_fault(root: Path) -> None:
    with subprocess.Popen(
        [sys.executable, str(root / "build.py"), "--list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read().decode("utf-8")
    assert "Traceback" not in complaint and "fault" not in complaint


# --- language, colour, progress ----------------------------------------------------------


@pytest.mark.parametrize(
    ("env", "lang"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "ja_JP"}, "ja"),
    ],
)
def test_the_language_is_the_systems(
    monkeypatch: pytest.MonkeyPatch, env: dict[str, str], lang: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert system_language() == chosen_language([]) == lang


def test_the_language_said_wins() -> None:
    assert chosen_language(["x", "--lang", "ja"]) == chosen_language(["--lang=ja"]) == "ja"
    assert chosen_language(["--lang"]) in ("ja", "en")


class FakeTerminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_colour_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_colour(FakeTerminal()) and not wants_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not wants_colour(FakeTerminal())


def test_progress_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = FakeTerminal()
    monkeypatch.setattr(sys, "stderr", screen)
    terminal = Terminal("en", 0, io.StringIO())
    terminal.progress("leaflet9", "compose")
    assert "building leaflet9" in screen.getvalue()
    terminal.clear()
    assert screen.getvalue().endswith("\r\x1b[K")
    paper = io.StringIO()
    monkeypatch.setattr(sys, "stderr", paper)
    Terminal("en", 0, io.StringIO()).progress("leaflet9", "compose")
    Terminal("en", -1, io.StringIO()).progress("leaflet9", "compose")
    assert paper.getvalue() == ""


def test_a_terminal_that_cannot_show_japanese(program: Run, tmp_path: Path) -> None:
    said = program("--list", "--lang", "ja", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert said.code == 0 and "leaflet9" in said.out
    said = program("--list", "--json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "デジタル庁" in said.json["leaflets"]["leaflet9"]


def test_sizes_as_file_managers_show_them() -> None:
    assert [size_text(n) for n in (999, 259_231, 12_345_678)] == ["1 KB", "259 KB", "12.3 MB"]


# --- the texts ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(text_table()))
def test_every_text_is_there_in_both_languages(name: str) -> None:
    entry = text_table()[name]
    assert set(entry) == {"ja", "en"} and all(entry.values())
    wanted = [placeholders(entry[lang]) for lang in ("ja", "en")]
    assert wanted[0] == wanted[1]
    for lang in ("ja", "en"):
        assert text(name, lang, **dict.fromkeys(wanted[0], "●"))


def placeholders(entry: str | list[str]) -> set[str]:
    whole = entry if isinstance(entry, str) else "\n".join(entry)
    return {field for _, field, _, _ in string.Formatter().parse(whole) if field}


def test_every_text_is_used(root: Path) -> None:
    words = {
        node.value
        for path in (root / "layout" / "cli").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = tuple(word for word in words if word.endswith("-") and len(word) > 4)  # f"stage-{…}"
    unused = {name for name in text_table() if name not in words and not name.startswith(made)}
    assert unused == set()


def test_of_very_many_findings_the_first_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    findings = [
        Diagnostic("source.empty", Severity.ERROR, Span("a.yaml", line, 1))
        for line in range(1, MANY + 51)
    ]
    Terminal("ja", 0).findings(findings)
    said = capsys.readouterr().err
    assert said.count("[source.empty]") == MANY
    assert said.rstrip().endswith("（--verbose で全部出ます）。")
    assert "ほかに 50 件" in said
    Terminal("ja", 1).findings(findings)
    assert capsys.readouterr().err.count("[source.empty]") == MANY + 50
