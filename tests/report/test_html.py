import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser

from screener.records import Kind, Polarity, Report, Skip, SkipReason
from screener.report.html import render
from tests import factory

from .hostile import FIELDS, XSS, base

_TEXT = "Kerja di Poipet, paspor dipegang agen sampai lunas. WA 0812-0000-7890"


def page(report: Report, title: str = "Report", *, masked: bool = True) -> str:
    return render(report, prevalence=0.01, generated_at=factory.NOW, title=title, masked=masked)


class _Skeleton(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        self.tags.append(("comment", data))


def skeleton(text: str) -> list[tuple[str, ...]]:
    return _Skeleton(text).tags


def select(text: str, selector: str) -> list[Tag]:
    return list(BeautifulSoup(text, "lxml").select(selector))


def marked(text: str) -> list[str]:
    return [mark.get_text() for mark in select(text, "mark")]


@pytest.mark.parametrize("put", FIELDS.values(), ids=FIELDS.keys())
def test_no_hostile_text_in_any_field_changes_the_skeleton(put: Callable[[Report, str], Report]) -> None:
    expected = skeleton(page(put(base(), "x ordinary words")))
    for payload in XSS:
        assert skeleton(page(put(base(), payload))) == expected, payload


@pytest.mark.parametrize("payload", XSS)
def test_a_hostile_title_of_the_report_changes_nothing_but_text(payload: str) -> None:
    assert skeleton(page(base(), payload)) == skeleton(page(base(), "x"))


@pytest.mark.parametrize("put", FIELDS.values(), ids=FIELDS.keys())
def test_hidden_characters_never_reach_the_page(put: Callable[[Report, str], Report]) -> None:
    made = page(put(base(), "x\u202ea\u200bb\u2066c\x00d\ud800e\U000e0041f"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00\ud800-\udfff\U000e0000-\U000e007f]", made)


@pytest.mark.parametrize("field", ["title", "text", "url"])
def test_hidden_characters_stand_as_tokens_in_what_the_ad_says(field: str) -> None:
    made = page(FIELDS[f"document.{field}"](base(), "http://x.test/a\u202eb\u200bc"))
    assert "a‹U+202E›b‹U+200B›c" in made


def test_foreign_texts_stand_in_isolation() -> None:
    made = page(base())
    assert [child.name for child in select(made, "article .ad > *")] == ["bdi", "bdi"]
    assert len(select(made, "article h3 > bdi")) == len(select(made, "article h3")) == 2


def test_no_link_leaves_the_page() -> None:
    made = page(FIELDS["document.text"](base(), "https://evil.test/ www.evil.test"))
    assert select(made, "[href]")
    assert select(made, "[src], [action], [data], [srcset], [background], [href]:not([href^='#'])") == []


def test_every_inner_link_has_its_place() -> None:
    made = page(base())
    places = [str(place["id"]) for place in select(made, "[id]")]
    assert len(places) == len(set(places))
    assert {str(link["href"])[1:] for link in select(made, "[href]")} <= set(places)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://loker.test/1", "hxxps://loker.test/1"),
        ("HTTP://loker.test/1", "HXXP://loker.test/1"),
        ("javascript:alert(1)", "javascript[:]alert(1)"),
        ("https://k\u0430mboja.test/", "hxxps://xn--kmboja-3nf.test/"),
    ],
)
def test_addresses_are_text_that_opens_nowhere(url: str, shown: str) -> None:
    made = page(FIELDS["document.url"](base(), url))
    assert shown in made
    assert url not in made


def test_the_policy_names_the_digest_of_the_style_sheet() -> None:
    made = page(base())
    style = re.search("<style>(.*?)</style>", made, re.DOTALL)
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in made
    assert "<script" not in made
    assert " style=" not in made


def test_marks_stand_on_the_exact_words_of_each_flag() -> None:
    doc = factory.document(text=_TEXT)
    made = page(factory.report([factory.finding(doc, flags=(factory.flag(_TEXT, "paspor dipegang agen"),))]))
    assert marked(made) == ["paspor dipegang agen"]
    assert 'title="1: Passport or papers kept"' in made


def test_overlapping_flags_are_marked_part_by_part() -> None:
    flags = (
        factory.flag(_TEXT, "paspor dipegang agen"),
        factory.flag(_TEXT, "dipegang agen sampai lunas", indicator="debt", severity=2),
    )
    made = page(factory.report([factory.finding(factory.document(text=_TEXT), flags=flags)]))
    assert marked(made) == ["paspor ", "dipegang agen", " sampai lunas"]
    assert 'title="1: Passport or papers kept; 2: debt"' in made


def test_a_flag_in_the_title_is_marked_in_the_title() -> None:
    title_flag = factory.flag("Admin luar negeri", "luar", field="title")
    made = page(factory.report([factory.finding(flags=(title_flag,))]))
    assert [mark.get_text() for mark in select(made, "h3 mark")] == ["luar"]


def test_contacts_are_starred_everywhere_on_the_page() -> None:
    doc = factory.document(text=_TEXT, contacts=(factory.contact(_TEXT, "0812-0000-7890"),), title="0812 0000 7890")
    report = factory.report([factory.finding(doc, flags=(factory.flag(_TEXT, "WA 0812-0000-7890"),))])
    made = page(report)
    assert "0812-****-7890" in made
    assert not re.search(r"0812[ -]?0000|6281200007890|00007890", made)
    assert "0812-0000-7890" in page(report, masked=False)


def test_protective_flags_stand_apart_as_claims() -> None:
    claim = factory.flag(_TEXT, "lunas", polarity=Polarity.PROTECTIVE)
    made = page(factory.report([factory.finding(factory.document(text=_TEXT), flags=(claim,))]))
    headings = [heading.get_text() for heading in select(made, "article h4")]
    assert "Claims to be checked (1)" in headings
    assert not any("reasons to look" in heading for heading in headings)


def test_identical_ads_are_not_merged() -> None:
    twins = [factory.finding(factory.document(url=f"https://loker.test/{place}")) for place in range(3)]
    assert page(factory.report(twins)).count("<article") == 3


def test_a_text_that_is_not_an_ad_stands_in_its_own_section() -> None:
    news = factory.finding(kind=Kind.NEWS)
    made = page(factory.report([news]))
    assert select(made, "#worklist article") == []
    assert len(select(made, "#other article")) == 1


def test_a_long_text_says_how_much_is_not_shown() -> None:
    text = "a" * 9_000 + " paspor dipegang agen " + "b" * 9_000
    flag = factory.flag(text, "paspor dipegang agen")
    made = page(factory.report([factory.finding(factory.document(text=text), flags=(flag,))]))
    assert marked(made) == ["paspor dipegang agen"]
    assert "characters not shown" in made
    assert "a" * 5_000 not in made


def test_each_skip_is_listed_under_its_reason() -> None:
    skip = Skip(url="http://x.test/gone", reason=SkipReason.NOT_FOUND)
    made = page(replace(factory.report(), skips=(skip,)))
    assert "not found (1)" in made
    assert "hxxp://x.test/gone" in made
    assert "the ad may have been taken down" in made


def test_an_empty_run_gives_a_whole_page() -> None:
    made = page(factory.report())
    assert "No ad of this run is in the alert or review band." in made
    assert made.rstrip().endswith("</html>")


def test_the_page_accuses_nobody() -> None:
    made = page(base()).lower()
    assert "a flag is a reason to look, never a finding that a crime happened" in made
    assert not re.search("traffick|criminal|perpetrator|victim|guilty|fraudster", made)


def test_an_unfinished_run_is_called_partial() -> None:
    assert "its figures are partial" in page(replace(factory.report(), run=factory.run(finished_at=None)))


@pytest.mark.parametrize("prevalence", [0.0, 1.0, -1.0])
def test_an_impossible_prevalence_is_refused(prevalence: float) -> None:
    with pytest.raises(ValueError, match="prevalence"):
        render(factory.report([factory.finding()]), prevalence=prevalence, generated_at=factory.NOW)


def _hostile_report() -> Report:
    findings = [
        factory.finding(factory.document(url=f"https://loker.test/{number}", title=payload, text=payload + _TEXT))
        for number, payload in enumerate(XSS)
    ]
    return factory.report(findings)


@pytest.mark.browser
def test_a_browser_asks_for_nothing_and_runs_nothing(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    file.write_text(page(_hostile_report()), encoding="utf-8")
    tab = browser.new_page()
    asked: list[str] = []
    told: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: told.append(message.text))
    tab.on("dialog", lambda dialog: told.append(dialog.message))
    tab.goto(file.as_uri())
    assert (asked, told) == ([file.as_uri()], [])
    assert tab.locator("script, img, iframe, form, svg[onload], [onclick]").count() == 0
    assert tab.locator("article").count() == len(XSS)


@pytest.mark.browser
def test_a_browser_builds_the_same_tree_for_hostile_texts(browser: Browser) -> None:
    tab = browser.new_page()
    names = "[...document.querySelectorAll('*')].map(e => e.tagName + e.getAttributeNames())"

    def tree(payload: str) -> object:
        doc = factory.document(title=payload, text=payload, url=payload, source=payload, language=payload)
        tab.set_content(page(factory.report([factory.finding(doc)])))
        return tab.evaluate(names)

    expected = tree("x")
    assert [payload for payload in XSS if tree(payload) != expected] == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_its_window_and_is_styled(browser: Browser, tmp_path: Path, width: int) -> None:
    file = tmp_path / "index.html"
    file.write_text(page(_hostile_report()), encoding="utf-8")
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.goto(file.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate("getComputedStyle(document.querySelector('article')).borderLeftWidth") == "5px"


_CONTRAST = """() => {
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(v => v / 255)
      .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b };
  const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
      if (c !== 'rgba(0, 0, 0, 0)') return c } return 'rgb(255, 255, 255)' };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.closest('svg')) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) poor.push(e.tagName + '.' + e.className);
  }
  return poor;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_the_contrast_of_wcag_aa(browser: Browser, scheme: str) -> None:
    doc = factory.document(text=_TEXT)
    flags = tuple(
        factory.flag(_TEXT, words, severity=level, rule=words, polarity=polarity)
        for words, level, polarity in (
            ("paspor", 3, Polarity.RISK),
            ("agen", 2, Polarity.RISK),
            ("Kerja", 1, Polarity.RISK),
            ("lunas", 1, Polarity.PROTECTIVE),
        )
    )
    tab = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    tab.set_content(page(replace(base(), findings=(factory.finding(doc, flags=flags), *base().findings))))
    assert tab.evaluate(_CONTRAST) == []
