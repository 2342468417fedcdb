from types import ModuleType

import h11
import httpcore
import httpx
import pytest

from screener.errors import FetchError
from screener.fetch.deadline import Deadline
from screener.fetch.faults import FAULTS, mapped
from screener.fetch.stream import Meter


def errors_of(module: ModuleType) -> list[type[Exception]]:
    found = [getattr(module, name) for name in module.__all__]
    return [kind for kind in found if isinstance(kind, type) and issubclass(kind, Exception)]


ALL = [kind for module in (httpx, httpcore, h11) for kind in errors_of(module)]


@pytest.mark.parametrize("kind", ALL, ids=[f"{kind.__module__}.{kind.__name__}" for kind in ALL])
def test_no_error_of_a_library_is_left_unmapped(kind: type[Exception]) -> None:
    assert issubclass(kind, FAULTS)


@pytest.mark.parametrize(("raised", "reason"), [(httpx.InvalidURL("x"), "bad_url"), (ValueError("x"), "bad_http")])
def test_a_fault_becomes_a_fetch_error_with_its_words(raised: Exception, reason: str) -> None:
    meter = Meter(deadline=Deadline(1, lambda: 0.0), header_bytes=9, read_seconds=1)
    with pytest.raises(FetchError, match=f"{reason}: x"), mapped(meter):
        raise raised
