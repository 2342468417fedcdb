"""Verifying tells each check; a difference without harm is a warning, and all else a failure."""

from collections.abc import Callable
from pathlib import Path

import pytest

from screener.detect import Detector
from screener.score.manifest import MANIFEST, Manifest, read_manifest, sealed, written
from screener.train.verification import Check, verify
from tests.models import copied, damage, variant


def outcomes(folder: Path, detector: Detector) -> list[Check]:
    return list(verify(folder, detector))


def rewritten(folder: Path, change: Callable[[Manifest], dict[str, object]]) -> None:
    """The manifest with other fields, sealed again."""
    made = read_manifest(folder)
    (folder / MANIFEST).write_text(written(sealed(made.model_copy(update=change(made)))), encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, detector: Detector) -> Path:
    return variant(tmp_path_factory.mktemp("models"), "made", detector)


def test_a_model_that_verifies_is_told_check_by_check(made: Path, detector: Detector) -> None:
    checks = outcomes(made, detector)
    assert {check.outcome for check in checks} == {"ok"}
    told = "\n".join(check.told for check in checks)
    assert "manifest of format 3, its seal fits" in told
    assert "6 files, none missing, none besides, every digest fits" in told
    assert "no pickle" in told
    assert f"ruleset {detector.base_ruleset}" in told
    assert "8 golden texts scored again, 0 apart at most" in told


def test_the_shipped_model_verifies(tmp_path: Path, detector: Detector) -> None:
    assert "FAIL" not in {check.outcome for check in outcomes(copied(tmp_path, "shipped"), detector)}


FAILURES: list[tuple[str, Callable[[Path], object], str]] = [
    ("a changed byte", lambda f: damage(f / "weights.npz"), "weights.npz was changed after training"),
    ("no manifest", lambda f: (f / MANIFEST).unlink(), "is not a model folder"),
    ("a changed manifest", lambda f: damage(f / MANIFEST), "manifest"),
    ("another ruleset", lambda f: rewritten(f, lambda _: {"ruleset": "f" * 16}), "was trained with ruleset ffff"),
    ("other features", lambda f: rewritten(f, lambda m: {"features": m.features[::-1]}), "on other features"),
    (
        "drifted scores",
        lambda f: rewritten(f, lambda m: {"intercept": m.intercept + 0.01}),
        "golden texts score otherwi",
    ),
]


@pytest.mark.parametrize(("tamper", "told"), [c[1:] for c in FAILURES], ids=[c[0] for c in FAILURES])
def test_what_makes_a_model_unusable_is_a_failure(
    tmp_path: Path, detector: Detector, tamper: Callable[[Path], object], told: str
) -> None:
    folder = variant(tmp_path, "made", detector)
    tamper(folder)
    failed = [check.told for check in outcomes(folder, detector) if check.outcome == "FAIL"]
    assert any(told in line for line in failed)


def test_another_library_code_or_wording_is_a_warning(tmp_path: Path, detector: Detector) -> None:
    folder = variant(tmp_path, "made", detector)
    rewritten(
        folder,
        lambda m: {
            "libraries": {**m.libraries, "numpy": "1.0", "no-such-library": "3"},
            "code_version": "0.0",
            "code_digest": "0" * 64,
            "features_digest": "0" * 64,
        },
    )
    checks = outcomes(folder, detector)
    warned = [check.told for check in checks if check.outcome == "warn"]
    assert len(warned) == 4
    assert warned[0].startswith("trained with no-such-library 3, here it is absent")
    assert warned[1].startswith("trained with numpy 1.0, here it is ")
    assert {check.outcome for check in checks} == {"ok", "warn"}
