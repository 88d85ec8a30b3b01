"""``editions.yaml`` and ``editions.csv``: every group's own edition of a leaflet."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from layout.diagnostics import Reporter, Span
from layout.source.build_sheet import colour_rule
from layout.source.decode import decode
from layout.source.fields import read_record
from layout.source.local_keys import LOCAL_EDITION, LOCAL_EDITIONS, LOCAL_NAMES, TAKEN
from layout.source.local_model import LocalEdition
from layout.source.look import AS_IT_IS, Look
from layout.source.nodes import Entry, Mapping, Node, Scalar, Sequence, SourceLine
from layout.source.read import is_of_another_kind, read_bytes, read_tree
from layout.source.records import Record
from layout.source.schema import NAME_MOST
from layout.source.suggest import suggest_key

FILES: Final = ("editions.yaml", "editions.csv")
NAME_COLUMN: Final = ("edition", "版")
_LISTS: Final = ("leave-out",)
_MOST: Final = 20_000
_DEPTH_MOST: Final = 8
"""Keys inside keys that a column may name; no edition needs so many."""


def editions_file(folder: Path) -> Path | None:
    """The file of a leaflet's editions, if it has one."""
    return next((folder / name for name in FILES if (folder / name).is_file()), None)


def read_editions_file(path: Path, reporter: Reporter) -> tuple[LocalEdition, ...]:
    """All editions of the file, in its order; what is wrong with one is reported."""
    read = _csv_tree if path.suffix.lower() == ".csv" else _yaml_tree
    return tuple(_edition(name, node, reporter) for name, node in read(path, reporter))


def _yaml_tree(path: Path, reporter: Reporter) -> list[tuple[Scalar, Mapping]]:
    tree = read_tree(path, LOCAL_NAMES, reporter)
    if tree is None or is_of_another_kind(tree, LOCAL_EDITIONS, reporter):
        return []
    findings = Reporter()
    read_record(tree, LOCAL_EDITIONS, findings)
    for finding in findings:
        if finding.code != "source.bad-name":  # ``_is_new`` says more
            reporter.add(finding)
    found = next((e.value for e in tree.entries if e.key.value == "editions"), None)
    entries = found.entries if isinstance(found, Mapping) else ()
    if isinstance(found, Mapping) and not entries:
        reporter.error("edition.empty", found.span, file=path.name)
    seen: dict[str, Scalar] = {}
    return [
        (entry.key, entry.value)
        for entry in entries
        if isinstance(entry.value, Mapping) and _is_new(entry.key, seen, reporter)
    ]


def _is_new(name: Scalar, seen: dict[str, Scalar], reporter: Reporter) -> bool:
    """Two editions may not go by one name, nor by names that one folder cannot hold."""
    key = unicodedata.normalize("NFC", name.value.strip()).casefold()  # as a Mac's folders are
    plain = key.replace("-", "").replace("_", "")
    taken = unicodedata.normalize("NFKC", key) in TAKEN  # COM¹ is a device as well
    if not plain.isalnum() or len(key) > NAME_MOST or taken:
        reporter.error("edition.bad-name", name.span, name=name.value)
        return False
    if key in seen:
        reporter.error("edition.twice", name.span, name=name.value, line=seen[key].span.line)
        return False
    seen[key] = name
    return True


def _edition(name: Scalar, said: Mapping, reporter: Reporter) -> LocalEdition:
    record = read_record(said, LOCAL_EDITION, Reporter())
    if record is None:
        return LocalEdition(name.value.strip(), said, name.span)
    look = _look(record)
    label = record.text("label") or name.value.strip()
    return LocalEdition(name.value.strip(), said, name.span, label, look)


def _look(record: Record) -> Look:
    if not any(key in record for key in ("colours", "type-scale", "reflow")):
        return AS_IT_IS
    colours = {name: colour_rule(name, each) for name, each in record.records("colours")}
    scale = record.number("type-scale", 100.0) / 100
    return Look(colours, scale, record.text("reflow"), span=record.span_of("reflow"))


# --- CSV ------------------------------------------------------------------------------


def _csv_tree(path: Path, reporter: Reporter) -> list[tuple[Scalar, Mapping]]:
    """A row is an edition, a column a key with its way to it: ``facts.phone``, ``blocks.region``.

    Spreadsheets of Japan write Shift_JIS (cp932); UTF-8 is read as well (RFC 4180).
    """
    text = _csv_text(path, reporter)
    if text is None:
        return []
    rows = list(_rows(text, str(path), reporter))
    if not rows:
        reporter.error("edition.empty", Span(str(path)), file=path.name)
        return []
    head, *others = rows
    at = next((n for n, cell in enumerate(head) if cell.value.strip() in NAME_COLUMN), None)
    if at is None:
        _report_head(head, reporter)
        return []
    broken = any(found.code.startswith("edition.csv") for found in reporter)
    if not broken and not any(cell.value.strip() for row in others for cell in row):
        reporter.error("edition.empty", head[0].span, file=path.name)
    known = _known_columns(head, at, reporter)
    found, seen = [], dict[str, Scalar]()
    for row in others:
        if not any(cell.value.strip() for cell in row):
            continue
        if at >= len(row) or not row[at].value.strip():
            reporter.error("edition.nameless", row[0].span)
            continue
        if len(row) > len(head) and any(cell.value.strip() for cell in row[len(head) :]):
            more = row[len(head)]
            reporter.error("edition.cells-more", more.span, columns=len(head), count=len(row))
        if _is_new(row[at], seen, reporter):
            tree = _tree([(head[n], row[n]) for n in known if n < len(row)], row[at].span)
            read_record(tree, LOCAL_EDITION, reporter)
            found.append((row[at], tree))
    return found


def _report_head(head: list[Scalar], reporter: Reporter) -> None:
    """Why no column has the names: it is missing, or nothing parts the columns."""
    whole = head[0].value
    mark = next((c for c in ";\t，、；" if c in whole), "")
    if len(head) == 1 and mark:
        shown = {"\t": "Tab"}.get(mark, mark)
        place = head[0].span
        span = Span(place.file, place.line, place.column + whole.index(mark))
        reporter.error("edition.separator", span, character=shown)
    else:
        reporter.error("edition.no-name-column", head[0].span, names=" / ".join(NAME_COLUMN))


def _csv_text(path: Path, reporter: Reporter) -> str | None:
    data = read_bytes(path, reporter)
    if data is None:
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        with suppress(UnicodeDecodeError):  # what it is instead, ``decode`` says
            data = data.decode("cp932").encode("utf-8")
    return decode(data.removeprefix(b"\xef\xbb\xbf"), str(path), reporter)


def _rows(text: str, file: str, reporter: Reporter) -> Iterator[list[Scalar]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines = text.split("\n")
    line = 1
    try:
        for row in reader:
            if len(row) > 0:
                yield _cells(row, lines[line - 1], line, file)
            line = reader.line_num + 1
            if line > _MOST:
                reporter.error("edition.too-many", Span(file, 1, 1), most=_MOST)
                return
    except csv.Error as problem:
        typed = lines[line - 1] if line <= len(lines) else ""
        quote = typed.find('"')
        if quote >= 0:
            span = Span(file, line, quote + 1, len(typed) - quote)
            reporter.error("edition.csv-quote", span)
        else:
            reporter.error("edition.csv", Span(file, line, 1), problem=str(problem))


def _cells(row: list[str], typed: str, line: int, file: str) -> list[Scalar]:
    """The cells with their places, as far as they stand in the row's first line."""
    cells, column = [], 0
    for value in row:
        quoted = typed[column : column + 1] == '"'
        start = column + quoted
        here = value.split("\n", 1)[0]
        exact = '"' not in value and "\n" not in value and typed.startswith(value, start)
        span = Span(file, line, min(start, len(typed)) + 1, max(1, len(here)))
        source = (SourceLine(value, line, start + 1, exact),)
        cells.append(Scalar(value, '"' if quoted else "", span, source))
        column = start + len(value) + value.count('"') + quoted + 1
    return cells


def _known_columns(head: list[Scalar], at: int, reporter: Reporter) -> list[int]:
    found = []
    seen: set[str] = set()
    whole: set[tuple[str, ...]] = set()
    beginnings: dict[tuple[str, ...], tuple[str, ...]] = {}
    for number, cell in enumerate(head):
        name = cell.value.strip()
        if number == at or not name:
            continue
        first, dot, rest = name.partition(".")
        way = _way(name)
        if LOCAL_EDITION.key(first) is None or len(way) > _DEPTH_MOST:
            near = suggest_key(first, LOCAL_EDITION.keys)
            known = ", ".join(key.name for key in LOCAL_EDITION.keys if not near)
            reporter.error(
                "edition.unknown-column",
                cell.span,
                name=name,
                suggestion=near and near + dot + rest,
                known=known,
            )
        elif name in seen:
            reporter.error("edition.column-twice", cell.span, name=name)
        elif other := beginnings.get(way) or next((b for b in _beginnings(way) if b in whole), ()):
            shown = ".".join(other)
            reporter.error("edition.column-within", cell.span, name=name, other=shown)
        else:
            seen.add(name)
            whole.add(way)
            beginnings.update(dict.fromkeys(_beginnings(way), way))
            found.append(number)
    return found


def _way(name: str) -> tuple[str, ...]:
    """``facts.phone`` as a way of keys."""
    return tuple(part.strip() for part in name.split("."))


def _beginnings(way: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [way[:length] for length in range(1, len(way))]


def _tree(cells: list[tuple[Scalar, Scalar]], span: Span) -> Mapping:
    """The mapping that the columns' dotted names spell; an empty cell says nothing."""
    grown: dict[str, object] = {}
    keys: dict[tuple[str, ...], Scalar] = {}
    for head, cell in cells:
        if not cell.value.strip():
            continue
        way = _way(head.value)
        inner = grown
        for depth, part in enumerate(way[:-1], start=1):
            keys.setdefault(way[:depth], head)
            step = inner.setdefault(part, {})
            inner = step if isinstance(step, dict) else inner
        keys[way] = head
        inner[way[-1]] = _list(cell) if way[0] in _LISTS else cell
    return _mapping(grown, (), keys, span)


def _list(cell: Scalar) -> Node:
    """Several ids in one cell, with spaces or commas between."""
    words = cell.value.replace("、", " ").replace(",", " ").split()
    return Sequence(tuple(Scalar(word, "", cell.span, ()) for word in words), cell.span)


def _mapping(
    grown: dict[str, object], way: tuple[str, ...], keys: dict[tuple[str, ...], Scalar], span: Span
) -> Mapping:
    entries = []
    for name, value in grown.items():
        here = (*way, name)
        key = Scalar(name, "", keys[here].span, ())
        node = _mapping(value, here, keys, span) if isinstance(value, dict) else value
        assert isinstance(node, Scalar | Sequence | Mapping)
        entries.append(Entry(key, node))
    return Mapping(tuple(entries), span)
