"""The submission pack of a leaflet: its PDFs, and all that is told about them."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath
from typing import Final

from msgspec.structs import replace

from layout.backends.pack import (
    Order,
    checksums,
    font_sheet,
    japanese_text,
    spec_sections,
    spec_text,
    write_zip,
)
from layout.backends.pack.preview import page_pictures
from layout.cli.messages import display_width, render
from layout.cli.outputs import Draft, Job
from layout.cli.report import report_page
from layout.cli.result import CheckedFile, by_place, finding_data
from layout.cli.spec_pdf import spec_pdf
from layout.diagnostics import Diagnostic, Severity
from layout.display.model import Fold
from layout.preflight.rendered import Rendered
from layout.units import to_mm

LANG: Final = "ja"  # of the pack: it goes to a print shop in Japan
SPEC: Final = "spec.txt"
SPEC_PDF: Final = "spec.pdf"
FONTS: Final = "fonts.txt"
SUMS: Final = "SHA256SUMS"
REPORT: Final = "preflight"
PREVIEW: Final = "preview"


def make_pack(job: Job) -> list[Draft]:
    """The zip.  The press file leads; other PDFs made in the same run go with it."""
    (press,) = job.get("press")
    facts, rendered = job.facts[press.file], job.rendered[press.file]
    findings = [_bare(found) for found in by_place(list(job.reporter))]
    files = {draft.file: draft.data for draft in job.pdfs()}
    files |= _previews(job, rendered)
    files[FONTS] = japanese_text(font_sheet(facts.fonts))
    files |= _reports(job, press, findings)
    sections = spec_sections(_order(job), facts, rendered, job.profile)
    sheet = spec_pdf(job.display.title, job.display.date, sections, job.places, job.reporter)
    files |= {SPEC_PDF: sheet} if sheet is not None else {}
    files[SPEC] = japanese_text(
        spec_text(sections, list(_contents(job.pdfs(), files)), display_width)
    )
    files[SUMS] = checksums(files)
    folder = f"{job.stem}-pack"
    whole = {f"{folder}/{name}": data for name, data in files.items()}
    data = write_zip(whole, date.fromisoformat(job.display.date))
    return [Draft("pack", f"{folder}.zip", data)]


def _order(job: Job) -> Order:
    display = job.display
    folds = tuple(
        f"{number}ページ {_fold(fold)}"
        for number, page in enumerate(display.pages, start=1)
        for fold in page.folds
    )
    return Order(display.title, display.author, display.date, display.bound_right, folds)


def _fold(fold: Fold) -> str:
    return f"{'上' if fold.level else '左'}から {to_mm(fold.at):g} mm"


def _previews(job: Job, rendered: Rendered) -> dict[str, bytes]:
    pictures = page_pictures(rendered, job.profile)
    return {f"{PREVIEW}/{job.stem}-p{number}.jpg": data for number, data in pictures.items()}


def _bare(found: Diagnostic) -> Diagnostic:
    """Without the folders of the machine it was made on."""
    return replace(found, span=replace(found.span, file=PurePath(found.span.file).name))


def _reports(job: Job, press: Draft, findings: list[Diagnostic]) -> dict[str, bytes]:
    """What was found, for people and for programs."""
    errors, warnings = (
        sum(found.severity is severity for found in findings)
        for severity in (Severity.ERROR, Severity.WARNING)
    )
    head = [
        "入稿前検査の結果",
        "=" * 60,
        f"検査の基準：{job.profile.label_ja}（{job.profile.name}）",
        f"エラー {errors} 件、注意 {warnings} 件",
        "",
    ]
    told = [render(found, (), LANG) + "\n" for found in findings]
    data = {
        "profile": job.profile.name,
        "files": {name: facts.sha256 for name, facts in sorted(job.facts.items())},
        "findings": [finding_data(found, LANG) for found in findings],
    }
    judged = CheckedFile(
        press.file, job.profile.name, 0, job.profile, job.facts[press.file],
        job.rendered[press.file], findings,
    )  # fmt: skip
    return {
        f"{REPORT}.html": report_page([judged], LANG),
        f"{REPORT}.txt": japanese_text("\n".join([*head, *told])),
        f"{REPORT}.json": (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8"),
    }


_KINDS: Final = (
    (SPEC, "この仕様書"),
    (SPEC_PDF, "印刷して書き込める仕様書"),
    (FONTS, "書体一覧"),
    (f"{REPORT}.txt", "入稿前検査の結果"),
    (f"{REPORT}.json", "同じ結果（プログラム用）"),
    (f"{REPORT}.html", "同じ結果（絵の付いたページ）"),
    (f"{PREVIEW}/", "仕上がり見本（色は画面用の目安）"),
    (SUMS, "各ファイルの検査値（SHA-256）"),
)


def _contents(drafts: list[Draft], files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Each file of the pack and what it is; the previews together."""
    for draft in drafts:
        yield draft.file, f"印刷用データ、{draft.label}" if draft.label else "印刷用データ"
    for name, what in _KINDS:
        if name in (SPEC, SUMS) or any(file.startswith(name) for file in files):
            yield name, what
