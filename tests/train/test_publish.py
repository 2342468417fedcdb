"""The same corpus gives the same model, byte for byte; the card says what the manifest says; the shipped model fits."""

import json
import re
from pathlib import Path

import pytest
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from screener.bootstrap import default_model_folder, open_model
from screener.detect import Detector
from screener.errors import SettingsError
from screener.records import Band
from screener.score.model import Manifest
from screener.screening import check_golden, read_text
from screener.train.corpus import Corpus
from screener.train.publish import card, train_model
from tests.train.factory import row, write

FILES = ["CARD.md", "flags.npz", "kinds.npz", "manifest.json", "weights.npz"]


def trained(corpus: Path, models: Path, detector: Detector, *, make_default: bool = True) -> Path:
    return train_model(corpus, models, detector, make_default=make_default, tell=lambda _: None)


@pytest.fixture(scope="session")
def small_model(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory, detector: Detector) -> Path:
    return trained(small_corpus, tmp_path_factory.mktemp("models"), detector)


def manifest(folder: Path) -> Manifest:
    return Manifest.model_validate(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))


def test_the_same_corpus_gives_the_same_model_byte_for_byte_on_any_number_of_threads(
    small_model: Path, small_corpus: Path, tmp_path: Path, detector: Detector
) -> None:
    with threadpool_limits(limits=1):
        again = trained(small_corpus, tmp_path, detector)
    assert again.name == small_model.name
    assert sorted(path.name for path in again.iterdir()) == FILES
    assert [(again / name).read_bytes() for name in FILES] == [(small_model / name).read_bytes() for name in FILES]


def test_a_trained_model_loads_and_scores_its_golden_texts(small_model: Path, detector: Detector) -> None:
    detector, model = open_model(detector, small_model)
    assert len(model.manifest.golden) >= 40
    check_golden(detector, model)


def test_a_model_is_written_whole_and_named_as_default(small_model: Path) -> None:
    assert sorted(path.name for path in small_model.parent.iterdir()) == sorted([small_model.name, "DEFAULT"])
    assert (small_model.parent / "DEFAULT").read_text(encoding="utf-8") == f"{small_model.name}\n"
    assert manifest(small_model).version == small_model.name


def test_a_corpus_too_small_to_leave_an_author_out_is_refused(tmp_path: Path, detector: Detector) -> None:
    corpus = write(tmp_path / "a.jsonl", row(), row(id="a1-2", label="ordinary", flags=[]))
    with pytest.raises(SettingsError, match="more authors and more campaigns are needed"):
        trained(corpus, tmp_path / "models", detector)
    assert not (tmp_path / "models").exists()


def test_the_card_has_every_figure_of_the_manifest(small_model: Path) -> None:
    made = manifest(small_model)
    text = (small_model / "CARD.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| ([a-z0-9 ]+) \| ([0-9.]+) \|$", text, re.MULTILINE))
    assert table == {name.replace("_", " "): f"{value:.3f}" for name, value in made.figures.items()}
    assert text == card(made)


def test_the_shipped_model_fits_this_program(detector: Detector) -> None:
    detector, model = open_model(detector, None)
    assert 0 < model.manifest.review_threshold <= model.manifest.alert_threshold < 1


def test_the_shipped_model_was_trained_on_the_shipped_corpus(shipped_corpus: Corpus) -> None:
    made = manifest(default_model_folder())
    assert made.corpus == shipped_corpus.digest
    assert made.corpus_examples == len(shipped_corpus.examples)


def test_the_shipped_card_is_the_one_of_its_manifest() -> None:
    folder = default_model_folder()
    assert (folder / "CARD.md").read_text(encoding="utf-8") == card(manifest(folder))


def test_the_shipped_model_tells_an_open_lure_from_a_lawful_offer(detector: Detector) -> None:
    detector, model = open_model(detector, None)
    lure = (
        "Loker admin Kamboja gaji 15jt, tiket ditanggung, visa turis dulu, paspor dipegang kantor. WA +855 12 000 000"
    )
    lawful = (
        "PT Contoh Karya (SIP3MI 12/2025) membuka lowongan perawat di Jepang melalui program G to G. Kontrak kerja, "
        "visa kerja dan asuransi disediakan. Biaya nol. Daftar lewat SISKOP2MI dan Disnaker setempat."
    )
    # It raises two flags of severity 3, whatever its probability.
    assert model.score(read_text(detector, lure)).band is Band.ALERT
    assert model.score(read_text(detector, lawful)).band is not Band.ALERT
