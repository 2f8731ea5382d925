"""Seed files of the project, as the definitions refer to them."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

SEEDS = Path(__file__).parents[3] / "seeds"
UNKNOWN = "unknown"


class Failure(NamedTuple):
    """What a failure code means, and what to do about it."""

    category: str
    is_retryable: bool | None
    recommendation: str | None


@cache
def failures() -> dict[str, Failure]:
    """Meaning of every failure code of the seed."""
    return {
        row["failure_code"]: Failure(
            row["category"],
            {"true": True, "false": False}.get(row["is_retryable"].lower()),
            row["recommendation"] or None,
        )
        for row in rows("stripe_failure_codes")
    }


def failure(code: str | None) -> Failure:
    """Meaning of a failure code; unknown where it has none."""
    return failures().get(code, Failure(UNKNOWN, None, None))


@cache
def transaction_categories() -> dict[str, str | None]:
    """Reporting category of every type of balance transaction; none where derived."""
    return {
        row["type"]: row["reporting_category"] or None
        for row in rows("stripe_balance_transaction_types")
    }


def rows(seed: str) -> list[dict[str, str]]:
    """Rows of a seed file, as text."""
    with (SEEDS / f"{seed}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
