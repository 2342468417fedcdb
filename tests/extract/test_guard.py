import time

import pytest

from screener.errors import ExtractError
from screener.extract.guard import (
    ATTRIBUTES_MAX,
    BODY_BYTES_MAX,
    NESTING_MAX,
    TAGS_MAX,
    nesting,
    refuse_bombs,
)
from screener.records import SkipReason

BOMBS = {
    "too large": "a" * (BODY_BYTES_MAX + 1),
    "too many tags": "<" * (TAGS_MAX + 1),
    "too deep": "<i>" * (NESTING_MAX + 1),
    "deep with junk": "<DIV class=x><p></p>" * (NESTING_MAX + 1),
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(ATTRIBUTES_MAX + 1)) + ">",
    "attributes without values": "<p " + " a" * 3 * ATTRIBUTES_MAX + ">",
    "a tag that never ends": "<p " + "/abcdefgh" * 3 * ATTRIBUTES_MAX,
    "attributes all over": "<p a=1 b=2>" * 90_000 + "=" * 100_000,
}


@pytest.mark.parametrize("html", BOMBS.values(), ids=BOMBS)
def test_a_bomb_is_refused_at_once(html: str) -> None:
    began = time.process_time()
    with pytest.raises(ExtractError) as caught:
        refuse_bombs(len(html), html)
    assert caught.value.reason is SkipReason.UNPARSED
    assert time.process_time() - began < 20


FINE = {
    "at the limit of tags": "<" * TAGS_MAX,
    "at the limit of depth": "<i>" * NESTING_MAX,
    "old unclosed paragraphs": "<p>x<li>y<br>" * 10_000,
    "closed": "<div><span>x</span></div>" * 10_000,
    "an image in an attribute": '<img src="data:image/png;base64,' + "A" * 200_000 + '">',
    "a program in an attribute": "<div data-x='" + '{"a": 1} ' * 10_000 + "'>",
}


@pytest.mark.parametrize("html", FINE.values(), ids=FINE)
def test_large_but_ordinary_pages_pass(html: str) -> None:
    refuse_bombs(len(html), html)


def test_a_stray_closing_tag_does_not_make_a_page_shallow() -> None:
    assert nesting("</b></b></b><b><b></i></b>") == 2
