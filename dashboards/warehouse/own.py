"""The user's own tables beside the marts, as the table own_tables lists them.

scripts/write_own_models.py writes them. Where there is no such table, nothing is own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboards.warehouse.reader import Warehouse

LISTED = """
select table_name, origin, label, entity, key_columns, row_kind, time_column
from own_tables
order by origin desc, table_name
"""
SOURCE = "source_relation"
# Of the rows of a table with many for a key, which have no key of their own.
ROW_ID = "row_id"
LONGEST_NAME = 63  # letters, in PostgreSQL


@dataclass(frozen=True)
class OwnTable:
    """One of them; `columns` are the user's, {column: kind}, without the key."""

    relation: str
    label: str
    entity: str
    keys: tuple[str, ...]
    is_object: bool
    has_many: bool
    time: str | None
    columns: Mapping[str, str]

    @property
    def belongs_to(self) -> str:
        """What tells its columns from those of the same name elsewhere."""
        if self.is_object:
            is_short = self.label[1:2].isupper()  # CRM
            return self.label if is_short else self.label[:1].lower() + self.label[1:]
        return f"own, {self.entity.replace('_', ' ')}"


@dataclass(frozen=True)
class OwnColumn:
    """A column of a table with one row for a key, seen from a table that names one."""

    table: OwnTable
    column: str

    @property
    def name(self) -> str:
        """As metrics are grouped by it: `charge__plan_tier`."""
        return f"{self.table.entity}__{self.column}"[:LONGEST_NAME]

    @property
    def kind(self) -> str:
        return self.table.columns[self.column]

    @property
    def label(self) -> str:
        """`Plan tier (own, charge)`, `Account tier (crm accounts)`."""
        words = self.column.replace("_", " ")
        return f"{words[:1].upper()}{words[1:]} ({self.table.belongs_to})"


def own_tables(warehouse: Warehouse) -> list[OwnTable]:
    """Those that are listed and built."""
    if not warehouse.has("own_tables"):
        return []
    found = []
    for row in warehouse.query(LISTED):
        relation, keys = row["table_name"], tuple(row["key_columns"].split(","))
        columns = warehouse.columns(relation) if warehouse.has(relation) else {}
        if not {SOURCE, *keys} <= columns.keys():
            continue
        found.append(
            OwnTable(
                *(relation, row["label"], row["entity"], keys),
                is_object=row["origin"] == "own_objects",
                has_many=row["row_kind"] == "many",
                time=row["time_column"],
                columns={
                    name: kind
                    for name, kind in columns.items()
                    if name not in (SOURCE, *keys, ROW_ID)
                },
            )
        )
    return found


def own_columns(warehouse: Warehouse, *relations: str) -> dict[str, OwnColumn]:
    """{name: column} of all tables of one row that each of the relations names by key.

    Joined, they add no row to any of these.
    """
    known = [warehouse.columns(relation).keys() for relation in relations]
    return {
        one.name: one
        for table in own_tables(warehouse)
        if not table.has_many
        and all({SOURCE, *table.keys} <= columns for columns in known)
        for one in (OwnColumn(table, column) for column in table.columns)
    }


def named(warehouse: Warehouse, columns: Iterable[OwnColumn]) -> dict[str, str]:
    """{name: SQL} of a common table for each own table of the columns.

    Its columns have names that no other table has, so that whoever joins it need not
    say whose columns all the others are.
    """
    by_table: dict[str, list[OwnColumn]] = {}
    for one in columns:
        by_table.setdefault(one.table.relation, []).append(one)
    found = {}
    for relation, of_table in by_table.items():
        name = as_named(relation)
        keys = [
            f'{warehouse.column(relation, key)} as "{name}__{key}"'
            for key in (SOURCE, *of_table[0].table.keys)
        ]
        values = [
            f'{warehouse.column(relation, one.column)} as "{one.name}"'
            for one in of_table
        ]
        listed = ",\n        ".join(dict.fromkeys([*keys, *values]))
        found[name] = (
            f'"{name}" as (\n\n    select\n        {listed}\n'
            f"    from {warehouse.relation(relation)}\n\n)"
        )
    return found


def joins(relation: str, columns: Iterable[OwnColumn]) -> str:
    """The joins of a relation, which is quoted already, to those common tables."""
    tables = {one.table.relation: one.table for one in columns}
    found = []
    for table in tables.values():
        name = as_named(table.relation)
        pairs = [
            f'{relation}."{key}" = "{name}"."{name}__{key}"'
            for key in (SOURCE, *table.keys)
        ]
        found.append(f'left join "{name}"\n    on ' + "\n    and ".join(pairs))
    return "\n".join(found)


def as_named(relation: str) -> str:
    return f"of_{relation}"
