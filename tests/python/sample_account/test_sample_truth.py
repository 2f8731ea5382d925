"""The truth tables against what can be computed from the raw rows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from account_files import opened

from sample_account import create_account, rates

MONTHS = {"day": Fraction(365, 12), "week": Fraction(52, 12), "month": Fraction(1),
          "year": Fraction(1, 12)}  # fmt: skip
EXPONENT = {"usd": 2, "eur": 2, "jpy": 0, "kwd": 3}


def rounded(value: Fraction) -> Decimal:
    """Six decimals, half away from zero."""
    scaled = Decimal(value.numerator * 10**12 // value.denominator) / 10**12
    return scaled.quantize(Decimal("0.000001"), ROUND_HALF_UP)


def monthly_revenue(connection) -> dict[tuple[str, str], Decimal]:
    """MRR by customer and currency from raw rows, as the definition says."""
    rows = connection.execute(
        """
        select s.id, s.customer_id, p.currency, p."interval", p.interval_count,
            p.amount, coalesce(i.quantity, 1),
            c.percent_off_precise, c.amount_off
        from stripe.subscriptions s
        join stripe.subscription_items i on i.subscription_id = s.id
        join stripe.plans p on p.id = i.plan_id
        left join stripe.discounts d on d.id = coalesce(
            s.discount_id,
            (select o.id from stripe.discounts o
             where o.customer_id = s.customer_id and o.subscription is null))
            and (d."end" is null or d."end" > ?)
        left join stripe.coupons c on c.id = d.coupon_id and c.duration = 'forever'
        where s.status in ('active', 'past_due') and p.amount is not null
        """,
        [dt.datetime(2026, 10, 1)],
    ).fetchall()
    whole: dict[str, int] = defaultdict(int)
    for row in rows:
        whole[row[0]] += row[5] * row[6]
    revenue: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for sub, customer, currency, unit, count, amount, seats, percent, off in rows:
        if not amount * seats:
            continue
        value = Fraction(amount * seats, 10 ** EXPONENT[currency])
        value *= MONTHS[unit] / count
        if percent is not None:
            value *= 1 - Fraction(percent) / 100
        if off is not None:
            value *= Fraction(max(whole[sub] - off, 0), whole[sub])
        revenue[customer, currency] += rounded(value)
    return {key: value for key, value in revenue.items() if value}


@pytest.fixture(scope="module", params=[1, 2])
def month_end(request, tmp_path_factory):
    """An account as of a month's end."""
    folder = tmp_path_factory.mktemp("month") / "account"
    create_account(
        folder, customers=300, months=16, seed=request.param, workers=1,
        start=dt.date(2025, 7, 1), as_of=dt.date(2026, 9, 30),
    )  # fmt: skip
    with opened(folder) as connection:
        yield connection


def truth(connection, column: str) -> dict[tuple[str, str], Decimal]:
    """MRR at the last month's end."""
    rows = connection.execute(
        f"select customer_id, currency, {column} from truth.customer_mrr"
        f" where month_end = '2026-09-30' and {column} <> 0"
    ).fetchall()
    return {(customer, currency): amount for customer, currency, amount in rows}


def test_known_mrr_is_what_raw_rows_give(month_end):
    expected = monthly_revenue(month_end)
    # a late coupon is the one thing that known MRR does not mind
    late = month_end.execute(
        """
        select s.customer_id from stripe.subscriptions s
        join truth.late_rows l on l.id = s.discount_id and not l.is_delivered
        """
    ).fetchall()
    skipped = {customer for (customer,) in late}
    known = truth(month_end, "mrr_known_amount")
    assert len(expected) > 60
    assert {k: v for k, v in known.items() if k[0] not in skipped} == {
        k: v for k, v in expected.items() if k[0] not in skipped
    }


def test_true_mrr_differs_in_few_cases(month_end):
    known = truth(month_end, "mrr_known_amount")
    true = truth(month_end, "mrr_amount")
    different = {k for k in known | true if known.get(k) != true.get(k)}
    assert len(different) <= 0.05 * len(true)


def test_payments_fold_charges(account):
    wrong = account.execute(
        """
        select p.payment_key
        from truth.payments p
        join truth.charges c on c.payment_key = p.payment_key
        group by p.payment_key, p.attempt_count, p.is_succeeded, p.is_recovered
        having count(*) <> p.attempt_count
            or bool_or(c.status = 'succeeded') <> p.is_succeeded
            or (p.is_recovered and not bool_or(c.is_first_attempt
                and c.status = 'failed'))
        """
    ).fetchall()
    assert wrong == []


def test_people_are_found_by_what_is_in_the_data(account):
    wrong = account.execute(
        """
        select p.customer_id
        from truth.person_customers p
        join stripe.customers c on c.id = p.customer_id
        left join website.users u on u.id = p.user_id
        where (p.has_metadata and c.metadata_user_id is null)
            or (p.is_tracked and c.metadata_user_id <> p.user_id)
            or (p.is_tracked and u.id is null)
            or (p.is_tracked and p.has_same_email
                and lower(trim(c.email)) <> u.email)
        """
    ).fetchall()
    assert wrong == []


def test_some_customers_are_hard_to_find(account):
    easy, every = account.execute(
        """
        select
            sum((is_tracked and (has_metadata or has_trait or has_same_email))::int),
            count(*)
        from truth.person_customers
        """
    ).fetchone()
    assert 0 < easy < every


def test_rates_are_the_rates(default_account):
    _, account = default_account
    cases = account["hard_cases"]
    # a count can miss its rate by chance, but not by much
    for name, rate in {
        "customer: without e-mail": rates.NO_EMAIL,
        "customer: second of one person": rates.TWO_CUSTOMERS,
    }.items():
        assert rate / 2 < cases[name]["rate"] < rate * 2, name
