"""Ten figures of an account beside what is usual, with the source of the range."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .load import quoted_files, tables_of


@dataclass(frozen=True)
class Figure:
    """A figure in US dollars or as a share, and the range that is published."""

    name: str
    sql: str
    low: float
    high: float
    show: Callable[[float], str]
    source: str


def _percent(value: float) -> str:
    return f"{value * 100:.2f} %"


def _dollars(value: float) -> str:
    return f"${value:,.0f}"


def _days(value: float) -> str:
    return f"{value:.2f} days"


_MRR = """
    mrr as (
        select customer_id, month_end, sum(mrr_amount) amount
        from truth.customer_mrr where currency = 'usd' group by all
    ),
    ends as (
        select month_end, lead(month_end) over (order by month_end) next_end
        from (select distinct month_end from mrr)
    ),
    moves as (
        select e.month_end, m.customer_id, m.amount opening,
            coalesce(n.amount, 0) closing
        from ends e
        join mrr m on m.month_end = e.month_end
        left join mrr n on n.customer_id = m.customer_id and n.month_end = e.next_end
        where e.next_end is not null
            and e.next_end > (select max(month_end) from mrr) - interval 366 day
    )
"""
_LIVE = """
    live as (
        select distinct on (c.id) c.*, t.payment_key, t.attempt_number
        from stripe.charges c join truth.charges t on t.charge_id = c.id
        where c.livemode
    )
"""

FIGURES = [
    Figure(
        "MRR growth per month (usd, last 12 months)",
        f"""
        with {_MRR}, totals as (
            select month_end, sum(amount) amount from mrr group by all
            order by month_end desc limit 13
        )
        select power(max_by(amount, month_end) / min_by(amount, month_end),
            1.0 / (count(*) - 1)) - 1
        from totals
        """,
        0.02,
        0.10,
        _percent,
        "ChartMogul SaaS Benchmarks Report 2023: top quartile 62-93 % a year,"
        " that is 4-6 % a month; young companies 10 % and more",
    ),
    Figure(
        "customer churn per month (usd)",
        f"""
        with {_MRR}
        select sum((closing = 0)::int) / count(*) from moves
        """,
        0.02,
        0.07,
        _percent,
        "rekko.io, SaaS churn rate benchmarks 2026 (Recurly, Baremetrics,"
        " ChartMogul): median 3.5-5 %, self-service below $100 3-7 %, B2B 2.5-4.5 %",
    ),
    Figure(
        "ARPA (usd MRR per paying customer)",
        f"""
        with {_MRR}
        select avg(amount) from mrr where month_end = (select max(month_end) from mrr)
        """,
        25,
        500,
        _dollars,
        "rekko.io (ChartMogul, Baremetrics): self-service below $100,"
        " mid-market $100-1,000 a month",
    ),
    Figure(
        "failed charges of invoices, first attempts",
        f"""
        with {_LIVE}
        select avg((status = 'failed')::int) from live
        where attempt_number = 1 and invoice_id is not null and status <> 'pending'
        """,
        0.04,
        0.10,
        _percent,
        "culta.ai, subscription billing benchmarks 2026 (Stripe, Recurly, ProfitWell,"
        " Chargebee): 7.2 % on average; retryhero.com: 5-10 %, the best 2-4 %",
    ),
    Figure(
        "failed payments recovered",
        """
        select avg(p.is_succeeded::int)
        from truth.payments p
        join truth.charges f on f.payment_key = p.payment_key and f.is_first_attempt
        join stripe.charges c on c.id = f.charge_id and c.invoice_id is not null
        where f.status = 'failed'
        """,
        0.30,
        0.65,
        _percent,
        "retentionlens.com, state of involuntary churn: median 47.6 %; culta.ai:"
        " 55 % with dunning",
    ),
    Figure(
        "refunds, share of successful charges",
        f"""
        with {_LIVE}
        select (
            select count(distinct r.charge_id) from truth.refunds r
            join live l on l.id = r.charge_id
            where r.kind = 'refund' and not r.is_failed
        ) / sum((status = 'succeeded' and captured)::int)
        from live
        """,
        0.02,
        0.08,
        _percent,
        "unlocksaas.com, refund rate of small software businesses 2026: 2-8 %",
    ),
    Figure(
        "disputes, share of successful charges",
        f"""
        with {_LIVE}
        select (select count(distinct id) from stripe.disputes
                where status not like 'warning%')
            / sum((status = 'succeeded')::int)
        from live
        """,
        0.002,
        0.009,
        _percent,
        "chargeback.io: 0.60 % on average; bestforecommerce.com: 0.3-0.9 %, aim for"
        " less than 0.5 %",
    ),
    Figure(
        "days to payment of invoices with a charge, mean",
        """
        select avg(date_diff('second', i.created, i.paid_at)) / 86400.0
        from truth.invoices i
        join (select distinct invoice_id from stripe.charges where status = 'succeeded')
            c on c.invoice_id = i.invoice_id
        where i.paid_at is not null
        """,
        0.1,
        3,
        _days,
        "no published range was found to cite; charged within the hour, later only"
        " after failures, by debit (4 days) or on invoices with a due date",
    ),
    Figure(
        "visitors who sign up",
        """
        select count(user_id) / count(*)
        from truth.people where first_touch_at is not null
        """,
        0.02,
        0.15,
        _percent,
        "acceleroi.com, SaaS conversion benchmarks 2026: trial 2-5 %, freemium 4-8 %,"
        " good 8-15 %",
    ),
    Figure(
        "trials that convert",
        """
        select avg((i.id is not null)::int)
        from (select distinct on (id) * from stripe.subscriptions) s
        left join (
            select distinct on (subscription_id) subscription_id as id
            from truth.invoices t
            join stripe.invoices v on v.id = t.invoice_id
            where t.paid_at is not null and t.total > 0
        ) i on i.id = s.id
        where s.trial_end < (select max(created) from stripe.subscriptions)
            - interval 20 day
        """,
        0.25,
        0.60,
        _percent,
        "acceleroi.com: 15-25 % without a card, good 25-35 %, 50 % and more with one",
    ),
]


def report(source: str | Path) -> list[tuple[Figure, float]]:
    """Each figure's value on an account; raises AccountError without one."""
    import duckdb

    with duckdb.connect() as connection:
        for schema, name, parts in tables_of(Path(source)):
            connection.execute(f"create schema if not exists {schema}")
            files = quoted_files(parts)
            connection.execute(
                f'create view {schema}."{name}" as from read_parquet({files})'
            )
        return [(figure, _value(connection, figure)) for figure in FIGURES]


def _value(connection: Any, figure: Figure) -> float:
    """One figure, NaN where the account has nothing to compute it from."""
    import duckdb

    try:
        value = connection.execute(figure.sql).fetchone()[0]
    except duckdb.CatalogException:
        value = None
    return float("nan") if value is None else float(value)
