"""Findings of finished files: each line's fault is told once, whoever finds it."""

import pytest

from layout.cli import judging
from layout.diagnostics import Reporter, Span
from layout.house.profile import load_profile
from layout.preflight import finished
from layout.preflight.finished import Facts, Place
from layout.preflight.places import Known

LINE = Span("a.yaml", 7, 3)
KNOWN = (Known(1, Place(20, 30, 40, 4), LINE),)


def found_by(monkeypatch: pytest.MonkeyPatch, *codes: str) -> None:
    """A judge that finds these, the last of them where nothing is."""

    def check(data: bytes, name: str, profile: object, reporter: Reporter) -> Facts:
        for code in codes:
            reporter.warning(code, Span(name), page=1, x=20, y=30, w=40, h=4)
        reporter.warning("pdf.elsewhere", Span(name), page=1)
        return Facts(name, len(data), "", opened=True)

    monkeypatch.setattr(finished, "check_pdf", check)


def subject(name: str) -> judging.Subject:
    return judging.Subject(b"", name, load_profile(), KNOWN)


def test_what_the_display_list_showed_is_not_said_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found_by(monkeypatch, "pdf.type-small", "pdf.line-thin")
    reporter = Reporter()
    reporter.warning("press.type-small", LINE, page=1)
    judging.judge(subject("a.pdf"), reporter)
    assert [(d.code, d.span) for d in reporter] == [
        ("press.type-small", LINE),
        ("pdf.line-thin", LINE),
        ("pdf.elsewhere", Span("a.pdf")),
    ]


def test_a_page_in_two_files_has_its_faults_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found_by(monkeypatch, "pdf.line-thin")
    reporter = Reporter()
    for name in ("a.pdf", "b.pdf"):
        judging.judge(subject(name), reporter)
    assert [(d.code, d.span.file) for d in reporter] == [
        ("pdf.line-thin", "a.yaml"),
        ("pdf.elsewhere", "a.pdf"),
        ("pdf.elsewhere", "b.pdf"),
    ]
