from collections.abc import Iterator
from pathlib import Path

import pytest

from screener.store import Store

from .factory import begin


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "screener.sqlite"


@pytest.fixture(scope="session")
def newest(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An empty database of the newest schema, so that not every test runs the migrations."""
    path = tmp_path_factory.mktemp("newest") / "screener.sqlite"
    Store.open(path).close()
    return path.read_bytes()


@pytest.fixture
def store(path: Path, newest: bytes) -> Iterator[Store]:
    path.write_bytes(newest)
    with Store.open(path) as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> int:
    return begin(store).id
