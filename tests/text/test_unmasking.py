"""Unmasking: disguised words are read and quoted as written; ordinary writing is left alone."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.text import LENGTH_MAX, Folded, fold, unmask
from tests.megabytes import megabytes

_WORDS = """
kamboja kemboja judol gaji paspor dubai loker thailand visa turis bandar bos besar ditahan tahan kerja kontrak tahun
tidak ladies penampilan mudah wanita orang ringan wifi shiftnya gratis booking kami kursi polandia umroh admin majikan
berangkat komitmen kemeja jaminan laut spam sip aman siapa tiga the and mess makan anak sekali career carer massa
lowongan potongan biaya musik
"""
_PHRASES = {"eps topik", "visa turis", "tiket pesawat", "bebas pulsa", "kirim foto ktp"}
KNOWN = frozenset(_WORDS.split()) | _PHRASES
"""As a lexicon holds them: words, and phrases whose words need not be there by themselves."""

EVASION = [
    ("leet", "k4mb0j4", "kamboja"),
    ("leet one for i", "g4j1", "gaji"),
    ("leet v for u", "jvdol", "judol"),
    ("leet at sign", "th@iland", "thailand"),
    ("leet of a short word", "b0s", "bos"),
    ("leet exclamation mark", "v!sa", "visa"),
    ("leet stroke at the end", "kurs|", "kursi"),
    ("leet at sign in front", "@man", "aman"),
    ("leet and stretched", "k4mbojaaa", "kamboja"),
    ("leet of a word in a phrase only", "p3sawat", "pesawat"),
    ("star", "D*bai", "dubai"),
    ("star in four letters", "g*ji", "gaji"),
    ("two stars for none", "kambo**ja", "kamboja"),
    ("two stars for two", "kam**ja", "kamboja"),
    ("star and leet", "p4sp*r", "paspor"),
    ("hash", "k#mboja", "kamboja"),
    ("sign for a letter", "p•spor", "paspor"),
    ("spaced", "k a m b o j a", "kamboja"),
    ("spaced leet", "k 4 m b 0 j 4", "kamboja"),
    ("spaced short", "v i s a", "visa"),
    ("dotted", "j.u.d.o.l", "judol"),
    ("dotted in part", "ga.ji", "gaji"),
    ("underscores", "k_e_r_j_a", "kerja"),
    ("middle dots", "v·i·s·a", "visa"),
    ("hyphens", "kam-bo-ja", "kamboja"),
    ("every letter hyphened", "p-a-s-p-o-r", "paspor"),
    ("emoji between letters", "k🔥a🔥m🔥b🔥o🔥j🔥a", "kamboja"),
    ("emoji in the middle", "kam✨boja", "kamboja"),
    ("cyrillic within latin", "kаmbоja", "kamboja"),
    ("zero width within", "kam\u200bboja", "kamboja"),
    ("bidi mark within", "pas\u200fpor", "paspor"),
    ("backwards", "ajobmak", "kamboja"),
    ("flag letters", "🇻 🇮 🇸 🇦", "visa"),
]
NO_EVASION = [
    ("stretched", "kambojaaaa", "kamboja"),
    ("doubled", "kkamboja", "kamboja"),
    ("capital l for I", "TlDAK", "tidak"),
    ("capital l for I twice", "LADlES", "ladies"),
    ("capital I for l", "Ioker", "loker"),
    ("misread one", "penampi1an", "penampilan"),
    ("misread o among capitals", "P0LANDIA", "polandia"),
    ("misread o in a long word", "bo0king", "booking"),
    ("rn for m", "rnudah", "mudah"),
    ("vv for w", "vvanita", "wanita"),
    ("unspeakable l", "tldak", "tidak"),
    ("z for s", "muzik", "musik"),
    ("split", "kam boja", "kamboja"),
    ("split by a line", "kam\nboja", "kamboja"),
    ("split by a hyphen and a line", "pas-\npor", "paspor"),
    ("split off a known ending", "jamin an", "jaminan"),
    ("split in three", "ko mit men", "komitmen"),
    ("compound", "Wi-Fi", "wifi"),
    ("ending", "shift-nya", "shiftnya"),
    ("short, backwards", "ijag", "gaji"),
    ("soft hyphen", "pas\u00adpor", ""),
    ("full-width", "ｐａｓｐｏｒ", ""),
    ("styled", "𝗽𝗮𝘀𝗽𝗼𝗿", ""),
]
ORDINARY = [
    "15jt/bln",
    "s/d 20jt",
    "e-9",
    "e-paspor",
    "ha ha ha",
    "2-3 hari",
    "yg dgn krj sm",
    "wa.me/628120000",
    "mantap!!!",
    "PT. A B C",
    "1.500.000",
    "k-pop",
    "k3",
    "100%",
    "*GRATIS*",
    "~gaji besar~",
    "3orang",
    "bos2",
    "EPS-TOPIK",
    "kerja.gaji besar",
    "mess&makan",
    "ada kami! Hubungi",
    "ke meja makan",
    "career",
    "maps",
    "massa",
    "we're",
    "@g4ji_resmi",
    "https://l0ker.example/k4mboja",
    "cs@l0ker.example",
    "S1 atau D3",
    "mi4 gh5k",
    "24 jam 7 hari",
    "a, b, c, d",
    "I. II. III.",
    "0812-3456-7890",
]


@pytest.mark.parametrize(("written", "plain"), [c[1:] for c in EVASION], ids=[c[0] for c in EVASION])
def test_a_word_that_was_hidden_is_found_and_quoted_as_written(written: str, plain: str) -> None:
    folded = unmask(fold(f"Cari: {written} (aman)"), KNOWN)
    assert plain in folded.text
    assert [(folded.original[d.span.start : d.span.end], d.plain) for d in folded.disguises] == [(written, plain)]
    assert folded.disguises[0].deliberate


@pytest.mark.parametrize(("written", "plain"), [c[1:] for c in NO_EVASION], ids=[c[0] for c in NO_EVASION])
def test_what_chat_print_and_headings_do_is_read_but_not_held_against_them(written: str, plain: str) -> None:
    folded = unmask(fold(f"Cari: {written} (aman)"), KNOWN)
    assert (plain or "paspor") in folded.text
    assert [(d.plain, d.deliberate) for d in folded.disguises] == ([(plain, False)] if plain else [])


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_writing_is_no_disguise(text: str) -> None:
    folded = unmask(fold(text), KNOWN)
    assert (folded.disguises, folded.text) == ((), fold(text).text)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("g a j i b e s a r", "gaji besar"),
        ("p a s p o r  d i t a h a n", "paspor  ditahan"),
        ("k o n t r a k 3 t a h u n", "kontrak 3 tahun"),
        ("k.e.r.j.a.r.i.n.g.a.n", "kerja.ringan"),
        ("v1s4 tur1s", "visa turis"),
        ("\u202enahatid ropsap\u202c", "paspor ditahan"),
    ],
)
def test_several_hidden_words_on_end_are_told_apart(written: str, plain: str) -> None:
    assert unmask(fold(written), KNOWN).text == plain


@pytest.mark.parametrize(
    ("text", "deliberate"),
    [
        ("L O W O N G A N\nadmin", False),
        ("L O W O N G A N kasir Depok", False),
        ("K A M B O J A open", True),
        ("cari l o w o n g a n", True),
    ],
)
def test_spaced_capitals_that_head_an_ad_hide_nothing(text: str, deliberate: bool) -> None:
    assert [d.deliberate for d in unmask(fold(text), KNOWN).disguises] == [deliberate]


@pytest.mark.parametrize(("beside", "deliberate"), [("gaji", False), ("g4ji", True)])
def test_what_print_may_have_done_is_meant_beside_what_it_cannot_have_done(beside: str, deliberate: bool) -> None:
    assert unmask(fold(f"{beside} bo0king"), KNOWN).disguises[-1].deliberate is deliberate


@pytest.mark.parametrize(
    ("written", "plain", "deliberate"),
    [
        ("o8l2-3456-78oo", "0812-3456-7800", True),
        ("+6o i2-3oo 445o", "+60 12-300 4450", True),
        ("O857 OOOO 5523", "0857 0000 5523", False),
    ],
)
def test_letters_for_digits_in_a_telephone_number_are_digits(written: str, plain: str, deliberate: bool) -> None:
    folded = unmask(fold(f"hub {written} ya"), KNOWN)
    assert folded.text == f"hub {plain} ya"
    assert [(d.plain, d.deliberate) for d in folded.disguises] == [(plain, deliberate)]


def test_of_words_that_fit_a_star_the_one_in_most_phrases_is_meant() -> None:
    known = frozenset({"rumah", "ramah", "rumah sakit", "rumah makan"})
    assert unmask(fold("r*mah"), known).text == "rumah"


def spans_of(folded: Folded) -> list[tuple[int, int]]:
    return [(disguise.span.start, disguise.span.end) for disguise in folded.disguises]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abk4m0*.- jo@!|lI\n🇰🇭\u200b\u202eа", max_size=200))
def test_disguises_lie_inside_the_text_and_do_not_overlap(text: str) -> None:
    folded = unmask(fold(text), KNOWN)
    spans = spans_of(folded)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(0 <= start < end <= len(text) for start, end in spans)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_every_unmasked_character_maps_into_the_original_in_order(text: str) -> None:
    folded = unmask(fold(text), KNOWN)
    starts = [folded.span(i, i + 1).start for i in range(len(folded.text))]
    assert starts == sorted(starts)


@pytest.mark.parametrize(("name", "text"), megabytes().items(), ids=megabytes())
def test_the_longest_text_that_is_read_may_hold_anything(name: str, text: str) -> None:
    folded = unmask(fold(text[:LENGTH_MAX]), KNOWN)
    assert (name, folded.original) == (name, text[:LENGTH_MAX])
