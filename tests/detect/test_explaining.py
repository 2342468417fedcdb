"""An explanation names what silenced a rule, and by which words."""

from pathlib import Path

import pytest

from screener.detect import Detector, Silenced
from screener.detect.explaining import in_words
from screener.records import Kind
from tests.factory import document

OFFER = "Dibutuhkan operator pabrik di Taiwan, gaji NT$ 29.500, WA 0812-0000-0001. "
SILENCED = [
    ("negated", OFFER + "Paspor tidak ditahan majikan.", "document-retention", "negated", "tidak"),
    ("false friend", OFFER + "Paspor dipegang sendiri.", "document-retention", "unless", "self: sendiri"),
    ("warned of", OFFER + "Waspada calo yang menahan paspor agen.", "document-retention", "warning", "Waspada"),
    ("a warning", "WASPADA! Jangan mau paspor dipegang agen. Laporkan ke BP3MI.", "complaint-line", "kind", "warning"),
]


def silenced(detector: Detector, text: str, indicator: str) -> list[Silenced]:
    found = detector.explained(document(text=text, title="")).silenced
    return [one for one in found if one.indicator == indicator]


@pytest.mark.parametrize(
    ("text", "indicator", "reason", "by"), [case[1:] for case in SILENCED], ids=[case[0] for case in SILENCED]
)
def test_what_silenced_a_rule_is_named(detector: Detector, text: str, indicator: str, reason: str, by: str) -> None:
    found = silenced(detector, text, indicator)
    assert all(text[one.span.start : one.span.end] == one.quote for one in found)
    assert (reason, True) in [(one.reason, by in one.by) for one in found]


def test_a_rule_for_work_abroad_is_silent_at_home(detector: Detector) -> None:
    text = "Lowongan kasir toko di Bandung, gaji UMR, ijazah ditahan perusahaan. WA 0812-0000-0001"
    assert {one.reason for one in silenced(detector, text, "document-retention")} == {"scope"}


def test_a_second_rule_on_the_same_words_is_told_as_said_already(detector: Detector, tmp_path: Path) -> None:
    rule = '[[rule]]\nname = "document-retention/also"\nindicator = "document-retention"\npattern = "dipegang bos"\n'
    (tmp_path / "own.toml").write_text(rule + 'hits = ["dipegang bos"]\n', encoding="utf-8")
    own = detector.with_rules([tmp_path])
    reading = own.read(document(text=OFFER + "Paspor dipegang bos.", title=""))
    (by,) = [flag.rule for flag in reading.flags if flag.indicator == "document-retention"]
    found = silenced(own, OFFER + "Paspor dipegang bos.", "document-retention")
    (also,) = [one for one in found if one.rule == "document-retention/also"]
    assert (also.reason, also.by) == ("said already", (by,))


def test_what_raised_a_flag_is_not_silenced(detector: Detector) -> None:
    explanation = detector.explained(document(text=OFFER + "Paspor dipegang bos, utang dipotong gaji.", title="Loker"))
    raised = {(flag.rule, flag.span.start, flag.field) for flag in explanation.reading.flags}
    assert raised
    assert raised.isdisjoint((one.rule, one.span.start, one.field) for one in explanation.silenced)


def test_a_disguise_is_shown_as_it_was_written_and_as_it_was_read(detector: Detector) -> None:
    explanation = detector.explained(document(text=OFFER + "p4spor dipegang bos", title="L0wongan Taiwan"))
    undone = {(one.field, one.original, one.plain) for one in explanation.undone}
    assert ("text", "p4spor", "paspor") in undone


def test_the_words_of_the_scope_are_named(detector: Detector) -> None:
    assert "Taiwan" in detector.explained(document(text=OFFER, title="")).scope_words[0]


def test_the_kind_that_was_taken_has_the_most_weight_and_its_cues_add_up(detector: Detector) -> None:
    taken, *others = detector.kind_reasons(document(text=OFFER, title=""))
    assert taken.kind is Kind.AD is detector.read(document(text=OFFER, title="")).kind
    assert all(taken.weight >= other.weight for other in others)
    assert taken.weight == pytest.approx(sum(part for _, part in taken.cues))


def test_a_reason_reads_as_a_phrase() -> None:
    assert in_words("negated", ("tidak",)) == "negated by 'tidak'"
    assert in_words("some new reason", ()) == "some new reason"


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\x00", "tidak paspor dipegang " * 500, "(" * 20_000])
def test_any_text_is_explained(detector: Detector, text: str) -> None:
    assert detector.explained(document(text=text, title=text)).reading.document.text == text
