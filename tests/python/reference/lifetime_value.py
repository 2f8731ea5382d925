"""What customers bring, by where they came from: the marts of lifetime value."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from reference import money, time
from reference.customers import dealings, home_currencies
from reference.identity import Identity, Marts, known_customers
from reference.journeys import Person
from reference.rows import Row, Settings, Source

Fact = dict[str, Any]
# month, channel
Cohort = tuple[date, str]

MONTHS_OF_CHURN = 12


def added(amounts: Iterable[Decimal | None]) -> Decimal:
    """Sum of amounts, those without a value left out; zero of nothing."""
    return money.plain_total(amounts)


def days_after(start: datetime | None, end: datetime | None) -> Decimal | None:
    """Days from one moment to another; None where it comes before."""
    if start is None or end is None or end < start:
        return None
    return time.days_between(start, end)


def month_number(day: date) -> int:
    """Months counted from the year 0."""
    return 12 * day.year + day.month - 1


def month_after(month: date, number: int) -> date:
    """First day of the month so many months later."""
    year, index = divmod(month_number(month) + number, 12)
    return date(year, index + 1, 1)


class Values:
    """Customers of one Stripe account, and what each has brought in each currency."""

    def __init__(
        self,
        source: Source,
        marts: Marts,
        identity: Identity,
        people: Mapping[str, Person],
    ) -> None:
        self.source, self.marts = source, marts
        self.settings = source.settings
        self.identity, self.people = identity, people
        this_month = time.month_of(source.settings.as_of)
        self.charges = by_customer(marts["fct_charges"])
        self.moves = by_customer(
            row for row in marts["fct_balance_transactions"] if row["is_net_volume"]
        )
        self.revenue = by_customer(
            row
            for row in marts["fct_customer_mrr"]
            if row["reporting_month"] == this_month
        )
        self.refunds = by_customer(
            row for row in marts["fct_refunds"] if row["is_counted"]
        )
        self.customers = known_customers(source)
        self.currencies: dict[str, set[str]] = defaultdict(set)
        for customer_id, currency in dealings(marts, self.settings):
            self.currencies[customer_id].add(currency)

    def person_of(self, customer_id: str) -> Person:
        """The person that the customer is."""
        return self.people[self.identity.person_of((self.source.relation, customer_id))]

    def gross_charges(self, customer_id: str) -> list[Fact]:
        """The customer's charges that brought money, in any currency."""
        return [row for row in self.charges[customer_id] if row["is_gross"]]

    def home_of(self, customer_id: str) -> str:
        """The currency that the customer is counted in."""
        return home_currencies(self.source)[customer_id]

    def churn_rates(self, currency: str) -> list[Decimal]:
        """Monthly customer churn rates of the twelve months before the as-of month."""
        now = month_number(self.settings.as_of)
        return [
            row["customer_churn_rate"]
            for row in self.marts["mrr_monthly"]
            if row["currency"] == currency
            and 1 <= now - month_number(row["reporting_month"]) <= MONTHS_OF_CHURN
            and row["customer_churn_rate"] is not None
        ]

    def predicted(self, mrr: Decimal | None, currency: str) -> Decimal | None:
        """What the recurring revenue of today is expected to bring."""
        if mrr is None:
            return None
        rates = self.churn_rates(currency)
        margin = Decimal(str(self.settings.ltv_margin))
        worth = money.EXACT.multiply(money.EXACT.multiply(mrr, margin), len(rates))
        return money.share(worth, sum(rates, Decimal(0)))

    def customer_lifetime_value(self) -> Iterator[Fact]:
        """Rows of customer_lifetime_value."""
        for customer_id in self.customers:
            person = self.person_of(customer_id)
            attributes = self.attributes(customer_id, person)
            for currency in self.currencies[customer_id]:
                yield {
                    **attributes,
                    "currency": currency,
                    **self.amounts(customer_id, currency),
                }

    def amounts(self, customer_id: str, currency: str) -> Fact:
        """What the customer has brought in one currency."""

        def of(facts: Mapping[str, list[Fact]]) -> list[Fact]:
            return [row for row in facts[customer_id] if row["currency"] == currency]

        def summed(rows: list[Fact], column: str) -> Decimal | None:
            return money.total((row[column] for row in rows), currency)

        charges, moves = of(self.charges), of(self.moves)
        mrr = summed(of(self.revenue), "mrr_amount")
        has_moves = self.source.has_balance_rows
        return {
            "lifetime_value_amount": (
                summed(moves, "net_amount") if has_moves else None
            ),
            "gross_amount": summed(charges, "gross_amount"),
            "refund_amount": summed(of(self.refunds), "refund_amount"),
            "fee_amount": summed(moves, "fee_amount") if has_moves else None,
            "mrr_amount": mrr,
            "predicted_lifetime_value_amount": self.predicted(mrr, currency),
            "order_count": sum(row["is_gross"] for row in charges),
        }

    def attributes(self, customer_id: str, person: Person) -> Fact:
        """What is the customer's in every currency."""
        user_id, method = self.identity.match_of((self.source.relation, customer_id))
        gross = self.gross_charges(customer_id)
        paid = sorted(row["created_at"] for row in gross)
        first_paid_at = paid[0] if paid else None
        first_paid = self.settings.date_of(first_paid_at)
        first, last = person.first_touch, person.last_touch
        acquired = acquisition_month(person, self.settings)
        return {
            "source_relation": self.source.relation,
            "customer_id": customer_id,
            "person_id": person.person_id,
            "user_id": user_id,
            "home_currency": self.home_of(customer_id),
            "match_method": method,
            "first_touch_channel": person.channel,
            "first_touch_campaign": first.landing.campaign if first else None,
            "first_touch_source": first.source if first else None,
            "first_touch_medium": first.medium if first else None,
            "last_touch_channel": person.last_channel,
            "last_touch_campaign": last.landing.campaign if last else None,
            "days_to_sign_up": days_after(person.first_touch_at, person.signed_up_at),
            "days_to_first_payment": days_after(person.first_touch_at, first_paid_at),
            "days_from_sign_up_to_first_payment": days_after(
                person.signed_up_at, first_paid_at
            ),
            "tenure_days": (
                (self.settings.as_of - first_paid).days if first_paid else None
            ),
            "is_paying": bool(gross),
            "acquisition_month": acquired,
            "first_payment_date": first_paid,
            "acquired_at": person.acquired_at,
            "first_touch_at": person.first_touch_at,
            "signed_up_at": person.signed_up_at,
            "first_payment_at": first_paid_at,
            "last_payment_at": paid[-1] if paid else None,
        }

    def lifetime_value_cohorts(self) -> Iterator[Fact]:
        """Rows of lifetime_value_cohorts of this account."""
        relation = self.source.relation
        cohorts: dict[Cohort, list[Person]] = defaultdict(list)
        for person in self.people.values():
            month = acquisition_month(person, self.settings)
            if month and person.relation in (None, relation):
                cohorts[month, person.channel].append(person)
        codes = set().union(*self.currencies.values())
        for cohort, members in cohorts.items():
            own = [c for p in members for r, c in p.customers if r == relation]
            for currency in codes:
                yield from self.curve(cohort, members, own, currency)

    def curve(
        self, cohort: Cohort, members: list[Person], own: list[str], currency: str
    ) -> Iterator[Fact]:
        """A cohort's months in one currency; own: its customers of this account."""
        month, channel = cohort
        latest = month_number(self.settings.as_of) - month_number(month)

        def since(moment: datetime) -> int:
            day = self.settings.date_of(moment)
            return max(month_number(day) - month_number(month), 0)

        firsts = [p.first_charge for p in members if p.first_charge]
        converted = [
            since(row["created_at"])
            for row in firsts
            if row["source_relation"] == self.source.relation
            and self.home_of(row["customer_id"]) == currency
        ]
        paid = [
            min(since(row["created_at"]) for row in self.gross_charges(customer_id))
            for customer_id in own
            if self.gross_charges(customer_id) and self.home_of(customer_id) == currency
        ]
        moves = [
            (since(row["created_at"]), row["net_amount"])
            for customer_id in own
            for row in self.moves[customer_id]
            if row["currency"] == currency
        ]
        has_moves = self.source.has_balance_rows
        for number in range(latest + 1):
            users = len(members)
            converts = sum(when <= number for when in converted)
            customers = sum(when <= number for when in paid)
            net = added(amount for when, amount in moves if when == number)
            total = added(amount for when, amount in moves if when <= number)
            # Nothing delivered, or amounts in a currency that nobody knows.
            if not has_moves or not money.is_known(currency):
                net = total = None
            yield {
                "source_relation": self.source.relation,
                "channel": channel,
                "currency": currency,
                "months_since": number,
                "user_count": users,
                "account_user_count": sum(p.relation is not None for p in members),
                "converted_user_count": converts,
                "customer_count": customers,
                "net_amount": net,
                "cumulative_net_amount": total,
                "conversion_rate": money.share(converts, users),
                "net_amount_per_user": money.share(total, users),
                "net_amount_per_customer": money.share(total, customers),
                "acquisition_month": month,
                "reporting_month": month_after(month, number),
            }


def by_customer(rows: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Rows of a fact by their customer."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for row in rows:
        found[row["customer_id"]].append(row)
    return found


def acquisition_month(person: Person, settings: Settings) -> date | None:
    """First day of the reporting month in which the person was acquired."""
    day = settings.date_of(person.acquired_at)
    return time.month_of(day) if day else None


def spends(rows: Iterable[Row], settings: Settings) -> dict[tuple, Decimal]:
    """What was spent, by month, channel and currency."""
    found: dict[tuple, Decimal] = defaultdict(lambda: money.ZERO)
    for row in rows:
        day = row.get("date")
        names = [(row.get(c) or "").strip(" ").lower() for c in ("channel", "currency")]
        if day is None or day > settings.as_of or not all(names):
            continue
        key = time.month_of(day), *names
        found[key] += money.rounded(Decimal(row.get("spend") or 0))
    return found


def acquisition_cost(
    spend: Iterable[Row],
    cohorts: Iterable[Fact],
    people: Iterable[Person],
    settings: Settings,
) -> Iterator[Fact]:
    """Rows of acquisition_cost; all Stripe accounts of a currency together."""
    users: dict[Cohort, int] = defaultdict(int)
    for person in people:
        users[acquisition_month(person, settings), person.channel] += 1
    curves: dict[tuple, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    paying: dict[tuple, int] = defaultdict(int)
    for row in cohorts:
        key = row["acquisition_month"], row["channel"], row["currency"]
        curves[key][row["months_since"]].append(row)
        paying[account_of(row)] += row["customer_count"]
    for (month, channel, currency), amount in spends(spend, settings).items():
        curve = curves.get((month, channel, currency), {})
        newest = curve[max(curve)] if curve else []
        totals = {number: brought(rows, paying) for number, rows in curve.items()}
        value = totals[max(totals)] if totals else money.ZERO
        customers = sum(row["customer_count"] for row in newest)
        paid_back = [
            number
            for number, total in totals.items()
            if amount and total is not None and total >= amount
        ]
        yield {
            "channel": channel,
            "currency": currency,
            "spend_amount": amount,
            "customer_acquisition_cost_amount": money.share(amount, customers),
            "lifetime_value_amount": value,
            "lifetime_value_to_cost_ratio": money.share(value, amount),
            "user_count": users[month, channel],
            "customer_count": customers,
            "payback_months": min(paid_back, default=None),
            "acquisition_month": month,
        }


def account_of(row: Fact) -> tuple:
    """A cohort at an age in one account, over its currencies."""
    columns = "source_relation", "acquisition_month", "channel", "months_since"
    return tuple(row[column] for column in columns)


def brought(rows: Iterable[Fact], paying: Mapping[tuple, int]) -> Decimal | None:
    """What a cohort brought in all accounts; None where one of them does not tell of
    its paying customers, or none tells at all."""
    told = [row for row in rows if row["cumulative_net_amount"] is not None]
    silent = [row for row in rows if row["cumulative_net_amount"] is None]
    if not told or any(paying[account_of(row)] for row in silent):
        return None
    return added(row["cumulative_net_amount"] for row in told)


def marts_of_lifetime_value(
    accounts: Mapping[str, tuple[Source, Marts]],
    identity: Identity,
    people: Mapping[str, Person],
    spend: Iterable[Row],
    settings: Settings,
) -> dict[str, list[Fact]]:
    """Rows of the marts of lifetime value, all accounts together."""
    values = [Values(*account, identity, people) for account in accounts.values()]
    cohorts = [row for value in values for row in value.lifetime_value_cohorts()]
    return {
        "customer_lifetime_value": [
            row for value in values for row in value.customer_lifetime_value()
        ],
        "lifetime_value_cohorts": cohorts,
        "acquisition_cost": list(
            acquisition_cost(spend, cohorts, people.values(), settings)
        ),
    }
