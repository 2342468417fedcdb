from decimal import Decimal
from typing import Any

import pytest

from screener.extract.pay import money
from screener.records import NOT_STATED

D = Decimal
MONTHLY = {"minValue": D(2500), "maxValue": D(3000), "unitText": "MONTH"}
DECLARED: dict[str, tuple[Any, ...]] = {
    "range": ({"currency": "MYR", "value": MONTHLY}, 2500, 3000, "MYR", "month"),
    "single": (
        {"currency": "usd", "value": {"value": D(900), "unitText": "monthly"}},
        900,
        900,
        "USD",
        "month",
    ),
    "flat": ({"currency": "IDR", "value": D(15_000_000)}, 15_000_000, 15_000_000, "IDR", NOT_STATED),
    "numbers as text": ({"currency": "IDR", "value": {"value": "15.000.000"}}, 15e6, 15e6, "IDR", NOT_STATED),
    "only a minimum": ({"currency": "EUR", "value": {"minValue": D(900)}}, 900, None, "EUR", NOT_STATED),
    "only a maximum": ({"currency": "EUR", "value": {"maxValue": D(900)}}, None, 900, "EUR", NOT_STATED),
    "turned round": (
        {"currency": "EUR", "value": {"minValue": D(9), "maxValue": D(8)}},
        8,
        9,
        "EUR",
        NOT_STATED,
    ),
    "list": ([{"currency": "SAR", "value": D(1500)}], 1500, 1500, "SAR", NOT_STATED),
    "per hour": (
        {"currency": "NZD", "value": {"value": D("24.50"), "unitText": "HOUR"}},
        24.5,
        24.5,
        "NZD",
        "hour",
    ),
    "value as text": ({"currency": "", "value": {"value": "Rp 5 jt - 7 jt"}}, 5e6, 7e6, "IDR", NOT_STATED),
}
WRITTEN: dict[str, tuple[Any, ...]] = {
    "rupiah": ("Rp 15.000.000 per bulan", 15e6, 15e6, "IDR", "month"),
    "decimals": ("Rp15.000.000,00/bln", 15e6, 15e6, "IDR", "month"),
    "juta": ("15jt", 15e6, 15e6, NOT_STATED, NOT_STATED),
    "decimal juta": ("Rp 1,5 juta", 1.5e6, 1.5e6, "IDR", NOT_STATED),
    "shared unit": ("15-20 juta", 15e6, 20e6, NOT_STATED, NOT_STATED),
    "dollars": ("$800 - $1,100 a month", 800, 1100, "USD", "month"),
    "hong kong": ("HK$5.100 sebulan", 5100, 5100, "HKD", "month"),
    "taiwan": ("NT$29,500", 29500, 29500, "TWD", NOT_STATED),
    "ringgit": ("RM1700", 1700, 1700, "MYR", NOT_STATED),
    "won": ("2.156.880 won", 2156880, 2156880, "KRW", NOT_STATED),
    "by the day": ("B$24 per hari", 24, 24, "BND", "day"),
    "by the piece": ("RM55 satu ton, borongan", 55, 55, "MYR", "piece"),
}


@pytest.mark.parametrize(
    ("value", "minimum", "maximum", "currency", "period"),
    [*DECLARED.values(), *WRITTEN.values()],
    ids=[*DECLARED, *WRITTEN],
)
def test_pay_is_read(value: Any, minimum: Any, maximum: Any, currency: str, period: str) -> None:
    found = money(value)
    assert found is not None
    assert (found.minimum, found.maximum, found.currency, found.period) == (
        minimum,
        maximum,
        currency,
        period,
    )


def test_the_quote_is_what_the_page_wrote() -> None:
    found = money({"currency": "MYR", "value": {"value": D(2500)}})
    assert found is not None
    assert found.quote == '{"currency": "MYR", "value": {"value": 2500}}'


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "nego",
        "kompetitif",
        {},
        [],
        True,
        D("NaN"),
        D("Infinity"),
        D("1e999999"),
        D(-1),
        D(0),
        {"value": None},
    ],
    ids=repr,
)
def test_no_amount_is_no_pay(value: Any) -> None:
    assert money(value) is None
