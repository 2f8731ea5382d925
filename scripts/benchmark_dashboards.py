"""Measure how fast the dashboards answer over a million invoices.

Makes a serving copy of that size from the marts that `make build` left (once; see
benchmark/multiply.py), serves the dashboards over it, and lets clients open
pages one after the other: the HTML, and the callback that draws the page, as a browser
does. Every client picks customers and invoices of its own and, unless --pause says so,
never rests. Writes build/benchmark_dashboards.json. Exit codes: 0 measured, 1 a page
failed, 2 there is nothing to measure.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from benchmark.multiply import multiply
from benchmark.pages import PageClient, PageError
from dashboards.warehouse import WarehouseError
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.serving import publish, serving_path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "benchmark" / "dashboards"
REPORT = ROOT / "build" / "benchmark_dashboards.json"
GOAL = 0.5  # seconds, p95 with ten clients
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


def typed(client: PageClient, account: Account) -> object:
    """Type the first letters of an e-mail into the search."""
    text = random.choice(account.emails)[: random.randint(3, 12)]
    return client.get(f"/search.json?{urlencode({'q': text})}")


def sought(client: PageClient, account: Account) -> object:
    """Type the middle of an invoice's id into the search."""
    return client.get(
        f"/search.json?{urlencode({'q': random.choice(account.invoices)[5:13]})}"
    )


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


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--invoices", type=int, default=1_000_000, help="default %(default)s")
    add("--from", dest="source", type=Path, default=None, help="copy to multiply")
    add("--clients", type=int, nargs="+", default=[1, 10], help="default 1 10")
    add(
        "--rounds",
        type=int,
        default=5,
        help="times each client opens each page (at least 2)",
    )
    add("--pause", type=float, default=0, help="seconds a client looks at a page")
    add("--port", type=int, default=8059)
    add("--only", default="", help="pages whose name holds this")
    add("--fresh", action="store_true", help="make the large copy anew")
    given = parser.parse_args()
    if given.rounds < 2:
        parser.error("--rounds must be 2 or more: one time is no distribution")
    source = given.source or serving_path()
    if not source.exists():
        print(f"error: {source} does not exist: run make build first.", file=sys.stderr)
        return 2
    copy = large_copy(source, given.invoices, given.fresh)
    account, sizes = read_account(copy)
    print(", ".join(f"{count:,} {name}" for name, count in sizes.items()), flush=True)
    visits = {name: visit for name, visit in VISITS.items() if given.only in name}
    found = {}
    with Server(copy, given.port) as server:
        for clients in given.clients:
            began = server.worked()
            try:
                took = measure(
                    server.address, account, visits, clients, given.rounds, given.pause
                )
            except PageError as error:
                print(f"error: {error}", file=sys.stderr)
                return 1
            found[clients] = summed_up(took)
            show(clients, found[clients])
            count = found[clients]["All pages"]["count"]
            work = (server.worked() - began) / count
            found[clients]["All pages"]["server_cpu"] = round(work, 4)
            print(f"The server worked {work * 1000:,.0f} ms of processor time a page.")
    report = {"sizes": sizes, "pause": given.pause, "clients": found}
    REPORT.write_text(json.dumps(report, indent=2))
    return 0


def large_copy(source: Path, invoices: int, fresh: bool) -> Path:
    """The serving copy to measure, made where it is not there yet."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    warehouse = FOLDER / f"invoices_{invoices}.duckdb"
    copy = serving_path_of(warehouse)
    if fresh or not copy.exists():
        print(f"Multiplying {source} to {invoices:,} invoices ...", flush=True)
        began = time.perf_counter()
        copies = multiply(source, warehouse, invoices)
        print(f"{copies} copies in {time.perf_counter() - began:.0f} s", flush=True)
        made = publish(warehouse, copy)
        warehouse.unlink()
        print(f"Serving copy of {made.row_count:,} rows in {made.seconds:.0f} s")
    return copy


def serving_path_of(warehouse: Path) -> Path:
    return warehouse.with_suffix(".serving.duckdb")


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


class Server:
    """The dashboards over a copy, in a process of their own, while in the block."""

    def __init__(self, copy: Path, port: int) -> None:
        self.copy, self.port = copy, port
        self.address = f"http://127.0.0.1:{port}"

    def __enter__(self) -> Server:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dashboards", "--port", str(self.port)],
            env=os.environ | {"SEGMENT_STRIPE_SERVING": str(self.copy)},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        for _ in range(120):
            try:
                PageClient(self.address)
                return self
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.5)
        raise SystemExit("error: the dashboards did not start")

    def worked(self) -> float:
        """Processor seconds of the server so far; for a machine that others use too."""
        done = subprocess.run(
            ["ps", "-o", "cputimes=", "-p", str(self.process.pid)],
            capture_output=True,
            text=True,
        )
        return float(done.stdout or "nan")

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        self.process.wait()


def measure(
    address: str,
    account: Account,
    visits: dict[str, Visit],
    clients: int,
    rounds: int,
    pause: float,
) -> dict[str, list[float]]:
    """{page: seconds} of all clients together; each in an order of its own."""
    took: dict[str, list[float]] = {name: [] for name in visits}
    failed: list[PageError] = []

    def look() -> None:
        client = PageClient(address)
        for _ in range(rounds):
            for name in random.sample(list(visits), len(visits)):
                began = time.perf_counter()
                try:
                    visits[name](client, account)
                except PageError as error:
                    failed.append(error)
                    return
                took[name].append(time.perf_counter() - began)
                time.sleep(pause)
        client.close()

    threads = [threading.Thread(target=look) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return took


def summed_up(took: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """{page: p50, p95 and the longest, in seconds}, and of all pages together."""
    everything = {
        **took,
        "All pages": [each for times in took.values() for each in times],
    }
    found = {}
    for name, times in everything.items():
        shares = quantiles(times, n=20, method="inclusive")
        found[name] = {
            "count": len(times),
            "p50": round(shares[9], 4),
            "p95": round(shares[18], 4),
            "max": round(max(times), 4),
        }
    return found


def show(clients: int, found: dict[str, dict[str, float]]) -> None:
    print(f"\n{clients} client{'s' * (clients > 1)}, milliseconds")
    print(f"{'':32}{'p50':>8}{'p95':>8}{'max':>8}{'pages':>8}")
    for name, figures in found.items():
        cells = "".join(
            f"{figures[each] * 1000:8,.0f}" for each in ("p50", "p95", "max")
        )
        mark = "  over the goal" if clients >= 10 and figures["p95"] > GOAL else ""
        print(f"{name:32}{cells}{figures['count']:8}{mark}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except WarehouseError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
