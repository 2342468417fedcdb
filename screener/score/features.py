"""The features of a reading: signs that are there or not, then an ordered list of small documented functions.

The list is the documentation. Adding one is one function and one entry; a model names the list it was trained on and is
refused with another.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screener.records import Contact, FactKind, Indicator, Kind, Polarity, Reading, Scope

_SEVERE = 3
_HOME_NUMBER = "+62"
_CONTROL = frozenset({"document-retention", "confinement", "contract-penalty", "wage-withholding", "debt-bondage"})
_LURE = frozenset({"pay-too-high", "all-travel-arranged", "no-requirements", "rushed-departure", "vague-job"})
_PLACE = frozenset({"hotspot-destination", "undisclosed-location"})


@dataclass(frozen=True, kw_only=True)
class Feature:
    """A named number read from a reading; `explanation` is shown to the analyst."""

    name: str
    explanation: str
    measure: Callable[[Reading], float]


def features(indicators: Mapping[str, Indicator], combinations: Mapping[str, str]) -> tuple[Feature, ...]:
    """The features in order: the signs of `signs`, then those made of several.

    `combinations` are the titles of the named combinations by key.
    """
    told = {_of_flag(one.polarity, one.key): one.title for one in indicators.values()}
    told |= {f"together:{key}": title for key, title in combinations.items()}
    told |= {f"kind:{kind.value}": f"the text reads as: {kind.value}" for kind in Kind}
    told |= {f"scope:{scope.value}": f"the work would be: {scope.value}" for scope in Scope}
    told |= {f"stated:{kind.value}": f"the text states: {kind.value}" for kind in FactKind}
    return (*(_sign(name, explanation) for name, explanation in told.items()), *_COMBINED.values())


def signs(reading: Reading) -> dict[str, float]:
    """What is there or not, by the name of its feature, each as 1.0.

    The red flags and the protective claims that are raised, the named combinations, the kind, the scope, and which
    facts are stated.
    """
    names = [_of_flag(flag.polarity, flag.indicator) for flag in reading.flags]
    names += [f"together:{one.key}" for one in reading.combinations]
    names += [f"kind:{reading.kind.value}", f"scope:{reading.scope.value}"]
    names += [f"stated:{fact.kind.value}" for fact in reading.facts]
    return dict.fromkeys(names, 1.0)


def measured(reading: Reading) -> dict[str, float]:
    """The value of every feature that is not 0, by name."""
    combined = {name: feature.measure(reading) for name, feature in _COMBINED.items()}
    return {**signs(reading), **{name: value for name, value in combined.items() if value}}


def encode(readings: Sequence[Reading], of: Sequence[Feature]) -> npt.NDArray[np.float64]:
    """One row a reading, one column a feature, all finite; training and screening share it."""
    columns = {feature.name: column for column, feature in enumerate(of)}
    table = np.zeros((len(readings), len(of)))
    for row, reading in zip(table, readings, strict=True):
        values = measured(reading)
        row[[columns[name] for name in values]] = list(values.values())
    return table


def _of_flag(polarity: Polarity, indicator: str) -> str:
    return f"flag:{indicator}" if polarity is Polarity.RISK else f"signal:{indicator}"


def _sign(name: str, explanation: str) -> Feature:
    return Feature(name=name, explanation=explanation, measure=lambda reading: signs(reading).get(name, 0.0))


def _risk(reading: Reading) -> set[str]:
    return {flag.indicator for flag in reading.flags if flag.polarity is Polarity.RISK}


def _signals(reading: Reading) -> set[str]:
    return {flag.indicator for flag in reading.flags if flag.polarity is Polarity.PROTECTIVE}


def risk_variety(reading: Reading) -> float:
    """How many different red flags are raised (logarithm)."""
    return math.log1p(len(_risk(reading)))


def severity_sum(reading: Reading) -> float:
    """The severities of the different red flags added up (logarithm)."""
    severities = {flag.indicator: flag.severity for flag in reading.flags if flag.polarity is Polarity.RISK}
    return math.log1p(sum(severities.values()))


def severe_variety(reading: Reading) -> float:
    """How many different red flags of severity 3 are raised, three at most."""
    return float(min(3, len({f.indicator for f in reading.flags if f.severity == _SEVERE})))


def protective_variety(reading: Reading) -> float:
    """How many different protective claims are made (logarithm)."""
    return math.log1p(len(_signals(reading)))


def unprotected_risk(reading: Reading) -> float:
    """Red flags are raised, and not one protective claim is made."""
    return float(bool(_risk(reading)) and not _signals(reading))


def control_announced(reading: Reading) -> float:
    """Two or more signs of control over the worker are announced together (reference, section 0.4)."""
    return float(len(_risk(reading) & _CONTROL) > 1)


def scam_compound_lure(reading: Reading) -> float:
    """A known or hidden place together with a lure: the standard offer of scam compounds (section 0.4)."""
    return float(bool(_risk(reading) & _PLACE) and bool(_risk(reading) & _LURE))


def nothing_stated(reading: Reading) -> float:
    """An ad for work abroad that makes no protective claim and raises no flag: too little is said to tell."""
    return float(reading.kind is Kind.AD and reading.scope is not Scope.DOMESTIC and not reading.flags)


def disguised_words(reading: Reading) -> float:
    """How many words are written so as not to be found (logarithm)."""
    return math.log1p(len(reading.disguises))


def foreign_number(reading: Reading) -> float:
    """The phone to answer to is in another country."""
    return float(any(not phone.value.startswith(_HOME_NUMBER) for phone in _phones(reading.document.contacts)))


def no_contact(reading: Reading) -> float:
    """No way to answer is given in the text."""
    return float(not reading.document.contacts)


def length(reading: Reading) -> float:
    """How long the text is (logarithm of its characters, in tens)."""
    return math.log10(10 + len(reading.plain_text)) - 1


def clause_vote(reading: Reading) -> float:
    """What its clauses say, each read by itself by the flag model: log-odds that it is to follow up, on the mean."""
    return reading.vote


def _phones(contacts: Iterable[Contact]) -> list[Contact]:
    return [contact for contact in contacts if contact.kind in {"phone", "whatsapp"} and contact.value.startswith("+")]


def _documented(function: Callable[[Reading], float]) -> Feature:
    explanation = (function.__doc__ or "").strip()
    if not explanation:
        raise TypeError(f"feature {function.__name__} has no docstring")
    return Feature(name=function.__name__.replace("_", "-"), explanation=explanation, measure=function)


CLAUSE_VOTE = clause_vote.__name__.replace("_", "-")
"""The name of the one feature whose weight is not learnt beside the others: it is a model of its own."""
_COMBINED = {
    made.name: made
    for made in map(
        _documented,
        (
            risk_variety,
            severity_sum,
            severe_variety,
            protective_variety,
            unprotected_risk,
            control_announced,
            scam_compound_lure,
            nothing_stated,
            disguised_words,
            foreign_number,
            no_contact,
            length,
            clause_vote,
        ),
    )
}
