"""Own columns and objects beside the marts of the sample account, as tables.

What scripts/write_own_models.py makes of an account is tested in test_package.py; here
are its tables, with values that are hard to show, in SQL for either engine.
"""

from __future__ import annotations

from own_models.tables import COLUMNS

COLUMNS_OF, OBJECTS = "passthrough_columns", "own_objects"
LISTED = [
    ("own_charges", COLUMNS_OF, "Charges", "charge", "charge_id", "one"),
    ("own_customers", COLUMNS_OF, "Customers", "customer", "customer_id", "one"),
    ("own_crm", OBJECTS, "Crm", "customer", "customer_id", "one"),
    ("own_cases", OBJECTS, "Cases", "invoice", "invoice_id", "one"),
    ("own_tickets", OBJECTS, "Tickets", "customer", "customer_id", "many"),
    ("own_absent", OBJECTS, "Absent", "customer", "customer_id", "one"),
]
# More values than are shown, and a charge of which nothing is known.
HARD = ("gold", "", "<b>bold</b>", "=1+1", "none", "other", "Ünïcode")
CREATED = f"""
create table analytics.own_charges as
with numbered as (
    select *, row_number() over (order by charge_id) as number
    from analytics.fct_charges
)
select
    source_relation,
    charge_id,
    case
        {" ".join(f"when number % 16 = {n} then '{v}'" for n, v in enumerate(HARD))}
        when number % 16 < 15 then 'tier ' || cast(number % 16 as varchar(9))
    end as plan_tier,
    case when number % 3 > 0 then number % 3 = 1 end as is_first,
    cast(number as numeric(38, 6)) / 8 as weight_amount,
    created_at as seen_at
from numbered
where number % 5 > 0;

create table analytics.own_customers as
select
    source_relation,
    customer_id,
    case when substr(customer_id, 5, 1) < 'N' then 'eu' else 'us' end as region
from analytics.dim_customers;

create table analytics.own_crm as
select source_relation, customer_id, email as owner, created_date as signed_on
from analytics.dim_customers
where substr(customer_id, 5, 1) < 'N';

create table analytics.own_cases as
select source_relation, invoice_id, true as is_urgent, '<i>said</i>' as remark
from analytics.fct_invoices;

create table analytics.own_tickets as
with numbered as (
    select *, row_number() over (order by customer_id) as number
    from analytics.dim_customers
),
copies as (
    select 1 as copy union all select 2 union all select 3
)
select
    source_relation,
    customer_id,
    lpad(cast(number * 3 + copy as varchar(12)), 12, '0') as row_id,
    case copy when 1 then '=cmd()' when 2 then '<u>b</u>' end as topic,
    case when copy < 3 then created_date end as opened_on
from numbered cross join copies;
"""
TABLES = [row[0] for row in LISTED if row[0] != "own_absent"]


def created() -> str:
    """SQL that makes all of it in the schema analytics."""
    columns = ", ".join(f"{name} varchar(99)" for name in COLUMNS)
    rows = ", ".join(
        str((*row, "opened_on" if row[-1] == "many" else "")) for row in LISTED
    )
    return (
        f"create table analytics.own_tables ({columns}); "
        f"insert into analytics.own_tables values {rows}; "
        "update analytics.own_tables set time_column = nullif(time_column, ''); "
        + CREATED
    )


def dropped() -> str:
    return "; ".join(f"drop table analytics.{name}" for name in ["own_tables", *TABLES])
