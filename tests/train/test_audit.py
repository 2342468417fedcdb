"""A cue that tells the labels apart alone is found, and so is a word that tells its author."""

import pytest

from screener.records import Example
from screener.train.audit import cue_figures, giveaways
from screener.train.cues import Surface, surface_cues
from tests.train.factory import example

COUNTRIES = {"Cambodia": ("kamboja", "phnom penh", "flagkh"), "Oman": ("oman",)}

SEEN = [
    ("pay figure", "gaji 12jt", "gaji besar"),
    ("pay figure", "RM 2,500", "jam 8 sampai 5"),
    ("pay figure", "salary 1500 riyal", "usia 35 tahun"),
    ("phone or WhatsApp number", "WA 0812-3456-7890", "usia 18-35, kode pos 50123"),
    ("e-mail address", "kirim ke hrd@firma.co.id", "@firma"),
    ("link", "daftar di https://bit.ly/abc", "daftar di kantor"),
    ("emoji", "berangkat ✈️", "berangkat!"),
    ("hashtag", "#lokertaiwan", "no # 5"),
    ("a letter three times", "gajiii besar", "maaf"),
    ("a digit inside a word", "k4mboja", "umur 30an, 12jt"),
    ("stars or dots inside a word", "g.a.j.i", "mis. ijazah"),
    ("stars or dots inside a word", "k*mboja", "* kamboja"),
    ("word in capitals", "DIBUTUHKAN admin", "PT ABC"),
    ("list marks", "syarat:\n- usia 20", "usia 20-30"),
    ("word gratis, free, ditanggung", "tiket ditanggung", "bergratisan"),
    ("word SIP3MI or another licence", "SIP3MI 12/2025", "P3MI"),
    ("word P3MI", "P3MI resmi", "SIP3MI"),
    ("word kontrak", "kontrak kerja", "kontrakan rumah"),
    ("country Cambodia", "kerja di Phnom Penh", "kerja di Taiwan"),
    ("country Cambodia", "ke 🇰🇭", "ke 🇯🇵"),
]


@pytest.mark.parametrize(("name", "there", "missing"), SEEN, ids=[f"{c[0]}: {c[1]!r}" for c in SEEN])
def test_a_cue_is_seen_where_it_is(name: str, there: str, missing: str) -> None:
    (cue,) = [cue for cue in surface_cues(COUNTRIES) if cue.name == name]
    assert (cue.measure(Surface(there)), cue.measure(Surface(missing))) == (1.0, 0.0)


NUMBERS = [
    ("upper-case share of letters", "ABcd 12", 0.5),
    ("digit share of characters", "ab 12", 0.5),
    ("exclamation marks", "ya! ya!!", 3),
    ("characters", "dua kata", 8),
    ("lines", "a\n\nb", 2),
    ("chat spelling, share of words", "yg penting bs kerja", 0.5),
    ("lines that begin in lower case", "satu\nDua", 0.5),
    ("length of words", "ab abcd", 3),
]


@pytest.mark.parametrize(("name", "text", "value"), NUMBERS, ids=[c[0] for c in NUMBERS])
def test_a_measure_is_what_its_name_says(name: str, text: str, value: float) -> None:
    (cue,) = [cue for cue in surface_cues({}) if cue.name == name]
    assert cue.measure(Surface(text)) == pytest.approx(value)


def test_every_cue_can_measure_a_text_without_anything() -> None:
    assert [cue.name for cue in surface_cues(COUNTRIES) if cue.measure(Surface("")) != 0] == []


def ads(text: str, count: int, label: str, **fields: str) -> list[Example]:
    return [example(n, text=text, label=label, **fields) for n in range(count)]


def test_a_cue_that_tells_the_labels_apart_is_worst_and_outside_the_goal() -> None:
    examples = [
        *ads("Kerja di Oman, gaji 12jt", 8, "follow_up"), *ads("Kerja di kota", 2, "follow_up"),
        *ads("Kerja di kota, gaji 12jt", 2, "ordinary"), *ads("Kerja di kota", 8, "ordinary"),
    ]  # fmt: skip
    figures = {figure.name: figure for figure in cue_figures(examples, COUNTRIES)}
    pay = figures["pay figure"]
    assert [pay.auc, pay.in_follow_up, pay.in_ordinary] == pytest.approx([0.8, 0.8, 0.2])
    assert pay.outside
    assert figures["country Oman"].outside
    assert "country Cambodia" not in figures
    assert not figures["emoji"].outside
    far = [abs(figure.auc - 0.5) for figure in figures.values()]
    assert far == sorted(far, reverse=True)


def test_only_ads_of_the_two_labels_count() -> None:
    others = [*ads("gaji 12jt", 9, "ordinary", kind="news"), *ads("gaji 12jt", 9, "job_fraud")]
    examples = [*ads("gaji 12jt", 5, "follow_up"), *ads("gaji", 5, "ordinary"), *others]
    assert next(one for one in cue_figures(examples, {}) if one.name == "pay figure").in_ordinary == 0
    assert cue_figures(others, {}) == []


def test_a_word_of_one_author_gives_them_away_the_surest_first() -> None:
    texts = {"a": "semeton kerja bagus sekali", "b": "kerja bagus sekali", "c": "kerja bagus sekali kindly"}
    examples = [
        example(n, text=f"{text} {n}", group=f"{author}/c{n}") for n in range(12) for author, text in texts.items()
    ]
    examples += [example(n, text="kindly semeton", group=f"b/d{n}") for n in range(5)]
    examples += [example(n, text="kindly", group=f"a/d{n}") for n in range(6)]
    found = giveaways(examples)
    assert [(one.word, one.author, one.own_texts, one.texts) for one in found] == [
        ("semeton", "a", 12, 17),
        ("kindly", "c", 12, 23),
    ]
    assert found[0].score > found[1].score > 1


def test_words_that_all_use_give_no_one_away() -> None:
    examples = [example(n, text="kerja di pabrik", group=f"a{n % 4}/c{n}") for n in range(60)]
    assert giveaways(examples) == []
    assert giveaways(examples[:3]) == []
