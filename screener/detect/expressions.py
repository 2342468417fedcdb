"""Regular expressions searched for all at once: which of them match somewhere in a text."""

import re
from collections.abc import Iterable
from functools import cache

import re2

_MEMORY = 32 * 1024 * 1024


class Expressions:
    """Expressions to search for together."""

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        options = re2.Options()
        options.never_capture = True
        options.log_errors = False
        options.max_mem = _MEMORY
        self._automaton = re2.Set.SearchSet(options)
        self._among, self._others = list[re.Pattern[str]](), list[re.Pattern[str]]()
        for pattern in patterns:
            # RE2 does not know every expression: it has no look around.
            (self._among if _taken(self._automaton, pattern) else self._others).append(pattern)
        self._automaton.Add("")  # is in every text: an answer without it is a failure
        self._automaton.Compile()

    def matching(self, text: str) -> list[re.Pattern[str]]:
        """Those that match somewhere in a text; one pass tells of most, the others are tried one by one."""
        told = self._automaton.Match(text.encode("utf-8", "surrogatepass")) if self._among else ()
        if told:
            found = [self._among[number] for number in sorted(told) if number < len(self._among)]
        else:  # a text that is too much for the memory of the one pass
            found = [pattern for pattern in self._among if pattern.search(text)]
        return found + [pattern for pattern in self._others if pattern.search(text)]


@cache
def together(patterns: tuple[re.Pattern[str], ...]) -> Expressions:
    """The expressions made ready, the same ones once."""
    return Expressions(patterns)


def _taken(automaton: "re2.Set", pattern: re.Pattern[str]) -> bool:
    try:
        automaton.Add(pattern.pattern)
    except re2.error:
        return False
    return True
