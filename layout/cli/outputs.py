"""What can be made of a leaflet: a table of outputs, each with the function that makes it.

A maker gets the ``Job`` and returns drafts: files that are not written yet.  What it
needs it imports itself, so that nothing is loaded that is not asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from layout.cli.judging import Subject, judge, judge_rendered, relaxed
from layout.diagnostics import NOWHERE, Reporter
from layout.memo import NO_MEMO, Memo

if TYPE_CHECKING:
    from layout.display.model import DisplayList
    from layout.font.library import FontLibrary
    from layout.house.profile import Profile
    from layout.inks.editions import Kind
    from layout.pipeline import Places
    from layout.preflight.finished import Facts
    from layout.preflight.places import Known
    from layout.preflight.rendered import Rendered
    from layout.proof.model import ProofPage
    from layout.source.model import Leaflet
    from layout.style.colours import Editions


class Draft(Struct, frozen=True):
    """A file to be written: ``file`` is its place in the leaflet's folder.

    PDFs for press come with the profile they were written by and with what is known
    of their pages; other files with neither, and with no ``pages``.  ``label`` says in
    Japanese what a file is.
    """

    kind: str
    file: str
    data: bytes
    pages: int = 0
    profile: "Profile | None" = None
    known: "tuple[Known, ...]" = ()
    label: str = ""


class Job(Struct):
    """One leaflet's outputs in the making; each kind is made once, whoever needs it.

    ``profile`` is the press file's; editions for other machines have their own
    unless it was asked for.
    ``facts`` and ``rendered`` are what the judges learned, by the name of the file.
    """

    stem: str
    display: "DisplayList"
    profile: "Profile"
    profile_is_asked_for: bool
    places: "Places"
    library: "FontLibrary"
    editions: "Editions"
    reporter: Reporter
    begin: Callable[[str], None]
    memo: Memo = NO_MEMO
    leaflet: "Leaflet | None" = None
    made: dict[str, list[Draft]] = field(default_factory=dict)
    facts: dict[str, "Facts"] = field(default_factory=dict)
    rendered: dict[str, "Rendered"] = field(default_factory=dict)

    def get(self, kind: str) -> list[Draft]:
        """The drafts of a kind."""
        if kind not in self.made:
            self.begin(kind)
            self.made[kind] = MAKERS[kind](self)
        return self.made[kind]

    def pdfs(self) -> list[Draft]:
        """The press PDFs made so far."""
        return [each for drafts in self.made.values() for each in drafts if each.profile]


def make(job: Job, kinds: Sequence[str], full: bool, unchecked: bool = False) -> list[Draft]:
    """The drafts of all kinds, judged; ``full`` adds the checks that render the press file.

    ``unchecked`` press files are not judged at all, and a warning says so.  What is
    made of judged files comes after the judgement; the proof page comes last of all
    (``proof_drafts``).
    """
    late = [kind for kind in kinds if kind in LATE]
    for kind in kinds:
        if kind in MAKERS and kind not in late:
            job.get(kind)
    if not SCREEN.isdisjoint(kinds):
        from layout.cli.screen_outputs import judge_legible

        judge_legible(job)
    if late:
        job.get("press")
    if unchecked:
        job.reporter.warning("press.unjudged", NOWHERE)
        return [draft for kind in kinds for draft in job.made.get(kind, ())]
    job.begin("check")
    for draft in job.pdfs():
        job.facts[draft.file] = judge(_subject(draft), job.reporter)
    if full or late:
        job.begin("render")
        for draft in job.get("press"):
            job.rendered[draft.file] = judge_rendered(_subject(draft), job.reporter)
    if not job.reporter.has_errors:
        for kind in late:
            job.get(kind)
    return [draft for kind in kinds for draft in job.made.get(kind, ())]


def _subject(draft: Draft) -> Subject:
    assert draft.profile is not None
    return Subject(draft.data, draft.file, draft.profile, draft.known)


def _press(job: Job) -> list[Draft]:
    """All pages in their order."""
    return [_pdf(job, "press", "press", job.display, job.profile)]


def _singles(job: Job) -> list[Draft]:
    """One file a page; its job line still says which of how many."""
    from layout.backends.pdf import write_press
    from layout.display.job_line import with_job_lines
    from layout.font.shape import Shaper
    from layout.preflight.places import places_of

    profile = relaxed(job.profile, "singles")
    lined = with_job_lines(job.display, profile, Shaper(job.library))
    digits = len(str(len(lined.pages)))
    drafts = []
    for number, page in enumerate(lined.pages, start=1):
        single = replace(lined, pages=(page,))
        data = write_press(single, profile, job.reporter)
        file = f"{job.stem}-press-p{number:0{digits}}.pdf"
        drafts.append(
            Draft("singles", file, data, 1, profile, places_of(single), f"{number}ページ")
        )
    return drafts


def _imposed(job: Job) -> list[Draft]:
    """Pages two by two, to be folded."""
    from layout.display.impose import impose

    imposed = impose(job.display, job.profile.bleed, job.reporter)
    if imposed is None:
        return []
    draft = _pdf(job, "a3", "a3", imposed.display, relaxed(job.profile, "a3"))
    how = "二つ折り用の面付け" if imposed.folded else "二丁付け"
    return [replace(draft, label=how)]


def _edition(kind: "Kind", job: Job) -> list[Draft]:
    """Fewer inks: one file, or one for each drum of a risograph."""
    from layout.house.profile import load_profile
    from layout.inks.editions import editions

    drafts = []
    for edition in editions(job.display, job.editions, kind, job.reporter):
        own = edition.profile and not job.profile_is_asked_for
        profile = load_profile(edition.profile) if own else job.profile
        draft = _pdf(job, kind, edition.suffix, edition.display, profile)
        drafts.append(replace(draft, label=edition.label))
    return drafts


def _pdf(job: Job, kind: str, suffix: str, display: "DisplayList", profile: "Profile") -> Draft:
    from layout.pipeline import write
    from layout.preflight.places import places_of

    memo = job.memo if kind == "press" else NO_MEMO
    data = write(display, profile, job.library, job.reporter, memo)
    known = places_of(display, memo)
    return Draft(kind, f"{job.stem}-{suffix}.pdf", data, len(display.pages), profile, known)


def _web(job: Job) -> list[Draft]:
    """The tagged PDF for screens, judged by what PDF/UA-1 and PDF/A-2 ask."""
    from layout.backends.web_pdf import write_web
    from layout.preflight.accessible import judge_accessible

    assert job.leaflet is not None
    data = write_web(job.display, job.leaflet, job.profile, job.reporter)
    file = f"{job.stem}-web.pdf"
    judge_accessible(data, file, job.reporter, archive=True)
    return [Draft("web", file, data, label="ウェブ用PDF")]


def _plates(job: Job) -> list[Draft]:
    """Pictures of every plate of the press file, its total ink, and all plates together."""
    from layout.preflight.rendered.pictures import plate_pictures

    (press,) = job.get("press")
    pages = job.rendered[press.file].pages
    pictures = plate_pictures(pages, job.profile, f"plates/{job.stem}")
    return [Draft("plates", name, data) for name, data in pictures.items()]


def _pack(job: Job) -> list[Draft]:
    """All that goes to the print shop, in one file."""
    from layout.cli.packing import make_pack

    return make_pack(job)


def proof_drafts(job: Job, proof: "ProofPage") -> list[Draft]:
    """The proof page, the proof paper and the facts sheet, once all findings are known."""
    from layout.backends.proof_html import write_proof_html
    from layout.backends.proof_pdf import write_proof_pdf
    from layout.proof.facts_file import facts_file

    page = write_proof_html(proof, job.display, job.profile, job.library)
    paper = write_proof_pdf(proof, job.get("press")[0].data, job.library)
    files = (
        (f"{job.stem}-proof.html", page, "校正紙面"),
        (f"{job.stem}-proof.pdf", paper, "校正紙（印刷用）"),
        (f"{job.stem}-facts.json", facts_file(proof), "照合表（データ）"),
    )
    return [Draft(PROOF, name, data, label=label) for name, data, label in files]


PROOF: Final = "proof"
"""The one output that is made after proofreading, of everything that was found."""


def _screen(kind: str, job: Job) -> list[Draft]:
    """What is read on screens or aloud."""
    from layout.cli.screen_outputs import make_screen

    return make_screen(kind, job)


Maker = Callable[[Job], list[Draft]]
MAKERS: Final[Mapping[str, Maker]] = {
    "press": _press,
    "singles": _singles,
    "a3": _imposed,
    "mono": partial(_edition, "mono"),
    "two-inks": partial(_edition, "two-inks"),
    "riso": partial(_edition, "riso"),
    "web": _web,
    "plates": _plates,
    "pack": _pack,
    "html": partial(_screen, "html"),
    "text": partial(_screen, "text"),
    "png": partial(_screen, "png"),
    "vision": partial(_screen, "vision"),
}
"""Every output but the proof page; the names are those of ``arguments.OUTPUTS``."""

SCREEN: Final = frozenset(("web", "html", "png", "vision"))
"""Outputs that show the page's colours and sizes to everyone: they are judged by that."""

LATE: Final = ("plates", "pack")
"""Outputs that are made of judged press files."""
