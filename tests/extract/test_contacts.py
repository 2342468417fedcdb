import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.extract import contacts

MOBILE = "+6281234567890"
PHONES = {
    "dashes": ("hub 0812-3456-7890 ya", "0812-3456-7890"),
    "dots": ("hub 0812.3456.7890", "0812.3456.7890"),
    "blanks": ("0812 3456 7890", "0812 3456 7890"),
    "each digit apart": ("0 8 1 2 3 4 5 6 7 8 9 0", "0 8 1 2 3 4 5 6 7 8 9 0"),
    "country code": ("+62 812-3456-7890", "+62 812-3456-7890"),
    "country code without plus": ("62812 3456 7890", "62812 3456 7890"),
    "bracketed country code": ("(+62) 812-3456-7890", "(+62) 812-3456-7890"),
    "bracketed prefix": ("+62(812)3456-7890", "+62(812)3456-7890"),
    "trunk zero left in": ("+62 0812 3456 7890", "+62 0812 3456 7890"),
    "letters for digits": ("O8l2-3456-789O", "O8l2-3456-789O"),
    "capital i for one": ("08I2 3456 7890", "08I2 3456 7890"),
    "full width": ("０８１２３４５６７８９０", "０８１２３４５６７８９０"),
    "arabic digits": ("٠٨١٢٣٤٥٦٧٨٩٠", "٠٨١٢٣٤٥٦٧٨٩٠"),
    "mathematical digits": ("𝟎𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎", "𝟎𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟎"),
    "circled digits": ("⓪⑧①② ③④⑤⑥ ⑦⑧⑨⓪", "⓪⑧①② ③④⑤⑥ ⑦⑧⑨⓪"),
    "zero-width inside": ("0812\u200b3456\u200b7890", "0812\u200b3456\u200b7890"),
    "keycap emoji": ("0️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣ 🔥", "0️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣"),
    "no label, no prefix": ("telp 812-3456-7890", "812-3456-7890"),
    "after another number": ("umur 18-35 0812-3456-7890", "0812-3456-7890"),
    "before a count": ("0812-3456-7890 24 jam", "0812-3456-7890"),
    "spelled": (
        "nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol",
        "nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol",
    ),
    "spelled in part": ("kosong lapan satu dua 3456 7890", "kosong lapan satu dua 3456 7890"),
    "spelled after a country code": (
        "+62(delapan)satu dua 3456 7890",
        "+62(delapan)satu dua 3456 7890",
    ),
    "backwards under an override": ("ke \u202e0987-6543-2180\u202c ya", "0987-6543-2180"),
}


@pytest.mark.parametrize(("text", "quote"), PHONES.values(), ids=PHONES)
def test_a_disguised_number_is_found_at_its_place(text: str, quote: str) -> None:
    assert [(found.value, found.quote) for found in contacts(text)] == [(MOBILE, quote)]


OTHERS = {
    "wa label": ("WA: 0812-0000-3345", "whatsapp", "+6281200003345"),
    "wa glued": ("wa081200003345", "whatsapp", "+6281200003345"),
    "wa.me": ("https://wa.me/6281234567890?text=halo%20kak.", "whatsapp", MOBILE),
    "wa api": ("api.whatsapp.com/send?phone=6281234567890&text=x", "whatsapp", MOBILE),
    "wa app": ("whatsapp://send?phone=6281234567890", "whatsapp", MOBILE),
    "wa group": ("https://chat.whatsapp.com/AbCdEf123", "whatsapp", "chat.whatsapp.com/AbCdEf123"),
    "mail": ("surel karier@cahaya.test.", "email", "karier@cahaya.test"),
    "mail disguised": ("nama (at) contoh [dot] com", "email", "nama@contoh.com"),
    "telegram link": ("(t.me/Loker_X)", "telegram", "loker_x"),
    "telegram invitation": ("https://t.me/+AbC123xyz", "telegram", "+AbC123xyz"),
    "telegram old invitation": ("https://t.me/joinchat/AbC123xyz", "telegram", "+AbC123xyz"),
    "telegram app": ("tg://resolve?domain=Loker_X", "telegram", "loker_x"),
    "telegram handle": ("via Telegram @petra_hr_0000.", "telegram", "petra_hr_0000"),
    "telegram short": ("tele: koko_bvt_0000", "telegram", "koko_bvt_0000"),
    "line": ("LINE id: cici_vt_0000", "line", "cici_vt_0000"),
    "line tilde": ("Line id ~agencontoh", "line", "agencontoh"),
    "line link": ("https://line.me/ti/p/~agencontoh", "line", "agencontoh"),
    "wechat": ("WeChat ID: contoh_123", "wechat", "contoh_123"),
    "instagram": ("IG @loker_hk", "link", "https://instagram.com/loker_hk"),
    "short link": ("isi bit.ly/3xYz!", "link", "https://bit.ly/3xYz"),
    "bare handle": ("PM @abang_ofis_0000", "link", "@abang_ofis_0000"),
    "office": ("Telepon (021) 0000-4000,", "phone", "+622100004000"),
    "batam office": ("kantor 0778-123456", "phone", "+62778123456"),
    "cambodia": ("chat Koh +855 00 000 641", "phone", "+85500000641"),
    "malaysia": ("+60 12-345 6789", "phone", "+60123456789"),
    "laos": ("/ +856 00 000 0093", "phone", "+85600000093"),
}


@pytest.mark.parametrize(("text", "kind", "value"), OTHERS.values(), ids=OTHERS)
def test_each_way_to_be_reached_has_its_normal_form(text: str, kind: str, value: str) -> None:
    assert [(found.kind, found.value) for found in contacts(text)] == [(kind, value)]


FALSE_FRIENDS = {
    "nik": "NIK 3201081234567890",
    "nik in groups": "NIK: 3201 0812 3456 7890",
    "nik without label": "3201 0812 3456 7890",
    "nib": "NIB 0220001234567",
    "sip3mi": "SIP3MI No. 00000000000010021",
    "price": "gaji Rp 15.000.000 - 20.000.000 per bulan",
    "price from 62": "total 62.812.500.000 rupiah",
    "price from 08": "Rp 0812.345.678",
    "date": "08-12-2026 pukul 10.30",
    "date with dots": "tgl 08.12.2026 - 09.12.2026",
    "iso date": "2026-08-12 07:20",
    "account": "rek BCA 0812345678 a.n. Budi",
    "passport": "paspor A1234567",
    "two numbers in one": "081234567890081398765432",
    "years": "2020-2025 (2026) 0899",
    "counting words": "satu dua tiga empat lima enam tujuh delapan",
    "tele without a name": "tele kami ya kak",
    "line without a name": "online: kami semua, deadline: besok",
    "word of oil": "oil oil oil 0812",
    "at sign in prose": "gaji @ 15 juta",
}


@pytest.mark.parametrize("text", FALSE_FRIENDS.values(), ids=FALSE_FRIENDS)
def test_false_friends_are_no_contacts(text: str) -> None:
    assert contacts(text) == ()


def test_several_contacts_come_in_order_and_apart() -> None:
    text = "WA 0812-3456-7890 / 0813-1111-2222, line: cici_0000, https://wa.me/6281311112222"
    values = [found.value for found in contacts(text)]
    assert values == [MOBILE, "+6281311112222", "cici_0000", "+6281311112222"]


PIECES = [
    "0812-3456-7890",
    "nol",
    "delapan",
    "wa.me/62",
    "@",
    "a",
    ".",
    "com",
    "1️⃣",
    "\u202e",
    "\u202c",
    "ß",
    "ﬁ",
    "🇰🇭",
    " ",
    "\n",
    "tele: ",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map("".join))
def test_spans_are_exact_and_never_overlap(text: str) -> None:
    end = 0
    for found in contacts(text):
        assert text[found.span.start : found.span.end] == found.quote != ""
        assert found.span.start >= end
        end = found.span.end


def seconds(text: str) -> float:
    began = time.process_time()
    contacts(text)
    return time.process_time() - began


def test_a_long_text_takes_less_than_a_second() -> None:
    line = "Dicari 10 orang, gaji 15jt, tgl 08-12-2026, hub 0812-3456-7890 atau t.me/loker_x kantor (021) 0000-4000. "
    assert seconds((line * 2_000)[:200_000]) < 20


@pytest.mark.parametrize(
    "character", ["a", "0", "8", "+", "@", ".", " ", "o", "\n", "(", "①", "\u200b", "\u202e", "🔥", "_"]
)
def test_a_hundred_thousand_of_one_character_are_quick(character: str) -> None:
    assert seconds(character * 100_000) < 20


@pytest.mark.parametrize("piece", ["0 ", "62 ", "08-", "021 ", "nol ", "a@a.", "t.me/", "tele: ", "a [at] ", "+62"])
def test_time_grows_with_length_only(piece: str) -> None:
    assert seconds((piece * 50_000)[:100_000]) < 20
