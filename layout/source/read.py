"""The stages from a file to the model: bytes → text → nodes → fields → model."""

from pathlib import Path

from msgspec.structs import replace

from layout.diagnostics import Reporter, Severity, Span
from layout.source import leaflet_keys, sheet_keys
from layout.source.build_leaflet import build_leaflet
from layout.source.build_sheet import build_sheet
from layout.source.decode import MAX_BYTES, decode
from layout.source.fields import read_record
from layout.source.model import Leaflet
from layout.source.nodes import Mapping, Node, read_nodes
from layout.source.records import Record
from layout.source.schema import Table
from layout.source.sheet import StyleSheet
from layout.source.slips import find_slips

_CONSEQUENCES = ("source.missing-key", "source.none-of")


def read_leaflet(path: Path, reporter: Reporter, data: bytes | None = None) -> Leaflet | None:
    """Read ``leaflet.yaml`` (or the folder it is in); None if nothing usable was found.

    ``data`` is read in place of what is on the disk: the file as it would be.
    """
    path = path / "leaflet.yaml" if path.is_dir() else path
    read = read_fields(path, leaflet_keys.LEAFLET, leaflet_keys.LEAFLET_NAMES, reporter, data)
    if read is None or not read[1].fields:
        return None
    return replace(build_leaflet(read[1], path, reporter), source=read[0])


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
    data = _bytes(path, reporter) if data is None else data
    text = None if data is None else decode(data, str(path), reporter)
    nodes = None if text is None else _nodes(text, path, names, reporter)
    fields = None if nodes is None else _fields(nodes, table, reporter)
    return None if text is None or fields is None else (text, fields)


def _bytes(path: Path, reporter: Reporter) -> bytes | None:
    """The file's bytes, read no further than the bound lets them be used."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        code = "source.file-missing" if missing else "source.file-unreadable"
        reporter.error(code, Span(str(path)), file=path.name, problem=error.strerror or "")
        return None


def _nodes(text: str, path: Path, names: frozenset[str], reporter: Reporter) -> Node | None:
    file = str(path)
    find_slips(text, file, names, reporter)
    node = read_nodes(text, file, reporter)
    if node is not None and not isinstance(node, Mapping):
        reporter.error("source.not-a-leaflet", Span(file, 1, 1))
        return None
    return node


def _fields(nodes: Node, table: Table, reporter: Reporter) -> Record | None:
    """The checked fields; what only follows from a slip found before is not said again."""
    slips = {d.span.line for d in reporter if d.severity is Severity.ERROR}
    found = Reporter()
    record = read_record(nodes, table, found)
    for finding in found:
        follows = finding.code in _CONSEQUENCES or finding.span.line in slips
        if not (slips and follows):
            reporter.add(finding)
    return record
