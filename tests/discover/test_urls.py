import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.discover import canonical
from screener.discover.urls import host_of

BASE = "http://papan.test/lowongan/?page=1"
ADDRESSES = {
    "relative": ("perawat-riyadh", "http://papan.test/lowongan/perawat-riyadh"),
    "from the root": ("/tentang", "http://papan.test/tentang"),
    "only a query": ("?page=2", "http://papan.test/lowongan/?page=2"),
    "other host": ("//lain.test/x", "http://lain.test/x"),
    "upper case": ("HTTP://PAPAN.Test/Lowongan", "http://papan.test/Lowongan"),
    "no path": ("http://papan.test", "http://papan.test/"),
    "default port": ("http://papan.test:80/x", "http://papan.test/x"),
    "default tls port": ("https://papan.test:443/x", "https://papan.test/x"),
    "other port": ("http://papan.test:8080/x", "http://papan.test:8080/x"),
    "fragment": ("/x#bawah", "http://papan.test/x"),
    "dots": ("../a/./b/../c", "http://papan.test/a/c"),
    "dots in an absolute one": ("http://papan.test/a/../../b/..", "http://papan.test/"),
    "tracking": ("/x?utm_source=wa&id=7&fbclid=a&gclid=b&mc_eid=c", "http://papan.test/x?id=7"),
    "only tracking": ("/x?UTM_Campaign=1", "http://papan.test/x"),
    "order and blanks kept": ("/x?b=2&a=&c", "http://papan.test/x?b=2&a=&c"),
    "not tracking": ("/x?ref=7&source=a&autm_x=1", "http://papan.test/x?ref=7&source=a&autm_x=1"),
    "idna": ("http://Bücher.test/", "http://xn--bcher-kva.test/"),
    "full width host": ("http://ｐａｐａｎ.test/", "http://papan.test/"),
    "letters beyond ascii": ("/lowongan/café?q=é", "http://papan.test/lowongan/caf%C3%A9?q=%C3%A9"),
    "already quoted": ("/caf%C3%A9%20x", "http://papan.test/caf%C3%A9%20x"),
    "blanks": ("  /a b\n/c ", "http://papan.test/a%20b/c"),
    "backslashes": ("http:\\\\papan.test\\x", "http://papan.test/x"),
    "credentials": ("http://user:secret@papan.test/x", "http://papan.test/x"),
    "ipv6": ("http://[2001:DB8::1]/x", "http://[2001:db8::1]/x"),
}


@pytest.mark.parametrize(("written", "expected"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_has_one_spelling(written: str, expected: str) -> None:
    assert canonical(written, BASE) == expected
    assert canonical(expected, BASE) == expected


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "javascript:alert(1)", "JAVA\nSCRIPT:x", "mailto:a@b.test", "tel:+62812", "data:text/html,x", "ftp://a.test/",
        "http://[::1", "http://a b.test/", "http://a.test:99999/", "http://a.test:0/", "http://a.test:x/", "http://%41.test/",
        "http://\u200b/", "http://a..b.test/", "http://xn--a.test\ud800/", "/" + "x" * 4_000, "file:///etc/passwd",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_none(written: str) -> None:
    assert canonical(written, BASE) is None


@given(written=st.text(max_size=60), base=st.sampled_from([BASE, "http://[::1", "", "x"]))
def test_any_text_gives_a_stable_ascii_address_or_none(written: str, base: str) -> None:
    found = canonical(written, base)
    assert found is None or (found.isascii() and canonical(found, "") == found)


def test_hosts_are_compared_without_www() -> None:
    assert host_of("https://www.papan.test:8080/x") == "papan.test"
    assert host_of("http://[") == ""
