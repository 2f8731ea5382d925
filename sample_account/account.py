"""The whole account: chunks of customers in parallel, then what they share."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import multiprocessing
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from . import (
    balance,
    exchange,
    facts,
    payouts,
    rates,
    tables_billing,
    tables_money,
    tables_people,
    website,
)
from .clock import DAY, add_months, epoch, month_floor
from .errors import AccountError
from .life import Life, live
from .names import Names
from .segment import View, concat, deliver
from .tables_catalog import catalog_tables
from .truth import late_rows, truth_tables
from .world import ACCOUNT, World
from .writer import whole_directory, write_part

DEFAULT_AS_OF = dt.date(2026, 10, 20)
SECOND = "stripe_us"
COUNTS = ("customers", "months", "seed", "second")
LAST_DAYS = 40
"""Days after the life for which payouts still go out."""
TABLES = {
    module_name: maker
    for module, names in (
        (
            tables_people,
            "customers cards bank_accounts payment_methods discounts",
        ),
        (
            tables_billing,
            "subscriptions subscription_items invoices invoice_lines invoice_items",
        ),
        (
            tables_money,
            "payment_intents charges refunds disputes application_fees"
            " application_fee_refunds transfers transfer_reversals"
            " balance_transactions balance_transaction_fee_details",
        ),
    )
    for module_name in names.split()
    for maker in [getattr(module, module_name)]
}


@dataclass(frozen=True)
class Plan:
    """What is asked for; equal plans give equal bytes."""

    customers: int
    months: int
    seed: int
    start: dt.date
    as_of: dt.date
    since: dt.date | None
    second: int

    @property
    def end(self) -> dt.date:
        """First day after the life."""
        moved = add_months(np.array([epoch(self.start)]), np.array([self.months]))
        return dt.date(1970, 1, 1) + dt.timedelta(days=int(moved[0]) // DAY)

    @property
    def view(self) -> View:
        """What of the life is shown."""
        after = None if self.since is None else epoch(self.since) + DAY
        return View(until=epoch(self.as_of) + DAY, after=after)

    def world(self, chunk: int) -> World:
        """The given facts of one chunk; `ACCOUNT` for the account itself."""
        size = rates.CHUNK_CUSTOMERS
        first = 0 if chunk == ACCOUNT else chunk * size
        return World(
            seed=self.seed,
            start=epoch(self.start),
            end=epoch(self.end),
            chunk=chunk,
            first=first,
            count=min(size, self.customers - first),
        )

    @property
    def chunks(self) -> int:
        """Number of chunks of customers."""
        return -(-self.customers // rates.CHUNK_CUSTOMERS)

    def described(self) -> dict[str, Any]:
        """As in account.json."""
        given = {key: str(value) for key, value in asdict(self).items()}
        given |= {key: getattr(self, key) for key in COUNTS}
        given["since"] = None if self.since is None else str(self.since)
        return {"generator": generator(), **given}


@cache
def generator() -> str:
    """A name for this version of the simulator: another one makes another account."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def make_plan(
    customers: int = 1000,
    months: int = 24,
    seed: int = 1,
    as_of: dt.date = DEFAULT_AS_OF,
    start: dt.date | None = None,
    since: dt.date | None = None,
    second: int = 0,
) -> Plan:
    """A checked plan; `start` defaults to `months` months that end with as-of's."""
    if customers < 1 or months < 1 or seed < 0 or second < 0:
        raise ValueError(
            "customers and months must be 1 or more, seed and second 0 or more"
        )
    if start is None:
        start = month_floor(as_of, months - 1)
    plan = Plan(customers, months, seed, start, as_of, since, second)
    if not start <= as_of < plan.end:
        raise ValueError(
            f"as-of {as_of} must lie within the account's life, {start} to "
            f"{plan.end - dt.timedelta(days=1)}: change --start or --months"
        )
    if since is not None and since >= as_of:
        raise ValueError(f"since {since} must lie before as-of {as_of}")
    return plan


def create_account(
    output: str | os.PathLike[str],
    customers: int = 1000,
    months: int = 24,
    seed: int = 1,
    as_of: dt.date = DEFAULT_AS_OF,
    since: dt.date | None = None,
    start: dt.date | None = None,
    second: int = 0,
    progress: bool = False,
    workers: int | None = None,
    force: bool = False,
) -> dict[str, Any]:
    """Write the account to a directory and return what its account.json says.

    Beside it stand daily rates to the euro and, for `second` customers, an American
    account of the same business (stripe_us), whose people have the addresses of the
    first one's.

    An account with the same parameters that is there already is left as it is and
    its description returned, with `reused` true, unless `force`. Raises AccountError
    if the directory holds something else or cannot be written, ValueError for
    parameters that make no sense.
    """
    plan = make_plan(customers, months, seed, as_of, start, since, second)
    target = Path(output).absolute()
    found = _existing(target)
    if found is not None and not force:
        same = {key: found.get(key) for key in plan.described()} == plan.described()
        if same:
            return found | {"reused": True}
    with whole_directory(target) as folder:
        account = _write(plan, folder, workers, progress)
        if second:
            account["rows"] |= _write_second(plan, folder, workers)
        week = dt.timedelta(days=7)
        exchange.write_rates(folder / exchange.FILE, plan.start - week, as_of)
        text = json.dumps(account, indent=2) + "\n"
        (folder / "account.json").write_text(text, encoding="utf-8")
    return account | {"reused": False}


def _existing(target: Path) -> dict[str, Any] | None:
    """What account.json in the target says, None if there is no target."""
    if not target.exists():
        return None
    if not target.is_dir():
        raise AccountError(f"{target} is not a directory: choose another --output.")
    try:
        text = (target / "account.json").read_text(encoding="utf-8")
        return dict(json.loads(text))
    except (OSError, ValueError):
        if not any(target.iterdir()):
            return {}
        raise AccountError(
            f"{target} exists and holds no sample account:"
            " choose another --output or remove it."
        ) from None


def _write(
    plan: Plan, folder: Path, workers: int | None, progress: bool
) -> dict[str, Any]:
    """All files but account.json; returns its contents."""
    totals: dict[str, int] = {}
    counted: dict[str, int] = {}
    days = plan.world(0).days + LAST_DAYS
    available = np.zeros((4, days), dtype=np.int64)
    for rows, cases, net in _results(plan, folder, workers, progress):
        _add(totals, rows)
        _add(counted, cases)
        available += net
    world = plan.world(ACCOUNT)
    _add(totals, _write_shared(plan, folder, world, available))
    return {
        **plan.described(),
        "rows": dict(sorted(totals.items())),
        "hard_cases": facts.with_rates(counted),
    }


def _write_second(plan: Plan, folder: Path, workers: int | None) -> dict[str, int]:
    """The second account's tables, as stripe_us; returns their rows."""
    other = replace(plan, customers=plan.second, seed=plan.seed + 1)
    beside = folder / "second"
    rows = _write(other, beside, workers, progress=False)["rows"]
    (beside / "stripe").rename(folder / SECOND)
    shutil.rmtree(beside)
    own = "stripe."
    return {
        f"{SECOND}.{name.removeprefix(own)}": count
        for name, count in rows.items()
        if name.startswith(own)
    }


def _add(total: dict[str, int], more: dict[str, int]) -> None:
    for key, value in more.items():
        total[key] = total.get(key, 0) + value


def _results(
    plan: Plan, folder: Path, workers: int | None, progress: bool
) -> Iterator[tuple[dict[str, int], dict[str, int], np.ndarray]]:
    """What each chunk reports, in the order of the chunks."""
    jobs = [(plan, folder, chunk) for chunk in range(plan.chunks)]
    count = min(workers or os.cpu_count() or 2, len(jobs))
    with contextlib.ExitStack() as stack:
        if count > 1:
            context = multiprocessing.get_context("spawn")
            pool = stack.enter_context(context.Pool(count, _one_thread))
            results = pool.imap(_write_chunk, jobs)
        else:
            results = map(_write_chunk, jobs)
        yield from _shown(results, len(jobs), progress)


def _one_thread() -> None:
    """A worker keeps to one core."""
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)


def _shown(results: Any, count: int, progress: bool) -> Any:
    """A progress bar around the results, if wanted."""
    if not progress:
        return results
    from tqdm import tqdm

    return tqdm(results, total=count, unit="chunk", desc="Sample account", delay=1)


def _write_chunk(
    job: tuple[Plan, Path, int],
) -> tuple[dict[str, int], dict[str, int], np.ndarray]:
    """Write one chunk's part files.

    Returns rows per table, counts of hard cases, and what becomes available by
    currency and day.
    """
    plan, folder, chunk = job
    world, view = plan.world(chunk), plan.view
    life = live(world)
    rows: dict[str, int] = {}
    late = []
    for name, table, rest in _stripe_tables(life, view):
        rows[f"stripe.{name}"] = write_part(folder / "stripe" / name, chunk, table)
        late.append(rest)
    visits = website.visit(life)
    for name, table in website.website_tables(life, visits, view):
        rows[f"website.{name}"] = write_part(folder / "website" / name, chunk, table)
    told = truth_tables(life, visits, view)
    told["late_rows"] = concat(late)
    for name, table in told.items():
        rows[f"truth.{name}"] = write_part(folder / "truth" / name, chunk, table)
    days = world.days + LAST_DAYS
    net = balance.available_by_day(world, life.moves, days)
    return rows, facts.count_cases(life, visits, view), net


def _stripe_tables(life: Life, view: View) -> Iterator[tuple[str, pa.Table, pa.Table]]:
    """Name, table, late rows of each collection that customers cause."""
    ids = Names(life)
    for name, maker in TABLES.items():
        changes, build = maker(life, ids)
        table, delivery = deliver(life.world, view, name, changes, build)
        yield name, table, late_rows(name, delivery, view, build)


def _write_shared(
    plan: Plan, folder: Path, world: World, available: np.ndarray
) -> dict[str, int]:
    """The catalog and the payouts, in a last part file of their tables."""
    paid_out, moves = payouts.account_moves(world, available)
    tables = catalog_tables(world, plan.view)
    tables |= payouts.payout_tables(world, plan.view, paid_out, moves)
    part = plan.chunks
    return {
        f"stripe.{name}": write_part(folder / "stripe" / name, part, table)
        for name, table in tables.items()
    }
