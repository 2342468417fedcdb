"""Digits to telephone numbers, judged by the numbering plans that `phonenumbers` carries."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType, ValidationResult

REGION = "ID"
DIGITS_MIN = 8
DIGITS_MAX = 15
_COUNTRY = "62"
# A first sieve, a thousand times cheaper than the numbering plan: prefixes 0811 to 0899, area codes from 02.
_MOBILE_SHAPE = re.compile(r"08[1-9]\d{6,10}")
_OFFICE_SHAPE = re.compile(r"0[2-79]\d{6,10}")
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


def international(digits: str) -> str | None:
    """E.164 for digits that begin with a country code, if that country could have given out such a number.

    Abroad, numbers of the right length in ranges that nobody uses yet count too. In Indonesia the number must
    be a
    valid one; a trunk zero left in ("62 0812") is dropped.
    """
    if not DIGITS_MIN <= len(digits) <= DIGITS_MAX:
        return None
    if digits.startswith(("0", _COUNTRY)):
        return mobile("0" + digits.removeprefix(_COUNTRY).lstrip("0")) or office("0" + digits.removeprefix(_COUNTRY))
    number = _parsed(f"+{digits}", None)
    if number is None or phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return None
    return _e164(number)


def office(digits: str) -> str | None:
    """E.164 for an Indonesian landline as dialled there with its area code, if it is a valid number."""
    number = _parsed(digits, REGION) if _OFFICE_SHAPE.fullmatch(digits) else None
    return _e164(number) if number is not None and phonenumbers.is_valid_number(number) else None


def mobile(digits: str) -> str | None:
    """E.164 for an Indonesian mobile number as dialled there, if it is a valid one."""
    number = _parsed(digits, REGION) if _MOBILE_SHAPE.fullmatch(digits) else None
    return _e164(number) if number is not None and phonenumbers.number_type(number) in _MOBILE else None


def _parsed(text: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except NumberParseException:
        return None


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
