"""What a calibrated probability means where the ads to follow up are rare."""

_CALIBRATED_AT = 0.5
_NEARLY_ALL = 0.995
_HALF_A_PERCENT = 0.005
_PER_HUNDRED = 0.01
_PER_THOUSAND = 0.001


def restate(probability: float, prevalence: float) -> float:
    """The probability (0 to 1) at another prevalence, from a model calibrated at prevalence 0.5.

    Bayes on the odds: posterior odds = odds x (prior odds here / prior odds at calibration), as in
    Saerens, Latinne and Decaestecker 2002. Raises ValueError for a prevalence outside 0 to 1, both excluded.
    """
    if not 0 < prevalence < 1:
        raise ValueError(f"prevalence must lie between 0 and 1, got {prevalence}")
    follow_up = probability * prevalence / _CALIBRATED_AT
    ordinary = (1 - probability) * (1 - prevalence) / (1 - _CALIBRATED_AT)
    return follow_up / (follow_up + ordinary)


def percent(probability: float) -> str:
    """The probability in whole percent, never said to be certain: at most "> 99", at least "< 1"."""
    if probability >= _NEARLY_ALL:
        return "> 99 %"
    return "< 1 %" if probability < _HALF_A_PERCENT else f"{100 * probability:.0f} %"


def in_words(probability: float) -> str:
    """The probability as a natural frequency, such as "about 12 in 100"."""
    if probability >= _NEARLY_ALL:
        return "more than 99 in 100"
    if probability >= _PER_HUNDRED:
        return f"about {round(probability * 100)} in 100"
    if probability >= _PER_THOUSAND:
        return f"about {round(probability * 1000)} in 1,000"
    return "fewer than 1 in 1,000"
