"""The cache on disk: whole or nothing, bounded, harmless when broken or shared."""

import multiprocessing
import os
import sys
from pathlib import Path

import pytest

from layout.cache import DiskCache, cache_folder, cache_key

KEY = cache_key("an entry")


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_was_put_is_got_and_nothing_else(tmp_path: Path) -> None:
    cache = DiskCache("things", tmp_path)
    assert cache.get(KEY) is None
    cache.put(KEY, b"made")
    assert DiskCache("things", tmp_path).get(KEY) == b"made"
    assert cache.get(cache_key("another")) is None
    assert DiskCache("others", tmp_path).get(KEY) is None
    cache.put(KEY, b"")
    assert cache.get(KEY) == b""


def test_keys_tell_everything_apart() -> None:
    parts = [
        ("a", "b"),
        ("ab",),
        ("a", b"b"),
        ("b", "a"),
        (1,),
        ("1",),
        (1.0,),
        (True,),
        (None,),
        (),
    ]
    assert len({cache_key(*part) for part in parts}) == len(parts)
    assert cache_key("a", 1) == cache_key("a", 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data[:20],
        lambda data: b"",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"other" + data,
        lambda data: data + b"more",
    ],
)
def test_a_spoilt_entry_is_no_entry_and_is_written_anew(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    cache = DiskCache("things", tmp_path)
    cache.put(KEY, b"made of something")
    (path,) = entries(tmp_path)
    path.write_bytes(spoil(path.read_bytes()))
    assert cache.get(KEY) is None
    cache.put(KEY, b"made of something")
    assert cache.get(KEY) == b"made of something"
    assert len(entries(tmp_path)) == 1


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    cache = DiskCache("things", tmp_path, room=10_000)
    keys = [cache_key(number) for number in range(12)]
    for number, key in enumerate(keys[:9]):
        cache.put(key, bytes(1000))
        os.utime(tmp_path / "things" / key[:2] / key[2:], (number, number))
    assert cache.get(keys[0]) is not None  # used again: now it is the youngest
    for key in keys[9:]:
        cache.put(key, bytes(1000))
    assert sum(path.stat().st_size for path in entries(tmp_path)) <= 10_000
    assert cache.get(keys[0]) is not None and cache.get(keys[-1]) is not None
    assert cache.get(keys[1]) is None


def test_an_entry_that_would_drive_out_all_others_is_not_kept(tmp_path: Path) -> None:
    cache = DiskCache("things", tmp_path, room=1000)
    cache.put(KEY, bytes(600))
    assert cache.get(KEY) is None and entries(tmp_path) == []


def test_a_place_that_cannot_be_written_is_as_good_as_none(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    cache = DiskCache("things", blocked)
    cache.put(KEY, b"made")
    assert cache.get(KEY) is None
    (tmp_path / "things").mkdir()
    (tmp_path / "things" / KEY[:2]).mkdir()
    (tmp_path / "things" / KEY[:2] / KEY[2:]).mkdir()  # a folder where the entry should be
    cache = DiskCache("things", tmp_path)
    cache.put(KEY, b"made")
    assert cache.get(KEY) is None


def test_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache_folder({"BIRA_CACHE": "off"}) is None
    assert cache_folder({"BIRA_CACHE": "OFF"}) is None
    assert cache_folder({"BIRA_CACHE": "/somewhere"}) == Path("/somewhere")
    monkeypatch.setattr(sys, "platform", "linux")
    assert cache_folder({"XDG_CACHE_HOME": "/x"}) == Path("/x/bira")
    assert cache_folder({"XDG_CACHE_HOME": "relative"}) == Path.home() / ".cache" / "bira"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder({}) == Path.home() / "Library" / "Caches" / "bira"
    monkeypatch.setattr(sys, "platform", "win32")
    assert cache_folder({"LOCALAPPDATA": "/l"}) == Path("/l/bira")

    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    assert cache_folder({}) is None


def test_switched_off_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIRA_CACHE", "off")
    cache = DiskCache("things")
    cache.put(KEY, b"made")
    assert cache.get(KEY) is None


def _busy(folder: Path, seed: int, wrong: "multiprocessing.Queue[int]") -> None:
    """Put and get the same entries as everybody else, in a room too small for all."""
    cache = DiskCache("things", folder, room=120_000)
    count = 0
    for step in range(200):
        number = (step * 7 + seed) % 20
        data = bytes([number]) * 10_000
        found = cache.get(cache_key(number))
        count += found not in (None, data)
        cache.put(cache_key(number), data)
    wrong.put(count)


def test_several_processes_at_once_never_see_half_an_entry(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork" if sys.platform != "win32" else "spawn")
    wrong = context.Queue()
    workers = [context.Process(target=_busy, args=(tmp_path, seed, wrong)) for seed in range(4)]
    for worker in workers:
        worker.start()
    counts = [wrong.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    assert counts == [0, 0, 0, 0]
    assert all(worker.exitcode == 0 for worker in workers)
    assert not [path for path in entries(tmp_path) if path.name.startswith(".")]
