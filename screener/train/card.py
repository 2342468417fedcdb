"""The model card."""

from screener.detect.opinions import CONFIDENCE_WANTED, DOUBTED_BELOW
from screener.score.manifest import Manifest


def card(manifest: Manifest) -> str:
    """The model card (Mitchell et al. 2019), every figure from the manifest."""
    figures = "\n".join(f"| {name.replace('_', ' ')} | {value:.3f} |" for name, value in manifest.figures.items())
    return f"""# Model {manifest.version}

**Use.** Ranks job advertisements aimed at Indonesians, so that a person looks at the riskiest first. It scores ads, not
people. **Out of use.** No arrest, no blacklist, no automatic report: a score is a reason to look, never a finding.

**What it is.** The weighted mean of two logistic regressions, over {len(manifest.features)} documented features and
over these with hashed n-grams of words and letters; the reasons of a score add up to its log-odds.
Trained on {manifest.corpus_examples} texts written for this
project until {manifest.examples_until} (corpus {manifest.corpus[:16]}, ruleset {manifest.ruleset},
seed {manifest.seed}).

**Flags.** Rules raise them; a model that reads ads clause by clause proposes others and doubts some of the rules'. Its
flags are shown from a confidence of {CONFIDENCE_WANTED:.0%} on, those of rules from {DOUBTED_BELOW:.0%}.

**Probability.** Calibrated (Platt) on authors left out of training, for a prevalence of {manifest.prevalence}. At a
lower prevalence most alerts are false: the report restates each probability.

**Bands.** `alert` from {manifest.alert_threshold} ({manifest.alert_chosen_for}),
`review` from {manifest.review_threshold} ({manifest.review_chosen_for}); besides, an ad with
one flag of severity 3 is at least for review, and one for review by its probability with two different ones, or with a
combination of severity 3, is an alert. What the bands come to with that: see `alert` and `raised` below.

| figure, authors left out (campaign: campaigns left out) | value |
|---|---|
{figures}

**Limits.** The texts were composed, not collected; real ads differ. Text inside pictures is not read.
Regional languages are thin. Known evasions: wording that no rule and no example resembles, and details moved to a chat.
"""
