"""The model own_tables: what is own, for dashboards and BI tools to find."""

from __future__ import annotations

from typing import Any

from own_models.models import HEADING, Properties, label_of, text_of
from own_models.names import ENTITIES, OBJECT_KEYS

NAME = "own_tables"
COLUMNS = {
    "table_name": "The table, which stands beside this one.",
    "origin": "The variable that lists it: passthrough_columns or own_objects.",
    "label": "What it is called.",
    "entity": "What a row belongs to, as the metrics call it.",
    "key_columns": "Its key beside source_relation; with commas between columns.",
    "row_kind": "Whether there is one row or many for a key.",
    "time_column": "Of one with many rows: the column by which they are counted.",
}
OPTIONAL = ("time_column",)


def own_tables(listed: Properties) -> dict[str, str]:
    """Its two files; none where nothing is own."""
    tables = [dict(zip(COLUMNS, values, strict=True)) for values in rows(listed)]
    if not tables:
        return {}
    lines = "".join(f"    {written(table)},\n" for table in tables)
    sql = f"-- {HEADING}\n{{{{ segment_stripe.own_tables([\n{lines}]) }}}}\n"
    return {f"{NAME}.sql": sql, f"{NAME}.yml": text_of([properties()])}


def rows(listed: Properties) -> list[tuple[Any, ...]]:
    found = [
        (
            *(f"own_{collection}", "passthrough_columns", label_of(collection, {})),
            *(ENTITIES[collection][0], ",".join(ENTITIES[collection][1])),
            *("one", None),
        )
        for collection, columns in listed["columns"].items()
        if columns and collection in ENTITIES
    ]
    return found + [
        (
            *(f"own_{name}", "own_objects", label_of(name, said)),
            *(said["key"], OBJECT_KEYS[said["key"]]),
            *(said["rows"], said["time"] if said["rows"] == "many" else None),
        )
        for name, said in listed["objects"].items()
    ]


def written(table: dict[str, str | None]) -> str:
    """A row in Jinja."""
    parts = (
        f"'{name}': {'none' if value is None else repr(value)}"
        for name, value in table.items()
    )
    return "{" + ", ".join(parts) + "}"


def properties() -> Properties:
    return {
        "name": NAME,
        "description": "Your own columns and objects. One row per table_name.",
        "config": {"materialized": "table", "contract": {"enforced": True}},
        "columns": [
            {
                "name": name,
                "data_type": "string",
                "description": description,
                "data_tests": tests(name),
            }
            for name, description in COLUMNS.items()
        ],
    }


def tests(column: str) -> list[str]:
    if column in OPTIONAL:
        return []
    return ["not_null", *(["unique"] if column == "table_name" else [])]
