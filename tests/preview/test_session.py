"""The session that a preview lives on: builds, saves, and what must never come of them."""

import shutil
import threading
import time
from pathlib import Path

import pytest

from layout.cli.previewing import told
from layout.diagnostics import Reporter
from layout.live.session import Session
from layout.live.view import Viewer
from layout.live.watching import Watcher
from layout.pipeline import Places, draw, write

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    leaflets = tmp_path / "leaflets"
    shutil.copytree(ROOT / "leaflets", leaflets)
    places = Places(ROOT / "fonts", leaflets / "styles", ROOT / "profiles")
    return Session(leaflets / "leaflet9" / "leaflet.yaml", places)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def fresh_press(session: Session) -> bytes:
    reporter = Reporter()
    drawn = draw(session.file, session.places, reporter)
    assert drawn.display and drawn.profile and drawn.library
    return write(drawn.display, drawn.profile, drawn.library, reporter)


def test_an_edit_changes_its_page_and_no_other(session: Session) -> None:
    viewer = Viewer(told)
    first = viewer.pictures(session.build())
    viewer.places(session.build())
    change(session.file, "利活用", "利活要")
    shot = session.build()
    second, places = viewer.pictures(shot), viewer.places(shot)
    same = [a["name"] == b["name"] for a, b in zip(first["pages"], second["pages"], strict=True)]
    assert same == [False, True, True, True]
    new = [line["text"] for page in places["places"] for line in page["lines"] if "new" in line]
    assert any("利活要" in text for text in new)
    assert len(new) < 12
    assert session.press(shot) == fresh_press(session)


def test_every_line_of_the_pages_knows_its_place(session: Session) -> None:
    places = Viewer(told).places(session.build())
    source = session.file.read_text("utf-8").split("\n")
    lines = [line for page in places["places"] for line in page["lines"] if line["at"][0]]
    assert len(lines) > 200
    for line in lines:
        row, column = line["at"]
        if len(line["text"]) > 3:  # markers stand for themselves
            assert source[row - 1][column - 1] in line["text"]


def test_a_broken_save_keeps_the_last_pages_with_the_error(session: Session) -> None:
    viewer = Viewer(told)
    first = viewer.pictures(session.build())
    change(session.file, "pages:", "pages")
    shot = session.build()
    shown = viewer.pictures(shot)
    assert not shot.fresh
    assert not shot.sound
    assert [page["name"] for page in shown["pages"]] == [page["name"] for page in first["pages"]]
    (found,) = shown["findings"]
    assert found["level"] == "error"
    assert found["ja"]["text"] != found["en"]["text"]
    change(session.file, "\npages\n", "\npages:\n")
    assert session.build().sound


def test_text_that_does_not_fit_is_shown_with_what_is_wrong(session: Session) -> None:
    session.build()
    change(session.file, "2021年２月９日、", "長い文。" * 300)
    shot = session.build()
    assert shot.fresh
    assert not shot.sound
    assert "area.overset" in [found.code for found in shot.findings]


def test_a_style_and_a_picture_are_seen_too(session: Session) -> None:
    viewer = Viewer(told)
    before = viewer.pictures(session.build())
    change(session.places.styles / "ai-shu.yaml", "strong-colour: ki", "strong-colour: shu")
    styled = viewer.pictures(session.build())
    assert styled["pages"][0]["name"] != before["pages"][0]["name"]
    picture = session.file.parent / "figures" / "kojin-data.svg"
    change(picture, "<svg", '<svg data-other="1"')
    text = picture.read_text("utf-8")
    at = text.rindex("</svg>")
    picture.write_text(text[:at] + '<path d="M0 0h40v40z"/></svg>', "utf-8")
    pictured = viewer.pictures(session.build())
    assert pictured["pages"][2]["name"] != styled["pages"][2]["name"]
    assert pictured["pages"][1]["name"] == styled["pages"][1]["name"]


def test_a_file_that_is_gone_comes_back(session: Session) -> None:
    session.build()
    away = session.file.with_suffix(".away")
    session.file.rename(away)
    gone = session.build()
    assert [found.code for found in gone.findings] == ["source.file-missing"]
    assert gone.drawn is not None
    away.rename(session.file)
    assert session.build().sound


# --- watching -----------------------------------------------------------------------------


@pytest.fixture
def watched(tmp_path: Path) -> tuple[Watcher, Path]:
    file = tmp_path / "leaflet.yaml"
    file.write_text("a: 1\n")
    return Watcher([tmp_path]), file


def test_each_way_of_saving_is_seen(watched: tuple[Watcher, Path]) -> None:
    watcher, file = watched
    file.write_text("a: 22\n")
    assert watcher.changed() == (str(file),)
    assert watcher.changed() == ()
    other = file.with_name("new.yaml")
    other.write_text("a: 333\n")
    other.replace(file)
    assert watcher.changed() == (str(file),)
    file.unlink()
    assert watcher.changed() == (str(file),)
    file.write_text("a: 1\n")
    assert watcher.changed() == (str(file),)


def test_what_editors_leave_beside_a_file_is_nothing(watched: tuple[Watcher, Path]) -> None:
    watcher, file = watched
    file.with_name(".leaflet.yaml.swp").write_text("x")
    (file.parent / "proofs").mkdir()
    (file.parent / "proofs" / "log.json").write_text("{}")
    assert watcher.changed() == ()


def test_a_burst_of_saves_is_one(watched: tuple[Watcher, Path]) -> None:
    _, file = watched
    left = iter(range(3, 9))

    def sleep(_: float) -> None:  # while it waits, somebody goes on saving
        for number in left:
            file.write_text("a" * number)
            break

    watcher = Watcher([file.parent], sleep)
    file.write_text("aa")
    assert watcher.wait(lambda: False) == (str(file),)
    assert next(left, None) is None
    assert file.read_text() == "a" * 8


def test_waiting_ends_when_it_is_told(watched: tuple[Watcher, Path]) -> None:
    watcher, _ = watched
    stop = threading.Event()
    found: list[tuple[str, ...]] = []
    thread = threading.Thread(target=lambda: found.append(watcher.wait(stop.is_set)))
    thread.start()
    time.sleep(0.1)
    stop.set()
    thread.join(5)
    assert found == [()]
