"""Whatever a megabyte holds, it is read to the end; how long that takes is told by `make bench`."""

import pytest

from screener.detect import Detector, load_detector
from screener.screening import read_text
from screener.text import LENGTH_MAX
from tests.megabytes import megabytes


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


@pytest.mark.parametrize(("name", "text"), megabytes().items(), ids=megabytes())
def test_a_megabyte_of_anything_is_read_without_an_exception(name: str, text: str, detector: Detector) -> None:
    reading = read_text(detector, text)
    assert (name, reading.truncated) == (name, True)
    assert all(text[flag.span.start : flag.span.end] == flag.quote for flag in reading.flags)
    assert all(contact.span.end <= LENGTH_MAX for contact in reading.document.contacts)
