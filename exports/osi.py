"""Open Semantic Interchange: dbt's document, with relationships that join one row.

dbt joins any two tables that name the same entity, also by account or currency alone,
which puts every row of one beside every row of the other, and writes keys of two
columns as one expression. Here a relationship leads to the key of its table, column by
column.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]
ADVICE = (
    "Money has a currency: group by currency, or filter to one; never add two. Amounts "
    "are exact decimals in major units. Dates are days of the reporting time zone."
)


def corrected(document: Mapping[str, Any]) -> Document:
    """The document with keys in columns and only joins that do not fan out."""
    return {**document, "semantic_model": [*map(only_keys, document["semantic_model"])]}


def only_keys(model: Mapping[str, Any]) -> Document:
    keys = {
        dataset["name"]: columns_of(dataset.get("primary_key") or [])
        for dataset in model["datasets"]
    }
    relationships = [
        {
            **relationship,
            "from_columns": columns_of(relationship["from_columns"]),
            "to_columns": columns_of(relationship["to_columns"]),
        }
        for relationship in model.get("relationships") or []
    ]
    return {
        **model,
        "ai_context": {"instructions": ADVICE},
        "datasets": [
            {**dataset, "primary_key": keys[dataset["name"]]}
            if keys[dataset["name"]]
            else dataset
            for dataset in model["datasets"]
        ],
        "relationships": [
            relationship
            for relationship in relationships
            if relationship["to_columns"] == keys[relationship["to"]]
        ],
    }


def columns_of(expressions: list[str]) -> list[str]:
    """The columns of a key that is written as one text: `a || ':' || b`."""
    return [part for text in expressions for part in text.split(" || ':' || ")]
