"""Content and structure belong together (ISO 14289-1, 7.1; Matterhorn checkpoints 01 and 30)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from layout.preflight.accessible.case import Case, Check
from layout.preflight.accessible.tagged import Holder, Path, TaggedPage
from layout.preflight.accessible.tree import Tree, number_tree
from layout.preflight.finished.objects import is_array, is_dictionary

_FAULTS: Final = {
    "artifact-inside": "ua.01.artifact-inside",
    "inside-artifact": "ua.01.inside-artifact",
    "unbalanced": "ua.01.unbalanced",
}
_SLIPS: Final = {
    "kid-broken": "ua.01.tree-broken",
    "shared": "ua.01.tree-shared",
    "parent": "ua.01.tree-parent",
}


def check_tagged(case: Case) -> None:
    """There is a structure tree, and the file says that it is tagged (14.7.1)."""
    marked = case.root.get("/MarkInfo")
    if case.tree.root is None:
        case.error("ua.01.no-tree")
    elif not is_dictionary(marked) or marked.get("/Marked") is not True:
        case.error("ua.01.not-marked")
    if is_dictionary(marked) and marked.get("/Suspects") is True:
        case.error("ua.01.suspects")


def check_tree(case: Case) -> None:
    """The tree holds together."""
    for slip in case.tree.slips:
        case.error(_SLIPS[slip.what], slip.page, tag=slip.kind)
    if not case.tree.complete:
        case.warning("pdf.too-large", pages=len(case.pages))


def check_marking(case: Case) -> None:
    """Artifacts and content are not within one another (01-003, 01-004)."""
    for page in case.pages:
        for fault in page.faults:
            case.error(_FAULTS[fault.what], page.number, fault.box, tag=fault.tag)


def check_untagged(case: Case) -> None:
    """Everything painted is content of an element, or an artifact (01-005)."""
    if case.tree.root is None:
        return
    owners = case.tree.owners
    for page in case.pages:
        for mark, path in zip(page.marks.marks, page.within, strict=True):
            if (code := _stray(path, owners)) is not None:
                case.error(code, page.number, mark.box)
        for heard in page.heard:
            if heard.blank and (code := _stray(heard.path, owners)) is not None:
                case.error(code, page.number)


def _stray(path: Path, owners: Mapping[tuple[Holder, int], Any]) -> str | None:
    """What is wrong with content within these sequences."""
    numbered = [each for each in path if each.mcid >= 0]
    if any(each.is_artifact for each in path):
        return None
    if not numbered:
        return "ua.01.untagged"
    if any((each.holder, each.mcid) in owners for each in numbered):
        return None
    return "ua.01.unclaimed"


def check_numbers(case: Case) -> None:
    """An MCID stands for one sequence and belongs to one element (14.7.4.2)."""
    begun: dict[tuple[Holder, int], int] = {}
    for page in case.pages:
        for bit in page.begun:
            if bit.holder == page.number and (bit.holder, bit.mcid) in begun:
                case.error("ua.01.mcid-twice", page.number, mcid=bit.mcid)
            begun[bit.holder, bit.mcid] = page.number
    for (holder, mcid), owners in case.tree.owners.items():
        where = owners[0].first_page()
        if len(owners) > 1:
            case.error("ua.01.mcid-shared", where, mcid=mcid, tag=owners[1].kind)
        if (holder, mcid) not in begun:
            case.error("ua.01.mcid-missing", where, mcid=mcid, tag=owners[0].kind)


def check_way_back(case: Case) -> None:
    """From content to its element: StructParents and the parent tree (14.7.4.4)."""
    if case.tree.root is None:
        return
    entries = number_tree(case.tree.root.get("/ParentTree"))
    for page in case.pages:
        for holder, held in _holders(case, page):
            numbers = sorted({bit.mcid for bit in page.begun if bit.holder == holder})
            if numbers:
                _compare(case, page.number, (holder, held), numbers, entries)


def _holders(case: Case, page: TaggedPage) -> Iterator[tuple[Holder, Any]]:
    yield page.number, case.opened.pages[page.number - 1]
    for holder in {bit.holder: None for bit in page.begun if isinstance(bit.holder, tuple)}:
        assert isinstance(holder, tuple)
        yield holder, case.forms.found[holder].form


def _compare(
    case: Case, page: int, held: tuple[Holder, Any], numbers: list[int], entries: dict[int, Any]
) -> None:
    holder, thing = held
    key = thing.get("/StructParents")
    row: Any = entries.get(key) if isinstance(key, int) else None
    if not is_array(row):
        case.error("ua.01.struct-parents", page)
        return
    for number in numbers:
        owners = case.tree.owners.get((holder, number), [])
        entry = row[number] if number < len(row) else None
        if owners and not _leads(entry, case.tree, owners[0].held):
            case.error("ua.01.parent-tree", page, mcid=number, tag=owners[0].kind)


def _leads(entry: Any, tree: Tree, held: Any) -> bool:
    """Whether an entry of the parent tree is that element."""
    return is_dictionary(entry) and (not held.objgen[0] or entry.objgen == held.objgen)


def check_forms(case: Case) -> None:
    """A form with content of elements is painted once (30-002)."""
    for painting in case.forms.found.values():
        if painting.marked and painting.times > 1:
            case.error("ua.30.form-twice", times=painting.times)


CONTENTS: Final[tuple[Check, ...]] = (
    check_tagged,
    check_tree,
    check_marking,
    check_untagged,
    check_numbers,
    check_way_back,
    check_forms,
)
