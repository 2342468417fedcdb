"""Plots are valid, say in words what they show, and may stand beside each other in one page."""

import re
import subprocess
import sys
from dataclasses import replace

import pytest
from lxml import etree

from screener.train import plots
from screener.train.baselines import TFIDF
from screener.train.evaluation import OURS, Slice
from tests.train.benches import evaluation

DONE = evaluation()
assert DONE.headline.calibration is not None
DRAWN = {
    "curves": plots.precision_recall(DONE.headline),
    "prevalence": plots.prevalence(DONE.headline),
    "calibration": plots.calibration(DONE.headline.calibration),
    "learning": plots.learning(DONE.learning),
    "slices": plots.slices(DONE.slices),
}
SVG = "{http://www.w3.org/2000/svg}"


def labels(svg: str) -> list[str]:
    """The texts that are drawn."""
    return ["".join(map(str, one.itertext())) for one in etree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", DRAWN)
def test_a_plot_has_a_text_alternative_and_no_style_of_its_own(name: str) -> None:
    root = etree.fromstring(DRAWN[name])
    title = root.find(f"{SVG}title")
    assert title is not None
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == title.get("id")
    assert re.search(r"\d\.\d\d", title.text or "")
    assert not root.findall(f".//{SVG}style")
    assert all(one.get("style") is None for one in root.iter())


@pytest.mark.parametrize("name", DRAWN)
def test_every_reference_of_a_plot_is_to_itself(name: str) -> None:
    root = etree.fromstring(DRAWN[name])
    ids = [str(one.get("id")) for one in root.iter() if one.get("id")]
    asked = re.findall(r'(?:url\(#|href="#)([^)"]+)', DRAWN[name])
    assert len(ids) == len(set(ids))
    assert set(asked) <= set(ids)
    assert all(one.startswith(f"plot-{name}-") for one in ids)


def test_every_system_is_named_in_the_plots_of_systems() -> None:
    for name in ("curves", "prevalence"):
        words = " ".join(labels(DRAWN[name]))
        assert all(one.system in words for one in DONE.headline.systems)
    assert TFIDF in DRAWN["learning"]
    assert OURS in DRAWN["learning"]


def test_the_same_figures_give_the_same_plot() -> None:
    assert plots.prevalence(DONE.headline) == DRAWN["prevalence"]


HOSTILE = [
    "<script>alert(1)</script>",
    "$x^{",
    "a\u202eb",
    "\U0001f4a9" * 9,
    "ខ្មែរ",
    "x" * 500,
    "a\x00b\ud800",
    "]]>&amp;",
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_of_a_slice_breaks_a_plot(name: str) -> None:
    one = Slice(field="tier", name=name, texts=5, to_follow_up=2, right=0.4, recall=0.5, false_alarms=0.25, ap=None)
    drawn = plots.slices([one, replace(one, right=0.9)])
    assert not list(etree.fromstring(drawn).iter(f"{SVG}script"))
    assert sum(label.startswith("tier: ") and len(label) <= 28 for label in labels(drawn)) == 2


def test_matplotlib_is_loaded_only_when_something_is_drawn() -> None:
    code = "import sys, screener.train.evaluationpage; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  our own
