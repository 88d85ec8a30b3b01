"""Which leaflets were meant: names of ``leaflets/``, or paths to files and folders."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from layout.cli.arguments import UsageError, closest
from layout.cli.texts import text

if TYPE_CHECKING:
    from layout.source.local_model import LocalEdition

SOURCE: Final = "leaflet.yaml"
_SUFFIXES: Final = (".yaml", ".yml")


class Target(Struct, frozen=True):
    """One leaflet to build, or a group's own ``edition`` of it: what it is called, its file."""

    name: str
    file: Path
    edition: "LocalEdition | None" = None

    @property
    def folder(self) -> Path:
        """Where its outputs go, below the folder of all outputs."""
        return Path(self.name) / self.edition.name if self.edition else Path(self.name)

    @property
    def whole_name(self) -> str:
        """Its name and its edition's."""
        return f"{self.name}-{self.edition.name}" if self.edition else self.name


def leaflet_names(leaflets: Path) -> list[str]:
    """The leaflets of the folder, in the order people count."""
    return sorted((file.parent.name for file in leaflets.glob(f"*/{SOURCE}")), key=_counting)


def _counting(name: str) -> tuple[str, int, str]:
    """leaflet9 before leaflet10."""
    stem = name.rstrip("0123456789")
    return stem, int(name[len(stem) :] or -1), name


def find_targets(names: Sequence[str], leaflets: Path, lang: str) -> list[Target]:
    """The leaflets meant, each once; ``UsageError`` where one cannot be found."""
    found: dict[Path, Target] = {}
    by_name: dict[str, Target] = {}
    for name in names:
        try:
            target = _find(name, leaflets, lang)
        except (OSError, ValueError) as error:  # longer than any name, or not to be looked at
            raise UsageError(text("no-such-file", lang, path=name, suggestion="")) from error
        place = target.file.resolve()
        if place in found:
            continue
        if other := by_name.get(target.name.casefold()):
            raise UsageError(
                text("same-output", lang, first=other.file, second=target.file, name=target.name)
            )
        found[place] = by_name[target.name.casefold()] = target
    return list(found.values())


def _find(typed: str, leaflets: Path, lang: str) -> Target:
    bare = typed == os.path.basename(typed) and typed not in ("", ".", "..")
    if bare and (leaflets / typed / SOURCE).is_file():
        return Target(typed, shown_path(leaflets / typed / SOURCE))
    path = Path(typed)
    if typed and path.is_dir():
        return _in_folder(path, lang)
    if typed and path.exists():
        return _of_file(path, lang)
    if bare and path.suffix.lower() not in _SUFFIXES:
        raise UsageError(_unknown(typed, leaflets, lang))
    raise UsageError(text("no-such-file", lang, path=typed, suggestion=_near_file(path, lang)))


def _in_folder(folder: Path, lang: str) -> Target:
    file = folder / SOURCE
    if not file.exists():
        raise UsageError(text("no-leaflet-in-folder", lang, path=folder))
    return Target(_folder_name(file), shown_path(file))


def _of_file(file: Path, lang: str) -> Target:
    if file.suffix.lower() not in _SUFFIXES:
        raise UsageError(text("not-yaml", lang, path=file))
    return Target(_folder_name(file) if file.name == SOURCE else file.stem, shown_path(file))


def _folder_name(file: Path) -> str:
    return Path(os.path.abspath(file)).parent.name or "leaflet"


def _unknown(typed: str, leaflets: Path, lang: str) -> str:
    known = leaflet_names(leaflets)
    near = closest(typed, known)
    suggestion = text("did-you-mean", lang, name=near) if near else ""
    return text(
        "unknown-name", lang, name=typed, suggestion=suggestion, known=there_are(known, lang)
    )


def there_are(known: Sequence[str], lang: str) -> str:
    """The sentence that lists the leaflets there are, or ""."""
    names = ("、" if lang == "ja" else ", ").join(known)
    return text("there-are", lang, names=names) if known else ""


def _near_file(path: Path, lang: str, suffixes: Sequence[str] = _SUFFIXES) -> str:
    """A file beside it that was probably meant."""
    try:
        beside = sorted(p.name for p in path.parent.iterdir() if p.suffix.lower() in suffixes)
    except OSError:
        return ""
    near = closest(path.name, beside)
    return text("did-you-mean", lang, name=path.parent / near) if near else ""


def find_pdfs(names: Sequence[str], root: Path, lang: str) -> list[Path]:
    """The files to check, each once; ``UsageError`` where one cannot be meant."""
    leaflets = root / "leaflets"
    if not names:
        own = (leaflets / "check" / SOURCE).is_file()
        raise UsageError(text("check-is-a-command" if own else "check-no-file", lang))
    found: dict[Path, Path] = {}
    for name in names:
        path = Path(name)
        try:
            is_there = bool(name) and path.is_file()
        except (OSError, ValueError) as error:
            raise UsageError(text("no-such-pdf", lang, path=name, suggestion="")) from error
        if not is_there:
            raise UsageError(_no_pdf(name, root, lang))
        found.setdefault(path.resolve(), shown_path(path))
    return list(found.values())


def _no_pdf(typed: str, root: Path, lang: str) -> str:
    """A name of a leaflet is not its PDF; another PDF beside it was perhaps meant."""
    path = Path(typed)
    if not typed or (not path.is_dir() and not (root / "leaflets" / typed / SOURCE).is_file()):
        suggestion = _near_file(path, lang, (".pdf",)) if typed else ""
        return text("no-such-pdf", lang, path=typed, suggestion=suggestion)
    made = root / "out" / typed / f"{file_stem(path.name)}-press.pdf"
    near = text("did-you-mean", lang, name=shown_path(made)) if made.is_file() else ""
    return text("check-wants-pdf", lang, name=typed, suggestion=near)


def check_profile(name: str, root: Path, lang: str, also: Sequence[str] = ()) -> None:
    """``UsageError`` if there is no such profile; ``also`` are names that may be given besides."""
    if not name:
        return
    from layout.house.profile import profile_names
    from layout.source.profiles import own_profile_names

    known = list(dict.fromkeys((*profile_names(), *own_profile_names(root / "profiles"), *also)))
    if name not in known:
        near = closest(name, known)
        suggestion = text("did-you-mean", lang, name=near) if near else ""
        shown = ("、" if lang == "ja" else ", ").join(known)
        raise UsageError(
            text("unknown-profile", lang, name=name, suggestion=suggestion, known=shown)
        )


def file_stem(name: str) -> str:
    """What a leaflet's files are called: print shops take half-width letters and digits only."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", name)
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else " " for c in plain)
    stem = "-".join(kept.split()).strip("._-")
    if stem and (name.isascii() or any(c.isalpha() for c in stem)):
        return stem
    return f"leaflet-{stem}" if stem else "leaflet"


def shown_path(path: Path) -> Path:
    """The path as the reader types it: relative where it lies below the working directory."""
    whole = Path(os.path.abspath(path))
    try:
        return whole.relative_to(Path.cwd())
    except (ValueError, OSError):
        return whole
