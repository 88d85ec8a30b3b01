"""What waits for the structural judge of finished files (issue 4): known to fail until it is written."""

import pytest

WAITING = (
    "test_a_fault_in_another_program_s_file_has_page_and_place",
    "test_the_place_is_said_on_the_terminal_in_both_languages",
    "test_findings_in_our_own_file_name_the_line",
    "test_a_moved_folder_still_knows_its_lines",
    "test_the_report_is_one_page_that_needs_nothing_else",
    "test_the_spec_sheet_says_what_the_file_is",
    "test_the_fonts_are_those_of_the_file",
    "test_other_pdfs_of_the_same_run_go_with_it",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They may pass or fail until the judge reads content streams too."""
    for item in items:
        if getattr(item, "originalname", item.name) in WAITING:
            reason = "content streams of finished files are not judged yet"
            item.add_marker(pytest.mark.xfail(reason=reason, strict=False))
