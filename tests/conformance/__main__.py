"""Prints the report; ``--write`` also writes the baseline and the page of the documentation."""

import sys

from tests.conformance.report import text, write_baseline, write_page
from tests.conformance.suite import run

findings = run()
print(text(findings))
if "--write" in sys.argv[1:]:
    write_baseline(findings)
    write_page(findings)
