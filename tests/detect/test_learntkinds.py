"""The learnt kind: probabilities, doubt in favour of ads, and a file that gives the model back or is refused."""

import re

import numpy as np
import pytest

from screener.detect import Detector, KindModel, cues, dump_kinds, load_detector, read_kinds
from screener.detect.expressions import Expressions
from screener.detect.learntkinds import KIND_BUCKETS, Told
from screener.errors import ModelError
from screener.extract import contacts
from screener.records import Kind
from tests.factory import document

KINDS = (Kind.AD, Kind.WARNING, Kind.TESTIMONY)
ASKING = r"\?\s*$"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


def model(ad_from: float = 0.5, **cue_weights: tuple[float, float, float]) -> KindModel:
    weights = {name.replace("__", ":").replace("_", "-"): np.array(row) for name, row in cue_weights.items()}
    return KindModel(
        kinds=KINDS,
        cues=weights,
        ngrams=np.zeros((KIND_BUCKETS, len(KINDS)), dtype=np.float32),
        base=np.zeros(len(KINDS)),
        ad_from=ad_from,
    )


def test_a_cue_shifts_the_kind_and_the_probabilities_add_up(detector: Detector) -> None:
    warned = model(concept__warning_cue=(0.0, 6.0, 0.0))
    view = detector.view(document(text="Waspada modus kerja ke Kamboja", title=""))
    odds = warned.probabilities(view.both, view.original, view.grams)
    assert sum(odds.values()) == pytest.approx(1)
    assert warned.kind(view.both, view.original, view.grams) == Told(Kind.WARNING)


DOUBTS = [
    ("likelier a warning", 0.01, "Waspada", Told(Kind.AD, doubtful=True)),
    ("a warning, strictly", 0.9, "Waspada", Told(Kind.WARNING)),
    ("surely an ad", 0.01, "Lowongan kerja", Told(Kind.AD)),
]


@pytest.mark.parametrize(("ad_from", "text", "told"), [case[1:] for case in DOUBTS], ids=[case[0] for case in DOUBTS])
def test_in_doubt_a_text_is_an_ad(detector: Detector, ad_from: float, text: str, told: Told) -> None:
    weighed = model(ad_from, concept__warning_cue=(0.0, 3.0, 0.0), concept__work_cue=(3.0, 0.0, 0.0))
    view = detector.view(document(text=text, title=""))
    assert weighed.kind(view.both, view.original, view.grams) == told


def test_no_sign_of_an_ad_in_doubt_counts_as_severity_3(detector: Detector) -> None:
    ad = document(text="Waspada. Loker admin Kamboja. Paspor dipegang bos, keluar bayar denda.", title="")
    sure, doubtful = (detector.read(ad, Told(Kind.AD, doubtful=doubt)) for doubt in (False, True))
    assert {flag.severity for flag in sure.flags} > {flag.severity for flag in doubtful.flags}
    assert [flag.quote for flag in sure.flags] == [flag.quote for flag in doubtful.flags]
    assert max(flag.severity for flag in doubtful.flags) == 2
    assert doubtful.doubtful
    assert not sure.doubtful


RECRUITS = [("with a contact it recruits", " WA 0812-0000-1234", True), ("without one it tells", "", False)]


@pytest.mark.parametrize(("contact", "flagged"), [c[1:] for c in RECRUITS], ids=[c[0] for c in RECRUITS])
def test_a_testimony_is_read_like_an_ad_when_it_gives_a_contact(
    detector: Detector, contact: str, flagged: bool
) -> None:
    text = f"Alhamdulillah sudah terbang ke Dubai pakai visa turis, paspor dipegang bos.{contact}"
    told = detector.read(document(text=text, title="", contacts=contacts(text)), Kind.TESTIMONY)
    assert bool(told.flags) is flagged


def test_cues_name_concepts_style_and_expressions(detector: Detector) -> None:
    view = detector.view(document(text="Waspada! Benarkah kerja di Kamboja aman?", title=""))
    found = cues(view.both, view.original, Expressions([re.compile(ASKING)]))
    assert {"concept:warning-cue", "style:questions", f"pattern:{ASKING}"} <= found.keys()
    assert all(0 <= value <= 2 for value in found.values())


def test_the_file_gives_the_model_back_and_the_same_bytes() -> None:
    written = model(concept__warning_cue=(0.25, 1.5, -1.0))
    again = read_kinds(dump_kinds(written))
    assert dump_kinds(again) == dump_kinds(written)
    assert again.kinds == KINDS
    assert again.cues["concept:warning-cue"].tolist() == [0.25, 1.5, -1.0]


FORGED = [
    ("nothing", b""),
    ("no archive", b"PK\x03\x04 cut"),
    ("a pickle", b"\x80\x04K\x01."),
    ("half a file", dump_kinds(model())[:500]),
]


@pytest.mark.parametrize("content", [c[1] for c in FORGED], ids=[c[0] for c in FORGED])
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(ModelError, match="kinds cannot be read"):
        read_kinds(content)
