"""Make an account small that shows a disagreement, row by row, column by column.

Hypothesis shrinks what it drew, which takes minutes here; this takes seconds.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from random_accounts.accounts import Sources

NEEDED = {"id", "received_at", "amount", "currency"}
NEEDED |= {"subscription_id", "subscription_item_id"}
NEEDED |= {"dbt_valid_from", "dbt_valid_to"}


# Candidates that are tried together: a run takes as long for several accounts.
TOGETHER = 20
Failing = Callable[[Sequence[Sources]], Sequence[Sources]]


def reduced(account: Sources, failing: Failing) -> Sources:
    """A smaller account that fails too: none of its rows can be left out.

    failing: those of several accounts that fail. Every row keeps its key, its version
    and its money.
    """
    for smaller in (without_a_table, without_some_rows, without_a_row, without_a_value):
        shrinking = True
        while shrinking:
            found = first_failing(smaller(account), failing)
            shrinking = found is not None
            account = found if shrinking else account
    return account


def first_failing(accounts: Iterator[Sources], failing: Failing) -> Sources | None:
    """The first of the accounts that fails."""
    while several := list(islice(accounts, TOGETHER)):
        if failed := failing(several):
            return failed[0]
    return None


def copied(account: Sources) -> Sources:
    """The account, so that rows and columns can be taken out of it."""
    return Sources(
        {
            schema: {name: [dict(row) for row in rows] for name, rows in tables.items()}
            for schema, tables in account.items()
        }
    )


def without_a_table(account: Sources) -> Iterator[Sources]:
    """The account without the rows of one of its tables."""
    for schema, tables in account.items():
        for collection, rows in tables.items():
            if rows:
                smaller = copied(account)
                smaller[schema][collection] = []
                yield smaller


def without_some_rows(account: Sources) -> Iterator[Sources]:
    """The account without a quarter of the rows of one of its tables."""
    for schema, tables in account.items():
        for collection, rows in tables.items():
            size = len(rows) // 4
            for start in range(0, len(rows), size) if size > 1 else ():
                smaller = copied(account)
                del smaller[schema][collection][start : start + size]
                yield smaller


def without_a_row(account: Sources) -> Iterator[Sources]:
    """The account without its first row, without its second, and so on."""
    for schema, tables in account.items():
        for collection, rows in tables.items():
            for number in range(len(rows)):
                smaller = copied(account)
                del smaller[schema][collection][number]
                yield smaller


def without_a_value(account: Sources) -> Iterator[Sources]:
    """The account without one of the values that a row can do without."""
    for schema, tables in account.items():
        for collection, rows in tables.items():
            for number, row in enumerate(rows):
                for column in row.keys() - NEEDED:
                    smaller = copied(account)
                    del smaller[schema][collection][number][column]
                    yield smaller
