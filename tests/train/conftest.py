"""A detector, and a small corpus taken from the shipped one; all only read."""

from pathlib import Path

import pytest

from screener.detect import Detector, load_detector
from screener.places import shipped
from screener.train.corpus import Corpus, read_corpus
from tests.train.factory import thinned

EVERY = 6


@pytest.fixture(scope="session")
def detector() -> Detector:
    return load_detector()


@pytest.fixture(scope="session")
def shipped_corpus(detector: Detector) -> Corpus:
    return read_corpus(shipped("examples"), detector.indicators)


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every sixth example of each author, and more of job fraud, as files of their own."""
    return thinned(shipped("examples"), tmp_path_factory.mktemp("corpus"), EVERY)
