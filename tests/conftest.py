"""The sample is scanned once for all tests that look at it, and a second time for those about change."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from screener.bootstrap import make_screener
from screener.screening import Screener

from .scans import Scanned, sample_copy, scan

# Continuous integration says the same of the same commit; everywhere else each run looks at new cases.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    hypothesis.settings.load_profile("ci")


_CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless browser for what only a browser can say; one for all tests, since a process can have no second."""
    if not _CHROMIUM.exists():
        pytest.skip("Chromium is not installed (Debian package chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


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
