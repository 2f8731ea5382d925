"""A simulated account, month by month: loaded, snapshotted, and a month later again.

The simulator knows the true MRR. From the first snapshot on the models must give it, to
the last digit; before it they rebuild it from invoice lines, and every difference must
be one of the CASES, which are printed with their counts.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from harness.project import Project

from sample_account import create_account, load_duckdb

# An account before and after an item was swapped, a discount taken away and another
# customer's subscription deleted.
BEFORE = """
    create schema stripe;
    create table stripe.plans as from (values
        ('small', 1000, 'usd', 'month'), ('large', 4000, 'usd', 'month')
    ) plans (id, amount, currency, interval);
    create table stripe.coupons as
        select 'co_half' as id, 'forever' as duration, 50 as percent_off;
    create table stripe.discounts as
        select 'di_1' as id, 'co_half' as coupon_id, 'sub_1' as subscription,
            timestamp '2026-02-02 10:00' as received_at;
    create table stripe.subscriptions as
        select *, 'active' as status, timestamp '2026-02-02 10:00' as received_at
        from (values ('sub_1', 'cus_1', null), ('sub_2', 'cus_2', 'small'))
            subscriptions (id, customer_id, plan_id);
    create table stripe.subscription_items as
        select 'si_1' as id, 'sub_1' as subscription_id, 'small' as plan_id,
            timestamp '2026-02-02 10:00' as received_at;
"""
AFTER = """
    alter table stripe.discounts add column is_deleted boolean;
    update stripe.discounts
        set is_deleted = true, received_at = timestamp '2026-03-10 10:00';
    alter table stripe.subscription_items add column is_deleted boolean;
    update stripe.subscription_items
        set is_deleted = true, received_at = timestamp '2026-03-10 10:00';
    alter table stripe.subscriptions add column is_deleted boolean;
    update stripe.subscriptions
        set is_deleted = true, received_at = timestamp '2026-03-10 10:00'
        where id = 'sub_2';
    insert into stripe.subscription_items
        values ('si_2', 'sub_1', 'large', timestamp '2026-03-10 10:00', null);
"""
# What snapshots of an earlier release held: deletions were not kept.
FORGOTTEN = """
    alter table analytics_snapshots.subscription_items_snapshot
        drop column is_deleted;
    alter table analytics_snapshots.discounts_snapshot drop column is_deleted;
    alter table analytics_snapshots.subscriptions_snapshot drop column is_deleted;
"""
START = date(2025, 7, 1)
MARTS = ["+fct_customer_mrr", "+mrr_monthly", "+fct_subscriptions"]
SNAPSHOTS = [
    "+subscriptions_snapshot",
    "+subscription_items_snapshot",
    "+discounts_snapshot",
]
# MRR by customer, currency and month: of the models, as Segment had heard, and true.
COMPARED = """
    create temp table compared as
    select customer_id, currency, reporting_month, month_end + 1 as moment,
        coalesce(m.mrr_amount, 0) as mrr,
        coalesce(m.estimated_mrr_amount, 0) as estimated,
        coalesce(t.mrr_known_amount, 0) as heard, coalesce(t.mrr_amount, 0) as actual
    from (from analytics.fct_customer_mrr where mrr_amount <> 0) m
    full join (
        select *, cast(date_trunc('month', month_end) as date) as reporting_month
        from truth.customer_mrr
    ) t using (customer_id, currency, reporting_month)
"""
LINES = """
    create temp table lines as
    select distinct s.id, s.customer_id, s.status, s.ended_at,
        i.status as invoice_status, l.proration, l.period_start, l.period_end, (
            select min(n.period_start) from stripe.invoice_lines n
            where n.subscription_id = s.id and not n.proration
            and n.period_start > l.period_start
        ) as next_start
    from stripe.subscriptions s
    join stripe.invoice_lines l on l.subscription_id = s.id
    join stripe.invoices i on i.id = l.invoice_id
    union all
    -- changes that the next invoice will bill
    select s.id, s.customer_id, s.status, s.ended_at, null, p.proration,
        p.period_start, p.period_end, null
    from stripe.subscriptions s
    join stripe.invoice_items p on p.subscription_id = s.id
    where p.proration and p.invoice_id is null
"""
# Why invoice lines say another MRR than was true: what shows it among the customer's
# lines that pay for the month's end.
CASES = {
    "an invoice was voided later": "invoice_status = 'void'",
    "a plan or quantity changed after the invoice": "proration",
    "the invoice was never paid": "not proration and status = 'unpaid'",
    "canceled after the invoice": "not proration and ended_at < moment",
    "paused after the invoice": """
        not proration and (status = 'paused' or next_start > period_end)
    """,
}


def month_end(months: int) -> date:
    """Last day of the month that begins so many months after the account."""
    number = START.month + months
    return date(START.year + number // 12, number % 12 + 1, 1) - timedelta(days=1)


def live(
    project: Project, database: Path, folder: Path, ends: list[date], customers: int
) -> None:
    """Load the account as of each day, snapshot it, and at last build the marts."""
    for end in ends:
        account = folder / str(end)
        create_account(
            account, customers=customers, months=18, start=START, as_of=end, workers=1
        )
        load_duckdb(account, database)
        command = ["build", "--exclude-resource-type", "test", "unit_test", "--select"]
        wanted = MARTS if end == ends[-1] else SNAPSHOTS
        run = project.run([*command, *wanted], database, {"as_of": end})
        assert run.success, run.text
    tests = ["test", "--select", "tag:recurring_revenue"]
    run = project.run(tests, database, {"as_of": ends[-1]})
    assert run.success and not run.names("skipped"), run.text
    assert len(run.statuses) > 3


def explained(connection: duckdb.DuckDBPyConnection, where: str) -> Counter[str]:
    """Customer-months that differ, by case; a difference without one is its own."""
    whens = " ".join(
        f"when count(*) filter ({shown}) > 0 then '{case}'"
        for case, shown in CASES.items()
    )
    rows = connection.execute(f"""
        select case when any_value(heard) <> any_value(actual)
            and any_value(mrr) = any_value(heard) then 'heard of later' {whens}
            else concat_ws(' ', compared.customer_id, currency, reporting_month,
                any_value(mrr), any_value(actual)) end
        from compared
        left join lines on lines.customer_id = compared.customer_id
            and period_start < moment and period_end >= moment
        where mrr <> actual and {where}
        group by compared.customer_id, currency, reporting_month
    """).fetchall()
    return Counter(case for (case,) in rows)


@pytest.mark.parametrize(
    ("customers", "first", "skipped"),
    [
        (150, 13, ()),
        pytest.param(1000, 10, (), marks=pytest.mark.long),
        pytest.param(1000, 10, (13,), marks=pytest.mark.long),
    ],
    ids=["small", "large", "gap_of_a_month"],
)
def test_mrr_is_true_from_the_first_snapshot_on(
    customers: int,
    first: int,
    skipped: tuple[int, ...],
    project: Project,
    database: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture,
) -> None:
    months = [month for month in range(first, 16) if month not in skipped]
    ends = [month_end(month) for month in months]
    live(project, database, tmp_path / "accounts", ends, customers)
    with duckdb.connect(str(database)) as connection:
        connection.execute(COMPARED)
        connection.execute(LINES)
        first_end = f"date '{ends[0]}'"
        missed = [f"date '{month_end(month)}'" for month in skipped]
        known = f"moment > {first_end}"
        if missed:
            known += f" and moment - 1 not in ({', '.join(missed)})"
        wrong = connection.execute(
            f"select * from compared where ({known}) and mrr - estimated <> heard"
        ).fetchall()
        assert wrong == []
        (checked,) = connection.execute(
            f"select count(*) from compared where ({known}) and mrr <> 0"
        ).fetchone()
        assert checked > 100
        # A subscription that reaches Segment late is rebuilt from its invoice lines.
        (estimated, after) = connection.execute(
            f"select count_if(estimated <> 0), count_if(estimated <> 0 and {known}) "
            "from compared"
        ).fetchone()
        assert estimated > 100
        assert after < checked / 50
        before = explained(connection, f"moment <= {first_end}")
        late = explained(connection, known)
    with capsys.disabled():
        print(f"\n{checked} customer-months since the first snapshot are right;")
        print(f"{after} are estimated, {late.total()} were heard of late. Before it,")
        print(f"of {estimated - after} that are estimated")
        for case, count in before.most_common():
            print(f"{count:5} differ: {case}")
    assert set(before) <= {*CASES, "heard of later"}
    assert set(late) <= {"heard of later"}
    assert before.total() < estimated / 10


def test_what_was_deleted_between_two_snapshots_is_gone_from_then_on(
    project: Project, database: Path
) -> None:
    build = ["build", "--exclude-resource-type", "test", "unit_test", "--select"]
    answers = []
    for statements, command, as_of in (
        (BEFORE, [*build, *SNAPSHOTS], date(2026, 2, 28)),
        (AFTER, [*build, *MARTS], date(2026, 3, 31)),
        (FORGOTTEN, ["run", "--select", *MARTS], date(2026, 3, 31)),
    ):
        with duckdb.connect(str(database)) as connection:
            connection.execute(statements)
        run = project.run(command, database, {"as_of": as_of})
        assert run.success, run.text
        if as_of.month == 3:
            answers.append(monthly(database))
    assert answers == [[("2026-02-01", "15.00"), ("2026-03-01", "40.00")]] * 2


def monthly(database: Path) -> list[tuple[str, str]]:
    """Months and their closing MRR."""
    with duckdb.connect(str(database)) as connection:
        return connection.execute(
            "select cast(reporting_month as text), "
            "cast(cast(closing_mrr_amount as decimal(18, 2)) as text) "
            "from analytics.mrr_monthly order by all"
        ).fetchall()
