"""The manifest of a model: everything that went into it, and what it is worth."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from screener.detect import Detector
from screener.records import Example
from screener.score.features import Feature
from screener.score.manifest import Golden, Manifest
from screener.score.model import Model
from screener.score.weights import Arrays
from screener.screening import golden_scores
from screener.train.bands import ALERT_CHOSEN_FOR, REVIEW_CHOSEN_FOR
from screener.train.corpus import Corpus
from screener.train.fit import SEED
from screener.train.provenance import PACKAGE, code_digest, digests_of, features_digest, library_versions

_LIBRARIES = ("numpy", "scikit-learn", "scipy", "spacy", "google-re2", "phonenumbers")
_GOLDEN = 40
_DIGITS = 4


@dataclass(frozen=True, kw_only=True)
class Trained:
    """What training has made: `files` by name as they will be written, `limits` from where alert and review begin."""

    corpus: Corpus
    features: tuple[Feature, ...]
    arrays: Arrays
    intercept: float
    files: Mapping[str, bytes]
    limits: tuple[float, float]
    figures: Mapping[str, float]


def manifest_of(trained: Trained, detector: Detector) -> Manifest:
    """The manifest of a model, its golden texts scored with this detector; texts and seal are still to come."""
    digests = digests_of(trained.files)
    whole = hashlib.sha256("".join(digests.values()).encode()).hexdigest()
    until = max(example.written_on for example in trained.corpus.examples)
    manifest = Manifest(
        version=f"{until}-{whole[:8]}",
        examples_until=until,
        corpus=trained.corpus.digest,
        corpus_examples=len(trained.corpus.examples),
        ruleset=detector.base_ruleset,
        features=[feature.name for feature in trained.features],
        features_digest=features_digest(trained.features),
        files=digests,
        intercept=trained.intercept,
        alert_threshold=trained.limits[0],
        alert_chosen_for=ALERT_CHOSEN_FOR,
        review_threshold=trained.limits[1],
        review_chosen_for=REVIEW_CHOSEN_FOR,
        seed=SEED,
        code_version=version(PACKAGE),
        code_digest=code_digest(),
        libraries=library_versions(_LIBRARIES),
        figures={name: round(value, _DIGITS) for name, value in trained.figures.items()},
        golden=[],
    )
    return _with_golden(manifest, trained, detector)


def _with_golden(manifest: Manifest, trained: Trained, detector: Detector) -> Manifest:
    """The manifest with the scores of some texts, spread over the corpus."""
    chosen = manifest.model_copy(update={"golden": _spread(trained.corpus.examples)})
    model = Model(
        manifest=chosen,
        features=trained.features,
        feature_weights=trained.arrays.features,
        ngram_weights=trained.arrays.ngrams,
        ngram_rarity=trained.arrays.rarity,
    )
    pairs = zip(chosen.golden, golden_scores(detector, model), strict=True)
    golden = [Golden(text=one.text, probability=probability) for one, probability in pairs]
    return manifest.model_copy(update={"golden": golden})


def _spread(examples: Sequence[Example]) -> list[Golden]:
    return [Golden(text=one.text, probability=0.0) for one in examples[:: max(1, len(examples) // _GOLDEN)]]
