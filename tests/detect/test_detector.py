"""A text in, its kind, scope and flags out; quotes are exact whatever the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.detect import Detector, load_detector
from screener.records import Kind, Scope
from tests.factory import document

DETECTOR = load_detector()
KINDS = [
    ("ad", "Dibutuhkan 20 orang operator pabrik Taiwan, gaji NT$29.500. Minat WA 0812-0000-0001", Kind.AD),
    ("short ad", "cr org buat kerja d malay, gaji lumayan, inbox", Kind.AD),
    ("warning", "WASPADA! Jangan tergiur tawaran kerja di Kamboja. Laporkan ke hotline KP2MI.", Kind.WARNING),
    (
        "news",
        "BATAM – Polda Kepri menangkap dua tersangka TPPO, Senin (24/3). Korban dijanjikan kerja, ujar Kapolda.",
        Kind.NEWS,
    ),
    ("question", "Min mau tanya, ada yg tau loker Taiwan ini aman gak ya?", Kind.QUESTION),
    ("sale", "Paket umrah promo 9 hari, hotel bintang 5, harga mulai 27 juta, diskon keluarga", Kind.OTHER),
    ("blood", "Dicari donor darah golongan O di PMI Kota Bandung", Kind.OTHER),
]
SCOPES = [
    ("country", "Lowongan perawat di Jepang", Scope.OVERSEAS),
    ("flag emoji", "Lowongan admin 🇰🇭 minat inbox", Scope.OVERSEAS),
    ("currency", "Loker pembantu, gaji 1500 riyal", Scope.OVERSEAS),
    ("home", "Lowongan kasir toko di Bandung, gaji UMR", Scope.DOMESTIC),
    ("nowhere", "Dibutuhkan segera karyawan, minat inbox", Scope.UNKNOWN),
]
PIECES = [
    "paspor dipegang bos",
    "visa turis",
    "K4mb0j4",
    "🇰🇭",
    "tidak",
    "waspada",
    "kam\u200bboja",
    "\n",
    ". ",
    "\ud800",
    "\x00",
    "gaji",
]


@pytest.mark.parametrize(("text", "kind"), [case[1:] for case in KINDS], ids=[case[0] for case in KINDS])
def test_the_kind_of_a_text_is_told(text: str, kind: Kind) -> None:
    assert DETECTOR.read(document(text=text, title="")).kind is kind


@pytest.mark.parametrize(("text", "scope"), [case[1:] for case in SCOPES], ids=[case[0] for case in SCOPES])
def test_the_place_of_the_work_is_told(text: str, scope: Scope) -> None:
    assert DETECTOR.read(document(text=text, title="")).scope is scope


def test_a_warning_raises_no_flag() -> None:
    text = "WASPADA! Jangan mau berangkat pakai visa turis, paspor dipegang agen. Laporkan ke BP3MI."
    assert DETECTOR.read(document(text=text, title="")).flags == ()


def test_a_flag_in_the_title_says_so() -> None:
    reading = DETECTOR.read(
        document(title="Loker Kamboja, paspor dipegang bos", text="Minat WA 0812-0000-0001, gaji dolar")
    )
    assert {flag.field for flag in reading.flags if flag.indicator == "document-retention"} == {"title"}


def test_a_disguised_word_counts_and_is_reported() -> None:
    reading = DETECTOR.read(document(text="Loker Taiwan, p4spor dipegang bos, minat WA", title=""))
    assert {"document-retention", "obfuscated-text"} <= {flag.indicator for flag in reading.flags}


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=30))
def test_every_quote_is_exact_and_nothing_fails(pieces: list[str]) -> None:
    text = "Loker admin, minat WA. " + " ".join(pieces)
    for flag in DETECTOR.read(document(text=text, title="")).flags:
        assert flag.quote == text[flag.span.start : flag.span.end]
        assert flag.quote


@pytest.mark.timeout(60)
@pytest.mark.parametrize("unit", ["a", " ", "😀", "1", "(", "paspor dipegang ", "tidak ", "\n- ", '"', "kam*"])
def test_a_megabyte_of_anything_is_read_in_time(detector: Detector, unit: str) -> None:
    reading = detector.read(document(text=unit * (1_000_000 // len(unit)), title=""))
    assert reading.truncated
