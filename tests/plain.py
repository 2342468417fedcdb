"""Ordinary job ads for work at home, put together from the parts in corpus/plain/domestic.toml."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

PARTS = Path(__file__).resolve().parents[1] / "corpus" / "plain" / "domestic.toml"
STYLES = ("prose", "formal", "list", "bullets", "emoji", "chat", "short", "capitals", "mixed", "bold")

_LISTED = ("tasks", "requirements", "benefits", "apply")
_BOLD = {ord("A") + n: 0x1D5D4 + n for n in range(26)} | {ord("a") + n: 0x1D5EE + n for n in range(26)}
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, kw_only=True)
class PlainAd:
    """An ad, with the family of its job and its style; `place` is the town it names, or empty."""

    family: str
    style: str
    place: str
    text: str


def plain_ads(count: int, seed: int) -> list[PlainAd]:
    """So many ads, no two of them alike, the same for the same seed; the families and styles take turns."""
    parts, random = tomllib.loads(PARTS.read_text(encoding="utf-8")), Random(seed)  # noqa: S311  made to be repeated
    ads: dict[str, PlainAd] = {}
    while len(ads) < count:
        number = len(ads)
        family = parts["family"][number % len(parts["family"])]
        ad = _ad(parts, family, STYLES[(number // len(parts["family"]) + number) % len(STYLES)], random)
        ads.setdefault(ad.text, ad)
    return list(ads.values())


def _ad(parts: Mapping[str, Any], family: Mapping[str, Any], style: str, random: Random) -> PlainAd:
    """One ad: its sections are drawn, their slots filled, and the whole laid out in a style."""
    named = random.random() < 0.9
    slots = _slots(parts, family, random)
    drawn = _sections(parts, family, named=named, style=style, random=random)
    filled = {name: [line.format_map(slots) for line in lines] for name, lines in drawn.items()}
    text = _styled("\n".join(_laid_out(parts, filled, style, random)), parts, style)
    shown = unicodedata.normalize("NFKC", text).casefold()
    place = slots["place"] if slots["place"].casefold() in shown else ""
    return PlainAd(family=family["key"], style=style, place=place, text=text)


def _slots(parts: Mapping[str, Any], family: Mapping[str, Any], random: Random) -> Mapping[str, str]:
    least, most = (round(amount * 10) for amount in family["pay"])
    low = random.randint(least, (least + most) // 2)
    high = random.randint(low + 1, most + 1)
    employer = random.choice(parts["employers"])
    return {
        "job": random.choice(family["jobs"]),
        "employer": employer,
        "place": random.choice(parts["places"]),
        "phone": f"0812-0000-{random.randint(0, 9999):04}",
        "handle": re.sub(r"\W+", "", employer.casefold()),
        "low": f"{low / 10:g}".replace(".", ","),
        "high": f"{high / 10:g}".replace(".", ","),
        "full_low": f"{low * 100_000:,}".replace(",", "."),
        "full_high": f"{high * 100_000:,}".replace(",", "."),
    }


def _sections(
    parts: Mapping[str, Any], family: Mapping[str, Any], *, named: bool, style: str, random: Random
) -> dict[str, list[str]]:
    """The sentences of each section, in their slots' form; a short ad has few."""
    few = style == "short"

    def some(name: str, most: int, least: int = 0) -> list[str]:
        return random.sample(parts[name], random.randint(least, min(most, 1) if few else most))

    return {
        "greeting": some("greetings", 1),
        "opening": [random.choice(parts["openings" if named else "openings_without_place"])],
        "tasks": random.sample(family["lines"], 1 if few else random.randint(2, len(family["lines"]))),
        "terms": [*some("pay", 1, 1), *some("hours", 1), *some("days_off", 1)],
        "requirements": some("requirements", 5, 1),
        "benefits": some("benefits", 5),
        "urgency": some("urgency", 1),
        "apply": some("apply", 2, 1),
        "closing": some("closings", 2),
        "hashtags": random.sample(parts["hashtags"], random.choice((0, 0, 3, 5))),
    }


def _laid_out(
    parts: Mapping[str, Any], sections: Mapping[str, Sequence[str]], style: str, random: Random
) -> Iterator[str]:
    """The lines of an ad; in lists, sections have a label and their lines a sign."""
    sign = random.choice(parts[style]) if style in {"bullets", "emoji"} else ""
    for name, lines in sections.items():
        if not lines:
            continue
        if name == "hashtags":
            yield " ".join(lines)
        elif style in {"prose", "formal", "short", "chat"}:
            yield (", " if style == "chat" else ". ").join(lines) + ("." if style == "formal" else "")
        else:
            yield from [random.choice(parts["labels"][name])] if name in _LISTED else []
            yield from (f"{sign}{line}" for line in lines)


def _styled(text: str, parts: Mapping[str, Any], style: str) -> str:
    if style == "capitals":
        return text.upper()
    if style == "bold":
        heading, _, rest = text.partition("\n")
        return f"{heading.translate(_BOLD)}\n{rest}"
    if style in {"chat", "mixed"}:
        spelt = parts[style]
        return _WORD.sub(lambda word: str(spelt.get(word[0], word[0])), text.lower() if style == "chat" else text)
    return text
