"""The features of a reading: an ordered list of small documented functions. The list is the documentation.

Adding one is one function and one entry; a model names the list it was trained on and is refused with another.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screener.records import Contact, Indicator, Kind, Polarity, Reading, Scope

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


def features(indicators: Mapping[str, Indicator]) -> tuple[Feature, ...]:
    """The features in order: one for each indicator, then the combined ones."""
    of_flags = [_flagged(indicator) for indicator in indicators.values()]
    of_kinds = [_is_kind(kind) for kind in Kind] + [_is_scope(scope) for scope in Scope]
    return (*of_flags, *of_kinds, *(_documented(function) for function in _COMBINED))


def encode(readings: Sequence[Reading], of: Sequence[Feature]) -> npt.NDArray[np.float64]:
    """One row a reading, one column a feature, all finite; training and screening share it."""
    rows = [[feature.measure(reading) for feature in of] for reading in readings]
    return np.array(rows, dtype=np.float64).reshape(len(readings), len(of))


def _flagged(indicator: Indicator) -> Feature:
    prefix = "flag" if indicator.polarity is Polarity.RISK else "signal"

    def measure(reading: Reading) -> float:
        return float(any(flag.indicator == indicator.key for flag in reading.flags))

    return Feature(name=f"{prefix}:{indicator.key}", explanation=indicator.title, measure=measure)


def _is_kind(kind: Kind) -> Feature:
    return Feature(
        name=f"kind:{kind.value}",
        explanation=f"the text reads as: {kind.value}",
        measure=lambda reading: float(reading.kind is kind),
    )


def _is_scope(scope: Scope) -> Feature:
    return Feature(
        name=f"scope:{scope.value}",
        explanation=f"the work would be: {scope.value}",
        measure=lambda reading: float(reading.scope is scope),
    )


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


def _phones(contacts: Iterable[Contact]) -> list[Contact]:
    return [contact for contact in contacts if contact.kind in {"phone", "whatsapp"} and contact.value.startswith("+")]


_COMBINED: tuple[Callable[[Reading], float], ...] = (
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
)


def _documented(function: Callable[[Reading], float]) -> Feature:
    explanation = (function.__doc__ or "").strip()
    if not explanation:
        raise TypeError(f"feature {function.__name__} has no docstring")
    return Feature(name=function.__name__.replace("_", "-"), explanation=explanation, measure=function)
