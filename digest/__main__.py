"""Write the figures of a week or a month as a letter: python -m digest.

One HTML file that needs nothing beside it, and plain text of the same; without personal
data. Exit codes: 0 written, 1 not (a sentence says why).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from alerts.errors import AlertError
from alerts.rules import read_rules
from alerts.watch import Watch
from dashboards.open_warehouse import TARGETS
from dashboards.text.accounts import naming
from dashboards.warehouse import WarehouseError
from digest.as_html import as_html
from digest.as_text import as_text
from digest.period import PeriodError
from digest.write import letter, read_period
from semantic_layer.errors import MetricError
from semantic_layer.manifest import target_path
from semantic_layer.shown import shown_metrics


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m digest",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--target", choices=TARGETS, default=TARGETS[0])
    add("--account", help="of this Stripe account (source_relation), not of all")
    add("--output", type=Path, default=Path("build/digests"), metavar="FOLDER")
    period = parser.add_mutually_exclusive_group()
    period.add_argument("--month", help="such as 2026-09")
    period.add_argument(
        "--week", help="any day of it, such as 2026-10-12; the last if not"
    )
    options = parser.parse_args(given)
    try:
        for path in write(options):
            print(path)
    except (AlertError, MetricError, PeriodError, WarehouseError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


def write(options: argparse.Namespace) -> list[Path]:
    """Write both files; their paths."""
    layer, warehouse = shown_metrics(options.target)
    watch = Watch(layer, warehouse, read_rules(), target_path())
    with warehouse.reading(), naming(warehouse.account_names()):
        period = read_period(warehouse, options.week, options.month)
        written = letter(warehouse, period, options.account, watch)
    options.output.mkdir(parents=True, exist_ok=True)
    paths = []
    for suffix, text in ((".html", as_html(written)), (".txt", as_text(written))):
        path = options.output / f"{period.name}{suffix}"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


if __name__ == "__main__":
    sys.exit(main())
