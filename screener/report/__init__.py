"""What leaves the house: one HTML page, one CSV file and one JSONL file for each run."""

from screener.report.build import Thresholds, build
from screener.report.html import render
from screener.report.rows import as_row
from screener.report.write import write

__all__ = ["Thresholds", "as_row", "build", "render", "write"]
