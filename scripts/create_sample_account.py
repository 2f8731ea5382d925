"""Write a simulated Stripe account, as Segment delivers it, to Parquet files."""

from __future__ import annotations

import argparse
import datetime as dt
import signal
import sys
import time

from sample_account import AccountError, create_account
from sample_account.account import DEFAULT_AS_OF


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    day = dt.date.fromisoformat
    add("--output", required=True, help="directory to write, made whole or not at all")
    add("--customers", type=int, default=1000, help="Stripe customers in all")
    add("--months", type=int, default=24, help="length of the account's life")
    add("--seed", type=int, default=1, help="same seed, same bytes")
    add("--as-of", type=day, default=DEFAULT_AS_OF, help="state at the end of this day")
    add(
        "--start",
        type=day,
        help="first day of life (default: as-of falls in its last month)",
    )
    add("--since", type=day, help="only what Segment received after this day")
    add(
        "--second",
        type=int,
        default=0,
        help="customers of a second account of the same people, stripe_us (default: 0)",
    )
    add("--workers", type=int, help="processes (default: one per core)")
    add("--force", action="store_true", help="write again what is there already")
    return parser.parse_args()


def main() -> int:
    """Create the account; 0 if it is there, 1 if something stands in the way."""
    given = vars(arguments())
    began = time.perf_counter()
    try:
        account = create_account(**given, progress=sys.stderr.isatty())
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except AccountError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted: nothing is written.", file=sys.stderr)
        return 130
    rows = account["rows"]
    stripe = sum(count for name, count in rows.items() if name.startswith("stripe."))
    events = sum(count for name, count in rows.items() if name.startswith("website."))
    verb = "is there already" if account["reused"] else "is written"
    print(
        f"Sample account {verb}: {given['output']}, as of {account['as_of']},"
        f" {rows.get('stripe.charges', 0):,} charges, {stripe:,} Stripe rows,"
        f" {events:,} events, {time.perf_counter() - began:.1f} s"
    )
    return 0


if __name__ == "__main__":
    # a terminated run clears up like an interrupted one
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
