"""Negation, warnings and quotations decide whether words count."""

import pytest

from screener.detect import Detector
from screener.detect.scope import Layout
from tests.factory import document

RAISED = [
    ("plain", "Dicari admin Kamboja. Paspor dipegang bos.", True),
    ("negated before", "Dicari perawat Jepang. Tidak ada paspor ditahan.", False),
    ("negated between", "Dicari perawat Jepang. Paspor tidak ditahan.", False),
    ("negation ends at the comma", "Dicari admin Dubai, tidak ribet, paspor dipegang agen.", True),
    (
        "negation ends at the conjunction",
        "Dicari admin Dubai. Tidak ada potongan dan paspor dipegang agen.",
        True,
    ),
    ("warning sentence", "Lowongan perawat Jepang, minat WA. Waspada agen yang menahan paspor.", False),
    (
        "list under a warning",
        "Lowongan perawat Jepang, minat WA. Waspada agen yang:\n- menahan paspor\n- minta uang",
        False,
    ),
    (
        "lure after a warning",
        "Waspada penipuan ya. Lowongan admin Kamboja, minat WA. Paspor dipegang bos.",
        True,
    ),
    ("a short question and its answer", "Dicari admin Kamboja. Paspor? Dipegang bos.", True),
    ("a short question, answered no", "Dicari admin Jepang. Paspor? Tidak dipegang bos.", False),
    ("a short question on a line of its own", "Dicari admin Jepang. Paspor?\nDipegang bos lain.", False),
    (
        "quoted from others",
        'Lowongan Jepang, minat WA. Agen gelap biasanya bilang "paspor dipegang kantor".',
        False,
    ),
]


@pytest.mark.parametrize(("text", "raised"), [case[1:] for case in RAISED], ids=[case[0] for case in RAISED])
def test_words_count_only_when_they_are_meant(detector: Detector, text: str, raised: bool) -> None:
    flags = detector.read(document(text=text, title="")).flags
    assert any(flag.indicator == "document-retention" for flag in flags) is raised


@pytest.mark.parametrize(("answer", "raised"), [("belum ada", False), ("Ada, 129/2020", True)], ids=["no", "yes"])
def test_a_licence_that_is_asked_for_and_denied_is_none(detector: Detector, answer: str, raised: bool) -> None:
    flags = detector.read(document(text=f"Lowongan pabrik Taiwan, minat WA. SIP3MI? {answer}", title="")).flags
    assert any(flag.indicator == "licensed-p3mi" for flag in flags) is raised


DENIALS = [
    ("named, then absent", "Potongan gaji: tidak ada", True),
    ("asked and answered", "Potongan gaji? Nol", True),
    ("absent as an amount", "potongan gaji 0 rupiah, mess gratis", True),
    ("named with more words, then absent", "potong gaji enam bulan: tidak ada.", True),
    ("asked with more words, answered no", "potong gaji sama agen? Enggak dong", True),
    ("asked, answered yes", "potong gaji sama agen? Iya", False),
    ("asked, and it does not matter", "potong gaji dulu? Tidak masalah", False),
    ("asked in another sentence", "potong gaji. Susah? Tidak", False),
    ("what follows is absent", "potongan gaji tidak ada yang tahu", False),
    ("only supposed", "kalau tidak potong gaji sendiri", False),
    ("more, not less", "bukan cuma potong gaji", False),
    ("denied before", "tidak potong gaji", True),
    ("denied in another clause", "tidak ribet, potong gaji", False),
]


@pytest.mark.parametrize(("text", "denied"), [c[1:] for c in DENIALS], ids=[c[0] for c in DENIALS])
def test_a_denial_stands_before_or_right_after_what_it_denies(detector: Detector, text: str, denied: bool) -> None:
    terms = detector.terms(text)
    first = next(n for n, start in enumerate(terms.starts) if terms.folded.text[start:].lower().startswith("potong"))
    assert Layout(terms).negated(first, first + 1) is denied
