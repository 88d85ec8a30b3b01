"""Converted pictures kept between builds: the same file comes out, whatever the cache holds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from layout.backends.pdf.pictures import convert as steps
from layout.diagnostics import Reporter
from tests.pdf.picture_samples import codes, place, press

HERE = Path(__file__).resolve()


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BIRA_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "picture.png"
    channels = [Image.effect_noise((300, 300), 40) for _ in range(4)]
    Image.merge("RGBA", channels).save(path)
    return path


def kept(file: Path) -> list[Path]:
    return sorted(path for path in (file.parent / "cache").rglob("*") if path.is_file())


def count_conversions(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    done: list[int] = []
    whole = steps.convert

    def counted(*arguments: object) -> object:
        done.append(1)
        return whole(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(steps, "convert", counted)
    return done


@pytest.mark.parametrize("profile", ["x1a", "x4", "riso"])
def test_cached_equals_uncached(file: Path, monkeypatch: pytest.MonkeyPatch, profile: str) -> None:
    done = count_conversions(monkeypatch)
    first, second, without = Reporter(), Reporter(), Reporter()
    fresh = press(place(file), reporter=first, profile=profile)
    again = press(place(file), reporter=second, profile=profile)
    assert len(done) == 1
    monkeypatch.setenv("BIRA_CACHE", "off")
    assert fresh == again == press(place(file), reporter=without, profile=profile)
    assert len(done) == 2
    assert list(first) == list(second) == list(without) and codes(first)


def test_whatever_matters_makes_another_entry(file: Path) -> None:
    press(place(file))
    assert len(kept(file)) == 1
    press(place(file))
    assert len(kept(file)) == 1
    press(place(file, 19, 19))
    press(place(file), profile="riso")
    Image.open(file).rotate(90).save(file)
    press(place(file))
    assert len(kept(file)) == 4


def test_the_version_of_the_converter_is_part_of_the_name(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(place(file))
    monkeypatch.setattr(steps, "CONVERTER", steps.CONVERTER + 1)
    press(place(file))
    assert len(kept(file)) == 2


def test_spoilt_entries_are_made_anew(file: Path) -> None:
    fresh = press(place(file))
    (entry,) = kept(file)
    whole = entry.read_bytes()
    for spoilt in (b"", whole[: len(whole) // 2], b"\0" * len(whole)):
        entry.write_bytes(spoilt)
        assert press(place(file)) == fresh
        assert entry.read_bytes() == whole


def test_an_entry_of_another_make_is_not_believed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole, but not what this version would have written."""
    from layout.cache import DiskCache

    fresh = press(place(file))
    (entry,) = kept(file)
    DiskCache("pictures").put(entry.parent.name + entry.name, b'{"sizes": [1]}\nx')
    assert press(place(file)) == fresh


def test_unreadable_pictures_are_not_kept(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])
    for _ in range(2):
        reporter = Reporter()
        press(place(file), reporter=reporter)
        assert codes(reporter) == ["image.truncated"]
    assert kept(file) == []


def test_processes_at_once_write_the_same_file(file: Path) -> None:
    program = (
        "import sys,hashlib\nfrom pathlib import Path\n"
        "from tests.pdf.picture_samples import place, press\n"
        f"print(hashlib.sha256(press(place(Path({str(file)!r})))).hexdigest())"
    )
    root = str(HERE.parents[2])
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join((root, str(HERE.parent)))}
    command = [sys.executable, "-c", program]
    workers = [
        subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True, cwd=root)
        for _ in range(4)
    ]
    answers = {worker.communicate(timeout=120)[0] for worker in workers}
    assert [worker.returncode for worker in workers] == [0] * 4
    assert len(answers) == 1 and len(answers.pop().strip()) == 64
    assert len(kept(file)) == 1
