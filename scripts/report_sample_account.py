"""Show figures that a finance person asks for, next to what is usual elsewhere."""

from __future__ import annotations

import argparse
import sys

from sample_account import AccountError
from sample_account.report import report


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="source", required=True, help="the account")
    return parser.parse_args()


def main() -> int:
    """Print the table; 0 if it could be computed, 1 if not."""
    try:
        figures = report(arguments().source)
    except AccountError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for figure, value in figures:
        inside = figure.low <= value <= figure.high
        usual = f"{figure.show(figure.low)} to {figure.show(figure.high)}"
        mark = "within" if inside else "OUTSIDE"
        print(f"{figure.name}: {figure.show(value)} ({mark} {usual})")
        print(f"    {figure.source}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
