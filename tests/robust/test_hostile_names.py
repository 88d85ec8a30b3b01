"""Names that want out of the leaflet's folder, into a shell, or that some system cannot bear."""

import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.robust.hostile import ROOT, Place, Project, run

OUT = "source.path-outside"
MISSING = "image.missing"
IMAGES: dict[str, str] = {
    "../../geheim.tif": OUT,
    "figures/../../../geheim.tif": OUT,
    "figures/link.tif": OUT,
    "figures/up/geheim.tif": OUT,
    "figures/self": OUT,
    "figures/zero.png": OUT,
    "/etc/passwd": OUT,
    "/dev/stdin": OUT,
    "/proc/self/environ": OUT,
    "~/a.png": OUT,
    "~root/a.png": OUT,
    "//server/share/a.png": OUT,
    r"\\server\share\a.png": OUT,
    r"C:\a.png": OUT,
    "C:/a.png": OUT,
    "C:a.png": OUT,
    "file:///etc/passwd": OUT,
    "FILE:/etc/passwd": OUT,
    "http://example.com/a.png": OUT,
    "https://example.com/a.png": OUT,
    "data:image/png;base64,AAAA": OUT,
    "figures/a.png:stream": OUT,
    r'"..\/..\/geheim.tif"': OUT,
    r"..\..\geheim.tif": "source.path-backslash",
    "figures/%2e%2e/%2e%2e/geheim.tif": MISSING,
    "....//....//geheim.tif": MISSING,
    "．．/．．/geheim.tif": MISSING,
    "figures/pipe.png": MISSING,
    "figures": MISSING,
    ".": MISSING,
    "figures/con": MISSING,
    "nul.txt": MISSING,
    "figures/aux.svg": MISSING,
    "figures/a|b.png": MISSING,
    "figures/$(touch owned).png": MISSING,
    "figures/;touch owned;.png": MISSING,
    '"-rf"': MISSING,
    "figures/a.png.": MISSING,
    '"figures/a.png "': MISSING,
    '"figures/a\\nb.png"': MISSING,
    "figures/" + "a" * 5000: MISSING,
    "a/" * 3000 + "b.png": MISSING,
    "figures/😀.png": MISSING,
}


@pytest.mark.parametrize("path", IMAGES, ids=lambda path: path[:40])
def test_pictures_are_taken_from_the_leaflets_folder_alone(project: Project, path: str) -> None:
    figures = project.folder / "figures"
    figures.mkdir()
    secret = project.root / "geheim.tif"
    Image.new("CMYK", (300, 300)).save(secret)
    for name, target in (
        ("link.tif", secret),
        ("up", project.root),
        ("self", Path("self")),
        ("zero.png", Path("/dev/zero")),
    ):
        try:
            (figures / name).symlink_to(target)
        except OSError:
            pytest.skip("this system makes no links")
    if hasattr(os, "mkfifo"):
        os.mkfifo(figures / "pipe.png")
    project.figure(path)
    project.refused((IMAGES[path], 9, 18))
    assert not list(project.root.rglob("owned")) and not Path("owned").exists()


def test_another_form_of_a_name_does_not_lead_outside(project: Project) -> None:
    """``が`` in one character finds ``が`` in two, but not where that one is a link."""
    secret = project.root / "geheim.tif"
    Image.new("CMYK", (300, 300)).save(secret)
    (project.folder / "figures").mkdir()
    (project.folder / "figures" / "か\u3099.tif").symlink_to(secret)
    project.figure("figures/が.tif")
    project.refused(("image.missing", 9, 18))


@pytest.mark.parametrize(
    "name", ["a&b", "$(touch owned)", "a b", "%TEMP%", "絵😀", "か\u3099", "'"]
)
def test_odd_names_of_pictures_are_taken_as_they_are(project: Project, name: str) -> None:
    file = project.folder / "figures" / f"{name}.tif"
    file.parent.mkdir()
    Image.new("CMYK", (2000, 2000)).save(file, compression="tiff_lzw")
    project.figure(f'"figures/{name}.tif"')
    ran = project.build()
    assert (ran.code, ran.places()) == (0, []), ran.err
    assert not list(project.root.rglob("owned"))


LEAFLETS = [
    "$(touch owned)",
    "a b",
    "-rf",
    "a;b",
    "con",
    "nul.txt",
    "x" * 200,
    "絵😀",
    "か\u3099",
    "a.",
    "'\"",
]


@pytest.mark.parametrize("name", LEAFLETS, ids=lambda name: name[:20])
def test_odd_names_of_leaflets(project: Project, name: str) -> None:
    """They are built; their files have names that every print shop's system bears."""
    project.blocks("- text: 本文")
    folder = project.root / "leaflets" / name
    shutil.copytree(project.folder, folder)
    ran = run(folder, "--only", "press", "--json", root=project.root)
    assert ran.code == 0, ran.err
    (output,) = ran.data["leaflets"][0]["outputs"]
    file = project.root / output["path"]
    assert file.is_file() and file.is_relative_to(project.out)
    assert file.name.isascii() and not set(file.name) & set("$;|&<>\"'` ")
    assert not list(project.root.rglob("owned")) and not Path("owned").exists()


WRONG = [
    "../x",
    "/x",
    "a/b",
    "..",
    ".",
    "con",
    "CON",
    "nul.txt",
    "a|b",
    "$(x)",
    "a.",
    "x" * 61,
    "😀",
    "a\u202eb",
    "styles",
    "check",
    " ",
]


@pytest.mark.parametrize("name", WRONG, ids=lambda name: name[:20])
def test_new_leaflets_get_no_such_names(project: Project, name: str) -> None:
    before = sorted(path for path in project.root.rglob("*"))
    ran = run("new", "--yes", name, root=project.root)
    assert ran.code == 2 and "Traceback" not in ran.err
    assert sorted(path for path in project.root.rglob("*")) == before


def test_a_name_on_the_command_line_is_no_option_and_no_path(project: Project) -> None:
    for words in (
        ["--", "-rf"],
        ["../../etc/passwd"],
        ["a\nb"],
        ["x" * 5000],
        ["", "a"],
        ["\udc80"],
    ):
        ran = run(*words, root=project.root)
        assert ran.code == 2, ran.err


STYLES: dict[str, Place] = {
    "../../geheim": ("style.unknown", 4, 8),
    "/etc/passwd": ("style.unknown", 4, 8),
    "tiny.yaml": ("style.unknown", 4, 8),
}


@pytest.mark.parametrize("name", STYLES)
def test_style_sheets_are_looked_up_by_name(project: Project, name: str) -> None:
    (project.root / "geheim.yaml").write_text("geheim: 1", "utf-8")
    project.blocks("- text: 本文")
    project.source.write_text(project.source.read_text("utf-8").replace("tiny", name), "utf-8")
    project.refused(STYLES[name])


def test_shop_profiles_are_looked_up_by_name(project: Project) -> None:
    (project.root / "profiles").mkdir()
    (project.root / "geheim.yaml").write_text("geheim: 1", "utf-8")
    project.blocks("- text: 本文")
    text = project.source.read_text("utf-8")
    project.source.write_text(text.replace("pages:", "shop: ../geheim\npages:"), "utf-8")
    ran = project.refused(("profile.unknown", 5, 7))
    assert project.root / "geheim.yaml" not in ran.opened


def test_lint_rules_are_looked_up_by_name(project: Project) -> None:
    (project.root / "geheim.yaml").write_text("geheim: 1", "utf-8")
    (project.folder / "lint").mkdir()
    project.blocks("- text: 本文")
    text = project.source.read_text("utf-8")
    lint = "lint:\n  rules: [../../../geheim]\npages:"
    project.source.write_text(text.replace("pages:", lint), "utf-8")
    ran = project.build(only="proof")
    assert ("lint.unknown-file", 6, 11) in ran.places("warning"), ran.err
    assert project.root / "geheim.yaml" not in ran.opened


def test_stages_of_proof_do_not_follow_links(project: Project) -> None:
    """What a link in the folder of figures leads to is not even fingerprinted."""
    secret = project.root / "geheim.txt"
    secret.write_text("geheim", "utf-8")
    project.blocks("- text: 本文")
    (project.folder / "figures").mkdir()
    (project.folder / "figures" / "link").symlink_to(secret)
    ran = project.build("--stage", "初校", only="press")
    assert ran.code == 0 and secret not in ran.opened
    assert "link" not in (project.folder / "proofs" / "01-初校.txt").read_text("utf-8")


def test_the_house_has_its_fonts() -> None:
    """What these tests rely on: nothing of ours is taken for a stranger's."""
    assert (ROOT / "fonts" / "fonts.yaml").is_file()
