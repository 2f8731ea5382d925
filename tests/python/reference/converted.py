"""Marts in the reporting currency: what moved at its own day's rate, what stands at the
closing day's, rounded once a day, account and currency."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from reference import money, time
from reference.receivables import movements
from reference.rows import Row, Settings, Source

Fact = dict[str, Any]
Marts = Mapping[str, list[Fact]]

KEPT = ("_count", "_total", "reporting_date", "reporting_week", "reporting_month")
MOVED = ("new", "reactivation", "expansion", "contraction", "churn")
AGES = ("current", "days_1_30", "days_31_60", "days_61_90", "over_90")
OF_CUSTOMER = (
    *("source_relation", "customer_id", "person_id", "user_id", "home_currency"),
    *("first_touch_channel", "order_count", "is_paying", "acquisition_month"),
    "days_to_first_payment",
)
CONVERTED_KEYS = {
    "executive_summary_daily_converted": ("reporting_date",),
    "finance_operations_daily_converted": ("reporting_date",),
    "mrr_monthly_converted": ("reporting_month",),
    "receivables_monthly_converted": ("reporting_month",),
    "balance_summary_monthly_converted": ("reporting_month",),
    "customer_lifetime_value_converted": ("customer_id",),
    "exchange_rate_coverage": (),
}
CONVERTED_KEYS = {
    name: ("source_relation", *keys, "original_currency")
    for name, keys in CONVERTED_KEYS.items()
}


class Rates:
    """Daily rates to the reporting currency: date, currency, rate."""

    def __init__(self, rows: Iterable[Row], settings: Settings) -> None:
        self.settings = settings
        self.by_day: dict[tuple, Decimal] = {}
        for row in rows:
            if row["rate"] is not None and row["date"] <= settings.as_of:
                code = row["currency"].strip().lower()
                self.by_day[code, row["date"]] = Decimal(row["rate"])

    def known(self, currency: str | None, day: date) -> tuple[Decimal, date] | None:
        """The latest rate on or before a day that is not too old, and its day."""
        if currency == self.settings.reporting_currency:
            return Decimal(1), day
        for age in range(self.settings.max_rate_age_days + 1):
            found = day - timedelta(days=age)
            if (currency, found) in self.by_day:
                return self.by_day[currency, found], found
        return None

    def rate(self, currency: str | None, day: date) -> Decimal | None:
        """Units of the reporting currency for one; None where none is known."""
        known = self.known(currency, day)
        return known[0] if known else None

    def newest(self, currency: str) -> date | None:
        """The day of the newest rate by the as-of day."""
        if currency == self.settings.reporting_currency:
            return self.settings.as_of
        days = [day for code, day in self.by_day if code == currency]
        return max(days, default=None)

    def convert(
        self, amount: Decimal | None, currency: str | None, day: date
    ) -> Decimal | None:
        """The amount in the reporting currency; nothing is nothing without a rate."""
        rate = self.rate(currency, day)
        if not amount:
            return amount
        return rate and money.rounded(money.EXACT.multiply(amount, rate))

    def convert_days(
        self, amounts: Iterable[tuple[date, Decimal | None]], currency: str | None
    ) -> Decimal | None:
        """What each day's sum comes to; None where one of them lacks a rate."""
        days: dict[date, Decimal] = defaultdict(Decimal)
        for day, amount in amounts:
            if amount is None:
                return None
            days[day] = money.EXACT.add(days[day], amount)
        found = [self.convert(total, currency, day) for day, total in days.items()]
        return None if None in found else money.plain_total(found)


class Converter:
    """The converted marts of one source; none without a reporting currency."""

    def __init__(self, source: Source, marts: Marts, rates: Rates) -> None:
        self.source, self.marts, self.rates = source, marts, rates
        self.settings = source.settings

    def rows(self) -> dict[str, list[Fact]]:
        """Rows of every mart but that of customers."""
        days = [self.day(row) for row in self.marts["executive_summary_daily"]]
        for row in days:
            cohort = row["gross_charge_amount"], row["refunded_charge_amount"]
            row["net_charge_cohort_amount"] = money.difference(*cohort)
        return {
            "executive_summary_daily_converted": days,
            "finance_operations_daily_converted": [
                self.day(row) for row in self.marts["finance_operations_daily"]
            ],
            "mrr_monthly_converted": list(self.revenue()),
            "receivables_monthly_converted": list(self.receivables()),
            "balance_summary_monthly_converted": list(self.balances()),
            "exchange_rate_coverage": list(self.coverage(days)),
        }

    def head(self, row: Fact, day: date) -> Fact:
        """Columns that begin every row, and what is no money."""
        return {
            **{name: row[name] for name in row if name.endswith(KEPT)},
            "source_relation": row["source_relation"],
            "currency": self.settings.reporting_currency,
            "original_currency": row["currency"],
            "exchange_rate": self.rates.rate(row["currency"], day),
        }

    def amounts(self, row: Fact, names: Iterable[str], day: date) -> Fact:
        """Some amounts of a row at the rate of a day."""
        return {n: self.rates.convert(row[n], row["currency"], day) for n in names}

    def day(self, row: Fact) -> Fact:
        """A day in the reporting currency."""
        day = row["reporting_date"]
        names = [name for name in row if name.endswith("_amount")]
        found = self.head(row, day) | self.amounts(row, names, day)
        gross, refunds = found["gross_charge_amount"], found["refund_amount"]
        found["net_charge_amount"] = money.difference(gross, refunds)
        found["is_rate_missing"] = any(
            row[name] and found[name] is None
            for name in names
            if not name.startswith("net_charge")
        )
        return found

    def closing_day(self, row: Fact) -> date:
        """The last day of the row's month, or the as-of day."""
        return min(time.last_day_of(row["reporting_month"]), self.settings.as_of)

    def rolled(
        self,
        rows: Iterable[Fact],
        stands: str,
        moved: Mapping[str, int],
        months: Iterator[Fact],
    ) -> Iterator[Fact]:
        """Months that open as the one before closed, with the currency's effect."""
        closed: dict[str, Decimal | None] = {}
        for row, month in zip(rows, months, strict=True):
            opening, closing = f"opening_{stands}", f"closing_{stands}"
            code = row["currency"]
            month[opening] = (
                closed.get(code, month[closing]) if row[opening] else (row[opening])
            )
            closed[code] = month[closing]
            parts = [month[opening], *(month[name] for name in moved)]
            effect = None
            if None not in (*parts, month[closing]):
                signed = zip(parts, (1, *moved.values()), strict=True)
                effect = month[closing] - sum(part * sign for part, sign in signed)
            yield month | {"currency_effect_amount": effect}

    def revenue(self) -> Iterator[Fact]:
        """Rows of mrr_monthly_converted: what moved is known at the close."""
        rows = by_month(self.marts["mrr_monthly"])
        names = [*(f"{name}_mrr_amount" for name in MOVED), "closing_mrr_amount"]
        names += ["estimated_mrr_amount"]

        def months() -> Iterator[Fact]:
            for row in rows:
                day = self.closing_day(row)
                found = self.head(row, day) | self.amounts(row, names, day)
                closing = found["closing_mrr_amount"]
                yield found | {
                    "arr_amount": None if closing is None else 12 * closing,
                    "is_estimated": row["is_estimated"],
                    "is_rate_missing": lacking(row, found, names),
                }

        signs = dict.fromkeys(names[:3], 1) | dict.fromkeys(names[3:5], -1)
        return self.rolled(rows, "mrr_amount", signs, months())

    def receivables(self) -> Iterator[Fact]:
        """Rows of receivables_monthly_converted."""
        rows = by_month(self.marts["receivables_monthly"])
        moved: dict[tuple, list] = defaultdict(list)
        for one in movements(self.source):
            if one.amount is not None:
                key = one.currency, time.month_of(one.day), one.figure
                moved[key].append((one.day, one.amount))
        names = ["closing_amount", *(f"{age}_amount" for age in AGES)]
        figures = ("invoiced", "paid", "written_off", "estimated")

        def months() -> Iterator[Fact]:
            for row in rows:
                day, code = self.closing_day(row), row["currency"]
                found = self.head(row, day) | self.amounts(row, names, day)
                for name in figures:
                    key = code, row["reporting_month"], name
                    days = self.rates.convert_days(moved[key], code)
                    is_known = row[f"{name}_amount"] is not None
                    found[f"{name}_amount"] = days if is_known else None
                every = [*names, *(f"{name}_amount" for name in figures)]
                yield found | {
                    "day_count": row["day_count"],
                    "is_ageing_estimated": row["is_ageing_estimated"],
                    "is_rate_missing": lacking(row, found, every),
                }

        signs = {"invoiced_amount": 1, "paid_amount": -1, "written_off_amount": -1}
        return self.rolled(rows, "amount", signs, months())

    def balances(self) -> Iterator[Fact]:
        """Rows of balance_summary_monthly_converted."""
        rows = by_month(self.marts["balance_summary_monthly"])
        moved: dict[tuple, list] = defaultdict(list)
        for one in self.marts["fct_balance_transactions"]:
            key = one["currency"], one["reporting_month"], one["is_payout"]
            moved[key].append((one["reporting_date"], one["net_amount"]))
        names = ["closing_balance_amount", "activity_amount", "payout_amount"]

        def months() -> Iterator[Fact]:
            for row in rows:
                day, code = self.closing_day(row), row["currency"]
                found = self.head(row, day) | self.amounts(row, names[:1], day)
                key = code, row["reporting_month"]
                paid = self.rates.convert_days(moved[*key, True], code)
                found["activity_amount"] = self.rates.convert_days(
                    moved[*key, False], code
                )
                found["payout_amount"] = None if paid is None else -paid
                if row["activity_amount"] is None:
                    found |= dict.fromkeys(names[1:])
                yield found | {"is_rate_missing": lacking(row, found, names)}

        signs = {"activity_amount": 1, "payout_amount": -1}
        return self.rolled(rows, "balance_amount", signs, months())

    def coverage(self, days: list[Fact]) -> Iterator[Fact]:
        """Rows of exchange_rate_coverage."""
        natives = self.marts["executive_summary_daily"]
        missing: dict[str, list[Fact]] = {row["original_currency"]: [] for row in days}
        for row, native in zip(days, natives, strict=True):
            if row["is_rate_missing"]:
                missing[row["original_currency"]].append(native)
        for code, rows in missing.items():
            newest = self.rates.newest(code)
            dates = [row["reporting_date"] for row in rows]
            yield {
                "source_relation": self.source.relation,
                "currency": self.settings.reporting_currency,
                "original_currency": code,
                "rate_source": self.settings.exchange_rates_relation,
                "unconverted_charge_count": sum(
                    row["attempted_charge_count"] for row in rows
                ),
                "unconverted_gross_amount": money.plain_total(
                    row["gross_charge_amount"] for row in rows
                ),
                "missing_day_count": len(rows),
                "rate_age_days": (self.settings.as_of - newest).days
                if newest
                else None,
                "rate_date": newest,
                "first_missing_date": min(dates, default=None),
                "last_missing_date": max(dates, default=None),
            }

    def customers(self, values: Iterable[Fact]) -> Iterator[Fact]:
        """Rows of customer_lifetime_value_converted."""
        facts = (
            ("gross_amount", "fct_charges", "gross_amount", "is_gross"),
            ("refund_amount", "fct_refunds", "refund_amount", "is_counted"),
            *(
                (name, "fct_balance_transactions", column, "is_net_volume")
                for name, column in (
                    ("lifetime_value_amount", "net_amount"),
                    ("fee_amount", "fee_amount"),
                )
            ),
        )
        moved: dict[tuple, list] = defaultdict(list)
        for name, mart, column, counts in facts:
            for row in self.marts[mart]:
                if row[counts]:
                    key = name, row["customer_id"], row["currency"]
                    moved[key].append((row["reporting_date"], row[column]))
        as_of = self.settings.as_of
        states = ("mrr_amount", "predicted_lifetime_value_amount")
        for row in values:
            if row["source_relation"] != self.source.relation:
                continue
            found = {name: row[name] for name in OF_CUSTOMER}
            found |= self.head(row, as_of) | self.amounts(row, states, as_of)
            for name, *_ in facts:
                key = name, row["customer_id"], row["currency"]
                days = self.rates.convert_days(moved[key], row["currency"])
                found[name] = None if row[name] is None else days
            names = [name for name, *_ in facts]
            yield found | {"is_rate_missing": lacking(row, found, [*names, *states])}


def lacking(row: Fact, found: Fact, names: Iterable[str]) -> bool:
    """Whether an amount is there in its own currency alone."""
    return any(row[name] is not None and found[name] is None for name in names)


def by_month(rows: Iterable[Fact]) -> list[Fact]:
    """Rows in the order of their months."""
    return sorted(rows, key=lambda row: row["reporting_month"])
