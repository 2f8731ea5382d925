"""What is erased of each table: personal columns, and the person's words elsewhere.

Ids and amounts stay: sums need them. Stripe's own words on a movement of the balance
stay too, for they tell a reversal from a refund.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from erasure.columns import is_movement, personal_of
from erasure.database import Database, Table, text
from erasure.person import Person, owned_by

BEFORE, AFTER = r"(^|[^a-z0-9._%+-])", r"($|[^a-z0-9.-]|\.$|\.[^a-z0-9])"
STRIPES_WORDS = """
case when coalesce(lower(trim(type)), 'charge') not in ('charge', 'payment')
    then nullif(trim(split_part(description, '(', 1)), '') end
"""


@dataclass(frozen=True)
class Found:
    """Rows of a table that hold the person, and the columns."""

    table: Table
    rows: int
    columns: tuple[str, ...]
    # Those to be read for the person's words, which takes time.
    worded: tuple[str, ...]


@dataclass(frozen=True)
class Erasure:
    """How a person is erased; `own_columns` are personal ones of the user's."""

    person: Person
    own_columns: Collection[str] = ()

    def look(self, database: Database, views: bool = False) -> list[Found]:
        """Where the person is: in what is kept, or in what a build would read."""
        found = (self._found(database, t) for t in wanted(database, views))
        return [one for one in found if one]

    def erase(self, database: Database) -> list[Found]:
        """Erase the person from all that is kept, within the caller's transaction."""
        found = self.look(database)
        for one in found:
            rows = owned_by(self.person.ids, one.table) or "false"
            new = self._expressions(one.table, one.columns, one.worded, rows)
            changes = ", ".join(f'"{c}" = {new[c]}' for c in one.columns)
            changed = " or ".join(differs(c, new[c]) for c in one.columns)
            database.run(
                f"update {one.table.place} set {changes} "
                f"where ({self._near(one.table)}) and ({changed})"
            )
        return found

    def _found(self, database: Database, table: Table) -> Found | None:
        near = self._near(table) if table.texts else ""
        if not near:
            return None
        # Once for each row: the ids are many.
        own = owned_by(self.person.ids, table) or "false"
        rows = f"(select *, {own} as is_own from {table.place} where {near}) as near"
        texts = table.texts
        told = [self._may_tell(table, column) for column in texts]
        columns = counted(database, rows, texts, told)
        named = [self._may_name(table, column) for column in texts]
        worded = counted(database, rows, texts, named)
        columns = [column for column in texts if column in {*columns, *worded}]
        new = self._expressions(table, columns, worded, "is_own")
        changed = [differs(column, value) for column, value in new.items()]
        columns = counted(database, rows, list(new), changed)
        if not columns:
            return None
        any_of = " or ".join(differs(column, new[column]) for column in columns)
        count = database.run(f"select count(*) from {rows} where {any_of}")[0][0]
        return Found(table, count, tuple(columns), tuple(worded))

    def _may_tell(self, table: Table, column: str) -> str:
        """Whether an own row may tell who it is by its column alone."""
        is_told = column in self._personal(table) or (
            column == "description" and is_movement(table)
        )
        return f'is_own and "{column}" is not null' if is_told else "false"

    def _may_name(self, table: Table, column: str) -> str:
        """Whether one of the words may stand in a column that is not emptied."""
        words = {word.partition("@")[0] for word in self.person.words}
        words |= {word.partition("@")[0] for word in self.person.addresses}
        near = [f'strpos(lower("{column}"), {text(w)}) > 0' for w in sorted(words)]
        rows = "not is_own and" if column in self._personal(table) else ""
        return f"{rows} ({' or '.join(near) or 'false'})"

    def _personal(self, table: Table) -> set[str]:
        return personal_of(table) | set(self.own_columns)

    def _near(self, table: Table) -> str:
        """The few rows to look at closely, as they are soon found."""
        near = [owned_by(self.person.ids, table)]
        whole = ", ".join(f'"{column}"' for column in table.texts)
        for address in sorted(self.person.addresses):
            name = text(address.partition("@")[0])
            near.append(f"strpos(lower(concat_ws(' ', {whole})), {name}) > 0")
        return " or ".join(one for one in near if one)

    def _expressions(
        self,
        table: Table,
        columns: Collection[str],
        worded: Collection[str],
        own_row: str,
    ) -> dict[str, str]:
        """{column: what it holds then}; `own_row` is true of the person's rows."""
        person = self.person
        found = {}
        for column in columns:
            is_worded = column in worded
            anywhere = replaced(column, person.addresses if is_worded else (), person)
            if column in self._personal(table):
                own = "null"
            elif column == "description" and is_movement(table):
                own = STRIPES_WORDS
            else:
                own = replaced(column, person.words if is_worded else (), person)
            found[column] = f"case when {own_row} then {own} else {anywhere} end"
        return found


def counted(
    database: Database, rows: str, columns: Sequence[str], conditions: Sequence[str]
) -> list[str]:
    """The columns whose conditions hold in some row."""
    if not columns:
        return []
    counts = database.run(
        f"select {', '.join(f'count(case when {c} then 1 end)' for c in conditions)} "
        f"from {rows}"
    )[0]
    return [column for column, n in zip(columns, counts, strict=True) if n]


def wanted(database: Database, views: bool) -> list[Table]:
    """The tables that are kept, or the views of Segment's tables."""
    return [
        table
        for table in database.tables
        if (views and table.is_view and table.name.startswith("stg_"))
        or (not views and not table.is_view)
    ]


def replaced(column: str, words: Collection[str], person: Person) -> str:
    """A column without the words: an address gives way to an id, so that what it joined
    stays joined."""
    value = f'"{column}"'
    for word in sorted(words):
        at = re.escape(word).replace("@", "(?:@|%40)")
        pattern = text(f"{BEFORE}{at}{AFTER}")
        by = text("\\1" + person.instead_of(word) + "\\2")
        # Twice: of two that stand side by side, the first takes what is between.
        for _ in range(2):
            value = f"regexp_replace({value}, {pattern}, {by}, 'gi')"
    return value


def differs(column: str, value: str) -> str:
    return f'"{column}" is distinct from ({value})'
