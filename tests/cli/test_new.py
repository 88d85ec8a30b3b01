"""What helps along: a new leaflet, a look at the machine, completion, settings."""

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from layout.cli import creating
from layout.cli.arguments import OUTPUTS, TEMPLATES, read_arguments
from layout.cli.completion import SHELLS, script
from layout.cli.creating import Answers, filled
from layout.cli.main import main
from layout.cli.terminal import Terminal
from layout.diagnostics import Reporter, Severity
from layout.pipeline import Places, draw
from layout.source.read import read_leaflet

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "leaflets", tmp_path / "leaflets")
    (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    return tmp_path


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_leaflet_builds_at_once(root: Path, template: str) -> None:
    assert main(["new", "leaflet10", "--template", template, "--yes"], root) == 0
    assert main(["leaflet10", "--only", "press", "--out", str(root / "out")], root) == 0
    reporter = Reporter()
    draw(root / "leaflets/leaflet10", Places(ROOT / "fonts", root / "leaflets/styles"), reporter)
    worth = {f.code for f in reporter if f.severity is not Severity.NOTE}
    assert worth <= {"figure.stand-in"}


@pytest.mark.parametrize("template", TEMPLATES)
def test_whatever_is_answered_is_what_the_leaflet_says(template: str, tmp_path: Path) -> None:
    words = '「題」: "a" # {x} \\ - * & ！'
    answers = Answers(template, words, words, "03-1234-5678", "a@example.org")
    source = filled(answers, "new", date(2026, 11, 23))
    file = tmp_path / "leaflet.yaml"
    file.write_text(source, encoding="utf-8")
    reporter = Reporter()
    leaflet = read_leaflet(file, reporter)
    assert leaflet is not None
    assert not reporter.has_errors, list(reporter)
    assert leaflet.title == words
    assert leaflet.author == words
    assert leaflet.facts["name"].values[""] == words
    assert leaflet.facts["phone"].values[""] == "03-1234-5678"
    assert leaflet.facts["mail"].values[""] == "a@example.org"
    assert leaflet.date == "2026-11-23"


def test_an_answer_that_no_build_would_take_is_asked_again(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(creating, "_talks", lambda: True)
    answers = iter(["9", "2", "題", "会", "090", "０９０－１２３４－５６７８", "nobody", ""])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    options = read_arguments(["new", "leaflet10"], "ja")
    terminal = Terminal("ja", 0)
    assert creating.create(options, root, terminal, ask).is_file()
    assert len(asked) == 8
    told = capsys.readouterr().out
    assert "「090」は電話番号として正しくありません" in told
    assert "11桁" in told
    assert "「nobody」はメールの宛先として" in told
    reporter = Reporter()
    leaflet = read_leaflet(root / "leaflets/leaflet10/leaflet.yaml", reporter)
    assert leaflet is not None
    assert not reporter.has_errors
    assert leaflet.facts["phone"].values["digits"] == "09012345678"


def test_a_copy_of_another_leaflet_leaves_its_proofs(root: Path) -> None:
    (root / "leaflets/leaflet9/proofs").mkdir(exist_ok=True)
    (root / "leaflets/leaflet9/proofs/log.json").write_text("{}")
    assert main(["new", "leaflet10", "--from", "leaflet9"], root) == 0
    made = root / "leaflets/leaflet10"
    assert (made / "leaflet.yaml").read_bytes() == (
        ROOT / "leaflets/leaflet9/leaflet.yaml"
    ).read_bytes()
    assert (made / "figures").is_dir()
    assert not (made / "proofs").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new"], "leaflet10"),
        (["new", "a", "b"], "leaflet10"),
        (["new", "leaflet9"], "leaflet9"),
        (["new", "../x"], "../x"),
        (["new", "a/b"], "a/b"),
        (["new", "nul"], "nul"),
        (["new", "styles"], "styles"),
        (["new", "check"], "check"),
        (["new", "-x"], "-x"),
        (["new", "x", "--template", "three"], "three"),
        (["new", "x", "--from", "leaflet8"], "leaflet9"),
        (["new", "x", "--from", "leaflet9", "--template", "vertical"], "--from"),
        (["leaflet9", "--template", "vertical"], "--template"),
        (["completion"], "bash"),
        (["completion", "tcsh"], "bash"),
    ],
)
def test_wrong_use_is_explained_and_leaves_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    before = sorted((root / "leaflets").iterdir())
    assert main(arguments, root) == 2
    assert said in capsys.readouterr().err
    assert sorted((root / "leaflets").iterdir()) == before


def test_doctor_finds_nothing_missing_here(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json", "--out", str(root / "out")], root) == 0
    told = json.loads(capsys.readouterr().out)
    assert {check["state"] for check in told["checks"]} <= {"good", "worth"}


def test_doctor_says_what_is_wrong_and_what_to_do(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "fonts").unlink()
    shutil.copytree(ROOT / "fonts", root / "fonts")
    (root / "fonts/NotoSerifJP_700Bold.ttf").unlink()
    with (root / "fonts/NotoSansJP_500Medium.ttf").open("ab") as font:
        font.write(b"x")
    (root / "leaflets/leaflet9/leaflet.yaml").write_text("bira: 1\n")
    (root / "file").write_text("")
    code = main(["doctor", "--json", "--out", str(root / "file"), "--lang", "en"], root)
    assert code == 3
    checks = json.loads(capsys.readouterr().out)["checks"]
    bad = {check["what"] for check in checks if check["state"] == "bad"}
    assert bad == {"noto-serif-jp-700", "noto-sans-jp-500", str(root / "file")}
    worth = {check["what"]: check["hint"] for check in checks if check["state"] == "worth"}
    assert "leaflet9" in worth[str(Path("leaflets/leaflet9/leaflet.yaml"))]
    assert all(check["hint"] for check in checks if check["state"] != "good")


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_knows_every_output(shell: str) -> None:
    made = script(shell)
    for word in (*OUTPUTS, "new", "preview", "校了"):
        assert word in made


def test_bash_completes_leaflets_options_and_values(root: Path) -> None:
    shutil.copy(ROOT / "build.py", root)
    if shutil.which("bash") is None:
        pytest.skip("needs bash")

    def completed(*words: str) -> list[str]:
        typed = " ".join(f"'{word}'" for word in words)
        lines = (
            script("bash"),
            f"COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _bira",
            'printf "%s\\n" "${COMPREPLY[@]}"',
        )
        made = subprocess.run(
            ["bash", "-c", "\n".join(lines)], cwd=root, capture_output=True, check=True
        )
        return made.stdout.decode().split()

    assert "leaflet9" in completed("python", "build.py", "leaf")
    assert completed("python", "build.py", "leaflet9", "--edi") == ["--editions"]
    assert completed("python", "build.py", "leaflet9", "--only", "pro") == ["proof"]
    assert completed("python", "build.py", "doc") == ["doctor"]
    assert "leaflet9" not in completed("python", "other.py", "leaf")


def test_settings_hold_where_nothing_else_is_typed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "bira.yaml").write_text(
        "bira-config: 1\nlanguage: en\nout: made\noutputs: [press]\nshop: x4\n"
    )
    assert main(["tate-shimbun"], root) == 0
    said = capsys.readouterr().out
    assert "built" in said
    assert (root / "made/tate-shimbun/tate-shimbun-press.pdf").read_bytes().startswith(b"%PDF-1.6")
    assert main(["tate-shimbun", "--profile", "x1a", "--lang", "ja"], root) == 0
    assert (root / "made/tate-shimbun/tate-shimbun-press.pdf").read_bytes().startswith(b"%PDF-1.3")
    assert "できました" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("bira-config: 1\nlangage: ja\n", "language"),
        ("bira-config: 1\noutputs: [pres]\n", "press"),
        ("bira-config: 1\nlanguage: fr\n", "bira.yaml:2:11"),
        ("language: ja\n", "bira-config"),
        ("bira-config: 1\n\tlanguage: ja\n", "bira.yaml:2"),
    ],
)
def test_wrong_settings_are_explained(
    root: Path, capsys: pytest.CaptureFixture[str], config: str, said: str
) -> None:
    (root / "bira.yaml").write_text(config)
    assert main(["leaflet9"], root) == 2
    assert said in capsys.readouterr().err
