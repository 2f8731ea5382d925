"""The marts as dbt's manifest describes them, with the keys and joins of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ACCOUNT = "source_relation"
MARTS = "models/marts/"


@dataclass(frozen=True)
class Mart:
    """One table: where it is, what it says of its columns, and what makes a row."""

    name: str
    schema: str
    folder: str
    description: str
    columns: Mapping[str, Mapping[str, Any]]
    key: tuple[str, ...]

    @property
    def id(self) -> str | None:
        """The id that, with the account, is the key."""
        others = [column for column in self.key if column != ACCOUNT]
        is_id = len(others) == 1 and others[0].endswith("_id") and ACCOUNT in self.key
        return others[0] if is_id else None


def marts_of(manifest: Mapping[str, Any]) -> dict[str, Mart]:
    """{name: mart} of those that are built, by name."""
    keys: dict[str, tuple[str, ...]] = {}
    for node in manifest["nodes"].values():
        test = node.get("test_metadata") or {}
        if test.get("name") in ("unique", "unique_combination_of_columns"):
            given = test["kwargs"]
            columns = given.get("combination_of_columns") or [given["column_name"]]
            keys[node["attached_node"]] = tuple(columns)
    found = (
        Mart(
            name=node["name"],
            schema=node["schema"],
            folder=node["original_file_path"].split("/")[2],
            description=words(node["description"]),
            columns=node["columns"],
            key=keys[unique_id],
        )
        for unique_id, node in manifest["nodes"].items()
        if unique_id.startswith("model.segment_stripe.")
        and node["original_file_path"].startswith(MARTS)
    )
    return {mart.name: mart for mart in sorted(found, key=lambda mart: mart.name)}


def joined(mart: Mart, marts: Mapping[str, Mart]) -> dict[str, Mart]:
    """{id of this mart: the fact or dimension whose key it is, with the account}."""
    keyed = {m.id: m for m in marts.values() if m.folder == "core" and m.id}
    return {
        column: keyed[column]
        for column in mart.columns
        if column in keyed and keyed[column] is not mart and column != mart.id
    }


def words(text: str) -> str:
    """A description in one line."""
    return " ".join(text.split())


def label(name: str) -> str:
    """A name as people read it: `net_charge_amount` is "Net charge amount"."""
    said = name.replace("_", " ")
    for short in ("mrr", "arr", "arpa", "id"):
        said = re.sub(rf"\b{short}\b", short.upper(), said)
    return said[0].upper() + said[1:]
