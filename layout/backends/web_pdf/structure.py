"""The structure tree as PDF objects (ISO 32000-1, 14.7 and 14.8)."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from layout.backends.pdf.content import Frame
from layout.backends.pdf.file import PressFile
from layout.backends.pdf.identity import text_string
from layout.backends.web_pdf.leaves import Node, Slot, nodes_of
from layout.structure.model import Element, text_of

ROLE_MAP: Final = {"Aside": "Sect", "Em": "Span", "Strong": "Span", "Break": "Span"}
"""Tags that PDF 2.0 has and PDF 1.7 has not, with what stands for them."""

_HEADINGS: Final = tuple(f"H{level}" for level in range(1, 7))
_BLOCK: Final = frozenset(
    (*_HEADINGS, "P", "LI", "Lbl", "LBody", "TH", "TD", "Caption", "Note", "BlockQuote")
)
_CIRCLES: Final = "○●◯・•◦"
_SQUARES: Final = "□■▢◇◆"


class Branch(Struct, frozen=True):
    """Where the tree grows: its file, its pages and their frames."""

    file: PressFile
    pages: Sequence[bytes]
    frames: Sequence[Frame]


def prune(node: Node) -> bool:
    """Take out what holds nothing that is painted; whether anything is left."""
    kept: list[Node | Slot] = []
    for kid in node.kids:
        if kid.marks if isinstance(kid, Slot) else prune(kid):
            kept.append(kid)
    node.kids = kept
    return bool(kept)


def write_tree(
    root: Node, branch: Branch, owners: Sequence[Sequence[Node]], links: Sequence[Node]
) -> bytes:
    """The structure tree; the reference to its root.

    ``owners`` are for each page the nodes of its marked content by MCID, ``links`` the
    nodes of the annotations, whose keys in the parent tree come behind those of pages.
    """
    file, top = branch.file, branch.file.reserve()
    for node in nodes_of(root):
        node.reference = file.reserve()
    for node in nodes_of(root):
        parent = top if node.parent is None else node.parent.reference
        file.put(node.reference, _body(node, parent, branch))
    parents = [b"%d [%s]" % (n, _row(page)) for n, page in enumerate(owners)]
    first = len(owners)
    parents += [b"%d %s" % (first + n, node.reference) for n, node in enumerate(links)]
    tree = file.add(b"<< /Nums [%s] >>" % b" ".join(parents))
    roles = b" ".join(f"/{tag} /{stands}".encode("ascii") for tag, stands in ROLE_MAP.items())
    body = b"<< /Type /StructTreeRoot /K %s /ParentTree %s /ParentTreeNextKey %d /RoleMap << %s >>"
    file.put(
        top, body % (root.reference, tree, first + len(links), roles) + _ids(root, file) + b" >>"
    )
    return top


def _row(nodes: Iterable[Node]) -> bytes:
    return b" ".join(node.reference for node in nodes)


def _ids(root: Node, file: PressFile) -> bytes:
    """The tree of elements that have an id (14.7.2, IDTree), in the order of their bytes."""
    named = {node.element.id.encode("utf-8"): node for node in nodes_of(root) if node.element.id}
    if not named:
        return b""
    keys = sorted(named)
    names = b" ".join(b"<%s> %s" % (_hex(key), named[key].reference) for key in keys)
    leaf = file.add(
        b"<< /Limits [<%s> <%s>] /Names [%s] >>" % (_hex(keys[0]), _hex(keys[-1]), names)
    )
    return b" /IDTree << /Kids [%s] >>" % leaf


def _hex(data: bytes) -> bytes:
    return data.hex().encode("ascii")


def _body(node: Node, parent: bytes, branch: Branch) -> bytes:
    """A structure element (table 323)."""
    element = node.element
    parts = [b"<< /Type /StructElem /S /%s /P %s" % (element.tag.encode("ascii"), parent)]
    if element.id:
        parts.append(b"/ID <%s>" % _hex(element.id.encode("utf-8")))
    if element.tag == "Figure":
        parts.append(b"/Alt " + text_string(element.alt or text_of(element)))
    if element.actual:
        parts.append(b"/ActualText " + text_string(element.actual))
    attributes = _attributes(node, branch)
    if attributes:
        parts.append(b"/A [%s]" % b" ".join(attributes))
    home = _home(node)
    if home is not None:
        parts.append(b"/Pg " + branch.pages[home])
    parts.append(b"/K [%s] >>" % b" ".join(_kids(node, home, branch)))
    return b" ".join(parts)


def _home(node: Node) -> int | None:
    """The page of its own first mark."""
    return next((kid.marks[0][0] for kid in node.kids if isinstance(kid, Slot)), None)


def _kids(node: Node, home: int | None, branch: Branch) -> Iterable[bytes]:
    for kid in node.kids:
        if isinstance(kid, Node):
            yield kid.reference
            continue
        for at, number in kid.marks:
            if at == home:
                yield b"%d" % number
            else:
                yield b"<< /Type /MCR /Pg %s /MCID %d >>" % (branch.pages[at], number)
    for page, link in node.links:
        yield b"<< /Type /OBJR /Pg %s /Obj %s >>" % (page, link)


def _attributes(node: Node, branch: Branch) -> list[bytes]:
    """What readers know of an element besides its type (14.8.5)."""
    element, found = node.element, list[bytes]()
    if element.scope:
        found.append(b"<< /O /Table /Scope /%s >>" % element.scope.encode("ascii"))
    if element.tag == "L":
        found.append(b"<< /O /List /ListNumbering /%s >>" % _numbering(element))
    if element.tag == "Figure" and node.box is not None:
        frame = branch.frames[_home(node) or 0]
        left, top, right, bottom = node.box
        # What runs into the bleed is not on this page.
        corners = frame.at(max(left, 0), min(bottom, frame.height)) + b" "
        corners += frame.at(right, max(top, 0))
        found.append(b"<< /O /Layout /Placement /Block /BBox [%s] >>" % corners)
    if element.tag in _BLOCK and _is_vertical(node):
        found.append(b"<< /O /Layout /WritingMode /TbRl >>")
    return found


def _is_vertical(node: Node) -> bool:
    """Whether words of it run down the page, and nothing around it says so already."""
    slots = (kid for each in nodes_of(node) for kid in each.kids if isinstance(kid, Slot))
    return any(slot.vertical for slot in slots) and not _says_vertical(node.parent)


def _says_vertical(node: Node | None) -> bool:
    return node is not None and node.element.tag in _BLOCK and _is_vertical(node)


def _numbering(element: Element) -> bytes:
    """How its labels count (table 347)."""
    label = next(
        (
            text_of(part).strip()
            for item in element.children
            if isinstance(item, Element)
            for part in item.children
            if isinstance(part, Element) and part.tag == "Lbl"
        ),
        "",
    )
    if not label:
        return b"None"
    core = label.strip("()（）.．、 　")
    if core.isdecimal() or (len(core) == 1 and "①" <= core <= "⑳"):
        return b"Decimal"
    if core[:1] in _SQUARES:
        return b"Square"
    if core in _CIRCLES:
        return b"Disc"
    return b"LowerAlpha" if core.isascii() and core.islower() else b"Disc"
