"""Accounts made odd: whatever a warehouse may deliver and no rule foresees.

An account of the other strategies, with values that are gone, ids that point nowhere
or elsewhere, other currencies, amounts and moments; rows twice, missing, disordered.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from engine.schema import Created
from hypothesis import strategies as st
from reference import Settings
from reference.rows import SNAPSHOTS

from random_accounts.accounts import Sources
from random_accounts.recurring import lives
from random_accounts.strategies import sources

Raw = dict[str, Any]
Change = Callable[[Random, Raw, str, Sources], None]

CURRENCIES = ("usd", "eur", "jpy", "kwd", "USD ", "", None)
AMOUNTS = (0, 1, -1, -1000, 10**12, 999, None)
DAYS = (-20000, -400, -31, -1, 1, 30, 400)
NOBODY = ("nobody_1", "ch_1", "cus_1", "in_1", "", None)
MONEY = {"amount", "fee", "net", "total", "subtotal", "tax", "quantity", "balance"}
COUNTS = (0, 1, -1, 3, 1000, None)
RATES = (Decimal(0), Decimal(-5), Decimal(100), Decimal("250.5"), None)
# Without its key a row is none.
KEPT = {"id"}


def gone(random: Random, row: Raw, column: str, account: Sources) -> None:
    """The value is not delivered."""
    row.pop(column)


def elsewhere(random: Random, row: Raw, column: str, account: Sources) -> None:
    """A value of the same column in another row, or an id of anything."""
    rows = [r for tables in account.values() for rs in tables.values() for r in rs]
    values = [other[column] for other in rows if column in other]
    if isinstance(row[column], str) and column.endswith(("id", "source")):
        values += [*NOBODY, *[other["id"] for other in rows if "id" in other]]
    row[column] = random.choice(values)


def otherwise(random: Random, row: Raw, column: str, account: Sources) -> None:
    """A currency, amount, moment, flag or word that nobody expects."""
    value = row[column]
    if column == "currency":
        row[column] = random.choice(CURRENCIES)
    elif isinstance(value, bool):
        row[column] = random.choice((not value, None))
    elif isinstance(value, datetime):
        row[column] = value + timedelta(days=random.choice(DAYS))
    elif isinstance(value, int) and is_moment(value):
        row[column] = value + 86400 * random.choice(DAYS)
    elif isinstance(value, int):
        row[column] = random.choice(AMOUNTS if money(column) else COUNTS)
    elif isinstance(value, Decimal):
        row[column] = random.choice(RATES)
    elif isinstance(value, str) and not column.endswith("id"):
        row[column] = random.choice((value.upper(), "never heard of", ""))


def is_moment(value: int) -> bool:
    """Whether it is seconds since 1970, of this century."""
    return 9 * 10**8 < value < 10**10


def money(column: str) -> bool:
    return column in MONEY or column.startswith("amount")


CHANGES: tuple[Change, ...] = (gone, elsewhere, otherwise, otherwise)


def column_gone(random: Random, rows: list[Raw]) -> None:
    """A column that no row of the table has."""
    if columns := sorted({name for row in rows for name in row} - KEPT):
        column = random.choice(columns)
        for row in rows:
            row.pop(column, None)


def made_odd(account: Sources, random: Random) -> Sources:
    """The account with a few of its rows and values changed."""
    for _ in range(random.choice((1, 2, 4, 8, 16, 64))):
        tables = [
            rows
            for delivered in account.values()
            for name, rows in delivered.items()
            if rows and name not in SNAPSHOTS
        ]
        if not tables:
            return account
        rows = random.choice(tables)
        row = random.choice(rows)
        kind = random.randrange(10)
        if kind == 0:
            rows.remove(row)
        elif kind == 1:
            rows.append(dict(row))
        elif kind == 2:
            rows.append(row | {"id": f"{row['id']}_again"})
        elif kind == 3:
            random.shuffle(rows)
        elif kind == 4:
            column_gone(random, rows)
        elif columns := sorted(row.keys() - KEPT):
            column = random.choice(columns)
            random.choice(CHANGES)(random, row, column, account)
    return account


@st.composite
def odd_sources(
    draw: st.DrawFn, settings: Settings, schemas: Mapping[str, Created]
) -> Sources:
    """An account of payments and of subscriptions in one, made odd.

    Its snapshots stay as they were: dbt wrote them when the rows were still right.
    """
    account = draw(sources(settings, schemas))
    for schema, tables in draw(lives(settings, schemas)).items():
        for collection, rows in tables.items():
            account.setdefault(schema, {}).setdefault(collection, []).extend(
                dict(row) for row in rows
            )
    return made_odd(account, Random(draw(st.integers(0, 2**32))))
