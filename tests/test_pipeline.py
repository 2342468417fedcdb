"""The daily run over real HTTP into a real database: one outcome for each URL, whatever the sources are like."""

import json
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from screener.bootstrap import open_scan, open_store
from screener.records import SkipReason
from screener.screening import Screener
from screener.settings import load_settings
from screener.store import QueueItem

from .scans import QUIET, Scanned, outcomes, sample_copy, scan

AD = "Dicari admin chat Kamboja, gaji 12 juta, paspor ditahan perusahaan, berangkat visa turis. WA 0812-0000-7890"
SITE_SOURCE = '[sample_site]\nfolder = "site"\n[[source]]\nname = "board"\nkind = "listing"\ndelay_seconds = 0.0\n'


def file_source(folder: Path, name: str, more: str = "") -> Path:
    path = folder / "screener.toml"
    path.write_text(f'[[source]]\nname = "files"\nkind = "file"\nseeds = ["{name}"]\n{more}', encoding="utf-8")
    return path


def site_source(folder: Path, pages: dict[str, str], more: str = "") -> Path:
    host = folder / "site" / "board.test"
    host.mkdir(parents=True)
    for name, html in pages.items():
        (host / name).write_text(html, encoding="utf-8")
    path = folder / "screener.toml"
    path.write_text(SITE_SOURCE + f'seeds = ["http://board.test/index.html"]\n{more}', encoding="utf-8")
    return path


def page(body: str) -> str:
    return f"<html><head><title>Lowongan</title></head><body><main>{body}</main></body></html>"


def listing(*names: str, following: str = "") -> str:
    links = "".join(f'<p><a href="{name}">Lowongan kerja luar negeri {name}</a></p>' for name in names)
    return page(links + (f'<a rel="next" href="{following}">berikutnya</a>' if following else ""))


def test_every_url_ends_in_one_outcome(first: Scanned) -> None:
    assert first.problems == []
    assert [url for url, outcome in first.outcomes if not outcome] == []
    assert len({url for url, _ in first.outcomes}) == len(first.outcomes)
    assert len(first.findings) + len(first.skips) == len(first.outcomes)
    assert first.run.finished_at is not None


def test_each_address_is_asked_once(first: Scanned) -> None:
    redirected = ("cahaya-mandiri.test", "/lowongan/terapis-spa-hotel-antalya.html", 200)
    counts = Counter(first.requests)
    assert {request: count for request, count in counts.items() if count > 1} == {redirected: 2}


def test_robots_txt_comes_before_all_else_of_its_host(first: Scanned) -> None:
    opening: dict[str, str] = {}
    for host, path, _ in first.requests:
        opening.setdefault(host, path)
    assert set(opening.values()) == {"/robots.txt"}
    assert not [path for _, path, _ in first.requests if path.startswith("/privat/")]


def test_a_second_scan_asks_conditionally_and_finds_nothing_new(first: Scanned, second: Scanned) -> None:
    asked = [(path, status) for _, path, status in second.requests if path != "/robots.txt"]
    whole = {path for path, status in asked if status == 200}
    assert second.run.id == first.run.id + 1
    assert whole == set()
    assert len([1 for _, status in asked if status == 304]) >= len(first.findings)
    assert second.report.new == frozenset()


def test_a_second_scan_of_an_unchanged_site_has_the_same_outcomes(first: Scanned, second: Scanned) -> None:
    assert second.outcomes == first.outcomes
    assert len(first.report.new) == len({finding.id for finding in first.report.findings})


def test_changed_settings_close_an_interrupted_run_and_begin_another(tmp_path: Path, screener: Screener) -> None:
    (tmp_path / "ads.txt").write_text(AD, encoding="utf-8")
    config = file_source(tmp_path, "ads.txt")
    with open_scan(load_settings(config, {}), QUIET, screener) as interrupted:
        assert interrupted.run == 1
    config.write_text(config.read_text() + "expected_min = 1\n", encoding="utf-8")
    done = scan(config, screener)
    with open_store(done.settings) as store:
        assert [run.id for run in store.abandoned_runs()] == [1]
    assert (done.run.id, len(done.findings)) == (2, 1)


def test_the_same_settings_go_on_with_an_interrupted_run(tmp_path: Path, screener: Screener) -> None:
    (tmp_path / "ads.txt").write_text(AD, encoding="utf-8")
    config = file_source(tmp_path, "ads.txt")
    with open_scan(load_settings(config, {}), QUIET, screener):
        pass
    assert scan(config, screener).run.id == 1


JSONL = [{"id": 1, "text": AD}, {"id": 2}, "[]", {"text": AD}, {"id": 5, "text": AD, "title": "Admin"}, "{oops"]


def test_a_jsonl_source_gives_findings_and_bad_rows_by_line(tmp_path: Path, screener: Screener) -> None:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in JSONL]
    (tmp_path / "ads.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = scan(file_source(tmp_path, "ads.jsonl"), screener)
    assert [finding.document.id for _, finding in sorted(done.findings.items())] == ["1", "5"]
    assert {skip.reason for skip in done.skips.values()} == {SkipReason.BAD_ROW}
    assert sorted(url.rpartition("#")[2] for url in done.skips) == ["2", "3", "4", "6"]


def test_bad_rows_are_told_in_the_health_of_their_source(tmp_path: Path, screener: Screener) -> None:
    (tmp_path / "ads.jsonl").write_text(json.dumps({"id": 1, "text": AD}) + "\n{oops\n", encoding="utf-8")
    health = scan(file_source(tmp_path, "ads.jsonl"), screener).report.health[0]
    assert (health.found, health.findings, health.skips) == (2, 1, 1)
    assert "1 bad rows were left out (the first: line 2: not JSON" in health.note


def test_a_csv_source_carries_its_other_columns(tmp_path: Path, screener: Screener) -> None:
    (tmp_path / "ads.csv").write_text(f'id,text,channel\n1,"{AD}",a\n2,,b\n3,"{AD}",c\n', encoding="utf-8")
    done = scan(file_source(tmp_path, "ads.csv"), screener)
    assert [finding.document.carried for _, finding in sorted(done.findings.items())] == [
        {"channel": "a"},
        {"channel": "c"},
    ]
    assert [skip.reason for skip in done.skips.values()] == [SkipReason.BAD_ROW]


def test_each_file_of_a_folder_has_an_outcome_of_its_own(tmp_path: Path, screener: Screener) -> None:
    folder = tmp_path / "saved" / "deep"
    folder.mkdir(parents=True)
    for number in range(3):
        (folder / f"page-{number}.html").write_text(page(f"<p>{AD} Nomor {number}.</p>"), encoding="utf-8")
    (folder.parent / "empty.html").write_text(page(""), encoding="utf-8")
    done = scan(file_source(tmp_path, "saved"), screener)
    names = sorted(finding.document.id for finding in done.findings.values())
    assert names == [f"deep/page-{number}.html" for number in range(3)]
    assert [skip.reason for skip in done.skips.values()] == [SkipReason.EMPTY]


UNREADABLE = {"no such file": "none.jsonl", "an empty folder": "nothing", "a kind that is not read": "ads.pdf"}


@pytest.mark.parametrize("name", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_file_that_cannot_be_read_stops_no_other_source(tmp_path: Path, screener: Screener, name: str) -> None:
    (tmp_path / "ads.txt").write_text(AD, encoding="utf-8")
    (tmp_path / "ads.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "nothing").mkdir()
    other = '[[source]]\nname = "other"\nkind = "file"\nseeds = ["ads.txt"]\n'
    done = scan(file_source(tmp_path, name, other), screener)
    notes = {health.source: health.note for health in done.report.health}
    assert name in notes["files"]
    assert (notes["other"], len(done.findings)) == ("", 1)


def test_rows_that_left_a_file_while_its_scan_was_interrupted_are_skipped(tmp_path: Path, screener: Screener) -> None:
    path = tmp_path / "ads.jsonl"
    path.write_text(json.dumps({"id": 1, "text": AD}) + "\n", encoding="utf-8")
    config = file_source(tmp_path, "ads.jsonl")
    with open_scan(load_settings(config, {}), QUIET, screener) as running:
        gone = QueueItem(url=f"file:{path}#2", source="files", role="item")
        running.store.enqueue(running.run, [gone])
    done = scan(config, screener)
    assert (done.run.id, len(done.findings)) == (1, 1)
    assert done.skips[gone.url].reason is SkipReason.NOT_FOUND


def test_a_listing_that_fails_is_told_and_stops_no_other_source(tmp_path: Path, screener: Screener) -> None:
    other = '[[source]]\nname = "other"\nkind = "listing"\nseeds = ["http://board.test/gone.html"]\n'
    config = site_source(tmp_path, {"index.html": listing("a-b-c.html"), "a-b-c.html": page(f"<p>{AD}</p>")}, other)
    done = scan(config, screener)
    notes = {health.source: health.note for health in done.report.health}
    assert "1 of its listing pages could not be read (not_found" in notes["other"]
    assert (notes["board"], len(done.findings)) == ("", 1)


def test_a_source_that_shrank_is_told(tmp_path: Path, screener: Screener) -> None:
    config = site_source(
        tmp_path, {"index.html": listing("a-b-c.html"), "a-b-c.html": page(f"<p>{AD}</p>")}, "expected_min = 5\n"
    )
    assert "1 items found, at least 5 expected" in scan(config, screener).report.health[0].note


def test_items_beyond_the_limit_of_a_source_are_skipped_and_counted(tmp_path: Path, screener: Screener) -> None:
    names = [f"kerja-nomor-{number}.html" for number in range(6)]
    pages = {name: page(f"<p>{AD} {name}</p>") for name in names}
    done = scan(site_source(tmp_path, {"index.html": listing(*names), **pages}, "pages_max = 4\n"), screener)
    assert len(done.findings) == 4
    assert [skip.reason for skip in done.skips.values()] == [SkipReason.SITE_LIMIT] * 2
    assert len([path for _, path, _ in done.requests if "kerja" in path]) == 4


def test_a_listing_without_end_ends(tmp_path: Path, screener: Screener) -> None:
    pages = {f"hal{number}.html": listing("a-b-c.html", following=f"hal{number + 1}.html") for number in range(40)}
    pages |= {"index.html": listing("a-b-c.html", following="hal0.html"), "a-b-c.html": page(f"<p>{AD}</p>")}
    done = scan(site_source(tmp_path, pages, "pages_max = 5\n"), screener)
    assert len(done.findings) == 1
    assert len([path for _, path, _ in done.requests if "hal" in path]) <= 5


def test_a_changed_page_is_screened_anew(tmp_path: Path, screener: Screener) -> None:
    config = site_source(tmp_path, {"index.html": listing("a-b-c.html"), "a-b-c.html": page(f"<p>{AD}</p>")})
    before = scan(config, screener)
    changed = page("<p>Resep soto ayam: rebus ayam dengan serai, lalu sajikan dengan nasi hangat.</p>")
    (tmp_path / "site" / "board.test" / "a-b-c.html").write_text(changed, encoding="utf-8")
    after = scan(config, screener)
    assert "gaji 12 juta" in before.findings["http://board.test/a-b-c.html"].document.text
    assert "soto ayam" in after.findings["http://board.test/a-b-c.html"].document.text
    assert len(after.report.new) == 1


def test_a_site_that_is_gone_gives_a_note_and_no_outcome(tmp_path: Path, screener: Screener) -> None:
    config = sample_copy(tmp_path / "sample")
    config.write_text(config.read_text(encoding="utf-8").replace("loker-bahari.test/l", "nobody.test/l"))
    done = scan(config, screener, {"SCREENER_DATA": str(tmp_path / "data")})
    notes = {health.source: health.note for health in done.report.health}
    assert "could not be read" in notes["loker-bahari"]
    assert [url for url, _ in outcomes(tmp_path / "data", 1) if "nobody" in url] == []
    with closing(open_store(done.settings)) as store:
        assert store.check() == []
