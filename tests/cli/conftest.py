"""What waits for the structural judge of finished files (issue 4): known to fail until it is written."""

import pytest

WAITING = (
    "test_our_own_press_file_passes",
    "test_single_pages_and_sheets_pass_too",
    "test_the_terminal_tells_what_the_file_is_and_the_verdict",
    "test_a_fault_in_another_program_s_file_has_page_and_place",
    "test_the_place_is_said_on_the_terminal_in_both_languages",
    "test_a_page_without_trim_box_is_refused",
    "test_a_pdf_of_quite_another_program",
    "test_several_files_and_the_worst_verdict",
    "test_a_shop_judges_by_its_own_figures",
    "test_a_file_of_ours_is_judged_by_what_it_was_written_for",
    "test_findings_in_our_own_file_name_the_line",
    "test_a_moved_folder_still_knows_its_lines",
    "test_the_report_is_one_page_that_needs_nothing_else",
    "test_the_spec_sheet_says_what_the_file_is",
    "test_the_fonts_are_those_of_the_file",
    "test_other_pdfs_of_the_same_run_go_with_it",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that passes all the same fails the run, so the list cannot go stale."""
    for item in items:
        if getattr(item, "originalname", item.name) in WAITING:
            item.add_marker(pytest.mark.xfail(reason="finished files are not judged yet"))
