"""What a corpus gives away: cues that tell labels apart alone, and words that tell their author."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import roc_auc_score

from screener.records import Example, Kind
from screener.train.corpus import FOLLOW_UP, author_of
from screener.train.cues import Surface, surface_cues
from screener.train.nearduplicates import words_of

Floats = npt.NDArray[np.float64]
AUC_GOAL = (0.35, 0.65)
_COMMON = 0.02
_PRIOR = 100.0
_TEXTS_MIN = 8
_OWN_SHARE_MIN = 0.5


@dataclass(frozen=True, kw_only=True)
class CueFigure:
    """What a cue alone is worth: ROC-AUC for ads to follow up against ordinary ones, and its mean in each."""

    name: str
    auc: float
    in_follow_up: float
    in_ordinary: float

    @property
    def outside(self) -> bool:
        """Whether it tells more than the goal allows."""
        return not AUC_GOAL[0] <= self.auc <= AUC_GOAL[1]


@dataclass(frozen=True, kw_only=True)
class Giveaway:
    """A word that tells its author: how many texts have it, how many of these are theirs, and its z-score."""

    word: str
    author: str
    texts: int
    own_texts: int
    score: float


def cue_figures(examples: Sequence[Example], countries: Mapping[str, Sequence[str]]) -> list[CueFigure]:
    """Every cue over the ads, worst first; empty without ads of both labels. Countries that are rare are left out."""
    ads = [one for one in examples if one.kind == Kind.AD and one.label in {FOLLOW_UP, "ordinary"}]
    labels = np.array([ad.label == FOLLOW_UP for ad in ads], dtype=bool)
    if labels.all() or not labels.any():
        return []
    surfaces = [Surface(ad.text) for ad in ads]
    figures = []
    for cue in surface_cues(countries):
        values = np.array([cue.measure(surface) for surface in surfaces])
        figure = _figure(cue.name, values, labels)
        if not cue.name.startswith("country ") or max(figure.in_follow_up, figure.in_ordinary) >= _COMMON:
            figures.append(figure)
    return sorted(figures, key=lambda figure: (-abs(figure.auc - 0.5), figure.name))


def _figure(name: str, values: Floats, labels: npt.NDArray[np.bool_]) -> CueFigure:
    return CueFigure(
        name=name,
        auc=float(roc_auc_score(labels, values)),
        in_follow_up=float(values[labels].mean()),
        in_ordinary=float(values[~labels].mean()),
    )


def giveaways(examples: Sequence[Example]) -> list[Giveaway]:
    """The words of which at least half the texts are by one author, by their z-score, worst first.

    The score is the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008), over texts
    that have the word, the author's against all others'.
    """
    authors = np.array([author_of(example) for example in examples])
    counter = CountVectorizer(analyzer=lambda text: [w for w in set(words_of(text)) if w.isalpha()], min_df=_TEXTS_MIN)
    try:
        table = counter.fit_transform([example.text for example in examples])
    except ValueError:  # no word is in so many texts
        return []
    words, totals = counter.get_feature_names_out(), np.asarray(table.sum(axis=0)).ravel().astype(np.float64)
    found = []
    for author in sorted(set(authors.tolist())):
        own = np.asarray(table[authors == author].sum(axis=0)).ravel().astype(np.float64)
        scores = _log_odds(own, totals)
        telling = np.flatnonzero((own >= _TEXTS_MIN) & (own >= _OWN_SHARE_MIN * totals))
        found += [
            Giveaway(word=words[i], author=author, texts=int(totals[i]), own_texts=int(own[i]), score=float(scores[i]))
            for i in telling.tolist()
        ]
    return sorted(found, key=lambda one: (-one.score, one.word))


def _log_odds(own: Floats, totals: Floats) -> Floats:
    """The z-score of each word for one author, against all others."""
    prior = _PRIOR * totals / totals.sum()
    parts, variance = [], np.zeros(len(totals))
    for counts in (own, totals - own):
        rest = counts.sum() + _PRIOR - counts - prior
        parts.append(np.log((counts + prior) / rest))
        variance += 1 / (counts + prior)
    return np.asarray((parts[0] - parts[1]) / np.sqrt(variance), dtype=np.float64)
