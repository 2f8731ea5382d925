"""What the visitors of the dashboards' benchmark open, on an account of any size."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmark.pages import PageClient, PageError
from dashboards.warehouse.duckdb_copy import DuckdbCopy

SIZES = ("fct_invoices", "dim_customers", "fct_charges", "fct_invoice_line_items")
SOME = 500


@dataclass(frozen=True)
class Account:
    """What there is to look at: ids that a client may pick from."""

    invoices: list[str]
    customers: list[str]
    emails: list[str]


Visit = Callable[[PageClient, Account], object]


def open_page(client: PageClient, path: str, **state: str) -> None:
    """Open a page that must have something to show."""
    address = f"{path}?{urlencode(state)}" if state else path
    shown = client.open(address)
    if shown.state:
        raise PageError(f"{address} shows nothing: {shown.state}")


def at(path: str, **state: str) -> Visit:
    """Open a page in one state."""
    return lambda client, account: open_page(client, path, **state)


def of(path: str, name: str, ids: str) -> Visit:
    """Open a page on an object, another one every time."""
    return lambda client, account: open_page(
        client, path, **{name: random.choice(getattr(account, ids))}
    )


def typed(client: PageClient, account: Account) -> None:
    """Type the first letters of an e-mail into the search."""
    search(client, random.choice(account.emails)[: random.randint(3, 12)])


def sought(client: PageClient, account: Account) -> None:
    """Type the middle of an invoice's id into the search."""
    search(client, random.choice(account.invoices)[5:13])


def search(client: PageClient, text: str) -> None:
    """Raises PageError where there is no search: any address answers with a page."""
    answer = client.get(f"/search.json?{urlencode({'q': text})}")
    if not answer.startswith("{"):
        raise PageError("there is no such search")


def filtered(client: PageClient, account: Account) -> None:
    """Look at the charges of one customer in the Explore."""
    condition = f"customer_id:eq:{random.choice(account.customers)}"
    open_page(client, "/explore", table="charges", filter=condition)


VISITS: dict[str, Visit] = {
    "Executive Summary": at("/"),
    "Executive Summary, a year": at("/", days="2025-11-01,2026-10-20"),
    "Finance Operations": at("/finance"),
    "Customer Lookup, no customer": at("/customer"),
    "Customer Lookup": of("/customer", "customer_id", "customers"),
    "Search, an e-mail": typed,
    "Search, part of an id": sought,
    "Invoice Lookup": of("/invoice", "invoice_id", "invoices"),
    "Explore, charges": at("/explore", table="charges"),
    "Explore, all columns": at("/explore", table="charges", columns="all"),
    "Explore, last page": at("/explore", table="charges", page="last"),
    "Explore, one customer": filtered,
    "Explore, filtered and sorted": at(
        "/explore",
        table="invoices",
        filter="status:eq:open;total:gt:100",
        sort="-total",
    ),
    "Explore, rows of a figure": at(
        "/explore",
        table="charges",
        filter="currency:eq:usd;reporting_date:ge:2026-09-01;"
        "reporting_date:le:2026-09-30;is_gross:eq:true",
    ),
    "Revenue": at("/revenue"),
    "Lifetime value": at("/lifetime-value"),
    "Month-end pack": at("/month-end"),
}


def read_account(copy: Path) -> tuple[Account, dict[str, int]]:
    reader = DuckdbCopy(copy)

    def some(column: str, table: str) -> list[str]:
        rows = reader.query(
            f"select {column} as found from {table} where {column} is not null "
            f"using sample reservoir({SOME} rows) repeatable (1)"
        )
        return [row["found"] for row in rows]

    sizes = {
        name: reader.query(f"select count(*) as n from {name}")[0]["n"]
        for name in SIZES
    }
    account = Account(
        some("invoice_id", "fct_invoices"),
        some("customer_id", "fct_charges"),
        some("email", "dim_customers"),
    )
    return account, sizes
