"""The stages from a file to the model: bytes → text → nodes → fields → model."""

from functools import partial
from pathlib import Path

from msgspec.structs import replace

from layout.diagnostics import Reporter, Severity, Span
from layout.memo import NO_MEMO, Memo
from layout.source import leaflet_keys, sheet_keys
from layout.source.build_leaflet import build_leaflet
from layout.source.build_sheet import build_sheet
from layout.source.decode import MAX_BYTES, decode
from layout.source.fields import read_record
from layout.source.local_model import LocalEdition
from layout.source.model import Leaflet
from layout.source.nodes import Mapping, Node, read_nodes
from layout.source.records import Record
from layout.source.schema import Table
from layout.source.sheet import StyleSheet
from layout.source.slips import find_slips

_VERSION_KEYS = (
    *("bira", "bira-style", "bira-editions"),
    *("bira-profile", "bira-lint", "bira-config"),
)
_CONSEQUENCES = ("source.missing-key", "source.none-of")


def read_leaflet(
    path: Path,
    reporter: Reporter,
    data: bytes | None = None,
    edition: LocalEdition | None = None,
    memo: Memo = NO_MEMO,
) -> Leaflet | None:
    """Read ``leaflet.yaml`` (or the folder it is in); None if nothing usable was found.

    ``data`` is read in place of what is on the disk: the file as it would be.
    ``edition`` is what a group's own edition has otherwise.
    """
    path = path / "leaflet.yaml" if path.is_dir() else path
    data = read_bytes(path, reporter) if data is None else data
    if data is None:
        return None
    text, tree = memo.at(
        ("tree", path), data, partial(_tree, path, data, leaflet_keys.LEAFLET_NAMES), reporter
    )
    own_style = ""
    if edition is not None and tree is not None:
        from layout.source.local_patch import own_style_of, with_edition

        own_style = own_style_of(tree)
        tree = with_edition(tree, edition, reporter)
    record = None if tree is None else _fields(tree, leaflet_keys.LEAFLET, reporter)
    if record is None or not record.fields:
        return None
    leaflet = build_leaflet(record, path, reporter)
    if edition is None:
        return replace(leaflet, source=text)
    look = edition.look
    if leaflet.style != own_style:
        look = replace(look, base=own_style)
    return replace(leaflet, source=text, edition=edition.name, label=edition.label, look=look)


def read_sheet(path: Path, reporter: Reporter) -> StyleSheet | None:
    """Read a style sheet; None if nothing usable was found."""
    read = read_fields(path, sheet_keys.SHEET, sheet_keys.SHEET_NAMES, reporter)
    sheet = None if read is None else build_sheet(read[1], path.stem, str(path))
    return None if read is None or sheet is None else replace(sheet, source=read[0])


def read_fields(
    path: Path,
    table: Table,
    names: frozenset[str],
    reporter: Reporter,
    data: bytes | None = None,
) -> tuple[str, Record] | None:
    """A file's text, and its fields checked against ``table``; None if it cannot be read.

    ``names`` are the keys that are known anywhere in such a file.
    """
    data = read_bytes(path, reporter) if data is None else data
    text, nodes = ("", None) if data is None else _tree(path, data, names, reporter)
    fields = None if nodes is None else _fields(nodes, table, reporter)
    return None if fields is None else (text, fields)


def read_tree(path: Path, names: frozenset[str], reporter: Reporter) -> Mapping | None:
    """A file's nodes, not yet checked; None if it cannot be read."""
    data = read_bytes(path, reporter)
    return None if data is None else _tree(path, data, names, reporter)[1]


def _tree(
    path: Path, data: bytes, names: frozenset[str], reporter: Reporter
) -> tuple[str, Mapping | None]:
    text = decode(data, str(path), reporter)
    return text or "", None if text is None else _nodes(text, path, names, reporter)


def read_bytes(path: Path, reporter: Reporter) -> bytes | None:
    """The file's bytes, read no further than the bound lets them be used."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        code = "source.file-missing" if missing else "source.file-unreadable"
        reporter.error(code, Span(str(path)), file=path.name, problem=error.strerror or "")
        return None


def _nodes(text: str, path: Path, names: frozenset[str], reporter: Reporter) -> Mapping | None:
    file = str(path)
    mended = find_slips(text, file, names, reporter)
    node = None if mended is None else read_nodes(mended, file, reporter)
    if node is not None and not isinstance(node, Mapping):
        reporter.error("source.not-a-leaflet", Span(file, 1, 1))
        return None
    return node


def _fields(nodes: Node, table: Table, reporter: Reporter) -> Record | None:
    """The checked fields; what only follows from a slip found before is not said again."""
    if is_of_another_kind(nodes, table, reporter):
        return None
    slips = {d.span.line for d in reporter if d.severity is Severity.ERROR}
    found = Reporter()
    record = read_record(nodes, table, found)
    for finding in found:
        follows = finding.code in _CONSEQUENCES or finding.span.line in slips
        if not (slips and follows):
            reporter.add(finding)
    return record


def is_of_another_kind(nodes: Node, table: Table, reporter: Reporter) -> bool:
    """Whether the file's first key says that it is, say, a style where a leaflet should be."""
    own = table.keys[0].name
    if not isinstance(nodes, Mapping) or any(e.key.value == own for e in nodes.entries):
        return False
    other = next((e.key for e in nodes.entries if e.key.value in _VERSION_KEYS), None)
    if other is None:
        return False
    reporter.error("source.another-kind", other.span, key=other.value, wanted=own)
    return True
