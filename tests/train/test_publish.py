"""The same corpus gives the same model, byte for byte; the card says what the manifest says; the shipped model fits."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from screener.bootstrap import default_model_folder, open_model
from screener.detect import Detector
from screener.errors import SettingsError
from screener.records import Band
from screener.score.archive import checked_files
from screener.score.manifest import read_manifest
from screener.screening import check_golden, read_text
from screener.train.card import card
from screener.train.corpus import Corpus, read_corpus
from screener.train.prepare import Prepared
from screener.train.publish import train_model, write_model
from tests.models import variant
from tests.train.factory import row, write

pytestmark = pytest.mark.timeout(900)  # the first test here trains

FILES = ["CARD.md", "evaluation.html", "flags.npz", "kinds.npz", "manifest.json", "weights.npz"]


def page(corpus: Corpus, ready: Prepared) -> dict[str, str]:
    return {"evaluation.html": f"<p>{len(corpus.examples)} texts, {ready.labels.sum()} to follow up \u2028 é</p>\n"}


def trained(corpus: Path, models: Path, detector: Detector) -> Path:
    return train_model(corpus, models, detector, tell=lambda _: None, pages=page)


@pytest.fixture(scope="session")
def small_model(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory, detector: Detector) -> Path:
    return trained(small_corpus, tmp_path_factory.mktemp("models"), detector)


@pytest.mark.timeout(900)  # trains twice
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


def test_a_model_is_written_whole_and_alone_and_is_not_yet_in_use(small_model: Path) -> None:
    assert [path.name for path in small_model.parent.iterdir()] == [small_model.name]
    assert read_manifest(small_model).version == small_model.name


def test_the_manifest_names_every_file_and_all_that_went_into_the_model(
    small_model: Path, small_corpus: Path, detector: Detector
) -> None:
    made = read_manifest(small_model)
    assert made.names == set(FILES)
    assert checked_files(small_model, made).keys() == set(FILES) - {"manifest.json"}
    assert made.format_version == 3
    assert made.corpus == read_corpus(small_corpus, detector.indicators).digest
    assert made.ruleset == detector.base_ruleset
    assert {len(digest) for digest in (made.features_digest, made.code_digest, made.seal)} == {64}
    assert made.code_version == version("screener")
    assert made.libraries["scikit-learn"] == version("scikit-learn")
    assert made.prevalence == 0.5
    assert made.alert_chosen_for == "at most 5% false alarms on left-out authors"
    assert made.review_chosen_for == "at least 95% of the ads to follow up"


def test_the_same_model_stays_as_it_is_and_another_takes_its_place_whole(tmp_path: Path, detector: Detector) -> None:
    made = read_manifest(variant(tmp_path, "made", detector))
    folder, files = tmp_path / "made", checked_files(tmp_path / "made", made)
    before = folder.stat().st_ino
    assert write_model(tmp_path, made, files) == folder
    assert folder.stat().st_ino == before
    write_model(tmp_path, made, {**files, "CARD.md": b"# Another card"})
    assert checked_files(folder, read_manifest(folder))["CARD.md"] == b"# Another card"
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("")
    with pytest.raises(SettingsError, match="models: the model cannot be written"):
        write_model(tmp_path / "models", read_manifest(default_model_folder()), {})


def test_a_corpus_too_small_to_leave_an_author_out_is_refused(tmp_path: Path, detector: Detector) -> None:
    corpus = write(tmp_path / "a.jsonl", row(), row(id="a1-2", label="ordinary", flags=[]))
    with pytest.raises(SettingsError, match="more authors and more campaigns are needed"):
        trained(corpus, tmp_path / "models", detector)
    assert not (tmp_path / "models").exists()


def test_the_card_has_every_figure_of_the_manifest(small_model: Path) -> None:
    made = read_manifest(small_model)
    text = (small_model / "CARD.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| ([a-z0-9 ]+) \| ([0-9.]+) \|$", text, re.MULTILINE))
    assert table == {name.replace("_", " "): f"{value:.3f}" for name, value in made.figures.items()}
    assert text == card(made)


def test_the_shipped_model_fits_this_program(detector: Detector) -> None:
    detector, model = open_model(detector, None)
    assert 0 < model.manifest.review_threshold <= model.manifest.alert_threshold < 1


def test_the_shipped_model_was_trained_on_the_shipped_corpus(shipped_corpus: Corpus) -> None:
    made = read_manifest(default_model_folder())
    assert made.corpus == shipped_corpus.digest
    assert made.corpus_examples == len(shipped_corpus.examples)


def test_the_shipped_card_is_the_one_of_its_manifest() -> None:
    folder = default_model_folder()
    assert (folder / "CARD.md").read_text(encoding="utf-8") == card(read_manifest(folder))


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
