import pytest

from screener.errors import ExtractError
from screener.extract import main_text
from screener.extract.html import links
from screener.extract.visible import parse
from screener.records import Selectors, SkipReason

LONG = "Dibutuhkan dua puluh orang operator produksi di luar negeri."


def text(inner: str) -> str:
    return main_text(f"<html><body><main>{LONG}{inner}</main></body></html>", Selectors(text="main")).text[len(LONG) :]


MARKUP = {
    "inline does not part": ("<p>pa<b>spo</b>r</p>", "\n\npaspor"),
    "blocks part": ("<div>satu</div><div>dua</div>", "\nsatu\ndua"),
    "break": ("<div>satu<br>dua<br/><br/>tiga</div>", "\nsatu\ndua\n\ntiga"),
    "cells": ("<table><tr><td>Gaji</td><td>15jt</td></tr></table>", "\nGaji 15jt"),
    "source breaks are blanks": ("<p>satu\n   dua</p>", "\n\nsatu dua"),
    "preformatted": ("<pre>satu\ndua</pre>", "\nsatu\ndua"),
    "script": ("<script>x</script><style>y</style>", ""),
    "template": ("<template>x</template><noscript>y</noscript>", ""),
    "display none": ('<p style="color:red;DISPLAY : None">x</p>', ""),
    "invisible": ('<p style="visibility:hidden">x</p><p style="opacity:0">y</p>', ""),
    "no size": ('<span style="font-size:0px">x</span><span style="font-size:0">y</span>', ""),
    "small but seen": ('<p style="font-size:0.8em;opacity:0.9">x</p>', "\n\nx"),
    "hidden attribute": ("<p hidden>x</p>", ""),
    "comment": ("<!-- x -->", ""),
    "entities": ("<p>a &amp; b &lt;c&gt;</p>", "\n\na & b <c>"),
    "disguise stays": ("<p>k\u200bamboja К</p>", "\n\nk\u200bamboja К"),
    "nul": ("<p>a\0b</p>", "\n\na\ufffdb"),
    "no-break blanks collapse": ("<p>a\u00a0&nbsp; b</p>", "\n\na b"),
}


@pytest.mark.parametrize(("inner", "expected"), MARKUP.values(), ids=MARKUP)
def test_text_is_what_a_reader_sees(inner: str, expected: str) -> None:
    assert text(inner) == expected


def test_equal_elements_in_two_places_both_count() -> None:
    html = f"<p class=a>{LONG}</p><p class=a>{LONG}</p>"
    assert main_text(html, Selectors(text=".a")).text == f"{LONG}\n\n{LONG}"


def test_an_element_within_a_selected_one_counts_once() -> None:
    assert main_text(f"<div><div>{LONG}</div></div>", Selectors(text="div")).text == LONG


def test_a_selector_that_matches_nothing_is_told() -> None:
    with pytest.raises(ExtractError, match=r"empty: the text selector '\.isi' matches nothing"):
        main_text(f"<p>{LONG}</p>", Selectors(text=".isi"))


def test_a_selector_that_is_none_is_told() -> None:
    with pytest.raises(ExtractError) as caught:
        main_text(f"<p>{LONG}</p>", Selectors(text="p[["))
    assert caught.value.reason is SkipReason.UNPARSED


TITLES = {
    "heading before window title": (
        "<title>Perawat Riyadh | Papan</title><h1>Perawat Riyadh</h1>",
        "Perawat Riyadh",
    ),
    "site heading is no title": ("<title>Perawat - Papan</title><h1>Papan</h1><h2>Perawat</h2>", "Perawat"),
    "open graph": ("<title>Papan</title><meta property='og:title' content=' Perawat\n RS '>", "Perawat RS"),
    "window title without the site": ("<title>Perawat – Riyadh | Papan Kerja</title>", "Perawat – Riyadh"),
    "none": ("", ""),
}


@pytest.mark.parametrize(("head", "expected"), TITLES.values(), ids=TITLES)
def test_the_title_is_the_item_s_own(head: str, expected: str) -> None:
    assert main_text(f"<html>{head}<div id=x>{LONG}</div></html>", Selectors(text="#x")).title == expected


DATES = {
    "selector": ("<i class=t>9 Mei 2026</i><time datetime=2026-01-01>x</time>", "9 Mei 2026"),
    "selector with datetime": ("<time class=t datetime=2026-05-09>kemarin</time>", "2026-05-09"),
    "meta": ("<meta property='article:published_time' content='2026-05-09'>", "2026-05-09"),
    "time": ("<time>x</time><time datetime='2026-05-09'>x</time>", "2026-05-09"),
    "none": ("", ""),
}


@pytest.mark.parametrize(("head", "expected"), DATES.values(), ids=DATES)
def test_the_written_date_is_found(head: str, expected: str) -> None:
    assert main_text(f"{head}<div id=x>{LONG}</div>", Selectors(text="#x", published=".t")).published == expected


def test_links_lead_to_other_hosts_and_come_once() -> None:
    inner = "".join(
        f"<a href='{href}'>x</a>"
        for href in (
            "https://wa.me/62812",
            "/dalam",
            "mailto:a@b.test",
            "javascript:x",
            "https://wa.me/62812",
            "http://[",
            "//s.id/x",
        )
    )
    soup = parse(f"<nav><a href='https://iklan.test'>x</a></nav><main>{inner}</main>")
    assert links(soup, Selectors(), "http://papan.test/1") == ("https://wa.me/62812", "http://s.id/x")


def test_nested_frames_that_hold_everything_are_quick_and_kept() -> None:
    html = "<form><nav>" * 900 + f"<p>{LONG}</p>"
    assert LONG in main_text(html, Selectors()).text
