"""``doctor``: whether everything is there that building needs, and how to get what is not."""

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, to_builtins

from layout import __version__
from layout.cli.terminal import Terminal
from layout.cli.texts import text

NEEDED: Final = (
    "PyYAML", "reportlab", "uharfbuzz", "qrcode", "pillow", "fonttools", "pikepdf",
    "pypdfium2", "zxing-cpp", "msgspec", "budoux", "phonenumbers", "SudachiPy",
)  # fmt: skip
PROGRAMS: Final = {
    "gs": "Ghostscript",
    "pdftoppm": "poppler",
    "qpdf": "qpdf",
    "chromium": "Chromium",
}
"""Programs that do more where they are installed, and never have to be."""

GOOD, WORTH, BAD = "good", "worth", "bad"
_SIGNS: Final = {GOOD: "○", WORTH: "△", BAD: "×"}
ENVIRONMENT: Final = 3


class Check(Struct, frozen=True):
    """One thing looked at: ``state`` is good, worth knowing or bad; ``hint`` is the remedy."""

    what: str
    state: str
    found: str
    hint: str = ""


def examine(
    root: Path,
    out: Path,
    terminal: Terminal,
    json_print: Callable[[dict[str, Any]], None] | None,
) -> int:
    """Look at everything, say it, and give the exit code: 3 if something needed is missing."""
    checks = list(_checks(root, out, terminal.lang))
    code = ENVIRONMENT if any(check.state == BAD for check in checks) else 0
    for check in checks:
        line = f"{_SIGNS[check.state]} {check.what}　{check.found}"
        (terminal.complain if check.state == BAD else terminal.always)(line)
        if check.hint:
            terminal.always(f"    {check.hint}")
    terminal.always(text("doctor-bad" if code else "doctor-good", terminal.lang))
    if json_print is not None:
        json_print(
            {"bira": __version__, "exit": code, "checks": [to_builtins(check) for check in checks]}
        )
    return code


def _checks(root: Path, out: Path, lang: str) -> Iterator[Check]:
    yield _python(lang)
    yield from (_package(name, lang) for name in NEEDED)
    yield from _fonts(root, lang)
    yield from (_program(name, title, lang) for name, title in PROGRAMS.items())
    yield _writable(out, lang)
    yield _encoding(lang)
    yield from _sources(root, lang)


def _python(lang: str) -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    hint = "" if good else text("doctor-python", lang)
    return Check("Python", GOOD if good else BAD, version, hint)


def _package(name: str, lang: str) -> Check:
    try:
        return Check(name, GOOD, metadata.version(name))
    except metadata.PackageNotFoundError:
        hint = text("doctor-package", lang, name=name)
        return Check(name, BAD, text("doctor-missing", lang), hint)


def _fonts(root: Path, lang: str) -> Iterator[Check]:
    """Every face of the list is there, and is the one it says."""
    from layout.source.manifest import read_manifest

    try:
        faces = read_manifest(root / "fonts" / "fonts.yaml")
    except Exception as problem:  # whatever is wrong with the list, it is wrong
        yield Check("fonts.yaml", BAD, str(problem), text("doctor-fonts", lang))
        return
    for name, face in faces.items():
        file = root / "fonts" / face.file
        try:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
        except OSError:
            yield Check(name, BAD, text("doctor-missing", lang), text("doctor-fonts", lang))
            continue
        if face.sha256 and digest != face.sha256:
            yield Check(name, BAD, text("doctor-changed", lang), text("doctor-fonts", lang))
        else:
            yield Check(name, GOOD, face.file)


def _program(name: str, title: str, lang: str) -> Check:
    path = shutil.which(name)
    if path is None:
        hint = text(f"doctor-{name}", lang)
        return Check(title, WORTH, text("doctor-absent", lang), hint)
    return Check(title, GOOD, path)


def _writable(out: Path, lang: str) -> Check:
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        problem = error.strerror or str(error)
        return Check(str(out), BAD, problem, text("doctor-out", lang))
    return Check(str(out), GOOD, text("doctor-writable", lang))


def _encoding(lang: str) -> Check:
    said = (getattr(sys.stdout, "encoding", "") or "").lower()
    what = text("doctor-terminal", lang)
    if said.replace("-", "") in ("utf8", "cp65001"):
        return Check(what, GOOD, said)
    return Check(what, WORTH, said or "-", text("doctor-encoding", lang))


def _sources(root: Path, lang: str) -> Iterator[Check]:
    """Style sheets and leaflets can be read; what is in them is for a build to judge."""
    from layout.cli.targets import leaflet_names
    from layout.diagnostics import Reporter, Severity
    from layout.source.read import read_leaflet, read_sheet

    sheets = sorted((root / "leaflets" / "styles").glob("*.yaml"))
    names = leaflet_names(root / "leaflets")
    leaflets = [root / "leaflets" / name / "leaflet.yaml" for name in names]
    for path in (*sheets, *leaflets):
        reporter = Reporter()
        if path in sheets:
            read_sheet(path, reporter)
        else:
            read_leaflet(path, reporter)
        errors = sum(found.severity is Severity.ERROR for found in reporter)
        shown = os.path.relpath(path, root)
        if errors:
            hint = text("doctor-source", lang, name=path.parent.name)
            yield Check(shown, WORTH, text("doctor-errors", lang, count=errors), hint)
        else:
            yield Check(shown, GOOD, text("doctor-readable", lang))
