import json
from pathlib import Path

import pytest

from screener.detect import load_detector
from screener.screening import Screener, plain_document, read_text

from .plain import STYLES, PlainAd, plain_ads
from .plain_figures import OBFUSCATED_LIMIT, SEVERE_LIMIT, PlainFigures

COUNT = 400
SEED = 8


@pytest.fixture(scope="module")
def ads() -> list[PlainAd]:
    return plain_ads(COUNT, SEED)


@pytest.fixture(scope="module")
def figures(ads: list[PlainAd]) -> PlainFigures:
    detector = load_detector()
    return PlainFigures.of(read_text(detector, ad.text) for ad in ads)


def test_the_same_seed_gives_the_same_ads_and_another_seed_others(ads: list[PlainAd]) -> None:
    assert plain_ads(COUNT, SEED) == ads
    assert not {ad.text for ad in ads} & {ad.text for ad in plain_ads(COUNT, SEED + 1)}


def test_no_two_ads_are_alike_and_every_family_and_style_is_there(ads: list[PlainAd]) -> None:
    assert len({ad.text for ad in ads}) == COUNT
    assert {ad.style for ad in ads} == set(STYLES)
    assert len({ad.family for ad in ads}) >= 40


def test_no_slot_is_left_open(ads: list[PlainAd]) -> None:
    assert not [ad.text for ad in ads if "{" in ad.text or "}" in ad.text]


def test_plain_ads_raise_next_to_no_severe_flag(figures: PlainFigures) -> None:
    assert figures.severe < SEVERE_LIMIT, figures.severe_quotes()


def test_ads_written_one_by_one_keep_to_the_same_limits(screener: Screener) -> None:
    path = Path(__file__).parent.parent / "corpus" / "plain" / "ads.jsonl"
    _, *rows = path.read_text(encoding="utf-8").splitlines()
    written = PlainFigures.of(read_text(screener.detector, json.loads(row)["text"]) for row in rows)
    assert len(rows) == 260
    assert written.severe < SEVERE_LIMIT, written.severe_quotes()
    assert written.obfuscated < OBFUSCATED_LIMIT


def test_plain_ads_are_not_said_to_be_disguised(figures: PlainFigures) -> None:
    assert figures.obfuscated < OBFUSCATED_LIMIT, figures.severe_quotes()


def test_what_the_model_proposes_keeps_to_the_same_limits(screener: Screener, ads: list[PlainAd]) -> None:
    figures = PlainFigures.of(screener.detector.read(plain_document(ad.text)) for ad in ads)
    assert figures.severe < SEVERE_LIMIT, figures.severe_quotes()
    assert figures.obfuscated < OBFUSCATED_LIMIT, figures.severe_quotes()
