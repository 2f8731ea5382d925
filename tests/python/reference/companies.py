"""Companies that group calls unite users into; their customers and money."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from reference import money
from reference.identity import Identity, Membership

Fact = dict[str, Any]

# Columns of customer_lifetime_value that may be added up.
AMOUNTS = """
    lifetime_value_amount gross_amount refund_amount fee_amount mrr_amount
    predicted_lifetime_value_amount
"""


def newest(memberships: Iterable[Membership]) -> Membership | None:
    """The last by time, then id; of equals the one of the smallest event source."""

    def place(membership: Membership) -> tuple:
        call = membership.call
        dated = call.occurred_at is not None
        return dated, call.occurred_at or datetime.min, call.call_id.encode()

    by_source = sorted(memberships, key=lambda one: one.call.relation.encode())
    return max(by_source, key=place, default=None)


class Companies:
    """Which company each user belongs to, and what each company is called."""

    def __init__(self, memberships: Iterable[Membership], identity: Identity) -> None:
        by_user, by_company = defaultdict(list), defaultdict(list)
        for one in memberships:
            if user_id := identity.user_of_call(one.call):
                by_user[user_id].append(one)
            if one.company_name:
                by_company[one.company_id].append(one)
        self.company_of = {
            user_id: newest(own).company_id for user_id, own in by_user.items()
        }
        self.name_of = {
            company_id: newest(own).company_name
            for company_id, own in by_company.items()
        }

    def customer_companies(self, identity: Identity) -> Iterator[Fact]:
        """Rows of customer_companies."""
        for customer in identity.claims:
            user_id = identity.user_of(customer)
            company_id = self.company_of.get(user_id)
            if company_id is not None:
                yield {
                    "source_relation": customer[0],
                    "customer_id": customer[1],
                    "user_id": user_id,
                    "company_id": company_id,
                    "company_name": self.name_of.get(company_id),
                }


def company_lifetime_value(
    customers: Iterable[Fact], values: Iterable[Fact]
) -> Iterator[Fact]:
    """Rows of company_lifetime_value; all Stripe accounts of a currency together.

    customers, values: rows of customer_companies, of customer_lifetime_value.
    """
    known = {(row["source_relation"], row["customer_id"]): row for row in customers}
    own: dict[tuple, list[Fact]] = defaultdict(list)
    for row in values:
        customer = known.get((row["source_relation"], row["customer_id"]))
        if customer:
            key = customer["company_id"], customer["company_name"], row["currency"]
            own[key].append(row)
    for (company_id, company_name, currency), rows in own.items():
        yield {
            "company_id": company_id,
            "company_name": company_name,
            "currency": currency,
            "customer_count": len(rows),
            "user_count": len({row["user_id"] for row in rows}),
            **{column: added(rows, column) for column in AMOUNTS.split()},
        }


def added(rows: Iterable[Mapping[str, Any]], column: str) -> Any:
    """Sum of a column, without the rows that have no value; None where none has."""
    amounts = [row[column] for row in rows if row[column] is not None]
    return money.plain_total(amounts) if amounts else None
