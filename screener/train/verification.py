"""Verifying a model: every check that loading makes, told one by one, and what differs without harm."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from screener.detect import Detector
from screener.errors import ModelError
from screener.score.archive import checked_files
from screener.score.features import features
from screener.score.manifest import Manifest, read_manifest
from screener.score.model import GOLDEN_TOLERANCE, other_features, other_ruleset
from screener.screening import golden_scores, load_fitting
from screener.train.provenance import PACKAGE, code_digest, features_digest, library_versions


@dataclass(frozen=True, kw_only=True)
class Check:
    """What one check came to, in words; `outcome` "warn" is a difference that does not make the model unusable."""

    outcome: Literal["ok", "warn", "FAIL"]
    told: str


def verify(folder: Path, detector: Detector) -> Iterator[Check]:
    """Each check of a model folder in the order of loading; what stands on a check that failed is left out."""
    try:
        manifest = read_manifest(folder)
        seal = "its seal fits" if manifest.seal else "which knows no seal"
        yield Check(outcome="ok", told=f"manifest of format {manifest.format_version}, {seal}")
        files = checked_files(folder, manifest)
    except ModelError as error:
        yield from (Check(outcome="FAIL", told=line) for line in str(error).splitlines())
        return
    yield Check(outcome="ok", told=f"{len(files)} files, none missing, none besides, every digest fits")
    yield Check(outcome="ok", told="no pickle: arrays of numbers and text, by content")
    fitting = list(_fitting(manifest, detector))
    yield from fitting
    yield from _differences(manifest, detector)
    if all(check.outcome == "ok" for check in fitting):
        yield _proof(folder, detector)


def _fitting(manifest: Manifest, detector: Detector) -> Iterator[Check]:
    listed = features(detector.indicators, detector.combination_titles)
    problems = {
        f"{len(listed)} features, those of this program": other_features(manifest, listed),
        f"ruleset {detector.base_ruleset}": other_ruleset(manifest, detector.base_ruleset),
    }
    for told, problem in problems.items():
        outcome: Literal["FAIL", "ok"] = "FAIL" if problem else "ok"
        yield Check(outcome=outcome, told=f"{problem}: train again with `screener train`" if problem else told)


def _differences(manifest: Manifest, detector: Detector) -> Iterator[Check]:
    """Libraries, code and explanations that are not those of the training."""
    here = library_versions(manifest.libraries)
    same = [name for name, trained in manifest.libraries.items() if here[name] == trained]
    if same:
        yield Check(outcome="ok", told=f"trained with {', '.join(f'{name} {here[name]}' for name in same)}, as here")
    for name in sorted(here.keys() - set(same)):
        told = f"trained with {name} {manifest.libraries[name]}, here it is {here[name]}"
        yield Check(outcome="warn", told=told)
    if manifest.code_digest and manifest.code_digest != code_digest():
        trained = f"{PACKAGE} {manifest.code_version}, code {manifest.code_digest[:16]}"
        here_now = f"{version(PACKAGE)}, code {code_digest()[:16]}"
        yield Check(outcome="warn", told=f"trained with {trained}; here it is {here_now}")
    if manifest.features_digest and manifest.features_digest != features_digest(
        features(detector.indicators, detector.combination_titles)
    ):
        yield Check(outcome="warn", told="a feature is explained in other words than when the model was trained")


def _proof(folder: Path, detector: Detector) -> Check:
    """What scoring the golden texts again comes to."""
    try:
        whole, model = load_fitting(detector, folder)
    except ModelError as error:
        return Check(outcome="FAIL", told=str(error))
    golden = model.manifest.golden
    pairs = zip(golden, golden_scores(whole, model), strict=True)
    apart = [abs(one.probability - score) for one, score in pairs]
    off = sum(difference > GOLDEN_TOLERANCE for difference in apart)
    if off:
        told = f"{off} of {len(golden)} golden texts score otherwise, by up to {max(apart):.2g}: train again"
        return Check(outcome="FAIL", told=told)
    told = f"{len(golden)} golden texts scored again, {max(apart, default=0.0):.1g} apart at most"
    return Check(outcome="ok", told=told)
