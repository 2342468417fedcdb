"""A hidden word counts as the word; only what is meant to hide raises a flag of its own."""

import pytest

from screener.detect import Detector
from screener.records import Flag
from tests.factory import document

AD = "Loker Kamboja, gaji 800 dollar, minat chat 0812-0000-3344. "


def flags(detector: Detector, text: str, indicator: str) -> list[Flag]:
    return [flag for flag in detector.read(document(text=AD + text)).flags if flag.indicator == indicator]


@pytest.mark.parametrize(
    "written",
    [
        "P4sp0r dipegang m4nager.",
        "P a s p o r dipegang manager.",
        "P.a.s.p.o.r dipegang manager.",
        "Раsроr dipegang manager.",
        "Pas\u200bpor dipegang manager.",
        "P*spor d!pegang manager.",
    ],
)
def test_a_hidden_word_counts_as_the_word_and_is_flagged_besides(detector: Detector, written: str) -> None:
    kept = flags(detector, written, "document-retention")
    assert [flag.quote in written for flag in kept] == [True]
    assert flags(detector, written, "obfuscated-text")[0].detail == "paspor"


@pytest.mark.parametrize(
    "written",
    [
        "Pasporrrr dipegang manager.",
        "PASP0R DIPEGANG MANAGER.",
        "𝗣𝗮𝘀𝗽𝗼𝗿 dipegang manager.",
        "Pas-\npor dipegang manager.",
        "Paspor dlpegang manager.",
        "Pas por dipegang manager.",
    ],
)
def test_chat_print_and_fancy_letters_count_as_the_word_without_a_flag(detector: Detector, written: str) -> None:
    assert len(flags(detector, written, "document-retention")) == 1
    assert flags(detector, written, "obfuscated-text") == []


def test_two_hidden_words_show_the_manner(detector: Detector) -> None:
    found = flags(detector, "K3rja en4k, g4ji b3sar, m4kan gr4tis.", "obfuscated-text")
    assert [(flag.quote, flag.detail) for flag in found] == [("K3rja", "kerja"), ("en4k", "enak")]
