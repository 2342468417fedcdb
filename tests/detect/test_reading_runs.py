"""Documents read in runs are read as each is alone, in their order, whatever lies beside them."""

from collections.abc import Iterator

import pytest

from screener.detect import Detector
from screener.records import Document, Reading
from screener.screening import Screener

TEXTS = {
    "an ad": ("", "Dicari admin Kamboja, paspor dipegang bos, gaji 15 juta. WA 0812-0000-1234"),
    "nothing": ("", ""),
    "a title alone": ("Loker ART Riyadh, masuk umrah dulu", ""),
    "signs": ("!!!", "... ***"),
    "a warning": ("", "Waspada! Jangan mau kerja di Kamboja pakai visa turis."),
    "a long one": ("Loker", "Dibutuhkan operator pabrik di Taiwan, paspor ditahan. " * 2_500),
    "disguised": ("", "l0k3r k4mb0j4, p a s p o r dipegang bos"),
    "the ad again": ("", "Dicari admin Kamboja, paspor dipegang bos, gaji 15 juta. WA 0812-0000-1234"),
}
DOCUMENTS = [Document(id=name, url="", title=title, text=text) for name, (title, text) in TEXTS.items()]


@pytest.fixture(scope="module")
def detector(screener: Screener) -> Detector:
    return screener.detector


@pytest.mark.parametrize("documents", [DOCUMENTS, DOCUMENTS[::-1], DOCUMENTS * 12], ids=["once", "backwards", "often"])
def test_in_runs_each_is_read_as_it_is_alone_and_in_order(detector: Detector, documents: list[Document]) -> None:
    alone: dict[str, Reading] = {document.id: detector.read(document) for document in DOCUMENTS}
    assert list(detector.read_each(documents)) == [alone[document.id] for document in documents]


def test_findings_come_in_the_order_of_the_documents(screener: Screener) -> None:
    found = list(screener.screen_each(DOCUMENTS))
    assert [one.document.id for one in found] == list(TEXTS)
    assert [one.score for one in found] == [screener.screen(document).score for document in DOCUMENTS]


@pytest.mark.parametrize(
    ("text", "taken"), [("Loker", 64), ("a" * 30_000, 4), ("", 64)], ids=["short", "long", "empty"]
)
def test_no_more_is_held_than_64_documents_or_so_many_characters(detector: Detector, text: str, taken: int) -> None:
    asked: list[int] = []

    def endless() -> Iterator[Document]:
        while True:
            asked.append(len(asked))
            yield Document(id=str(len(asked)), url="", title=text, text="")

    next(detector.read_each(endless()))
    assert len(asked) == taken
