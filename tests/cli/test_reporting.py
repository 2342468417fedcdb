"""What a run comes to, in a few lines on the terminal: the same numbers as in the report."""

from pathlib import Path

from screener.cli.reporting import summary
from tests.factory import finding, report


def test_a_page_that_two_sources_found_counts_twice_and_is_new_twice() -> None:
    twice = finding()
    told = summary(report([twice, twice], new=frozenset({twice.id})), Path("report.html"), Path("screener.toml"))
    assert "2 findings, 0 skipped, 2 new" in told
