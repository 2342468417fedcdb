"""One detector for all tests: it only reads."""

import pytest

from screener.detect import Detector, load_detector


@pytest.fixture(scope="session")
def detector() -> Detector:
    return load_detector()
