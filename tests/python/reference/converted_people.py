"""Marts of people in the reporting currency, all currencies in one: cohorts, companies
and what customers cost. Flows at the rates of their days; null where one has none."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from reference import money, time
from reference.companies import AMOUNTS
from reference.converted import Rates
from reference.journeys import Person
from reference.lifetime_value import acquisition_month, month_number
from reference.rows import Row, Settings, Source

Fact = dict[str, Any]
Marts = Mapping[str, list[Fact]]

CONVERTED_PEOPLE_KEYS = {
    "lifetime_value_cohorts_converted": (
        *("source_relation", "acquisition_month", "channel", "months_since"),
    ),
    "company_lifetime_value_converted": ("company_id",),
    "acquisition_cost_converted": ("acquisition_month", "channel"),
}


def whole(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum; None where a part is not known."""
    found = list(amounts)
    return None if None in found else money.plain_total(found)


class ConvertedPeople:
    """The marts of people of all accounts, in the reporting currency.

    accounts: each with its own marts; marts: those of people, customers converted too.
    """

    def __init__(
        self,
        accounts: Mapping[str, tuple[Source, Marts]],
        people: Mapping[str, Person],
        marts: Marts,
        spend: Iterable[Row],
        rates: Rates,
    ) -> None:
        self.accounts, self.people, self.marts = accounts, people, marts
        self.spend, self.rates = spend, rates
        self.settings: Settings = rates.settings

    def rows(self) -> dict[str, list[Fact]]:
        """Rows of every mart."""
        cohorts = [row for name in self.accounts for row in self.cohorts(name)]
        return {
            "lifetime_value_cohorts_converted": cohorts,
            "company_lifetime_value_converted": list(self.companies()),
            "acquisition_cost_converted": list(self.costs(cohorts)),
        }

    def brought(self, relation: str) -> dict[tuple, Decimal | None]:
        """Net volume of the account's cohorts by months since they were acquired."""
        _, marts = self.accounts[relation]
        person_of = {
            customer: person
            for person in self.people.values()
            for customer in person.customers
        }
        days: dict[tuple, list] = defaultdict(list)
        for row in marts["fct_balance_transactions"]:
            person = person_of.get((relation, row["customer_id"]))
            acquired = person and acquisition_month(person, self.settings)
            if acquired and row["is_net_volume"]:
                day = row["reporting_date"]
                since = max(month_number(day) - month_number(acquired), 0)
                key = acquired, person.channel, since
                # A customer's day in a currency is converted together.
                own = row["customer_id"], row["currency"]
                days[key, own].append((day, row["net_amount"]))
        parts: dict[tuple, list] = defaultdict(list)
        for (key, own), amounts in days.items():
            parts[key].append(self.rates.convert_days(amounts, own[1]))
        return {key: whole(amounts) for key, amounts in parts.items()}

    def cohorts(self, relation: str) -> Iterator[Fact]:
        """Rows of lifetime_value_cohorts_converted of an account."""
        source, _ = self.accounts[relation]
        found: dict[tuple, list[Fact]] = defaultdict(list)
        for row in self.marts["lifetime_value_cohorts"]:
            if row["source_relation"] == relation:
                key = row["acquisition_month"], row["channel"], row["months_since"]
                found[key].append(row)
        brought = self.brought(relation)
        totals: dict[tuple, list] = defaultdict(list)
        for key in sorted(found):
            rows, cohort = found[key], key[:2]
            net = brought.get(key, money.ZERO)
            totals[cohort].append(net)
            value = whole(totals[cohort])
            if not source.has_balance_rows:
                net = value = None
            users = rows[0]["user_count"]
            converts = sum(row["converted_user_count"] for row in rows)
            customers = sum(row["customer_count"] for row in rows)
            yield {
                "source_relation": relation,
                "channel": key[1],
                "currency": self.settings.reporting_currency,
                "months_since": key[2],
                "user_count": users,
                "account_user_count": rows[0]["account_user_count"],
                "converted_user_count": converts,
                "customer_count": customers,
                "net_amount": net,
                "cumulative_net_amount": value,
                "conversion_rate": money.share(converts, users),
                "net_amount_per_user": money.share(value, users),
                "net_amount_per_customer": money.share(value, customers),
                "is_rate_missing": source.has_balance_rows and value is None,
                "acquisition_month": key[0],
                "reporting_month": rows[0]["reporting_month"],
            }

    def companies(self) -> Iterator[Fact]:
        """Rows of company_lifetime_value_converted."""
        known = {
            (row["source_relation"], row["customer_id"]): row
            for row in self.marts["customer_companies"]
        }
        own: dict[tuple, list[tuple[Fact, Fact]]] = defaultdict(list)
        for row in self.marts["customer_lifetime_value_converted"]:
            customer = known.get((row["source_relation"], row["customer_id"]))
            if customer:
                key = customer["company_id"], customer["company_name"]
                own[key].append((customer, row))
        for (company_id, company_name), pairs in own.items():
            values = [row for _, row in pairs]
            yield {
                "company_id": company_id,
                "company_name": company_name,
                "currency": self.settings.reporting_currency,
                **{column: known_sum(values, column) for column in AMOUNTS.split()},
                "customer_count": len(
                    {(c["source_relation"], c["customer_id"]) for c, _ in pairs}
                ),
                "user_count": len({customer["user_id"] for customer, _ in pairs}),
                "is_rate_missing": any(row["is_rate_missing"] for row in values),
            }

    def costs(self, cohorts: list[Fact]) -> Iterator[Fact]:
        """Rows of acquisition_cost_converted."""
        for (month, channel), amount in self.spent().items():
            curve: dict[int, list[Fact]] = defaultdict(list)
            for row in cohorts:
                if (row["acquisition_month"], row["channel"]) == (month, channel):
                    curve[row["months_since"]].append(row)
            totals = {number: all_accounts(rows) for number, rows in curve.items()}
            newest = curve[max(curve)] if curve else []
            value = totals[max(totals)] if totals else money.ZERO
            customers = sum(row["customer_count"] for row in newest)
            paid_back = [
                number
                for number, total in totals.items()
                if amount and total is not None and total >= amount
            ]
            members = [
                person
                for person in self.people.values()
                if acquisition_month(person, self.settings) == month
                and person.channel == channel
            ]
            lacks = any(row["is_rate_missing"] for row in newest)
            yield {
                "channel": channel,
                "currency": self.settings.reporting_currency,
                "spend_amount": amount,
                "customer_acquisition_cost_amount": money.share(amount, customers),
                "lifetime_value_amount": value,
                "lifetime_value_to_cost_ratio": money.share(value, amount),
                "user_count": len(members),
                "customer_count": customers,
                "payback_months": min(paid_back, default=None),
                "is_rate_missing": amount is None or lacks,
                "acquisition_month": month,
            }

    def spent(self) -> dict[tuple[date, str], Decimal | None]:
        """Month, channel -> spend, each day and currency of a channel at its rate."""
        days: dict[tuple, list] = defaultdict(list)
        for row in self.spend:
            day = row.get("date")
            names = [row.get(name) or "" for name in ("channel", "currency")]
            channel, currency = (name.strip(" ").lower() for name in names)
            if day and day <= self.settings.as_of and channel and currency:
                spent = money.rounded(Decimal(row.get("spend") or 0))
                days[time.month_of(day), channel, currency].append((day, spent))
        parts: dict[tuple, list] = defaultdict(list)
        for (month, channel, currency), amounts in days.items():
            converted = self.rates.convert_days(amounts, currency)
            parts[month, channel].append(converted)
        return {key: whole(amounts) for key, amounts in parts.items()}


def all_accounts(rows: list[Fact]) -> Decimal | None:
    """What a cohort brought; None where an account does not tell of its customers."""
    column = "cumulative_net_amount"
    if any(row[column] is None and row["customer_count"] for row in rows):
        return None
    return known_sum(rows, column)


def known_sum(rows: Iterable[Fact], column: str) -> Decimal | None:
    """The sum of what there is; None where a part lacks a rate, or there is nothing.

    What is predicted lacks one where the recurring revenue that it is made of does.
    """
    made_of = "mrr_amount" if column.startswith("predicted") else column
    found = list(rows)
    if any(row["is_rate_missing"] and row[made_of] is None for row in found):
        return None
    amounts = [row[column] for row in found if row[column] is not None]
    return money.plain_total(amounts) if amounts else None
