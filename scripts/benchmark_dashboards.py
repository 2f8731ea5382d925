"""Measure how fast the dashboards answer over a million invoices.

Makes a serving copy of that size from the marts that `make build` left (once; see
benchmark/multiply.py), serves the dashboards over it, and lets clients open
pages one after the other: the HTML, and the callback that draws the page, as a browser
does. Every client picks customers and invoices of its own and, unless --pause says so,
never rests. Each page is opened once before. With --base, another checkout serves the
same copy, and the two are measured in turn, round by round, on the pages that both
have. Writes build/benchmark_dashboards.json. Exit codes: 0 measured, 1 a
page failed, 2 there is nothing to measure.
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
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles

from benchmark.multiply import multiply
from benchmark.pages import PageClient, PageError
from benchmark.visits import VISITS, Account, Visit, read_account
from dashboards.warehouse import WarehouseError
from dashboards.warehouse.serving import publish, serving_path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "benchmark" / "dashboards"
REPORT = ROOT / "build" / "benchmark_dashboards.json"
GOAL = 0.5  # seconds, p95 with ten clients
HERE, BASE = "here", "base"
ALL = "All pages"
Times = dict[str, list[float]]
Figures = dict[str, dict[str, float]]


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
    add("--port", type=int, default=8059, help="and the next one, with --base")
    add("--only", default="", help="pages whose name holds this")
    add("--fresh", action="store_true", help="make the large copy anew")
    add("--base", type=Path, default=None, help="checkout to compare with")
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
    trees = {HERE: ROOT, **({BASE: given.base.resolve()} if given.base else {})}
    found = {}
    try:
        with ExitStack() as stack:
            servers = {
                name: stack.enter_context(Server(tree, copy, given.port + number))
                for number, (name, tree) in enumerate(trees.items())
            }
            plans = {
                name: opened_once(server, account, visits, may_lack=name == BASE)
                for name, server in servers.items()
            }
            shared = set.intersection(*(set(plan) for plan in plans.values()))
            plan = {name: visits[name] for name in visits if name in shared}
            for clients in given.clients:
                found[clients] = measured(
                    servers, account, plan, clients, given.rounds, given.pause
                )
                show(clients, found[clients])
    except PageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
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


class Server:
    """The dashboards of a checkout over a copy, in a process of their own, while in the
    block."""

    def __init__(self, tree: Path, copy: Path, port: int) -> None:
        self.tree, self.copy, self.port = tree, copy, port
        self.address = f"http://127.0.0.1:{port}"

    def __enter__(self) -> Server:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "dashboards", "--port", str(self.port)],
            env=os.environ | {"SEGMENT_STRIPE_SERVING": str(self.copy)},
            cwd=self.tree,
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


def opened_once(
    server: Server, account: Account, visits: Mapping[str, Visit], may_lack: bool
) -> dict[str, Visit]:
    """The visits that the server has a page for; all of them, unless it may lack some.

    Raises PageError.
    """
    client, had = PageClient(server.address), {}
    for name, visit in visits.items():
        try:
            visit(client, account)
        except PageError:
            if not may_lack:
                raise
            print(f"{server.tree} does not have: {name}", flush=True)
            continue
        had[name] = visit
    client.close()
    return had


def measured(
    servers: Mapping[str, Server],
    account: Account,
    visits: Mapping[str, Visit],
    clients: int,
    rounds: int,
    pause: float,
) -> dict[str, Figures]:
    """{checkout: its figures}, in turn, so that what else the machine does meets all;
    `server_cpu` is processor seconds a page."""
    took: dict[str, Times] = {name: {one: [] for one in visits} for name in servers}
    worked = dict.fromkeys(servers, 0.0)
    for number in range(rounds):
        for name in sorted(servers, reverse=number % 2 == 1):
            before = servers[name].worked()
            times = measure(servers[name].address, account, visits, clients, pause)
            worked[name] += servers[name].worked() - before
            for one, seconds in times.items():
                took[name][one] += seconds
    found = {name: summed_up(times) for name, times in took.items()}
    for name, figures in found.items():
        figures[ALL]["server_cpu"] = round(worked[name] / figures[ALL]["count"], 4)
    return found


def measure(
    address: str,
    account: Account,
    visits: Mapping[str, Visit],
    clients: int,
    pause: float,
) -> Times:
    """{page: seconds} of all clients together; each in an order of its own."""
    took: Times = {name: [] for name in visits}
    failed: list[PageError] = []

    def look() -> None:
        client = PageClient(address)
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


def summed_up(took: Times) -> Figures:
    """{page: p50, p95 and the longest, in seconds}, and of all pages together."""
    everything = {
        **took,
        ALL: [each for times in took.values() for each in times],
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


def show(clients: int, found: Mapping[str, Figures]) -> None:
    here, base = found[HERE], found.get(BASE, {})
    print(f"\n{clients} client{'s' * (clients > 1)}, milliseconds")
    compared = f"{'base p95':>10}{'ratio':>8}" if base else ""
    print(f"{'':32}{'p50':>8}{'p95':>8}{'max':>8}{'pages':>8}{compared}")
    for name, figures in here.items():
        cells = "".join(
            f"{figures[each] * 1000:8,.0f}" for each in ("p50", "p95", "max")
        )
        beside = ""
        if name in base:
            before = base[name]["p95"]
            beside = f"{before * 1000:10,.0f}{figures['p95'] / before:8.2f}"
        mark = "  over the goal" if clients >= 10 and figures["p95"] > GOAL else ""
        print(f"{name:32}{cells}{figures['count']:8}{beside}{mark}", flush=True)
    for name, figures in found.items():
        work = figures[ALL]["server_cpu"] * 1000
        print(f"The server, {name}, worked {work:,.0f} ms of processor time a page.")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except WarehouseError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
