"""Profiles and flavours as data: the figures of the shops, and what is refused."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from layout.cli.messages import render
from layout.diagnostics import NOWHERE, Reporter
from layout.house import flavour as flavour_module
from layout.house import profile as profile_module
from layout.house.flavour import FlavourError, flavour_names, load_flavour
from layout.house.profile import (
    DATA,
    ENTRIES,
    ProfileError,
    entry_key,
    load_profile,
    make_profile,
    profile_names,
)
from layout.source.profile_keys import PROFILE
from layout.source.profiles import find_profile, read_profile
from layout.units import mm

ROOT = Path(__file__).resolve().parents[2]
X1A, X1A_2003, X4 = "PDF/X-1a:2001", "PDF/X-1a:2003", "PDF/X-4"
ICC = DATA / "icc" / "fogra39_l300.icc"


# --- the shops' figures


def test_the_profiles_there_are() -> None:
    assert profile_names()[0] == "x1a"
    assert set(profile_names()) == {
        "x1a", "x1a-2003", "x4", "raksul", "printpac", "graphic", "digita", "mono", "riso", "office",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("x1a", {"flavour": X1A, "flavours": (X1A,), "bleed": mm(3), "safe_margin": mm(3)}),
        ("x1a", {"fold_margin": mm(1), "overprint_black": True, "ink_warn": 300, "marks": True}),
        ("x1a", {"condition": "JC200103", "intent_path": None, "job_line": True}),
        ("x1a", {"picture_ppi": 350, "gray_ppi": 600, "bitonal_ppi": 1200, "qr_quiet_cells": 4}),
        ("x1a", {"line_least_pt": 0.25, "line_thin_pt": 0.3, "type_least_pt": 5}),
        ("x1a-2003", {"flavour": X1A_2003, "flavours": (X1A_2003,), "bleed": mm(3)}),
        ("x4", {"flavour": X4, "flavours": (X4,), "intent_path": ICC, "condition": "FOGRA39"}),
        ("raksul", {"flavour": X1A, "flavours": (X1A, X1A_2003, X4), "ink_most": 350}),
        ("printpac", {"safe_margin": mm(5), "overprint_black": True}),
        ("graphic", {"overprint_black": False, "ink_warn": 380, "safe_margin": mm(3)}),
        ("digita", {"ink_most": 300, "flavour": X1A}),
        ("riso", {"flavour": "PDF 1.4", "gray_only": True, "marks": False, "bleed": 0}),
        ("riso", {"picture_ppi": 600, "picture_ppi_least": 300, "margin": 0, "ink_most": 100}),
        ("office", {"flavour": "PDF 1.4", "marks": False, "bleed": 0, "margin": 0}),
        ("office", {"job_line": False, "gray_only": False, "flavours": ()}),
    ],
)
def test_what_shops_ask(name: str, figures: dict[str, object]) -> None:
    profile = load_profile(name)
    assert {key: getattr(profile, key) for key in figures} == figures


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_is_whole_and_says_how_old_its_figures_are(name: str) -> None:
    profile = load_profile(name)
    assert profile.name == name
    assert profile.label_ja and profile.label_en
    assert re.fullmatch(r"20\d\d|unknown", profile.checked)
    assert profile.icc_path.is_file()
    assert profile.writes.name == profile.flavour
    assert re.fullmatch(profile.file_name, "leaflet9-press.pdf")
    assert not re.fullmatch(profile.file_name, "リーフ9.pdf")


def test_every_figure_is_explained() -> None:
    said = profile_module.Profile.__doc__ or ""
    sorts = {"picture", "gray", "bitonal"}
    ends = {"least", "above", "thin", "small"}
    for field in profile_module._TYPES:
        words = {field, *(f"{field.rsplit('_', 1)[0]}_{end}" for end in ends)}
        known = any(f"``{word}``" in said for word in words)
        grouped = field.endswith("_pt") or field.split("_")[0] in sorts
        assert known or grouped, field


# --- building on another


def test_an_entry_builds_on_another() -> None:
    profile = make_profile("mine", {"base": "printpac", "bleed_mm": 5, "margin_mm": 16})
    assert (profile.bleed, profile.safe_margin) == (mm(5), mm(5))
    assert profile.flavours == load_profile("printpac").flavours
    assert profile.label_ja == "プリントパック"


def without(*keys: str) -> dict[str, Any]:
    whole: dict[str, Any] = dict(profile_module._table()["x1a"])
    return {key: value for key, value in whole.items() if key not in keys}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (without("bleed_mm", "ink_warn"), "lacks bleed_mm, ink_warn"),
        ({"base": "x1a", "blead_mm": 3}, "unknown entries blead_mm"),
        ({"base": "nowhere"}, "no base 'nowhere'"),
        ({"base": "x1a", "label": {"en": "x"}}, "label in ja"),
        ({"base": "x1a", "bleed_mm": "3"}, "bleed_mm cannot be '3'"),
        ({"base": "x1a", "bleed_mm": True}, "bleed_mm cannot be True"),
        ({"base": "x1a", "marks": 1}, "marks cannot be 1"),
        ({"base": "x1a", "flavours": "PDF/X-4"}, "flavours cannot be"),
        ({"base": "x1a", "pages": [1.5]}, "pages cannot be"),
        ({"base": "x1a", "trim_sizes_mm": [[210]]}, "trim_sizes_mm cannot be"),
        ({"base": "x1a", "trim_sizes_mm": [[0, 297]]}, "trim_sizes_mm cannot be"),
        ({"base": "x1a", "margin_mm": 5}, "do not fit"),
        ({"base": "x1a", "bleed_mm": -1}, "do not fit"),
        ({"base": "x1a", "mark_thickness_mm": 0}, "thickness"),
        ({"base": "x1a", "marks": False}, "job line"),
        ({"base": "x1a", "mark_length_mm": 3}, "marks too short"),
        ({"base": "x1a", "fold_margin_mm": -1}, "negative"),
        ({"base": "x1a", "picture_ppi": 100}, "picture resolutions are out of order"),
        ({"base": "x1a", "gray_ppi_above": 100}, "gray resolutions are out of order"),
        ({"base": "x1a", "bitonal_ppi_least": 0}, "bitonal resolutions are out of order"),
        ({"base": "x1a", "ink_warn": 360}, "ink_warn"),
        ({"base": "x1a", "line_thin_pt": 0.1}, "line weights"),
        ({"base": "x1a", "type_small_pt": 1}, "type sizes"),
        ({"base": "x1a", "file_name": "("}, "no expression"),
        ({"base": "x1a", "flavour": "PDF/X-9"}, "not written"),
        ({"base": "x1a", "flavours": ["PDF/X-9"]}, "not known"),
        ({"base": "x1a", "flavour": X4}, "does not accept what it writes"),
        ({"base": "x4", "intent_icc": ""}, "needs intent_icc"),
        ({"base": "x1a", "registry": ""}, "in no registry needs intent_icc"),
        ({"base": "x1a", "condition": ""}, "needs a condition"),
    ],
)
def test_gaps_and_nonsense_are_refused(entry: dict[str, Any], message: str) -> None:
    with pytest.raises(ProfileError, match=re.escape(message)):
        make_profile("mine", entry)


def test_a_circle_of_bases_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile_module, "_table", lambda: {"a": {"base": "b"}, "b": {"base": "a"}})
    with pytest.raises(ProfileError, match="builds on itself"):
        load_profile("a")


def test_an_unknown_profile_is_refused_by_name() -> None:
    with pytest.raises(ProfileError, match="nowhere"):
        load_profile("nowhere")


# --- flavours


def test_the_flavours_there_are() -> None:
    versions = {name: load_flavour(name).version for name in flavour_names()}
    assert versions == {X1A: (1, 3), X1A_2003: (1, 4), X4: (1, 6), "PDF 1.4": (1, 4)}
    assert [name for name in versions if load_flavour(name).transparency] == [X4, "PDF 1.4"]
    assert [name for name in versions if not load_flavour(name).is_pdfx] == ["PDF 1.4"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": None}, "version"),
        ({"colour": "red"}, "colour"),
        ({"intent": "perhaps"}, "unknown intent"),
    ],
)
def test_gaps_in_flavour_data_are_refused(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], message: str
) -> None:
    entry = {**flavour_module._table()[X4], **change}
    entry = {key: value for key, value in entry.items() if value is not None}
    monkeypatch.setattr(flavour_module, "_table", lambda: {"mine": entry})
    load_flavour.cache_clear()
    with pytest.raises(FlavourError, match=message):
        load_flavour("mine")


# --- a shop's own file


def test_every_entry_has_a_key_of_its_own() -> None:
    keys = {key.name.replace("-", "_") for key in PROFILE.keys} - {"bira_profile", "base", "icc"}
    assert {entry_key(key) for key in keys} == ENTRIES


def write(folder: Path, text: str, name: str = "mine") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(f"bira-profile: 1\n{text}", encoding="utf-8")
    return path


def test_a_file_of_ones_own_is_found_before_the_house(tmp_path: Path) -> None:
    write(tmp_path, "label: うちの店\nbleed: 5mm\nmargin: 20mm\ntrim-sizes: [[210mm, 297mm]]\n")
    write(tmp_path, "base: printpac\nmarks: no\njob-line: no\npages: [2, 4]\n", "raksul")
    reporter = Reporter()
    mine = find_profile("mine", tmp_path, reporter)
    assert mine is not None
    assert (mine.label_ja, mine.bleed, mine.margin) == ("うちの店", mm(5), mm(20))
    assert mine.trim_sizes == ((mm(210), mm(297)),)
    raksul = find_profile("raksul", tmp_path, reporter)
    assert raksul is not None
    assert (raksul.safe_margin, raksul.marks, raksul.pages) == (mm(5), False, (2, 4))
    assert find_profile("x4", tmp_path, reporter) == load_profile("x4")
    assert find_profile("x4", None, reporter) == load_profile("x4")
    assert list(reporter) == []


def test_an_icc_profile_of_ones_own_names_the_condition(tmp_path: Path) -> None:
    (tmp_path / "shop.icc").write_bytes(ICC.read_bytes())
    profile = read_profile(write(tmp_path, "icc: shop.icc\n"), Reporter())
    assert profile is not None
    assert profile.icc_path == profile.intent_path == tmp_path / "shop.icc"
    # Nobody registered it, so no registry is named.
    assert (profile.condition, profile.registry) == ("Custom", "")
    assert profile.condition_info.startswith("FOGRA39L L300")


def test_an_icc_profile_of_the_bases_condition_keeps_its_registered_name(tmp_path: Path) -> None:
    from PIL import ImageCms

    icc = ICC.read_bytes()
    name = ImageCms.getProfileDescription(ImageCms.getOpenProfile(str(ICC))).strip().encode()
    wanted = b"Japan Color 2001 Coated"
    assert icc.count(name) == 1 and len(wanted) <= len(name)
    (tmp_path / "jc.icc").write_bytes(icc.replace(name, wanted.ljust(len(name))))
    profile = read_profile(write(tmp_path, "icc: jc.icc\n"), Reporter())
    assert profile is not None
    assert (profile.condition, profile.registry) == ("JC200103", "http://www.color.org")
    assert profile.intent_path == tmp_path / "jc.icc"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("base: x1aa\n", "source.expected-choice", 2),
        ("bleed: 3mm\nblead: 3mm\n", "source.unknown-key", 3),
        ("margin: 5mm\n", "profile.unfit", 2),
        ("bleed: 3字\n", "style.length-unit", 2),
        ("flavour: PDF/X-9\n", "source.expected-choice", 2),
        ("flavour: PDF/X-4\nflavours: []\n", "profile.unfit", 1),
        ("icc: nothing.icc\n", "profile.icc-missing", 2),
        ("icc: mine.yaml\n", "profile.icc-broken", 2),
    ],
)
def test_what_is_wrong_in_a_file_is_said_at_its_place(
    tmp_path: Path, text: str, code: str, line: int
) -> None:
    reporter = Reporter()
    reporter.error("source.file-missing", NOWHERE, file="a")  # of something else: no matter
    assert read_profile(write(tmp_path, text), reporter) is None
    found = list(reporter)[1:]
    assert [(each.code, each.span.line) for each in found] == [(code, line)]
    assert all("{" not in render(found[0], [], lang) for lang in ("ja", "en"))


def test_the_page_for_users_shows_all_profiles_and_files_that_can_be_read(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
    assert {name for name in profile_names() if f"| `{name}` |" not in page} == set()
    (tmp_path / "JapanColor2011Coated.icc").write_bytes(ICC.read_bytes())
    for number, text in enumerate(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)):
        path = tmp_path / f"shown-{number}.yaml"
        path.write_text(text, encoding="utf-8")
        reporter = Reporter()
        assert read_profile(path, reporter) is not None, [found.code for found in reporter]


def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, "", "uchi-no-mise")
    reporter = Reporter()
    assert find_profile("uchino-mise", tmp_path, reporter) is None
    (found,) = reporter
    assert found.code == "profile.unknown"
    assert "uchi-no-mise" in render(found, [], "ja")


def test_the_data_files_hold_nothing_twice() -> None:
    for name in ("profiles.json", "flavours.json"):
        text = (DATA / name).read_text(encoding="utf-8")
        json.loads(text, object_pairs_hook=_refuse_doubles)


def _refuse_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len(dict(pairs)) == len(pairs), pairs
    return dict(pairs)
