"""The flag model: clauses in, proposals out; never severity 3 alone unless it is sure; a file that proves itself."""

from dataclasses import replace

import numpy as np
import pytest

from screener.detect import Detector, FlagModel, dump_flags, load_detector, read_flags
from screener.detect.clausehashing import FLAG_BUCKETS, hashed, rows, weighed
from screener.detect.clauses import Clause, clauses
from screener.detect.learntflags import coarse
from screener.detect.opinions import ALWAYS, NEVER, NO_VOTES, Calling, Platt, Votes
from screener.errors import ModelError
from screener.records import Flag, Kind, Reading
from screener.screening import plain_document

ODD = "Dicari pelayan kafe di Dubai, nanti burung biru terbang malam. Minat WA 0812-0000-1234"
KEY = "document-retention"
EVEN = Platt(1.0, 0.0)
VOTES = len(Votes._fields)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


def model(word: str, *, sure: bool = False, indicator: str = KEY) -> FlagModel:
    """A model that proposes the indicator in clauses with a word."""
    weights = np.zeros((FLAG_BUCKETS, 1 + VOTES))
    weights[hashed(word).itself, 0] = 100
    calling = Calling(log_odds=0.0, alone=EVEN, sure_from=0.0 if sure else NEVER, ruled=ALWAYS)
    return FlagModel(
        callings={indicator: calling},
        weights=coarse(weights),
        base=np.array([-1.0, *[0.0] * VOTES]),
        rarity=np.ones(FLAG_BUCKETS),
    )


def clauses_of_word(word: str) -> list[Clause]:
    return [Clause(start=0, end=1, words=(word,), concepts=())]


def by_model(reading: Reading) -> list[Flag]:
    return [flag for flag in reading.flags if flag.rule == "model"]


def test_every_token_is_in_one_clause_and_none_is_long(detector: Detector) -> None:
    view = detector.view(plain_document(ODD * 3))
    found = clauses(view.text, view.layouts["text"])
    assert [token for one in found for token in range(one.start, one.end)] == list(range(len(view.text.starts)))
    assert max(one.end - one.start for one in found) <= 18


def test_a_proposal_is_a_flag_with_its_exact_words_and_its_confidence(detector: Detector) -> None:
    (flag,) = by_model(detector.with_flags(model("burung")).read(plain_document(ODD), Kind.AD))
    assert ODD[flag.span.start : flag.span.end] == flag.quote
    assert "burung biru" in flag.quote
    assert flag.detail == "confidence 1.00"


@pytest.mark.parametrize(("sure", "severity"), [(False, 2), (True, 3)], ids=["not sure", "sure"])
def test_alone_it_counts_as_severity_three_only_when_it_is_sure(detector: Detector, sure: bool, severity: int) -> None:
    (flag,) = by_model(detector.with_flags(model("burung", sure=sure)).read(plain_document(ODD), Kind.AD))
    assert (flag.indicator, flag.severity) == (KEY, severity)


def test_where_no_place_abroad_is_named_it_is_sure_of_nothing(detector: Detector) -> None:
    placeless = "Dicari pelayan kafe, nanti burung biru di kandang. Minat WA 0812-0000-1234"
    (flag,) = by_model(detector.with_flags(model("burung", sure=True)).read(plain_document(placeless), Kind.AD))
    assert (flag.indicator, flag.severity) == (KEY, 2)


def test_beside_a_rule_of_the_same_indicator_it_counts_in_full(detector: Detector) -> None:
    text = ODD + ". Paspor dipegang bos."
    (flag,) = by_model(detector.with_flags(model("burung")).read(plain_document(text), Kind.AD))
    assert flag.severity == 3


def test_a_clause_weighs_in_a_text_what_it_weighs_in_training(detector: Detector) -> None:
    view = detector.view(plain_document(ODD))
    found = clauses(view.text, view.layouts["text"])
    chance = np.random.default_rng(1)
    random = replace(
        model("burung"),
        weights=coarse(chance.normal(size=(FLAG_BUCKETS, 1 + VOTES))),
        rarity=chance.uniform(1, 9, FLAG_BUCKETS),
    )
    of_clauses = (weighed(row, random.rarity) for row in rows(found))
    steps, size = random.weights
    trained = [float(values @ steps[buckets, 0]) * float(size[0]) - 1.0 for buckets, values in of_clauses]
    assert len(found) > 1
    np.testing.assert_allclose(random.log_odds(found)[:, 0], trained, rtol=1e-5)


SILENT = [
    ("where a rule raised it already", "Admin Kamboja, paspor dipegang burung biru bos", Kind.AD),
    ("in a sentence that warns", "Waspada agen burung biru. Dicari admin Kamboja", Kind.AD),
    ("in news", ODD, Kind.NEWS),
    ("in an ad for work at home", "Dicari pelayan burung biru di Surabaya", Kind.AD),
]


@pytest.mark.parametrize(("text", "kind"), [c[1:] for c in SILENT], ids=[c[0] for c in SILENT])
def test_it_proposes_nothing(detector: Detector, text: str, kind: Kind) -> None:
    assert by_model(detector.with_flags(model("burung")).read(plain_document(text), kind)) == []


def test_a_detector_without_a_model_has_rules_only(detector: Detector) -> None:
    assert by_model(detector.read(plain_document(ODD), Kind.AD)) == []


def test_the_file_gives_the_model_back_and_the_same_bytes() -> None:
    written = replace(model("burung", sure=True), rules={"secrecy/plain": 1.5, "urgency/last-days": -0.25})
    again = read_flags(dump_flags(written))
    assert dump_flags(again) == dump_flags(written)
    assert again.callings == written.callings
    assert again.rules == written.rules


def several(weights: np.ndarray) -> FlagModel:
    """A model of as many indicators as the weights have columns before those of the votes."""
    names = [f"indicator-{column}" for column in range(weights.shape[1] - VOTES)]
    calling = Calling(log_odds=0.0, alone=EVEN, sure_from=NEVER, ruled=ALWAYS)
    base = np.zeros(weights.shape[1])
    return replace(model("burung"), callings=dict.fromkeys(names, calling), weights=coarse(weights), base=base)


def test_the_file_keeps_weights_to_half_a_step() -> None:
    chance = np.random.default_rng(2)
    weights = chance.normal(size=(FLAG_BUCKETS, 3)) * (chance.uniform(size=(FLAG_BUCKETS, 3)) < 1e-5) * [1, 9, 0]
    weights[7] = [2.0, -127.0, 0.0]
    steps, size = coarse(weights)
    assert (np.abs(steps * size - weights) <= np.abs(weights).max(axis=0) / 127).all()
    again = read_flags(dump_flags(several(weights))).weights
    np.testing.assert_array_equal(again.steps, steps)
    np.testing.assert_array_equal(again.size, size)


def test_a_model_without_indicators_proposes_nothing() -> None:
    nothing = read_flags(dump_flags(several(np.zeros((FLAG_BUCKETS, VOTES)))))
    assert nothing.opinion(clauses_of_word("burung")).log_odds.shape == (1, 0)
    assert nothing.opinion(clauses_of_word("burung")).proposals() == []


def test_a_text_without_clauses_or_words_has_the_log_odds_of_the_base() -> None:
    wordless = Clause(start=0, end=1, words=(), concepts=())
    assert model("burung").opinion([]).log_odds.shape == (0, 1)
    assert model("burung").opinion([wordless]).log_odds.tolist() == [[-1.0]]


def voting(word: str) -> FlagModel:
    """A model that holds a text with a word to be one to follow up, and no ad."""
    weights = np.zeros((FLAG_BUCKETS, 1 + VOTES))
    weights[hashed(word).itself, 1:] = 2.0, -4.0
    return replace(model(word), weights=coarse(weights), base=np.array([-9.0, -1.0, 1.0]))


def test_clauses_vote_each_by_itself_and_the_mean_counts() -> None:
    once, never = clauses_of_word("burung"), clauses_of_word("kucing")
    assert voting("burung").opinion(once).votes == Votes(follow_up=1.0, ad=-3.0)
    assert voting("burung").opinion([*once, *never]).votes == Votes(follow_up=0.0, ad=-1.0)
    assert voting("burung").opinion([]).votes == NO_VOTES


def test_an_explanation_quotes_each_clause_with_what_it_says(detector: Detector) -> None:
    explanation = detector.with_flags(voting("burung")).explained(plain_document("Ini b-u-r-u-n-g. Itu kucing hitam"))
    assert [(quote, says > 0) for quote, says in explanation.spoken] == [
        ("Ini b-u-r-u-n-g.", True),
        ("Itu kucing hitam", False),
    ]
    assert detector.explained(plain_document(ODD)).spoken == ()


READ_ANYHOW = [("an ad", ODD, Kind.AD), ("news", ODD, Kind.NEWS), ("work at home", "Pelayan burung, Surabaya", Kind.AD)]


@pytest.mark.parametrize(("text", "kind"), [c[1:] for c in READ_ANYHOW], ids=[c[0] for c in READ_ANYHOW])
def test_clauses_vote_whatever_the_text_is(detector: Detector, text: str, kind: Kind) -> None:
    assert detector.read(plain_document(text), kind).vote == 0.0
    view, model = detector.view(plain_document(text)), voting("burung")
    votes = model.opinion(clauses(view.text, view.layouts["text"])).votes
    assert votes.follow_up != 0.0
    assert detector.with_flags(model).read(plain_document(text), kind).vote == votes.follow_up


def test_a_model_of_other_shapes_is_refused() -> None:
    with pytest.raises(ModelError, match="flags cannot be read"):
        read_flags(dump_flags(replace(model("burung"), base=np.zeros(2))))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"\x80\x04K\x01."], ids=["nothing", "cut", "a pickle"])
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(ModelError, match="flags cannot be read"):
        read_flags(content)
