"""Links to objects in Stripe's own dashboard: plain links, nothing is asked of it.

SEGMENT_STRIPE_DASHBOARD names its base address; empty, there are no links.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from dashboards.components import Column
from dashboards.queries.found import found
from dashboards.warehouse import Row, Warehouse

SETTING = "SEGMENT_STRIPE_DASHBOARD"
USUAL = "https://dashboard.stripe.com"
# What Stripe's addresses call them.
CUSTOMERS, INVOICES = "customers", "invoices"
PAYMENTS, SUBSCRIPTIONS, DISPUTES = "payments", "subscriptions", "disputes"


def base() -> str | None:
    """None where there are to be no links: no setting, or one that is no address."""
    given = os.environ.get(SETTING, USUAL).strip().rstrip("/")
    return given if given.startswith(("https://", "http://")) else None


def stripe_address(kind: str, object_id: str | None, is_test: bool) -> str | None:
    """Of one object; those of test mode stand under /test."""
    start = base()
    if not start or not object_id:
        return None
    mode = "/test" if is_test else ""
    return f"{start}{mode}/{kind}/{quote(object_id, safe='')}"


def with_stripe(
    object_id: str, kind: str, is_test: bool, text: str | None = None
) -> Component | str:
    """An id, and the link to its object beside it."""
    href = stripe_address(kind, object_id, is_test)
    shown = text or object_id
    if not href:
        return shown
    link = html.A(
        "Stripe ↗",
        href=href,
        target="_blank",
        rel="noopener noreferrer",
        className="to-stripe",
        **{"aria-label": f"{object_id} in Stripe's dashboard"},
    )
    return html.Span([shown, " ", link])


def stripe_column(
    rows: Sequence[Row], kind: str, key: str, is_test: bool
) -> tuple[list[Column], list[Row]]:
    """The column of links, if there are to be any, and the rows with its address."""
    if not base():
        return [], list(rows)
    column = Column(
        *("stripe", "Stripe", "link", lambda row: row["stripe"]),
        width=74,
        pinned="right",
    )
    linked = [
        {**row, "stripe": stripe_address(kind, row[key], is_test)} for row in rows
    ]
    return [column], linked


def is_of_test_mode(
    warehouse: Warehouse, mart: str, key: str, account: str, value: str
) -> bool:
    """Whether charges or subscriptions of a customer or invoice are of test mode.

    Segment says of no customer or invoice which mode it is of; if nothing does, live.
    """
    sql = f"""
with {found(mart, key)}

select count(*) as object_count
from found
where source_relation = ? and not is_livemode
"""
    return warehouse.query(sql, [value, account])[0]["object_count"] > 0
