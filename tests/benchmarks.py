"""Speed, size and growth, each figure beside a named baseline of the same run: `make bench`.

Nothing here passes or fails. One core; every figure is bounded, all of them take under ten minutes; `--long` adds the
growth to 100,000 ads, which takes as long again; `--model` measures the model alone: size, load time and memory.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import spacy

from screener.batch import settle
from screener.bootstrap import default_model_folder, make_screener
from screener.detect import load_detector
from screener.places import shipped
from screener.records import Band, Document, Example
from screener.screening import Screener, load_fitting, plain_document, read_text
from screener.train.baselines import tfidf_model
from screener.train.corpus import Corpus, document_of, read_corpus
from screener.train.disguises import KINDS
from screener.train.prepare import labels_of
from screener.train.promotion import load_seconds
from tests.disguise_figures import Disguisable
from tests.megabytes import megabytes
from tests.plain import plain_ads
from tests.plain_figures import OBFUSCATED_LIMIT, SEVERE_LIMIT, PlainFigures

ROOT = Path(__file__).resolve().parents[1]
FIELD = ROOT.parent / "shared" / "field"
ADS = 3_000
BATCH = 250
LENGTHS = (2_000, 20_000, 200_000)
NUMBERS = (1_000, 10_000)
NUMBER_LONG = 100_000
CHILD_SECONDS = 60
PLAIN_ADS = 2_000
PLAIN_SEED = 2026
RESIDENT = Path("/proc/self/statm")  # on Linux only

Line = tuple[str, str, str, str]


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def line(figure: str, value: float, unit: str, baseline: str, other: float) -> Line:
    """A row of the table: the figure, and its ratio to the baseline measured in the same run."""
    return figure, f"{value:,.3g} {unit}" if value < 100 else f"{value:,.0f} {unit}", baseline, f"{value / other:,.3g}"


def texts_of(corpus: Corpus, number: int) -> list[str]:
    """The corpus texts over and over, up to a number."""
    return list(islice(cycle(f"{example.title}\n{example.text}" for example in corpus.examples), number))


def documents_of(examples: Sequence[Example], number: int) -> list[Document]:
    """The corpus documents over and over, up to a number."""
    return list(islice(cycle([document_of(example) for example in examples]), number))


def throughput(screener: Screener, corpus: Corpus) -> Iterator[Line]:
    """Ads a second of the whole path and of scoring alone, against a plain TF-IDF model."""
    documents, texts = documents_of(corpus.examples, ADS), np.array(texts_of(corpus, ADS), dtype=object)
    known = np.array(texts_of(corpus, len(corpus.examples)), dtype=object)
    plain = tfidf_model().fit(known, labels_of(corpus.examples))
    batches = [texts[start : start + BATCH] for start in range(0, ADS, BATCH)]
    baseline = ADS / seconds(lambda: [plain.predict_proba(batch) for batch in batches])
    whole = ADS / seconds(lambda: deque(screener.screen_each(documents), maxlen=0))
    readings = list(screener.detector.read_each(documents))
    alone = ADS / seconds(lambda: deque(map(screener.model.score, readings), maxlen=0))
    name = f"TF-IDF logistic regression, {baseline:,.0f} ads/s"
    yield line("document to finding", whole, "ads/s", name, baseline)
    yield line("scoring alone", alone, "ads/s", name, baseline)


def detection(screener: Screener, corpus: Corpus) -> Iterator[Line]:
    """Characters a second of a reading, facts and flags included, against spaCy's tokeniser on the bare texts.

    The first time every word is new to both; later both know all words, which helps the tokeniser more. By rules alone
    is without the models of kinds and flags.
    """
    documents = documents_of(corpus.examples, len(corpus.examples))
    characters = sum(len(document.text) for document in documents) / 1e6
    tokenise = spacy.blank("id")
    bare = [seconds(lambda: deque((tokenise(document.text) for document in documents), maxlen=0)) for _ in range(3)]
    ours = [seconds(lambda: deque(screener.detector.read_each(documents), maxlen=0)) for _ in range(3)]
    alone = seconds(lambda: deque(map(screener.detector.read, documents), maxlen=0))
    rules = load_detector()
    settle()
    by_rules = seconds(lambda: deque(rules.read_each(documents), maxlen=0))
    figures = {"read, new texts": (bare[0], ours[0]), "read, known texts": (min(bare), min(ours))}
    figures |= {"read by rules alone, known texts": (min(bare), by_rules)}
    for figure, (other, own) in {**figures, "read one by one, known texts": (min(bare), alone)}.items():
        rate, baseline = characters / own, characters / other
        yield line(figure, rate, "million characters/s", f"spaCy tokeniser, {baseline:.2f}", baseline)
    yield from _reading_growth(screener, corpus)


def _reading_growth(screener: Screener, corpus: Corpus) -> Iterator[Line]:
    """Time to read an ad among more and more, none of which is kept."""
    numbers = (*NUMBERS, NUMBER_LONG) if "--long" in sys.argv else NUMBERS
    each = [_milliseconds_an_ad(screener, corpus, number) for number in numbers]
    for number, value in zip(numbers[1:], each[1:], strict=True):
        yield line(f"read an ad among {number:,}", value, "ms", f"among {numbers[0]:,}, {each[0]:.3g} ms", each[0])


def _milliseconds_an_ad(screener: Screener, corpus: Corpus, number: int) -> float:
    documents = documents_of(corpus.examples, number)
    return seconds(lambda: deque(screener.detector.read_each(documents), maxlen=0)) / number * 1e3


def growth(screener: Screener, corpus: Corpus) -> Iterator[Line]:
    """Time an ad at 1,000 and 10,000 ads, and time a character up to the longest text that is read."""
    few, many = documents_of(corpus.examples, 1_000), documents_of(corpus.examples, 10_000)
    short = seconds(lambda: [screener.screen(document) for document in few]) / len(few) * 1e3
    long = seconds(lambda: [screener.screen(document) for document in many]) / len(many) * 1e3
    yield line("an ad among 10,000", long, "ms", f"an ad among 1,000, {short:.3g} ms", short)
    joined = "\n".join(texts_of(corpus, ADS))
    each = [_microseconds_a_character(screener, joined[:length]) for length in LENGTHS]
    for length, value in zip(LENGTHS[1:], each[1:], strict=True):
        yield line(f"a character of {length:,}", value, "µs", f"one of {LENGTHS[0]:,}, {each[0]:.3g} µs", each[0])


def _microseconds_a_character(screener: Screener, text: str) -> float:
    times = max(1, LENGTHS[-1] // len(text) // 4)
    document = plain_document(text)
    return seconds(lambda: [screener.screen(document) for _ in range(times)]) / times / len(text) * 1e6


def hostile(screener: Screener) -> Iterator[Line]:
    """Megabytes of what a page may hold, the slowest first, against a megabyte of ordinary ads."""
    ads = "Dibutuhkan operator pabrik di Taiwan, gaji 15 juta. Minat hubungi kantor kami. " * 13_000
    ordinary = seconds(lambda: screener.screen(plain_document(ads)))
    took = {name: seconds(partial(_screen_text, screener, text)) for name, text in megabytes().items()}
    for name in sorted(took, key=lambda name: -took[name]):
        yield line(f"a megabyte: {name}", took[name], "s", f"a megabyte of ads, {ordinary:.3g} s", ordinary)


def _screen_text(screener: Screener, text: str) -> None:
    screener.screen(plain_document(text))


def disguise(screener: Screener, corpus: Corpus) -> Iterator[Line]:
    """Marks that are found in disguised texts, against the same texts in the clear; and what is read wrongly."""
    texts = Disguisable.of(screener.detector, corpus.examples)
    clear = texts.recall(0, ())
    for number in (1, 3, 5):
        yield line(
            f"recall, {number} disguises a sentence", texts.recall(number, KINDS), "", f"clear, {clear:.3f}", clear
        )
    for kind in KINDS:
        yield line(f"recall, 3 of {kind}", texts.recall(3, [kind]), "", f"clear, {clear:.3f}", clear)
    plain = texts.plain()
    told = ", ".join(plain.words[:8])
    yield line("plain ads with a word undone", plain.undone * 100, "%", f"{plain.number} plain ads: {told}", 100)
    yield line("plain ads flagged for it", plain.flagged * 100, "%", "goal 0.2 %", 0.2)


def plain(screener: Screener) -> Iterator[Line]:
    """What is flagged in plain ads for work at home, the worst first, against the limits and all of these ads."""
    ads = plain_ads(PLAIN_ADS, PLAIN_SEED)
    findings = [screener.screen(plain_document(ad.text)) for ad in ads]
    figures = PlainFigures.of(findings)
    of_all = f"{len(ads):,} plain domestic ads"
    yield line("plain: flag of severity 3", figures.severe * 100, "%", "limit 0.5 %", SEVERE_LIMIT * 100)
    yield line("plain: said to be disguised", figures.obfuscated * 100, "%", "limit 0.2 %", OBFUSCATED_LIMIT * 100)
    for raised in figures.raised():
        told = f"severity {raised.severity}: {' | '.join(raised.quotes)}"
        yield line(f"plain: {raised.indicator}", raised.share * 100, "%", told, 100)
    for band in (Band.ALERT, Band.REVIEW):
        banded = sum(finding.score.band is band for finding in findings) / len(findings)
        yield line(f"plain: {band.value}", banded * 100, "%", of_all, 100)
    at_home = PlainFigures.of(finding for ad, finding in zip(ads, findings, strict=True) if ad.place)
    yield line("plain: home named, not domestic", at_home.not_at_home * 100, "%", f"{len(at_home.flags):,} ads", 100)


def model_figures() -> Iterator[Line]:
    """Size of the model, time to load it (checked, without the proof on golden texts), and its memory."""
    folder, detector = default_model_folder(), load_detector()
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    yield line("model on disk", size, "MB", "goal 5 MB", 5)
    alone = load_seconds(folder, detector, time.process_time) * 1e3
    whole = seconds(make_screener) * 1e3
    yield line("load the model", alone, "ms", "goal 50 ms", 50)
    yield line("load all", whole, "ms", f"the model alone, {alone:,.0f} ms", alone)
    if RESIDENT.exists():
        imports, rules, both, used = json.loads(_child("--memory"))
        yield line("memory of the model", both - rules, "MB", "goal 100 MB", 100)
        yield line("memory of rules and model", used - imports, "MB", f"the imports, {imports:,.0f} MB", imports)


def memory() -> str:
    """Resident megabytes with the imports, then rules, model and a first text too, as JSON; in its own process."""
    imports = _resident()
    detector = load_detector()
    rules = _resident()
    whole, model = load_fitting(detector, default_model_folder())
    both = _resident()
    model.score(read_text(whole, "Dibutuhkan operator pabrik di Taiwan"))
    return json.dumps([imports, rules, both, _resident()])


def _resident() -> float:
    # The peak that getrusage tells is inherited from the process that started this one.
    return int(RESIDENT.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _child(*arguments: str) -> str:
    command = [sys.executable, __file__, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=CHILD_SECONDS).stdout  # noqa: S603  our own program


def starting() -> Iterator[Line]:
    """How long `screener --help` takes, against a bare interpreter."""
    bare, told = (_wall(arguments) * 1e3 for arguments in (["-c", "pass"], ["-m", "screener", "--help"]))
    yield line("screener --help", told, "ms", f"python -c pass, {bare:.0f} ms", bare)


def _wall(arguments: Sequence[str]) -> float:
    def once() -> float:
        start = time.perf_counter()
        command = [sys.executable, *arguments]
        subprocess.run(command, check=True, capture_output=True, timeout=CHILD_SECONDS)  # noqa: S603  our own program
        return time.perf_counter() - start

    return statistics.median(once() for _ in range(5))


def field() -> Iterator[str]:
    """The figures of a labelled sample by other hands, when one lies beside the checkout."""
    yield ""
    if not (FIELD / "measure.py").is_file():
        yield f"field sample: absent ({FIELD})"
        return
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "screened.jsonl")
        _wall_once("-m", "screener", "screen", str(FIELD / "ads.jsonl"), "--output", str(out))
        yield f"field sample ({FIELD / 'ads.jsonl'})"
        yield _wall_once(str(FIELD / "measure.py"), str(FIELD / "ads.jsonl"), str(out)).rstrip()


def _wall_once(*arguments: str) -> str:
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=CHILD_SECONDS).stdout  # noqa: S603  our own program


def table() -> Iterator[str]:
    """All lines, each as soon as it is measured."""
    if "--model" in sys.argv:
        yield from rows(model_figures())
        return
    screener = make_screener()
    settle()  # as `screener screen` does
    corpus = read_corpus(shipped("examples"), screener.detector.indicators)
    parts = (
        throughput(screener, corpus),
        detection(screener, corpus),
        growth(screener, corpus),
        disguise(screener, corpus),
        plain(screener),
        hostile(screener),
        model_figures(),
        starting(),
    )
    yield from rows(row for part in parts for row in part)
    yield from field()


def rows(lines: Iterable[Line]) -> Iterator[str]:
    """The lines of the table under their header."""
    yield f"{'figure':34}{'value':>26}  {'ratio':>8}  to the baseline of this run"
    for figure, value, baseline, ratio in lines:
        yield f"{figure:34}{value:>26}  {ratio:>8}  {baseline}"


def main() -> None:
    """Print the table, on one thread: libraries read OMP_NUM_THREADS when they are loaded."""
    if os.environ.get("OMP_NUM_THREADS") != "1":
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "OMP_NUM_THREADS": "1"})  # noqa: S606  our own program once more
    for text in [memory()] if "--memory" in sys.argv else table():
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
