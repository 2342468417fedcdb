"""Money in a text: pay, allowances, costs, deductions, penalties, loans, and cash for recruits or their families."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from screener.detect.facts.amounts import Amount, amounts
from screener.detect.facts.found import Found
from screener.detect.facts.periods import period_of
from screener.detect.facts.ranges import A_PERIOD, Surroundings, compared, currency_of_pay
from screener.detect.facts.reference import Reference
from screener.detect.facts.roles import Cue, Role, Roles
from screener.detect.scope import Layout, between
from screener.detect.terms import Terms
from screener.records import NOT_STATED, FactKind, Money

MEASURED = frozenset(
    {
        "stated-amount", "pay-amount", "pay-above-range", "cost-amount", "deduction-amount", "penalty-amount",
        "loan-amount", "family-cash-amount",
    }
)  # fmt: skip
_KINDS = {
    Role.PAY: (FactKind.PAY, "pay-amount"),
    Role.ALLOWANCE: (FactKind.ALLOWANCE, "stated-amount"),
    Role.FAMILY_CASH: (FactKind.ALLOWANCE, "family-cash-amount"),
    Role.COST: (FactKind.COST, "cost-amount"),
    Role.DEDUCTION: (FactKind.DEDUCTION, "deduction-amount"),
    Role.PENALTY: (FactKind.PENALTY, "penalty-amount"),
    Role.LOAN: (FactKind.LOAN, "loan-amount"),
}
_NEGATABLE = {Role.COST, Role.DEDUCTION, Role.LOAN, Role.FAMILY_CASH}
_PERIODIC = {Role.PAY, Role.ALLOWANCE, Role.DEDUCTION}
_STATED = frozenset({"stated-amount"})
_LINKED_MAX = 14
_NOTHING = "none"
_BEFORE_WORK = "money for the recruit or the family before any work"
_BARE_MIN = Decimal(500)
_BARE_COST_MIN = Decimal(100_000)
_BARE_MILLIONS_MAX = 60
_BARE_MAX = Decimal(10) ** 8
_MONTH_MIN = Decimal(3_000_000)
_MONTH_MAX = Decimal(120_000_000)
_NOT_PAY = ("for-other", "for-penalty", "for-loan", "for-cost")
_PAYING_PERIODS = {"hour", "day", "week", "month", "year"}


def find_money(terms: Terms, layout: Layout, reference: Reference) -> Iterator[Found]:
    """Every amount of money whose purpose the words beside it tell, and every statement that nothing is charged."""
    yield from _nothing_charged(terms, layout)
    yield from _Reader(terms, layout, reference).found()


def _nothing_charged(terms: Terms, layout: Layout) -> Iterator[Found]:
    """The fact that nothing is charged, by a stated zero, unless only the start is free ("tanpa biaya di muka")."""
    last = -1
    for hit in terms.hits.get("cost-nothing", ()):
        later = between(terms.hits.get("cost-later", ()), hit.end, hit.end + 3)
        same = [one for one in later if layout.clause(one.start) == layout.clause(hit.end - 1)]
        if hit.start >= last and not same:
            yield Found(kind=FactKind.COST, start=terms.starts[hit.start], end=terms.ends[hit.end - 1], value=_NOTHING)
        last = hit.end


@dataclass(frozen=True)
class _Reader:
    terms: Terms
    layout: Layout
    reference: Reference

    @cached_property
    def _roles(self) -> Roles:
        return Roles(self.terms, self.layout)

    @cached_property
    def _around(self) -> Surroundings:
        return Surroundings(self.terms, self.layout, self.reference.pay)

    def found(self) -> Iterator[Found]:
        """The facts, in the order of their places."""
        all_amounts = list(amounts(self.terms.folded.text))
        last: Role | None = None
        for number, amount in enumerate(all_amounts):
            before = all_amounts[number - 1] if number else None
            after = all_amounts[number + 1] if number + 1 < len(all_amounts) else None
            if amount.bare and not self._roles.right_after_a_cue(amount):
                continue
            role, cue = self._roles.role(amount, before, after)
            if cue is None and not amount.bare and before and self._linked(before, amount):
                role = last
            period = (
                period_of(self.terms.folded.text, amount.start, amount.end) if role is not Role.OTHER else NOT_STATED
            )
            role = self._settled(role, cue, amount, period)
            last = role
            stated = self._plausible(amount, role, cue)
            if role in _KINDS and stated and not self._denied(role, cue, amount):
                yield self._fact(role, stated, self._as_money(stated, period))
            elif not amount.bare:
                yield Found(kind=None, start=amount.start, end=amount.end, value="", measures=_STATED)

    def _linked(self, before: Amount, amount: Amount) -> bool:
        gap = self.terms.folded.text[before.end : amount.start]
        return len(gap) <= _LINKED_MAX and "\n" not in gap

    def _settled(self, role: Role | None, cue: Cue | None, amount: Amount, period: str) -> Role | None:
        """The role once the whole sentence is heard: to pay on leaving is a penalty, cash for kin a lure."""
        if role is not None and role < Role.COST:
            return role
        if role in {None, Role.COST, Role.COST_WEAK} and self._on_leaving(amount):
            return Role.PENALTY
        gift = role in {None, Role.ALLOWANCE, Role.PAY_WEAK} or (role is Role.COST_WEAK and self._is_fee(cue))
        if gift and self._handed_to_kin(amount):
            return Role.FAMILY_CASH
        if role is Role.COST_WEAK:
            return self._of_weak_cost(amount, period)
        if role in {None, Role.PAY_WEAK}:
            return Role.PAY if self._like_pay(amount, period) and not self._roles.says("bounty-mark", amount) else None
        return role

    def _of_weak_cost(self, amount: Amount, period: str) -> Role | None:
        if self._paid_for_time(amount, period):
            return Role.PAY
        return None if self._roles.says("not-job-fee", amount, 6) else Role.COST

    def _like_pay(self, amount: Amount, period: str) -> bool:
        """Whether a sum without a word for it is pay: for a period, or a month's worth in a foreign currency."""
        if period in _PAYING_PERIODS or amount.currency in {"", "IDR"}:
            return period in _PAYING_PERIODS
        return self._a_months_worth(amount) and not any(self._roles.says(concept, amount, 6) for concept in _NOT_PAY)

    def _paid_for_time(self, amount: Amount, period: str) -> bool:
        """Whether what is paid is pay: by the hour or day, or a month's worth in foreign currency ("bayar RM1500")."""
        by_month = period == "month" and amount.currency != "IDR" and self._a_months_worth(amount)
        return by_month or period in {"hour", "day"}

    def _a_months_worth(self, amount: Amount) -> bool:
        rupiah = self.reference.pay.rupiah.get(self._as_money(amount, NOT_STATED).currency, Decimal(0)) * amount.minimum
        return _MONTH_MIN <= rupiah <= _MONTH_MAX

    def _is_fee(self, cue: Cue | None) -> bool:
        """Whether the word is "fee": what recruits pay, but also what they and their families are paid."""
        return cue is not None and self.terms.folded.text.startswith("fee", cue.start)

    def _on_leaving(self, amount: Amount) -> bool:
        says = self._roles.says
        leaving = (
            says("quit-job", amount)
            or says("unfinished", amount)
            or (says("quit-vague", amount) and (says("too-early", amount) or says("suppose", amount)))
        )
        return leaving and says("pay-up", amount) and not says("no-fine", amount)

    def _handed_to_kin(self, amount: Amount) -> bool:
        says = self._roles.says
        if any(says(concept, amount) for concept in ("earned-pay", "bounty-mark", "worker-pays")):
            return False
        handed = says("handed-out", amount) or says("lure-money", amount)
        return handed and (says("kin-only", amount, 5) or says("before-work", amount, 5))

    def _plausible(self, amount: Amount, role: Role | None, cue: Cue | None) -> Amount | None:
        """The amount itself; a bare number only right after a word for pay or cost, "gaji 12-15" as millions."""
        if not amount.bare:
            return amount
        if role not in {Role.PAY, Role.COST} or not self._roles.beside(cue, amount) or amount.maximum is None:
            return None
        if role is Role.COST:
            return amount if amount.minimum == amount.maximum == 0 or amount.minimum >= _BARE_COST_MIN else None
        if amount.minimum < amount.maximum <= _BARE_MILLIONS_MAX:
            return replace(amount, minimum=amount.minimum.scaleb(6), maximum=amount.maximum.scaleb(6), currency="IDR")
        return amount if _BARE_MIN <= amount.minimum <= _BARE_MAX else None

    def _denied(self, role: Role, cue: Cue | None, amount: Amount) -> bool:
        if role is Role.PENALTY:
            return self._roles.says("no-fine", amount)
        return role in _NEGATABLE and cue is not None and amount.minimum > 0 and self._roles.negated(cue, amount)

    def _as_money(self, amount: Amount, period: str) -> Money:
        countries = self._around.countries(self.terms.token_at(amount.start))
        return Money(
            minimum=amount.minimum,
            maximum=amount.maximum,
            currency=self.reference.pay.currency(amount.currency, countries) or NOT_STATED,
            period=period,
            quote="",
        )

    def _fact(self, role: Role, amount: Amount, money: Money) -> Found:
        kind, measure = _KINDS[role]
        if amount.currency and money.currency == NOT_STATED:
            money = replace(money, currency=amount.currency)
        if role not in _PERIODIC:
            money = replace(money, period=NOT_STATED)
        detail, above = _BEFORE_WORK if role is Role.FAMILY_CASH else "", False
        if role is Role.PAY:
            money, detail, above = self._compared(money, amount)
        if role is Role.COST and amount.maximum == 0:
            return Found(kind=kind, start=amount.start, end=amount.end, value=_NOTHING)
        measures = {"stated-amount", measure, *({"pay-above-range"} if above else ())}
        return Found(
            kind=kind,
            start=amount.start,
            end=amount.end,
            value=_value(money),
            money=money,
            detail=detail,
            measures=frozenset(measures),
        )

    def _compared(self, money: Money, amount: Amount) -> tuple[Money, str, bool]:
        """The pay, its currency guessed where none is stated, what it was compared with, and whether it is above."""
        tables, token = self.reference.pay, self.terms.token_at(amount.start)
        if money.currency == NOT_STATED:
            money = replace(money, currency=currency_of_pay(money, self._around.countries(token), tables))
        if not self._around.abroad(money.currency):
            return money, "", False
        comparison = compared(money, token, self._around, tables)
        return money, comparison.detail if comparison else "", bool(comparison and comparison.above)


def _value(money: Money) -> str:
    """The normal form: "MYR 1700-2900 a month", "IDR 10000000 or more"."""
    low, high = money.minimum, money.maximum
    figure = f"{low:f}" if low == high else f"{low:f} or more" if high is None else f"{low:f}-{high:f}"
    currency = "" if money.currency == NOT_STATED else f"{money.currency} "
    return f"{currency}{figure}" + ("" if money.period == NOT_STATED else f" {A_PERIOD[money.period]}")
