"""Which language a text is written in: Indonesian, Malay, English, or another."""

import copy
import re
from functools import cached_property
from typing import Any

UNDETERMINED = "und"
# Sundanese is not among the languages that the model knows.
EXPECTED = ("id", "ms", "en", "jv", "tl")
LETTERS_MIN = 12
READ_CHARACTERS = 20_000
# A language nobody expects here must be near certain, and the text long enough to tell.
FOREIGN_CONFIDENCE = 0.95
FOREIGN_LETTERS_MIN = 30
# Text of an expected language has a word of the lists below at least every 50 letters.
FAMILIAR_EVERY = 50
NO_LANGUAGE = "zxx"

# Words that one of the two sisters uses and the other does not; what both use (kerja, gaji) tells nothing.
_MALAY_WORDS = (
    "tiada kilang pasport wang nak kekosongan pengeluaran syarikat jawatan percuma kerana hendak awak "
    "korang kat sahaja ialah pejabat warganegara bilik elaun caruman lesen sila perkeso levi isnin khamis "
    "ogos julai disember kerajaan tandas basikal kelayakan temuduga hantar komisen rakan boleh permohonan "
    "telefon bahawa polis jumaat"
)
_MALAY = frozenset(_MALAY_WORDS.split())
_INDONESIAN_WORDS = (
    "bisa tidak pabrik paspor uang mau karena lowongan perusahaan karyawan gratis butuh dibutuhkan loker "
    "kamu kalau biaya berangkat penempatan ijazah mobil listrik gak ga nggak aja dong sih utk yg dgn org "
    "bln jt rb rupiah rp udah cuma silakan wajib pria lulusan mbak kak bpjs ktp kk skck pmi tki tkw "
    "disnaker buruh lembur mess asrama dicari kantor usia berkas hub min dll tgl bgt bahwa polisi jaksa "
    "terdakwa pemerintah provinsi kabupaten kecamatan desa miliar wib sementara"
)
_INDONESIAN = frozenset(_INDONESIAN_WORDS.split())
_ENGLISH_WORDS = (
    "the and for with you your our are will must from this that have has per month salary work company "
    "apply please not is of to in on at be we or as by required experience"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_LEXICON = {"ms": _MALAY, "id": _INDONESIAN, "en": _ENGLISH}
_WORD = re.compile(r"[a-z]{1,30}")


class LanguageIdentifier:
    """Tells languages apart; the model is read when the first text is, and kept."""

    def language_of(self, text: str) -> str:
        """The ISO 639-1 code of a text's language, or "und" when it has too few letters to tell.

        Naive Bayes over byte n-grams (py3langid), restricted to what is read here; Indonesian and Malay,
        which it
        mixes up, are told apart by the words that only one of them uses.
        """
        head = text[:READ_CHARACTERS]
        letters = [character for character in head if character.isalpha()]
        if len(letters) < LETTERS_MIN:
            return UNDETERMINED
        latin = sum(character < "\u0250" for character in letters)
        if latin * 2 < len(letters):
            return self._foreign(head)
        return self._expected(head, len(letters))

    def _expected(self, text: str, letters: int) -> str:
        counts = _counts(text)
        code = str(self._restricted.classify(text)[0])
        if max(counts.values()) * FAMILIAR_EVERY < letters and letters >= FOREIGN_LETTERS_MIN:
            foreign, confidence = self._full.classify(text)
            code = str(foreign) if confidence >= FOREIGN_CONFIDENCE else code
        return _by_words(code, counts)

    def _foreign(self, text: str) -> str:
        code = str(self._full.classify(text)[0])
        return UNDETERMINED if code == NO_LANGUAGE else code

    @cached_property
    def _full(self) -> Any:  # noqa: ANN401  py3langid has no types
        from py3langid.langid import MODEL_FILE  # noqa: PLC0415  reading the model takes a moment
        from py3langid.langid import LanguageIdentifier as Langid  # noqa: PLC0415  reading the model takes a moment

        return Langid.from_model_file(MODEL_FILE, norm_probs=True)

    @cached_property
    def _restricted(self) -> Any:  # noqa: ANN401  py3langid has no types
        restricted = copy.copy(self._full)
        restricted.set_languages(EXPECTED)
        return restricted


def _counts(text: str) -> dict[str, int]:
    words = _WORD.findall(text.lower())
    return {code: sum(word in lexicon for word in words) for code, lexicon in _LEXICON.items()}


def _by_words(code: str, counts: dict[str, int]) -> str:
    """Words known to be Indonesian or Malay outweigh the model, which takes slang for Javanese or Tagalog."""
    if code == "en" and counts["en"] >= max(counts["id"], counts["ms"]):
        return code
    ours = "ms" if counts["ms"] > counts["id"] else "id"
    if code in {"id", "ms"} and counts["id"] != counts["ms"]:
        return ours
    few = 0 if code in {"jv", "tl"} else 1
    return ours if counts[ours] > max(few, counts["en"]) else code
