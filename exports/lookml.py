"""LookML over the marts: a view and an explore for each, whose joins never fan out.

Money is guarded in SQL: a measure of money is null where its rows have more than one
currency, and a figure of state also where they have more than one period. So no total
is ever a sum of currencies, whatever somebody chooses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from exports.marts import ACCOUNT, Mart, joined, label

SCHEMA = "@{marts_schema}"
PERIODS = (
    *("reporting_date", "reporting_week", "reporting_month"),
    *("acquisition_month", "months_since"),
)
COUNTED_TWICE = ("revenue", "lifetime_value")
# Marts whose amounts of several periods add up. Elsewhere they are states or mix both.
FLOWS = re.compile(
    r"executive_summary_|finance_operations_|balance_activity_|acquisition_[fs]"
)
# Numbers that are of their row alone.
OF_ROW = re.compile(
    r"^(previous|mean|median|p90|max|arpa|days|months|tenure|step|bucket|rate|exp)_"
    r"|_(change|rate|ratio|retention|outstanding|percent|order|minor|since|due_days|months)$"
    r"|_per_|_acquisition_cost_|_past_due$|_acquisition$|^day_count$"
)
# They begin as a number of its row does, and add up.
ADDED = re.compile(r"^days_to_\w+_total$|^days_\d+_\d+_amount$|^past_due_|^amount_due$")
# Distinct customers do not add up over what they are counted by.
DISTINCT = {("accounts_receivable_aging", "customer_count")}
# What a rate or a mean is made of: taken again from sums.
RATIOS = {
    "charge_success_rate": (
        ("succeeded_charge_count",),
        ("succeeded_charge_count", "failed_charge_count"),
    ),
    "payment_success_rate": (
        ("succeeded_payment_count",),
        ("succeeded_payment_count", "failed_payment_count"),
    ),
    "mean_days_to_payment": (("days_to_payment_total",), ("succeeded_charge_count",)),
    "mean_days_to_sync": (("days_to_sync_total",), ("attempted_charge_count",)),
}
# Pages about one thing, which its field leads to.
PAGES = {
    "email": ("customer_lookup", "E-mail"),
    "customer_email": ("customer_lookup", "E-mail"),
    "invoice_id": ("invoice_lookup", "Invoice"),
}
TEXT = {"bigquery": "string", "databricks": "string", "spark": "string"}

Fields = list[dict[str, Any]]


def view(mart: Mart, engine: str) -> dict[str, Any]:
    """A mart as a view, as the lkml package writes it."""
    dimensions, groups, measures = key_dimension(mart, engine), [], []
    for name, column in mart.columns.items():
        kind = column["data_type"].split("(")[0]
        if kind in ("date", "timestamp"):
            groups += time_group(mart, name, column)
        elif kind in ("bigint", "numeric") and is_measure(mart, name):
            measures.append(measure(mart, name, column))
        else:
            dimensions.append(dimension(name, column, kind))
    measures.append({"name": "count", "type": "count", "label": "Rows"})
    shown = [field["name"] for field in dimensions if "hidden" not in field]
    shown += [field for group in groups for field in fields_of(group)]
    return {
        "views": [
            {
                "name": mart.name,
                "sql_table_name": f"{SCHEMA}.{mart.name}",
                "label": label(mart.name),
                "dimensions": dimensions,
                "dimension_groups": groups,
                "measures": measures,
                "sets": [{"name": "of_row", "fields": shown}],
            }
        ]
    }


def model(marts: Mapping[str, Mart], connection: str) -> dict[str, Any]:
    """The explores over all views."""
    return {
        "connection": connection,
        "label": "Stripe",
        "week_start_day": "monday",
        "includes": ["/views/*.view.lkml", "/dashboards/*.dashboard.lookml"],
        "explores": [explore(mart, marts) for mart in marts.values()],
    }


def explore(mart: Mart, marts: Mapping[str, Mart]) -> dict[str, Any]:
    """A mart with the rows that its ids name; of these, no measures."""
    made: dict[str, Any] = {
        "name": mart.name,
        "label": label(mart.name),
        "group_label": label(mart.folder),
        "description": mart.description,
    }
    if currency := currency_of(mart):
        made["always_filter"] = {"filters": [{f"{mart.name}.{currency}": ""}]}
    joins = [
        {
            "name": other.name,
            "type": "left_outer",
            "relationship": "many_to_one",
            "sql_on": " and ".join(
                f"${{{mart.name}.{column}}} = ${{{other.name}.{column}}}"
                for column in (ACCOUNT, name)
            ),
            "fields": [f"{other.name}.of_row*"],
        }
        for name, other in joined(mart, marts).items()
    ]
    return made | ({"joins": joins} if joins else {})


def key_dimension(mart: Mart, engine: str) -> Fields:
    """The key of several columns as one hidden text."""
    text = TEXT.get(engine, "varchar")
    parts = (f"cast(${{TABLE}}.{column} as {text})" for column in mart.key)
    return [
        {
            "name": "row_key",
            "primary_key": "yes",
            "hidden": "yes",
            "type": "string",
            "sql": " || ':' || ".join(parts),
        }
    ]


def dimension(name: str, column: Mapping[str, Any], kind: str) -> dict[str, Any]:
    types = {"boolean": "yesno", "bigint": "number", "numeric": "number"}
    made = about(name, column) | {
        "type": types.get(kind, "string"),
        "sql": f"${{TABLE}}.{name}",
    }
    if name in PAGES:
        page, filtered = PAGES[name]
        made["links"] = [
            {
                "label": label(page),
                "url": f"/dashboards/segment_stripe::{page}"
                f"?{filtered}={{{{ value | url_encode }}}}",
            }
        ]
    return made


def time_group(mart: Mart, name: str, column: Mapping[str, Any]) -> Fields:
    """A day by its periods; a moment as it is, for its day is another in each zone."""
    made = about(name, column) | {
        "type": "time",
        "convert_tz": "no",
        "sql": f"${{TABLE}}.{name}",
    }
    if column["data_type"] == "timestamp":
        return [
            made
            | {
                "label": f"{label(name)} (UTC)",
                "timeframes": ["raw", "time"],
                "datatype": "timestamp",
            }
        ]
    stem, _, unit = name.rpartition("_")
    units = {"date": "day", "week": "week", "month": "month"}
    if unit not in units:
        return [made | {"timeframes": ["raw", "date"], "datatype": "date"}]
    if unit != "date" and f"{stem}_date" in mart.columns:
        return []
    if unit == "month" and f"{stem}_week" in mart.columns:
        return []
    longer = ["date", "week", "month", "quarter", "year"]
    # A month has no day or week of its own.
    frames = {"date": longer, "week": longer[1:2], "month": longer[2:]}[unit]
    return [
        made
        | {
            "name": stem,
            "label": label(stem),
            "timeframes": ["raw", *frames],
            "datatype": "date",
        }
    ]


def fields_of(group: Mapping[str, Any]) -> list[str]:
    """The fields that a dimension group makes."""
    return [f"{group['name']}_{frame}" for frame in group["timeframes"]]


def is_measure(mart: Mart, name: str) -> bool:
    """Whether a number may be added up, or taken again from what may."""
    if ratio_of(mart, name):
        return True
    if name in mart.key or (mart.name, name) in DISTINCT:
        return False
    return bool(ADDED.search(name)) or not OF_ROW.search(name)


def ratio_of(mart: Mart, name: str) -> tuple[tuple[str, ...], ...] | None:
    """What a rate of this mart is made of, if all of it is there."""
    parts = RATIOS.get(name)
    is_made = parts and all(c in mart.columns for part in parts for c in part)
    return parts if is_made else None


def measure(mart: Mart, name: str, column: Mapping[str, Any]) -> dict[str, Any]:
    made = about(name, column) | {"type": "number"}
    if parts := ratio_of(mart, name):
        above, below = (" + ".join(f"sum(${{TABLE}}.{c})" for c in p) for p in parts)
        return made | {
            "sql": f"1.0 * ({above}) / nullif({below}, 0)",
            "value_format_name": "percent_1" if name.endswith("_rate") else "decimal_2",
        }
    is_count = column["data_type"] == "bigint"
    one = [f"count(distinct ${{TABLE}}.{c}) <= 1" for c in guards(mart, is_count)]
    total = f"sum(${{TABLE}}.{name})"
    return made | {
        "sql": f"case when {' and '.join(one)} then {total} end" if one else total,
        "value_format_name": "decimal_0" if is_count else "decimal_2",
    }


def guards(mart: Mart, is_count: bool) -> list[str]:
    """The columns of which a total may have one value only."""
    is_flow = FLOWS.match(mart.name)
    periods = [c for c in mart.key if c in PERIODS and not is_flow]
    # A customer who pays in two currencies is counted in both.
    is_mixed = not is_count or (mart.folder in COUNTED_TWICE and not is_flow)
    currency = currency_of(mart)
    # Visitors are of no account, and stand in each.
    of_all = mart.folder == "lifetime_value" and is_count and ACCOUNT in mart.key
    wanted = {currency: is_mixed and currency, ACCOUNT: of_all}
    return [*(column for column in wanted if wanted[column]), *periods]


def currency_of(mart: Mart) -> str | None:
    """The column that says in which currency the amounts of a row are."""
    named = ("currency", "original_currency")
    return next((name for name in named if name in mart.columns), None)


def about(name: str, column: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "label": label(name),
        "description": " ".join(column["description"].split()),
    }
