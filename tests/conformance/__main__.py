"""Prints the report; ``--write`` also writes the baseline and the page of the documentation.

``--peers`` sets the same texts with other tools and prints all figures side by side; with
``--write`` they become a section of the page.
"""

import sys

from tests.conformance.report import text, write_baseline, write_page, write_section
from tests.conformance.suite import run


def main(asked: list[str]) -> int:
    """Run the suite, alone or beside other tools."""
    if "--peers" in asked:
        return beside("--write" in asked)
    findings = run()
    print(text(findings))
    if "--write" in asked:
        write_baseline(findings)
        write_page(findings)
    return 0


def beside(write: bool) -> int:
    """The suite and the other tools."""
    from tests.conformance import peers

    if lacking := peers.missing():
        print(f"not installed: {', '.join(lacking)} - pip install '.[bench]'", file=sys.stderr)
        return 1
    findings, results = run(), peers.compare()
    print(peers.table(findings, results))
    for result in results:
        print(peers.details(result))
    if write:
        write_section(peers.section(findings, results))
    return 0


sys.exit(main(sys.argv[1:]))
