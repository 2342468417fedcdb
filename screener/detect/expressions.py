"""Regular expressions searched for all at once: which of them match somewhere in a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import re2

_MEMORY = 32 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class _Together:
    """Expressions as one automaton, `among` which they are numbered, and those that RE2 does not know."""

    automaton: "re2.Set"
    among: tuple[re.Pattern[str], ...]
    others: tuple[re.Pattern[str], ...]


def matching(patterns: Sequence[re.Pattern[str]], text: str) -> set[re.Pattern[str]]:
    """The expressions that match somewhere in a text; one pass tells of most, the others are tried one by one."""
    together = _together(tuple(patterns))
    told = together.automaton.Match(text.encode("utf-8", "surrogatepass")) if together.among else ()
    if told:
        found = {together.among[number] for number in told if number < len(together.among)}
    else:  # a text that is too much for the memory of the one pass
        found = {pattern for pattern in together.among if pattern.search(text)}
    return found | {pattern for pattern in together.others if pattern.search(text)}


@cache
def _together(patterns: tuple[re.Pattern[str], ...]) -> _Together:
    options = re2.Options()
    options.never_capture = True
    options.log_errors = False
    options.max_mem = _MEMORY
    automaton = re2.Set.SearchSet(options)
    known = tuple(pattern for pattern in patterns if _taken(automaton, pattern))
    automaton.Add("")  # is in every text: an answer without it is a failure
    automaton.Compile()
    return _Together(automaton=automaton, among=known, others=tuple(p for p in patterns if p not in known))


def _taken(automaton: "re2.Set", pattern: re.Pattern[str]) -> bool:
    """Whether RE2 takes an expression: it has no look around."""
    try:
        automaton.Add(pattern.pattern)
    except re2.error:
        return False
    return True
