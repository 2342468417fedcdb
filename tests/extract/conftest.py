import pytest

from screener.extract import LanguageIdentifier


@pytest.fixture(scope="session")
def identify() -> LanguageIdentifier:
    return LanguageIdentifier()
