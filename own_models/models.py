"""How a model of the folder is written: its SQL and its YAML."""

from __future__ import annotations

from typing import Any

import yaml

HEADING = "write_own_models.py of segment_stripe wrote this; run it again to change it."
TIMES = ("date", "timestamp")
TYPES = ("string", "integer", "numeric", "boolean", *TIMES)
Properties = dict[str, Any]


def column(name: str, kind: str, description: str) -> Properties:
    """A column with its dimension."""
    found: Properties = {"name": name, "data_type": data_type(kind)}
    found["description"] = description
    is_time = kind in TIMES
    if is_time:
        found["granularity"] = "day"
    label = name.replace("_", " ").capitalize()
    found["dimension"] = {"type": "time" if is_time else "categorical", "label": label}
    return found


def label_of(name: str, said: Properties) -> str:
    """What an object is called: as it says, else by its name."""
    return str(said.get("label") or name.replace("_", " ").capitalize())


def data_type(kind: str) -> str:
    """The type of a contract."""
    return {"integer": "bigint", "numeric": "numeric(38,6)"}.get(kind, kind)


def key_columns(key: list[str]) -> list[Properties]:
    told = "Key of the row, as Stripe knows it."
    texts = {"source_relation": "The schema that the row comes from."}
    return [
        {
            "name": name,
            "data_type": "string",
            "description": texts.get(name, told),
            "data_tests": ["not_null"],
        }
        for name in ["source_relation", *key]
    ]


def one_row_model(
    name: str, entity: str, key: list[str], about: str, columns: list[Properties]
) -> Properties:
    """The YAML of a model with one row per key."""
    parts = ["source_relation", *key]
    return {
        "name": name,
        "description": f"{about} One row per {' and '.join(parts)}.",
        "config": {"materialized": "table", "contract": {"enforced": True}},
        "semantic_model": {"enabled": True},
        "derived_semantics": {
            "entities": [
                {"name": entity, "type": "primary", "expr": " || ':' || ".join(parts)}
            ]
        },
        "data_tests": [
            {
                "dbt_utils.unique_combination_of_columns": {
                    "arguments": {"combination_of_columns": parts}
                }
            }
        ],
        "columns": [*key_columns(key), *columns],
    }


def text_of(models: list[Properties]) -> str:
    body = yaml.safe_dump(
        {"models": models}, sort_keys=False, allow_unicode=True, width=88
    )
    return f"# {HEADING}\n{body}"
