"""Sentences and clauses of a text, and what in them silences a flag: negation, warning, quotation."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from screener.detect.terms import Hit, Terms

_SENTENCE_END = re.compile(
    r"(?=[\n.!?…•●▪►✅✔☑🔹🔸👉📌])"  # one look at each character, before all that a full stop is not
    r"(?:\n+|(?<!\bpt)(?<!\bno)(?<!\bjl)(?<!\btn)(?<!\bny)(?<!\bsdr)(?<!\bh)(?<!\brp)\.+(?=\s|$)|[!?…]+|[•●▪►✅✔☑🔹🔸👉📌])"
)
_CLAUSE_END = re.compile(r"[,;:()|\u2013\u2014\u2190-\u2BFF\U0001F000-\U0001FAFF]")
_DASH = re.compile(r"\s-\s")
_BULLET = re.compile(r"\s*(?:[-*•●▪►✅✔☑🔹🔸👉📌❌]|\d{1,2}[.)])")
_QUOTED = re.compile(r'["“”«]([^"“”«»\n]{3,300})["“”»]')

_NAMING_SIGNS = frozenset(":=?-\u2013")
_AMOUNT_WORDS = frozenset({"rp", "rupiah", "%", "persen", "rm", "ringgit", "usd", "juta", "jt", "ribu"})
_NAME_REACH = 7
_QUESTION_TOKENS = 4
_NO_MATTER = frozenset(
    {
        "masalah",
        "apa",
        "apa2",
        "usah",
        "perlu",
        "problem",
        "worries",
        "worry",
        "need",
        "soal",
        "papa",
        "takut",
        "khawatir",
    }
)
"""After a no, these make it mean that something does not matter."""
_LABEL_SIGNS = frozenset(".:-0123456789")

NEGATION_REACH = 4
"""Tokens to the right of a negator that it can negate (red-flags reference, section 0.2)."""


@dataclass(frozen=True)
class Layout:
    """Where sentences and clauses begin in a tokenised text, and which sentences do not speak for themselves."""

    terms: Terms

    @cached_property
    def sentence_starts(self) -> list[int]:
        """The tokens that sentences begin with, in order; a sentence without tokens begins with that of the next.

        A question of a word or three goes on in its answer: "Paspor? Ditahan kantor."
        """
        stops = self._stops
        return [0, *(start for before, start in pairwise(stops) if not self._is_asked(before, start))]

    @cached_property
    def _stops(self) -> list[int]:
        return [0, *self._token_starts(_SENTENCE_END)]

    def _is_asked(self, before: int, start: int) -> bool:
        """Whether a short question stands between two stops, and on the same line an answer that does not say no."""
        if not 1 < start - before <= _QUESTION_TOKENS or start >= len(self.terms.starts) or self._answers_no(start):
            return False
        mark, answer = self.terms.starts[start - 1], self.terms.starts[start]
        return self.terms.folded.text[mark] == "?" and "\n" not in self.terms.folded.text[mark:answer]

    @cached_property
    def clause_starts(self) -> list[int]:
        """The tokens that clauses begin with, in order."""
        conjunctions = [hit.start for hit in self.terms.hits.get("clause-break", ())]
        dashes = self._token_starts(_DASH) if "-" in self.terms.folded.text else ()
        return sorted({*self._stops, *self._token_starts(_CLAUSE_END), *dashes, *conjunctions})

    def _token_starts(self, ends: re.Pattern[str]) -> list[int]:
        starts = self.terms.starts
        return [bisect_left(starts, match.end()) for match in ends.finditer(self.terms.folded.text)]

    def sentence(self, token: int) -> int:
        """The number of the sentence a token is in."""
        return bisect_right(self.sentence_starts, token)

    def clause(self, token: int) -> int:
        """The number of the clause a token is in, counted through the whole text."""
        return bisect_right(self.clause_starts, token)

    def negated(self, first: int, last: int) -> bool:
        """Whether a match from one token to another is denied in its clause: inside, shortly before, or right after."""
        negators = self.terms.hits.get("negator", ())
        left = max(0, first - NEGATION_REACH)
        before = any(self._negates(hit, first, last) for hit in between(negators, left, last + 1))
        return before or self._denied_after(last)

    def _denied_after(self, last: int) -> bool:
        """Whether what was named is then said to be absent, or asked and answered no: "DP: tidak ada", "DP? nol"."""
        after = self._after_naming(last)
        near = between(self.terms.hits.get("absent", ()), after, after + 1)
        if any(self._ends_clause(hit.end) for hit in near):
            return True
        return self._word(after - 1) == "?" and self._answers_no(after)

    def asked_and_denied(self, last: int) -> bool:
        """Whether what ends with a token is asked for, and the answer says no: "SIP3MI? Belum ada"."""
        return self._word(last + 1) == "?" and self._answers_no(last + 2)

    def _after_naming(self, last: int) -> int:
        """The token after the sign that ends what is named, which may go on a little: "potongan gaji 6 bulan: ..."."""
        if self._word(last + 1) in _NAMING_SIGNS:
            return last + 2
        at = bisect_right(self.clause_starts, last)
        end = self.clause_starts[at] if at < len(self.clause_starts) else last + 1
        return end if end - last <= _NAME_REACH and self._word(end - 1) in _NAMING_SIGNS else last + 1

    def _answers_no(self, token: int) -> bool:
        """Whether the answer to a question says no: "Paspor ditahan? Tidak." but not "Umur 45? Tidak masalah."."""
        answers = between(self.terms.hits.get("negator", ()), token, token + 1)
        return any(self._word(hit.end) not in _NO_MATTER for hit in answers)

    def _ends_clause(self, token: int) -> bool:
        word = self._word(token)
        if not word or word in _AMOUNT_WORDS or not word[0].isalnum():
            return True
        return self.clause(token) != self.clause(token - 1)

    def _word(self, token: int) -> str:
        """A token's word, empty beyond the end."""
        if token >= len(self.terms.starts):
            return ""
        return self.terms.folded.text[self.terms.starts[token] : self.terms.ends[token]]

    def _negates(self, negator: Hit, first: int, last: int) -> bool:
        if self._is_label(negator) or self._is_no_denial(negator, first):
            return False
        if negator.start >= first:
            return negator.end <= last or negator.start > first
        return self.clause(negator.start) == self.clause(first)

    def _is_no_denial(self, negator: Hit, first: int) -> bool:
        """Whether a negator only supposes ("kalau tidak ...") or adds ("bukan cuma ...") to a match after it."""
        supposed = between(self.terms.hits.get("condition", ()), negator.start - 2, negator.start)
        more = between(self.terms.hits.get("merely-more", ()), negator.end, min(first, negator.end + 1))
        return bool(supposed or more)

    def _is_label(self, negator: Hit) -> bool:
        """Whether a negator is the label of a number or half of a word: "SIP3MI No. 12", "non-B visa"."""
        text, end = self.terms.folded.text, self.terms.ends[negator.end - 1]
        word = text[self.terms.starts[negator.start] : end]
        return word in {"no", "non", "nol", "0"} and text[end : end + 1] in _LABEL_SIGNS

    def silenced(self, token: int) -> str:
        """Why the sentence of a token does not count: "warning", "quotation", or empty when it counts."""
        if self.sentence(token) in self._warning_sentences:
            return "warning"
        return "quotation" if self._in_quotation(token) else ""

    @cached_property
    def _warning_sentences(self) -> frozenset[int]:
        cued = {self.sentence(hit.start) for hit in self.terms.hits.get("warning-cue", ())}
        return frozenset(cued | {number for start in cued for number in self._list_after(start)})

    def _list_after(self, sentence: int) -> Sequence[int]:
        """The bulleted sentences that follow one which ends in a colon: they are what it warns of."""
        starts = self.sentence_starts
        text, offsets = self.terms.folded.text, self.terms.starts
        if sentence >= len(starts) or starts[sentence] >= len(offsets):
            return ()
        if not text[: offsets[starts[sentence]]].rstrip(" \n-*•").endswith(":"):
            return ()
        last = sentence + 1
        while last < len(starts) and starts[last] < len(offsets) and self._bulleted(starts[last]):
            last += 1
        return range(sentence + 1, last + 1)

    def _bulleted(self, token: int) -> bool:
        text, offset = self.terms.folded.text, self.terms.starts[token]
        line = text[text.rfind("\n", 0, offset) + 1 : offset + 3]
        return bool(_BULLET.match(line))

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        """Token ranges inside quotation marks whose sentence reports what others say."""
        reported = {self.sentence(hit.start) for hit in self.terms.hits.get("reported-speech", ())}
        ranges = [
            (self.terms.token_at(m.start(1)), self.terms.token_at(m.end(1)))
            for m in _QUOTED.finditer(self.terms.folded.text)
        ]
        return [(start, end) for start, end in ranges if self.sentence(start) in reported]

    def _in_quotation(self, token: int) -> bool:
        at = bisect_right(self._quotations, (token, len(self.terms.starts) + 1)) - 1
        return at >= 0 and token < self._quotations[at][1]


def between(hits: Sequence[Hit], first: int, last: int) -> Sequence[Hit]:
    """The hits that start in the tokens `first` to `last` (exclusive); `hits` are in order."""
    # A tuple of only the start sorts right before every hit that starts there: no key has to be called.
    return hits[bisect_left(hits, (first,)) : bisect_left(hits, (last,))] if hits else ()
