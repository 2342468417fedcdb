import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from screener.errors import RunError
from screener.records import Report
from screener.report.html import render
from screener.report.write import write
from tests import factory

NAMES = ["index.html", "findings.csv", "findings.jsonl"]
_ENDLESS_WRITER = """
import sys; sys.path.insert(0, sys.argv[2])
from pathlib import Path
from tests import factory
from screener.report.write import write
findings = [factory.finding(factory.document(url=str(place))) for place in range(40)]
while True:
    write(factory.report(findings), Path(sys.argv[1]), prevalence=0.01, generated_at=factory.NOW)
    print("written", flush=True)
"""


def written(report: Report, folder: Path) -> list[Path]:
    return write(report, folder, prevalence=0.01, generated_at=factory.NOW)


def test_three_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "reports" / "7"
    assert written(factory.report([factory.finding()]), folder) == [folder / name for name in NAMES]
    assert sorted(path.name for path in folder.iterdir()) == sorted(NAMES)


def test_the_page_on_disk_is_the_page_rendered(tmp_path: Path) -> None:
    report = factory.report([factory.finding(), factory.finding(probability=0.1)])
    page, *_ = written(report, tmp_path)
    assert page.read_text(encoding="utf-8") == render(report, prevalence=0.01, generated_at=factory.NOW)


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    report = factory.report([factory.finding()])
    first = [path.read_bytes() for path in written(report, tmp_path)]
    assert [path.read_bytes() for path in written(report, tmp_path)] == first


def test_a_failed_report_leaves_the_earlier_one_untouched(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in written(factory.report([factory.finding()]), tmp_path)]
    with pytest.raises(ValueError, match="JSON"):
        written(factory.report([factory.finding(probability=float("nan"))]), tmp_path)
    assert [(tmp_path / name).read_bytes() for name in NAMES] == first
    assert len(list(tmp_path.iterdir())) == 3


def test_a_folder_that_is_a_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("")
    with pytest.raises(RunError, match=r"cannot be written to .*report"):
        written(factory.report(), tmp_path / "report")


def test_a_link_in_the_place_of_a_file_is_replaced_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("kept")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").symlink_to(target)
    written(factory.report(), tmp_path / "out")
    assert target.read_text() == "kept"
    assert not (tmp_path / "out" / "index.html").is_symlink()


def test_a_killed_writer_leaves_no_half_file(tmp_path: Path) -> None:
    root = str(Path(factory.__file__).parent.parent)
    command = [sys.executable, "-c", _ENDLESS_WRITER, str(tmp_path), root]
    child = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603  our own interpreter
    assert child.stdout
    assert child.stdout.readline() == b"written\n"
    whole = {name: (tmp_path / name).read_bytes() for name in NAMES}
    time.sleep(0.13)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert {name: (tmp_path / name).read_bytes() for name in NAMES} == whole
