"""A leaflet's nodes with an edition's in their place.

It is the nodes that are exchanged, before anything is checked: what an edition says
is checked like the leaflet itself, and findings name the place in the edition's file.
"""

from collections.abc import Iterator

from layout.diagnostics import Reporter
from layout.source.leaflet_keys import BLOCKS, FACT_KINDS
from layout.source.local_keys import OWN
from layout.source.local_model import LocalEdition
from layout.source.nodes import Entry, Mapping, Node, Scalar, Sequence
from layout.source.suggest import suggest

_MERGED = ("facts",)


def with_edition(leaflet: Mapping, edition: LocalEdition, reporter: Reporter) -> Mapping:
    """The leaflet as the edition has it; ids and facts it does not have are reported."""
    said = {entry.key.value: entry for entry in edition.said.entries}
    whole = [entry for name, entry in said.items() if name not in (*OWN, *_MERGED)]
    found = _replaced(leaflet, whole)
    if "facts" in said:
        found = _with_facts(found, said["facts"], reporter)
    fresh = _named(said.get("blocks"))
    out = {node.value: node for node in _scalars(said.get("leave-out"))}
    _report_unknown(leaflet, fresh, out, reporter)
    if fresh or out:
        pages = _value(found, "pages")
        if pages is not None:
            blocks = {name: entry.value for name, entry in fresh.items()}
            entry = Entry(_key(found, "pages"), _with_blocks(pages, blocks, frozenset(out)))
            found = _replaced(found, [entry])
    return found


def own_style_of(leaflet: Mapping) -> str:
    """The style that the leaflet itself names."""
    found = _value(leaflet, "style")
    return found.value.strip() if isinstance(found, Scalar) else ""


def _replaced(mapping: Mapping, entries: list[Entry]) -> Mapping:
    """The mapping with these entries in place of those of the same keys, or behind the others."""
    fresh = {entry.key.value: entry for entry in entries}
    kept = [fresh.pop(entry.key.value, entry) for entry in mapping.entries]
    return Mapping((*kept, *fresh.values()), mapping.span, mapping.flow)


def _value(mapping: Node | None, name: str) -> Node | None:
    if not isinstance(mapping, Mapping):
        return None
    return next((entry.value for entry in mapping.entries if entry.key.value == name), None)


def _key(mapping: Mapping, name: str) -> Scalar:
    return next(entry.key for entry in mapping.entries if entry.key.value == name)


def _named(entry: Entry | None) -> dict[str, Entry]:
    if entry is None or not isinstance(entry.value, Mapping):
        return {}
    return {each.key.value: each for each in entry.value.entries}


def _scalars(entry: Entry | None) -> list[Scalar]:
    if entry is None or not isinstance(entry.value, Sequence):
        return []
    return [node for node in entry.value.items if isinstance(node, Scalar)]


# --- facts ----------------------------------------------------------------------------


def _with_facts(leaflet: Mapping, said: Entry, reporter: Reporter) -> Mapping:
    """Each fact with what the edition says of it; a bare value is the fact's main one."""
    facts = _value(leaflet, "facts")
    own = facts if isinstance(facts, Mapping) else Mapping((), said.value.span)
    known = _named(Entry(said.key, own))
    entries = []
    for name, entry in _named(said).items():
        old = known[name].value if name in known else None
        value = entry.value
        if isinstance(value, Scalar) and isinstance(old, Mapping):
            value = _main_value(old, value)
        elif isinstance(value, Mapping) and isinstance(old, Mapping):
            value = _merged(old, value)
        elif isinstance(value, Scalar):
            near = suggest(name, list(known))
            reporter.error("edition.unknown-fact", entry.key.span, name=name, suggestion=near)
            continue
        entries.append(Entry(entry.key, value))
    key = _key(leaflet, "facts") if facts is not None else said.key
    return _replaced(leaflet, [Entry(key, _replaced(own, entries))])


def _main_value(fact: Mapping, value: Scalar) -> Mapping:
    """The fact with another number, name or address, and nothing that belonged to the old one."""
    kind = next((e.key for e in fact.entries if e.key.value in FACT_KINDS), None)
    if kind is None:
        return fact
    return Mapping(
        tuple(Entry(e.key, value) if e.key is kind else e for e in fact.entries), value.span
    )


def _merged(fact: Mapping, said: Mapping) -> Mapping:
    """Another kind of fact stands for the whole; otherwise key by key."""
    kinds = {e.key.value for e in said.entries} & set(FACT_KINDS)
    had = {e.key.value for e in fact.entries} & set(FACT_KINDS)
    return said if kinds - had else _replaced(fact, list(said.entries))


# --- blocks ---------------------------------------------------------------------------


def _with_blocks(node: Node, fresh: dict[str, Node], out: frozenset[str]) -> Node:
    """The tree with blocks exchanged or left out."""
    if isinstance(node, Sequence):
        kept = (each for each in node.items if _id(each) not in out)
        return Sequence(
            tuple(_with_blocks(each, fresh, out) for each in kept), node.span, node.flow
        )
    if not isinstance(node, Mapping):
        return node
    name = _id(node)
    return Mapping(
        tuple(
            Entry(entry.key, fresh[name])
            if name in fresh and BLOCKS.key(entry.key.value) is not None
            else Entry(entry.key, _with_blocks(entry.value, fresh, out))
            for entry in node.entries
        ),
        node.span,
        node.flow,
    )


def _id(node: Node) -> str:
    """The id of a block, beside its type; "" for what is none."""
    if not isinstance(node, Mapping):
        return ""
    typed = any(BLOCKS.key(entry.key.value) is not None for entry in node.entries)
    found = _value(node, "id")
    return found.value.strip() if typed and isinstance(found, Scalar) else ""


def _ids(node: Node | None) -> Iterator[str]:
    """All ids of blocks in the tree."""
    if isinstance(node, Mapping):
        if name := _id(node):
            yield name
        for entry in node.entries:
            yield from _ids(entry.value)
    elif isinstance(node, Sequence):
        for each in node.items:
            yield from _ids(each)


def _report_unknown(
    leaflet: Mapping, fresh: dict[str, Entry], out: dict[str, Scalar], reporter: Reporter
) -> None:
    places = [(name, entry.key.span) for name, entry in fresh.items()]
    places += [(name, node.span) for name, node in out.items()]
    if not places:
        return
    known = set(_ids(_value(leaflet, "pages")))
    for name, span in places:
        if name not in known:
            near = suggest(name, sorted(known))
            reporter.error(
                "edition.unknown-block",
                span,
                name=name,
                suggestion=near,
                known="、".join(sorted(known)),
            )
