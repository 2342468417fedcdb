"""The sample is scanned once for all tests that look at it, and a second time for those about change."""

import os
from pathlib import Path

import hypothesis
import pytest

from screener.bootstrap import make_screener
from screener.screening import Screener

from .scans import Scanned, sample_copy, scan

# Continuous integration says the same of the same commit; everywhere else each run looks at new cases.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    hypothesis.settings.load_profile("ci")


@pytest.fixture(scope="session")
def screener() -> Screener:
    """The default detector and model, loaded once."""
    return make_screener()


@pytest.fixture(scope="session")
def sample_config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scans") / "corpus" / "sample"
    return sample_copy(folder)


@pytest.fixture(scope="session")
def first(sample_config: Path, screener: Screener) -> Scanned:
    return scan(sample_config, screener)


@pytest.fixture(scope="session")
def second(sample_config: Path, screener: Screener, first: Scanned) -> Scanned:
    assert first.run.id == 1
    return scan(sample_config, screener)
