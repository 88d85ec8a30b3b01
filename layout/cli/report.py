"""The page with pictures about judged files, for ``check --report`` and the submission pack."""

from collections.abc import Sequence

from layout.cli.result import CheckedFile, by_place, finding_data


def report_page(files: Sequence[CheckedFile], lang: str) -> bytes:
    """The HTML page about the files; those that no profile could judge are left out."""
    from layout.preflight.report import Judged, report_html

    judged = [
        Judged(
            file.path,
            file.judged_by,
            [finding_data(found, lang) for found in by_place(file.findings)],
            file.facts,
            file.rendered,
        )
        for file in files
        if file.judged_by is not None
    ]
    return report_html(judged, lang).encode("utf-8")
