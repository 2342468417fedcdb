"""The tables of usual pay and exchange rates, and what is refused in them."""

from decimal import Decimal
from pathlib import Path

import pytest

import screener.detect
from screener.detect.facts.pay_tables import PayTables, load_pay_tables
from screener.errors import RuleError

DATA = Path(screener.detect.__file__).parent / "data"
BROKEN = {
    "minimum above maximum": ("pay_ranges.toml", "minimum = 208\n", "minimum = 2080\n", "minimum is above maximum"),
    "unknown key": ("pay_ranges.toml", 'job = "factory"', 'job = "factory"\nnote = "x"', "Extra inputs"),
    "no rate": ("exchange_rates.toml", '"THB"', '"THX"', "no exchange rate for THB"),
    "rate of nought": ("exchange_rates.toml", "rupiah = 16600", "rupiah = 0", "greater than 0"),
    "not TOML": ("exchange_rates.toml", "[[rate]]", "[[rate", "exchange_rates.toml"),
}


@pytest.fixture(scope="module")
def tables() -> PayTables:
    return load_pay_tables(DATA, {"MY": "Malaysia"})


def test_every_row_names_its_source_and_date(tables: PayTables) -> None:
    assert all(row.source and row.as_of for row in tables.usual)
    assert all(row.source and row.as_of for row in tables.rates)


def test_a_country_stands_once_for_a_job(tables: PayTables) -> None:
    assert len({(row.country, row.job) for row in tables.usual}) == len(tables.usual)


@pytest.mark.parametrize(("period", "monthly"), [("hour", 2080), ("day", 260), ("month", 10), ("piece", None)])
def test_pay_is_made_monthly_by_the_stated_hours_and_days(tables: PayTables, period: str, monthly: int | None) -> None:
    assert tables.month.of(Decimal(10), period) == monthly


def test_a_shared_name_is_that_of_the_country_named(tables: PayTables) -> None:
    assert [tables.currency("dollar", countries) for countries in (["TW"], [], ["KH"])] == ["TWD", "USD", "USD"]


@pytest.mark.parametrize(("file", "old", "new", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_table_is_refused_with_file_and_reason(
    tmp_path: Path, file: str, old: str, new: str, reason: str
) -> None:
    for name in ("pay_ranges.toml", "exchange_rates.toml"):
        (tmp_path / name).write_text((DATA / name).read_text("utf-8"), "utf-8")
    text = (tmp_path / file).read_text("utf-8")
    (tmp_path / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RuleError, match=reason) as refused:
        load_pay_tables(tmp_path, {})
    assert ".toml" in str(refused.value)
