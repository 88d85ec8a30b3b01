"""The page of licences names every package and every font, with the licence it has."""

from importlib import metadata

import pytest
import yaml

from tests.docs.licence_facts import ROOT, plain, rows, said, wanted

PAGE = ROOT / "docs" / "licences.md"


def test_every_package_is_on_the_page_and_no_other() -> None:
    assert set(rows(PAGE)) == wanted()


def is_installed(name: str) -> bool:
    """The tests need neither what makes the site nor what benchmarks compare."""
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


def test_every_package_has_a_licence() -> None:
    assert all(licence for licence, _ in rows(PAGE).values())


@pytest.mark.parametrize("name", sorted(filter(is_installed, wanted())))
def test_its_licence_is_the_one_it_has(name: str) -> None:
    """A new version may come under another licence: then somebody must read it."""
    _, words = rows(PAGE)[name]
    assert words == (said(name) or "–")


def test_every_font_is_on_the_page_with_its_licence() -> None:
    faces = yaml.safe_load((ROOT / "fonts" / "fonts.yaml").read_text("utf-8"))["faces"]
    text = PAGE.read_text("utf-8")
    for key, face in faces.items():
        assert (
            f"| {key} | {face['file']} | SIL Open Font License 1.1, `fonts/{face['licence']}` |"
            in text
        )
        licence = (ROOT / "fonts" / face["licence"]).read_text("utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_what_the_program_imports_is_asked_for() -> None:
    """No package is used that only the tests install, least of all one under the AGPL."""
    tests_only = ("fitz", "pymupdf", "hypothesis", "pytest", "playwright", "typst", "numpy", "lxml")
    for file in (ROOT / "layout").rglob("*.py"):
        for line in file.read_text("utf-8").splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]):
                assert words[1].split(".")[0] not in tests_only, file
    assert plain("PyYAML") == "pyyaml"
