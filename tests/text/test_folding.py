"""Folding: one plain spelling, and every character maps back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.text import fold

SAME_WORDS = [
    ("capitals", "PASPOR", "paspor"),
    ("full-width", "ｐａｓｐｏｒ", "paspor"),
    ("mathematical bold", "𝗴𝗮𝗷𝗶", "gaji"),
    ("monospace", "𝚟𝚒𝚜𝚊", "visa"),
    ("fraktur", "𝖛𝖎𝖘𝖆", "visa"),
    ("double-struck", "𝕧𝕚𝕤𝕒", "visa"),
    ("superscript", "ᵏᵉʳʲᵃ", "kerja"),
    ("circled", "ⓥⓘⓢⓐ", "visa"),
    ("negative circled", "🅖🅐🅙🅘", "gaji"),
    ("negative squared", "🅚🅐🅜🅑🅞🅙🅐", "kamboja"),
    ("parenthesised", "⒢⒜⒥⒤", "gaji"),
    ("small capitals", "ɢᴀᴊɪ", "gaji"),
    ("turned letters", "ʌısɐ", "visa"),
    ("cyrillic", "Кamboja", "kamboja"),
    ("greek", "ραspοr", "paspor"),
    ("greek capitals", "KΛMBOJΛ", "kamboja"),
    ("armenian", "Ոegerі", "negeri"),
    ("cherokee", "ᏞᎪos", "laos"),
    ("syllabics", "ᗷᑌᖇᑌᕼ", "buruh"),
    ("accents", "pãspór", "paspor"),
    ("zero width", "kam\u200bbo\u200dja", "kamboja"),
    ("soft hyphen", "pas\u00adpor", "paspor"),
    ("combining marks", "v̶i̶s̶a̶", "visa"),
    ("bidi marks", "pas\u200epor", "paspor"),
    ("keycap digits", "0️⃣8️⃣", "08"),
    ("circled digits", "①⑧", "18"),
    ("black circled digits", "➊➑", "18"),
    ("double circled digits", "⓵⓼", "18"),
    ("digits in brackets", "⑴⑵", "12"),
    ("keycap ten", "🔟", "10"),
    ("mathematical digits", "𝟎𝟖", "08"),
    ("lone flag letters", "🇻 🇮 🇸 🇦", "v i s a"),
    ("sign that is a word", "🆓", "free"),
]
KEPT = [
    ("money", "💵", "💵"),
    ("emoji in colour", "✈️ 🎰", "✈ 🎰"),
    ("flag of a country within a country", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴"),
    ("numbered list", "⒈ paspor", "1. paspor"),
    ("other scripts", "日本 ไทย", "日本 ไทย"),
    ("blanks", "\n\t ", "\n\t "),
    ("won", "₩2.000.000", "₩2.000.000"),
    ("baht", "฿500", "฿500"),
    ("override", "\u202epaspor\u202c", "paspor"),
]


@pytest.mark.parametrize(("written", "plain"), [c[1:] for c in SAME_WORDS], ids=[c[0] for c in SAME_WORDS])
def test_a_word_in_another_dress_folds_to_the_plain_word(written: str, plain: str) -> None:
    folded = fold(f"ada {written} ya")
    start = folded.text.index(plain)
    assert folded.written(start, start + len(plain)) in {written, written.rstrip("\ufe0f\u20e3")}


@pytest.mark.parametrize(("written", "plain"), [c[1:] for c in KEPT], ids=[c[0] for c in KEPT])
def test_what_is_no_latin_letter_is_not_made_one(written: str, plain: str) -> None:
    assert fold(written).text == plain


def test_a_flag_emoji_becomes_a_word_that_maps_back_to_the_flag() -> None:
    folded = fold("kerja 🇰🇭 yuk")
    start = folded.text.index("flagkh")
    assert folded.written(start, start + 6) == "🇰🇭"


def test_windows_line_ends_keep_their_place() -> None:
    assert fold("gaji\r\nnaik").text == "gaji \nnaik"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_every_folded_character_maps_into_the_original_in_order(text: str) -> None:
    folded = fold(text)
    spans = [folded.span(i, i + 1) for i in range(len(folded.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert [span.start for span in spans] == sorted(span.start for span in spans)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters(max_codepoint=126), max_size=200))
def test_plain_letters_are_only_made_small(text: str) -> None:
    visible = text.translate({code: None for code in range(32) if chr(code) not in "\n\t"})
    assert fold(visible).text == visible.lower()
