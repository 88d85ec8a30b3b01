"""The report on finished files: one page that needs no network, pictures and findings together."""

from layout.preflight.report.page import Judged, report_html

__all__ = ["Judged", "report_html"]
