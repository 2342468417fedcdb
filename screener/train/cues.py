"""Cues on the surface of an ad, each of which alone should not tell ads to follow up from ordinary ones."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from screener.extract import contacts
from screener.text import LENGTH_MAX, fold

_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
_WORD = re.compile(r"[^\W_]+")
_PAY = re.compile(
    r"(?:\brp|\bidr|\brm|\busd|\bsgd|\bhkd|\bnt|\btwd|\baed|\bsar|\bqar|\bkwd|\bjpy|\bkrw|\beur|[$€£¥])\W{0,2}\d"
    r"|\d\s?(?:jt|juta|jeti|rb|ribu|rebu|k|million|thousand|riyal|real|ringgit|dirham|dinar|yen|won|euro|dollar|dolar"
    r"|usd|baht|nt|ntd|hkd|sgd|idr|rm|rupiah|krw|jpy)\b"
)
_CHAT_WORDS = (
    "yg dgn utk dr krn tdk gak ga nggak ngga gk aja sdh udh blm bgt jgn dpt bs bsa org tp klo kalo gmn trs skrg sy aq "
    "lg pls u ur ntar emg bkn jd sm kpd thn bln jt rb cpt lgsg msh nnti dlm sblm mnt hub"
)
_CHAT_SPELLING = frozenset(_CHAT_WORDS.split())
_WORDS: Mapping[str, str] = {
    "P3MI": r"p3mi|pt3mi|pjtki",
    "SIP3MI or another licence": r"sip3mi|sip2mi|sippmi|siup|sipptkis|siupak|lisensi|licence|license",
    "KP2MI or another authority": r"kp2mi|bp2mi|bp3mi|p2mi|bnp2tki|kemnaker|kemenaker|disnaker|siskop2mi|jtk|mom",
    "resmi, legal": r"resmi|legal|terdaftar|berizin|berijin|official|licensed|registered",
    "gratis, free, ditanggung": r"gratis|free|percuma|ditanggung|nol biaya|zero cost|tanpa biaya|tanpa potongan",
    "visa": r"visa|visanya|visa-nya",
    "kontrak": r"kontrak|contract|pk|perjanjian",
    "paspor": r"paspor|pasport|passport",
    "gaji": r"gaji|gajinya|salary|upah|gajih|wage|wages",
    "biaya": r"biaya|biayanya|fee|fees|cost|bayar|potongan",
    "tiket": r"tiket|ticket|pesawat|flight",
    "asuransi, BPJS": r"asuransi|bpjs|insurance|insurans",
    "mess, asrama": r"mess|asrama|hostel|akomodasi|accommodation|tempat tinggal|dorm",
    "ijazah": r"ijazah|ijasah|diploma|sma|smk|smp|lulusan",
    "pengalaman": r"pengalaman|berpengalaman|experience|experienced",
    "segera, cepat": r"segera|cepat|urgent|buruan|langsung|cepet|terbatas|urgently|hari ini",
    "PT, a firm": r"pt|cv|sdn bhd|ltd|llc|co ltd|company|perusahaan|syarikat",
    "umrah": r"umrah|umroh|haji",
    "wanita, women": r"wanita|cewek|cewe|perempuan|female|women|ladies|ibu-ibu",
    "inbox, DM, japri": r"inbox|inbok|dm|pm|japri|jabri|chat",
}


@dataclass(frozen=True)
class Surface:
    """A text as its surface is measured."""

    text: str

    @cached_property
    def plain(self) -> str:
        """The folded text."""
        return fold(self.text[:LENGTH_MAX]).text

    @cached_property
    def words(self) -> list[str]:
        """The words as they are written."""
        return _WORD.findall(self.text)

    @cached_property
    def contacts(self) -> frozenset[str]:
        """The kinds of contact that it gives."""
        return frozenset(contact.kind for contact in contacts(self.text))

    @cached_property
    def lines(self) -> list[str]:
        """The lines that hold something."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True, kw_only=True)
class Cue:
    """Something to be seen without reading; `measure` is 0 or 1 where it is there or not, a number otherwise."""

    name: str
    measure: Callable[[Surface], float]


def surface_cues(countries: Mapping[str, Sequence[str]]) -> list[Cue]:
    """Every cue: figures, contacts, emoji, length, spelling, single words, and each country by its names."""
    found = [Cue(name=name, measure=measure) for name, measure in _MEASURES.items()]
    found += [Cue(name=f"word {name}", measure=_says(words)) for name, words in _WORDS.items()]
    named = _namer(countries)
    return [*found, *(Cue(name=f"country {name}", measure=_names(name, named)) for name in countries)]


def _namer(countries: Mapping[str, Sequence[str]]) -> Callable[[Surface], frozenset[str]]:
    """Which countries a text names, read once for all of them."""
    country_of = {form: name for name, forms in countries.items() for form in forms}
    forms = "|".join(map(re.escape, sorted(country_of, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![^\W_])(?:{forms})(?![^\W_])")

    @cache
    def named(surface: Surface) -> frozenset[str]:
        return frozenset(country_of[form] for form in pattern.findall(surface.plain))

    return named


def _names(country: str, named: Callable[[Surface], frozenset[str]]) -> Callable[[Surface], float]:
    return lambda surface: float(country in named(surface))


def _says(words: str) -> Callable[[Surface], float]:
    pattern = re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])")
    return lambda surface: float(pattern.search(surface.plain) is not None)


def _gives(*kinds: str) -> Callable[[Surface], float]:
    return lambda surface: float(not surface.contacts.isdisjoint(kinds))


def _has(pattern: "re.Pattern[str]") -> Callable[[Surface], float]:
    return lambda surface: float(pattern.search(surface.text) is not None)


def _count(signs: str) -> Callable[[Surface], float]:
    return lambda surface: float(sum(map(surface.text.count, signs)))


def _share(of: Callable[[str], bool], among: Callable[[str], bool]) -> Callable[[Surface], float]:
    def measured(surface: Surface) -> float:
        counted = [of(character) for character in surface.text if among(character)]
        return sum(counted) / max(1, len(counted))

    return measured


def _chat_share(surface: Surface) -> float:
    return sum(word.lower() in _CHAT_SPELLING for word in surface.words) / max(1, len(surface.words))


def _lower_starts(surface: Surface) -> float:
    return sum(line[0].islower() for line in surface.lines) / max(1, len(surface.lines))


_MEASURES: Mapping[str, Callable[[Surface], float]] = {
    "pay figure": lambda surface: float(_PAY.search(surface.plain) is not None),
    "phone or WhatsApp number": _gives("phone", "whatsapp"),
    "e-mail address": _gives("email"),
    "Telegram, Line or WeChat": _gives("telegram", "line", "wechat"),
    "link": _gives("link"),
    "hashtag": _has(re.compile(r"#\w")),
    "emoji": _has(_EMOJI),
    "emoji, how many": lambda surface: float(len(_EMOJI.findall(surface.text))),
    "characters": lambda surface: float(len(surface.text)),
    "lines": lambda surface: float(len(surface.lines)),
    "length of words": lambda surface: sum(map(len, surface.words)) / max(1, len(surface.words)),
    "list marks": _has(re.compile(r"(?m)^\s*(?:[-*•✅✔▪➡👉]|\d{1,2}[.)])\s*\S")),
    "upper-case share of letters": _share(str.isupper, str.isalpha),
    "digit share of characters": _share(str.isdigit, lambda character: not character.isspace()),
    "exclamation marks": _count("!"),
    "question marks": _count("?"),
    "full stops": _count("."),
    "brackets": _count("("),
    "chat spelling, share of words": _chat_share,
    "lines that begin in lower case": _lower_starts,
    "a letter three times": _has(re.compile(r"([^\W\d_])\1\1")),
    "a digit inside a word": _has(re.compile(r"[^\W\d_]{2}\d+[^\W\d_]|[^\W\d_]\d+[^\W\d_]{2}")),
    "stars or dots inside a word": _has(re.compile(r"[^\W\d_]\*+[^\W\d_]|(?:\b[^\W\d_][.\-_]){3}[^\W\d_]\b")),
    "word in capitals": _has(re.compile(r"\b[A-Z]{5,}\b")),
}
