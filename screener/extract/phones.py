"""Telephone numbers written in digits, with the usual disguises, in a folded text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screener.extract.finds import Find
from screener.extract.numbers import DIGITS_MAX, DIGITS_MIN, international, mobile, office

_REPAIR = str.maketrans("oil", "011")
# Arabic-Indic, Devanagari and other decimal digits are read by value; `int` knows them all.
_STRETCH = re.compile(r"[\doil+()\[\] .\-–—_*~·•:\u2010-\u2015]{8,}")
_GROUP = re.compile(r"\+?[\doil]+")
_DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"
    r"|(?:19|20)\d\d([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))(?!\d)"
)
_PLAUSIBLE = re.compile(r"\+[1-9]\d{7}|0[2-9]\d{6}|62\d{7}|8[1-9]\d{6}")
_AREA_CODE = range(3, 6)
_THOUSANDS = 3
# So that no text can make this slow; a real one has a few dozen numbers.
TRIES_MAX = 4_000
_LABEL_BEFORE = 40
_CALL = re.compile(
    r"(?:wa|whatsapps?|watsap|hub(?:ungi)?|hp|tlp|telp|telepon|tel|phone|call|chat|sms|nomor|nomer|no|cp|kontak|contact|admin|japri|kantor|office"
    r"|fax|faks)\W{0,6}(?:(?:ke|di|no|nomor|kantor|me|on|id)\W{0,4})?$"
)
_WHATSAPP = re.compile(r"(?:\bwa|whatsapps?|watsap)\W{0,6}(?:(?:ke|di|no|nomor|me|on)\W{0,4})?$")
# What else has long numbers: identity cards, licences, accounts, money.
_OTHER = re.compile(
    r"(?:\b(?:nik|nib|kk|npwp|nip|nis|nisn|ktp|siup|siu|sip[23]mi|sipptkis|izin|ijin|lisensi|license"
    r"|licence|paspor|passport|isbn|resi|kode pos"
    r"|rek|rekening|norek|va|virtual account|akun|account|idr|usd|id407)"
    r"|\b(?:rek|rekening|bank|transfer|tf|ke)\W{1,3}(?:bca|bri|bni|mandiri|bsi|btn|dana|ovo|gopay)|\brp|[$€£¥])"
    r"\W{0,4}(?:(?:no|nomor|number|num|bca|bri|bni|mandiri|bsi)\W{0,4}){0,2}$"
)
_GLUED = re.compile(r"(?:wa|hp|no|tlp|telp|tel|hub|call|chat|sms|cp|phone)$")


@dataclass(frozen=True, kw_only=True)
class _Group:
    """Digits that stand together: repaired, with the sign between them and the group before."""

    digits: str
    start: int
    end: int
    gap: str
    letters: int


def phones(plain: str) -> Iterator[Find]:
    """The telephone numbers of a folded text, as phone or, where it says so, whatsapp; E.164.

    No more than 4,000 rows of digits that look like one are tried.
    """
    tries = iter(range(TRIES_MAX))
    undated = _DATE.sub(lambda match: "\n" * len(match[0]), plain)
    for stretch in _STRETCH.finditer(undated):
        if sum(character.isdecimal() for character in stretch[0]) >= DIGITS_MIN // 2:
            yield from _in_groups(undated, _groups(undated, stretch), tries)


def _groups(plain: str, stretch: re.Match[str]) -> list[_Group]:
    groups: list[_Group] = []
    end = stretch.start()
    for match in _GROUP.finditer(plain, *stretch.span()):
        word = _within_word(plain, match.start(), match.end())
        if word and not match[0].isdecimal():
            continue
        groups.append(
            _Group(
                digits=_repaired(match[0]),
                start=match.start(),
                end=match.end(),
                gap=plain[end : match.start()] if groups else "\n",
                letters=sum(character.isalpha() for character in match[0]),
            )
        )
        end = match.end()
    return groups


def _within_word(plain: str, start: int, end: int) -> bool:
    before = plain[max(0, start - 1) : start]
    return before.isalpha() or plain[end : end + 1].isalpha()


def _repaired(written: str) -> str:
    sign = "+" if written.startswith("+") else ""
    return sign + "".join(str(int(c)) if c.isdecimal() else c for c in written.translate(_REPAIR).lstrip("+"))


def _in_groups(plain: str, groups: Sequence[_Group], tries: Iterator[int]) -> Iterator[Find]:
    start = 0
    while start < len(groups):
        limit = _limit(groups, start)
        tried = _may_begin(plain, groups, start, limit) and next(tries, None) is not None
        found = _first(plain, groups, start, limit) if tried else None
        if found:
            yield found[0]
        start = found[1] if found else start + 1


def _first(plain: str, groups: Sequence[_Group], start: int, limit: int) -> tuple[Find, int] | None:
    """The number that begins at one group, and the group after it."""
    first = groups[start].start
    before = plain[max(0, first - _LABEL_BEFORE) : first].rstrip("+([ ")
    if _OTHER.search(before):
        return None
    for end in _ends(groups, start, limit):
        value = _value(groups[start:end], called=bool(_CALL.search(before)))
        if value:
            kind = "whatsapp" if _WHATSAPP.search(before) else "phone"
            return Find(kind, value, _opening(plain, first), groups[end - 1].end), end
    return None


def _may_begin(plain: str, groups: Sequence[_Group], start: int, limit: int) -> bool:
    """A number begins with a plus, 0, 62 or 8, and is no part of a longer row of digits or of a word."""
    group = groups[start]
    if not _PLAUSIBLE.match("".join(part.digits for part in groups[start:limit])):
        return False
    before = plain[max(0, group.start - 6) : group.start]
    if before[-1:].isalpha() and not _GLUED.search(before):
        return False
    longer = start > 0 and len(groups[start - 1].digits) > 2 and len(group.gap) == 1  # noqa: PLR2004  "24 0812": a count
    same = start + 1 < len(groups) and groups[start + 1].gap == group.gap
    return not (longer and same and not group.digits.startswith("+"))


def _limit(groups: Sequence[_Group], start: int) -> int:
    """The group before which a number that begins at `start` must end."""
    limit, digits = start + 1, len(groups[start].digits)
    while limit < len(groups) and digits + len(groups[limit].digits) <= DIGITS_MAX + 1:
        if not _joins(groups[limit].gap) or groups[limit].digits.startswith("+"):
            break
        digits += len(groups[limit].digits)
        limit += 1
    return limit


def _ends(groups: Sequence[_Group], start: int, limit: int) -> Iterator[int]:
    """Where the number may end: first where the separators change, then anywhere, the longest first."""
    gaps = [group.gap.strip() for group in groups[start + 1 : limit]]
    uniform = 1 + next((i for i, gap in enumerate(gaps) if gap != gaps[0]), len(gaps)) if gaps else 1
    yield from dict.fromkeys([start + uniform, *range(limit, start, -1)])


def _joins(gap: str) -> bool:
    return len(gap) <= 4 and "\n" not in gap and ":" not in gap  # noqa: PLR2004  "] - ": more is no longer one number


def _value(groups: Sequence[_Group], *, called: bool) -> str | None:
    digits = "".join(group.digits for group in groups)
    letters = sum(group.letters for group in groups)
    if letters * 2 > len(digits):
        return None
    if digits.startswith("+"):
        return international(digits[1:])
    if digits.startswith("62"):
        return None if _is_price(groups) and not called else mobile("0" + digits[2:].lstrip("0"))
    if digits.startswith("8"):
        return mobile("0" + digits) if called else None
    value = mobile(digits)
    if value or letters:
        return value
    # An office line looks like any number with a leading zero, so it must be set apart as one.
    apart = len(groups) > 1 and len(groups[0].digits) in _AREA_CODE
    return office(digits) if called or apart else None


def _is_price(groups: Sequence[_Group]) -> bool:
    """Whether digits stand in thousands, as in 62.812.500.000."""
    return len(groups) > 1 and all(len(group.digits) == _THOUSANDS and group.gap == "." for group in groups[1:])


def _opening(plain: str, start: int) -> int:
    """The bracket of "(021)" belongs to the number."""
    return start - 1 if start and plain[start - 1] in "([" else start
