"""Page to finding: the stages composed, named by what they worked with, and the same every time."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.detect import Detector, load_detector
from screener.errors import ExtractError, ModelError
from screener.extract import LanguageIdentifier
from screener.records import Kind, Page, Scope, Source, SourceKind
from screener.score.features import features
from screener.score.manifest import Golden
from screener.screening import Screener, check_golden, finding_id, plain_document, read_text
from tests.factory import document
from tests.score.factory import model

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SOURCE = Source(name="loker", kind=SourceKind.LISTING, seeds=())
AD = "Dibutuhkan admin di Kamboja. Paspor dipegang bos selama kontrak. Gaji 15 juta, minat WA 0812-0000-0001."


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


@pytest.fixture(scope="module")
def screener(detector: Detector) -> Screener:
    scorer = model(features(detector.indicators, detector.combination_titles))
    return Screener(detector=detector, model=scorer, identify=LanguageIdentifier(), now=lambda: NOW)


def page(body: str) -> Page:
    content = body.encode()
    return Page(
        url="https://loker.test/1",
        final_url="https://loker.test/1",
        status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        body=content,
        digest=hashlib.sha256(content).hexdigest(),
        fetched_at=NOW,
        source="loker",
    )


def test_a_page_becomes_a_finding_with_exact_quotes(screener: Screener) -> None:
    html = f"<html><title>Admin Kamboja</title><body><main><h1>Admin Kamboja</h1><p>{AD}</p></main></body></html>"
    finding = screener.screen_page(page(html), SOURCE)
    assert (finding.kind, finding.scope) == (Kind.AD, Scope.OVERSEAS)
    assert "document-retention" in {flag.indicator for flag in finding.flags}
    texts = {"text": finding.document.text, "title": finding.document.title}
    assert all(texts[flag.field][flag.span.start : flag.span.end] == flag.quote for flag in finding.flags)


def test_a_page_without_text_is_refused_with_its_reason(screener: Screener) -> None:
    with pytest.raises(ExtractError):
        screener.screen_page(page("<html><body></body></html>"), SOURCE)


def test_a_finding_names_what_it_was_made_with(screener: Screener, detector: Detector) -> None:
    finding = screener.screen(document(text=AD))
    assert (finding.ruleset, finding.score.model, finding.screened_at) == (
        detector.ruleset,
        screener.model.name,
        NOW,
    )
    assert finding.id == finding_id(finding.document.id, finding.score.model, finding.ruleset)


def test_the_same_document_gives_the_same_finding(screener: Screener) -> None:
    assert screener.screen(document(text=AD)) == screener.screen(document(text=AD))


OTHERS = [("document", ("d2", "m", "r")), ("model", ("d", "m2", "r")), ("ruleset", ("d", "m", "r2"))]


@pytest.mark.parametrize("parts", [c[1] for c in OTHERS], ids=[c[0] for c in OTHERS])
def test_another_part_gives_another_id(parts: tuple[str, str, str]) -> None:
    assert finding_id(*parts) != finding_id("d", "m", "r")
    assert finding_id("dm", "", "r") != finding_id("d", "m", "r")


@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_ends_in_a_finding(screener: Screener, text: str) -> None:
    finding = screener.screen(plain_document(text))
    assert 0 <= finding.score.probability <= 1
    assert finding.document.text == text


def test_a_text_on_its_own_keeps_its_contacts(detector: Detector) -> None:
    reading = read_text(detector, AD)
    assert [contact.value for contact in reading.document.contacts] == ["+6281200000001"]
    assert (reading.document.url, reading.plain_title) == ("", "")


def test_golden_texts_that_score_otherwise_are_noticed(detector: Detector, screener: Screener) -> None:
    right = screener.model.score(read_text(detector, AD)).probability
    listed = features(detector.indicators, detector.combination_titles)
    check_golden(detector, model(listed, [Golden(text=AD, probability=right)]))
    with pytest.raises(ModelError, match="train again with `screener train`"):
        check_golden(detector, model(listed, [Golden(text=AD, probability=right / 2)]))


def test_rules_of_ones_own_change_the_finding_but_need_no_other_model(tmp_path: Path, screener: Screener) -> None:
    (tmp_path / "own.toml").write_text(
        '[[rule]]\nname = "visit-visa/own"\nindicator = "visit-visa"\nfind = ["document"]\nhits = ["paspor"]\n',
        encoding="utf-8",
    )
    own = load_detector([tmp_path])
    assert own.base_ruleset == screener.detector.base_ruleset
    assert own.ruleset != screener.detector.ruleset
