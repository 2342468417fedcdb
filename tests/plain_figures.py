"""What is flagged in plain ads: the figures that `make bench` prints, and the limits that a test holds them to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screener.records import Finding, Flag, Polarity, Reading, Scope

SEVERE = 3
SEVERE_LIMIT = 0.005
OBFUSCATED = "obfuscated-text"
OBFUSCATED_LIMIT = 0.002


@dataclass(frozen=True, kw_only=True)
class Raised:
    """An indicator in plain ads: in how large a share of them, and its commonest quotes."""

    indicator: str
    severity: int
    share: float
    quotes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlainFigures:
    """The flags of risk in each of some plain ads, and where each was read to be."""

    flags: Sequence[tuple[Flag, ...]]
    scopes: Sequence[Scope]

    @classmethod
    def of(cls, read: Iterable[Reading | Finding]) -> "PlainFigures":
        """Those of some readings or findings."""
        each = list(read)
        risks = [tuple(flag for flag in one.flags if flag.polarity is Polarity.RISK) for one in each]
        return cls(flags=risks, scopes=[one.scope for one in each])

    @property
    def severe(self) -> float:
        """The share of ads with a flag of severity 3."""
        return self._share(any(flag.severity >= SEVERE for flag in flags) for flags in self.flags)

    @property
    def obfuscated(self) -> float:
        """The share of ads in which a word is said to be disguised."""
        return self._share(any(flag.indicator == OBFUSCATED for flag in flags) for flags in self.flags)

    @property
    def not_at_home(self) -> float:
        """The share of ads that are not read as domestic."""
        return self._share(scope is not Scope.DOMESTIC for scope in self.scopes)

    def raised(self, quotes: int = 5) -> list[Raised]:
        """Every indicator raised, the most severe first, then the commonest, each with so many of its quotes."""
        severity: dict[str, int] = {}
        said: dict[str, Counter[str]] = defaultdict(Counter)
        for flag in (flag for flags in self.flags for flag in flags):
            severity[flag.indicator] = max(flag.severity, severity.get(flag.indicator, 0))
            said[flag.indicator][" ".join(flag.quote.casefold().split())] += 1
        ads = Counter(indicator for flags in self.flags for indicator in {flag.indicator for flag in flags})
        return [
            Raised(
                indicator=indicator,
                severity=severity[indicator],
                share=ads[indicator] / len(self.flags),
                quotes=tuple(quote for quote, _ in said[indicator].most_common(quotes)),
            )
            for indicator in sorted(ads, key=lambda indicator: (-severity[indicator], -ads[indicator]))
        ]

    def severe_quotes(self) -> list[tuple[str, str]]:
        """Rule and quote of every flag of severity 3 or of a disguise, for the one who looks for the cause."""
        told = (flag for flags in self.flags for flag in flags)
        return [(flag.rule, flag.quote) for flag in told if flag.severity >= SEVERE or flag.indicator == OBFUSCATED]

    def _share(self, each: Iterable[bool]) -> float:
        return sum(each) / len(self.flags)
