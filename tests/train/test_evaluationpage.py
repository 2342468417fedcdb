"""The page holds every figure, nothing from elsewhere, and fits phone and desk."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

from screener.train.evaluation import Evaluation
from screener.train.evaluationpage import page
from tests.train.benches import evaluation

DONE = evaluation()
PAGE = page(DONE)
HOSTILE = "<img src=x onerror=alert(1)>\u202e{{ 7 * 7 }}"


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "lxml")


def test_the_same_evaluation_gives_the_same_page() -> None:
    assert page(DONE) == PAGE


def test_nothing_comes_from_elsewhere_and_nothing_runs() -> None:
    read = soup(PAGE)
    assert read.select("script, link, img, iframe, form, object, embed") == []
    assert all(str(link["href"]).startswith("#") for link in read.select("[href]"))
    assert read.select("[style]") == []
    policy = str(read.select("meta[http-equiv]")[0]["content"])
    assert f"'sha256-{b64encode(sha256(read.select('style')[0].get_text().encode()).digest()).decode()}'" in policy


def test_no_id_is_used_twice_and_every_link_has_its_place() -> None:
    ids = [str(one["id"]) for one in soup(PAGE).select("[id]")]
    assert len(ids) == len(set(ids))
    assert {str(link["href"])[1:] for link in soup(PAGE).select("nav a")} <= set(ids)


def test_every_plot_has_a_table_beside_it() -> None:
    figures = soup(PAGE).select("figure")
    assert len(figures) == 5
    for figure in figures:
        assert figure.select("svg[role=img] > title")
        assert figure.parent is not None
        assert figure.parent.select("table tbody tr")


def test_every_figure_of_every_system_is_in_the_tables() -> None:
    text = soup(PAGE).get_text(" ")
    for protocol in DONE.protocols[:3]:
        for one in protocol.systems:
            assert f"{one.auc.value:.3f}" in text
            assert f"{one.ap.low:.2f} to {one.ap.high:.2f}" in text
    for slice_ in DONE.slices:
        assert slice_.name in text
    for words in ("Not measured: different dates of writing: 1, and at least 2 are needed", "a note", "leet"):
        assert words in re.sub(r"\s+", " ", text)


def hostile() -> Evaluation:
    return replace(
        DONE,
        model=HOSTILE,
        ruleset=HOSTILE,
        notes=(HOSTILE,),
        slices=tuple(replace(one, name=HOSTILE) for one in DONE.slices),
        moduses=tuple(replace(one, modus=HOSTILE) for one in DONE.moduses),
        flags=tuple(replace(one, indicator=HOSTILE) for one in DONE.flags),
    )


def test_foreign_text_is_shown_and_never_markup() -> None:
    text = page(hostile())
    assert soup(text).select("img, [onerror]") == []
    assert "\u202e" not in text
    assert "{{ 7 * 7 }}" in text
    assert len(soup(text).select("*")) == len(soup(page(replace(hostile(), notes=("x",)))).select("*"))


def test_a_finished_model_has_neither_other_protocols_nor_a_learning_curve() -> None:
    bare = replace(DONE, model="2026-01-01-aaaa", protocols=DONE.protocols[:1], moduses=(), learning=(), disguises=())
    read = soup(page(bare))
    assert read.select("#protocols, #learning, #disguises") == []
    assert "of model 2026-01-01-aaaa" in re.sub(r"\s+", " ", read.select("h1")[0].get_text())


def test_what_was_not_measured_is_left_out() -> None:
    bare = replace(DONE, slices=(), flags=(), protocols=(replace(DONE.headline, calibration=None, bands=None),))
    read = soup(page(replace(bare, learning=(), disguises=(), moduses=())))
    assert [len(read.select(f"#{name} figure")) for name in ("systems", "prevalence", "calibration", "slices")] == [
        1,
        1,
        0,
        0,
    ]


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_its_window_and_asks_for_nothing(browser: Browser, tmp_path: Path, width: int) -> None:
    file = tmp_path / "evaluation.html"
    file.write_text(page(hostile()), encoding="utf-8")
    tab = browser.new_page(viewport={"width": width, "height": 800})
    asked: list[str] = []
    told: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: told.append(message.text))
    tab.goto(file.as_uri())
    assert (asked, told) == ([file.as_uri()], [])
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("getComputedStyle(document.querySelector('.tiles li')).borderTopWidth") == "4px"
    letters = "parseFloat(getComputedStyle(document.querySelector('figure text')).fontSize)"
    shown = "document.querySelector('figure svg').getBoundingClientRect().width"
    drawn = "document.querySelector('figure svg').viewBox.baseVal.width"
    assert tab.evaluate(f"{letters} * {shown} / {drawn}") >= 9
