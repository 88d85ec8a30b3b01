"""The way in: bytes → findings and facts of an accessible file."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from layout.diagnostics import Reporter, Span
from layout.display.pdf.streams import Budget
from layout.preflight.accessible.case import ARCHIVE, UA, Annotation, Case, Check, claims
from layout.preflight.accessible.rules import CHECKS
from layout.preflight.accessible.tagged import Forms, TaggedPage, read_tagged
from layout.preflight.accessible.tree import read_tree
from layout.preflight.accessible.xmp import UA_ID, read_packet
from layout.preflight.finished.check import BYTES_MOST, hand_over, surviving
from layout.preflight.finished.content_shared import Shared
from layout.preflight.finished.facts import Facts
from layout.preflight.finished.inventory import take_inventory
from layout.preflight.finished.marks import PageMarks
from layout.preflight.finished.metadata import read_said
from layout.preflight.finished.objects import (
    is_array,
    is_dictionary,
    name_of,
    number_of,
    read_box,
)
from layout.preflight.finished.opening import Opened, open_pdf
from layout.preflight.finished.read import read_facts, unread, with_fonts

_HIDDEN: Final = 2


def judge_accessible(data: bytes, file: str, reporter: Reporter, *, archive: bool = False) -> Facts:
    """Judge a file by PDF/UA-1, and by PDF/A-2 if it claims that or ``archive`` asks for it.

    ``file`` is its name as findings say it.  Never raises for what the file contains.
    The facts' flavour is what the metadata claim.
    """
    found = Reporter()
    facts = unread(file, data)
    opened = open_pdf(data, file, found)
    if opened is not None:
        with opened.pdf, surviving("facts", Span(file), found):
            facts = _judge(data, opened, facts, archive, found)
        if not facts.opened:
            found.error("pdf.unopened", Span(file), problem="facts")
    hand_over(found, Span(file), reporter)
    return facts


def claims_accessible(data: bytes) -> bool:
    """Whether the file says that it is PDF/UA."""
    opened = open_pdf(data, "", Reporter())
    if opened is None:
        return False
    with opened.pdf:
        return bool(read_packet(opened.pdf.Root).get(UA_ID, "part"))


def read_case(data: bytes, opened: Opened, facts: Facts, archive: bool, told: Reporter) -> Case:
    """Everything that is read before anything is judged."""
    said, xmp = read_said(opened.pdf), read_packet(opened.pdf.Root)
    facts = read_facts(opened, said, facts)
    claimed = claims(xmp)
    facts = replace(facts, flavour="、".join(claimed))
    shared, forms = Shared(), Forms()
    pages = tuple(_read_pages(opened, facts, shared, forms, told))
    numbers = {page.objgen: number for number, page in enumerate(opened.pages, 1)}
    return Case(
        data=data,
        opened=opened,
        facts=with_fonts(facts, [page.marks for page in pages]),
        said=said,
        xmp=xmp,
        inventory=take_inventory(opened.pdf.Root, opened.pages),
        tree=read_tree(opened.pdf.Root, numbers),
        pages=pages,
        annotations=tuple(_annotations(opened, facts)),
        forms=forms,
        shared=shared,
        budget=Budget(BYTES_MOST),
        archive=archive or any(each.startswith(ARCHIVE) for each in claimed),
        numbers=numbers,
    )


def _judge(data: bytes, opened: Opened, facts: Facts, archive: bool, reporter: Reporter) -> Facts:
    case = read_case(data, opened, facts, archive, reporter)
    _run(CHECKS[UA], case, reporter)
    if case.archive:
        _run(CHECKS[ARCHIVE], case, reporter)
    for each in case.findings():
        reporter.add(each)
    return case.facts


def _run(checks: Sequence[Check], case: Case, reporter: Reporter) -> None:
    for check in checks:
        with surviving(check.__name__, Span(case.facts.name), reporter):
            check(case)


def _read_pages(
    opened: Opened, facts: Facts, shared: Shared, forms: Forms, reporter: Reporter
) -> Iterator[TaggedPage]:
    for page, known in zip(opened.pages, facts.pages, strict=True):
        number = known.number
        read = TaggedPage(PageMarks(number, (), (), {}), (), (), (), (), ())
        with surviving(f"page {number}", Span(facts.name), reporter):
            read = read_tagged(page, number, known.trim, shared, forms)
        yield read


def _annotations(opened: Opened, facts: Facts) -> Iterator[Annotation]:
    """Every annotation of every page."""
    for page, known in zip(opened.pages, facts.pages, strict=True):
        held = page.get("/Annots")
        for each in held if is_array(held) else ():
            if not is_dictionary(each):
                continue
            box = read_box(each.get("/Rect"))
            flags = int(number_of(each.get("/F"), 0))
            outside = box is not None and not box.meets(known.crop)
            kind = name_of(each.get("/Subtype"))[1:]
            yield Annotation(each, known.number, kind, box, bool(flags & _HIDDEN), outside)
