"""The models of own_objects: one for each, with one row or many for what it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from own_models.models import (
    HEADING,
    TIMES,
    TYPES,
    Properties,
    column,
    label_of,
    one_row_model,
    text_of,
)
from own_models.names import (
    DIMENSION,
    ENTITIES,
    OBJECT_KEYS,
    RESERVED,
    Names,
    OwnError,
    check_name,
)

OBJECT_PARTS = (
    *("model", "relation", "key", "key_column", "source_column", "rows", "time"),
    *("columns", "label"),
)
# It goes into SQL and YAML as it stands.
LABEL = re.compile(r"[^\W_][\w .,&()/-]{0,59}")
EXAMPLE = (
    "{model: accounts, key: customer, key_column: customer_id, rows: one, "
    "columns: [owner]}"
)


def check_object(name: str, said: object) -> None:
    """Refuse, in one sentence, an object that is not as it must be."""
    place = f"own_objects.{name}"
    if not isinstance(said, dict):
        raise OwnError(f"{place} is no mapping: write it as {EXAMPLE}.")
    unknown = sorted(set(said) - set(OBJECT_PARTS))
    if unknown:
        raise OwnError(f"{place} has {', '.join(unknown)}: write it as {EXAMPLE}.")
    taken = (*RESERVED, *ENTITIES, "tables")
    if not DIMENSION.fullmatch(name) or name in taken:
        raise OwnError(f"{place}: use another name, of letters a to z, such as crm.")
    if ("model" in said) == ("relation" in said):
        raise OwnError(f"{place} needs either a model of yours or a relation.")
    if said.get("key") not in OBJECT_KEYS:
        raise OwnError(
            f"{place}.key is {said.get('key')}: use one of {', '.join(OBJECT_KEYS)}."
        )
    if said.get("rows") not in ("one", "many"):
        raise OwnError(f"{place}.rows is {said.get('rows')}: say one or many.")
    if "key_column" not in said or not isinstance(said.get("columns"), list):
        raise OwnError(f"{place} lacks key_column or columns: write it as {EXAMPLE}.")
    if "relation" in said and said["relation"].count(".") not in (1, 2):
        raise OwnError(
            f"{place}.relation is no schema.table: write it as crm.accounts."
        )
    if "label" in said and not LABEL.fullmatch(str(said["label"])):
        raise OwnError(
            f"{place}.label is {said['label']}: use at most 60 letters, digits, spaces "
            "and . , & ( ) / -, such as Support tickets."
        )


def object_columns(name: str, listed: list) -> list[tuple[str, str, str]]:
    """(name, type, column of the object) of all that it lists."""
    entries = [{"name": e} if isinstance(e, str) else e for e in listed]
    found = [
        (e.get("alias", e["name"]).lower(), e.get("type", "string"), e["name"])
        for e in entries
    ]
    for alias, kind, _ in found:
        if kind not in TYPES:
            raise OwnError(
                f"own_objects.{name} gives {alias} the type '{kind}': use one of "
                f"{', '.join(TYPES)}."
            )
    return found


def relation_of(said: Properties) -> str:
    """How the written model reads the object."""
    if "model" in said:
        return f"ref('{said['model']}')"
    *database, schema, table = said["relation"].split(".")
    place = f"'{database[0]}'" if database else "target.database"
    parts = f"database={place}, schema='{schema}', identifier='{table}'"
    return f"api.Relation.create({parts})"


def many_row_model(
    name: str, said: Properties, key: str, about: str, columns: list[Properties]
) -> Properties:
    """The YAML of a model whose rows are counted by themselves."""
    found = one_row_model(f"own_{name}", said["key"], [key], "", columns)
    (entity,) = found["derived_semantics"]["entities"]
    del found["data_tests"]
    found["columns"].insert(
        2,
        {
            "name": "row_id",
            "data_type": "string",
            "description": "Number of the row, in the order of all its columns.",
            "data_tests": ["unique", "not_null"],
        },
    )
    found["description"] = f"{about} One row per row of {name}."
    count = {
        "name": f"{name}_count",
        "label": f"{label_of(name, said)} (number)",
        "description": f"Rows of {name}.",
        "type": "simple",
        "agg": "count",
        "expr": "source_relation",
        "config": {"meta": {"unit": "count", "domain": "own", "equals": []}},
    }
    return {
        **found,
        "primary_entity": name,
        "agg_time_dimension": said["time"],
        "derived_semantics": {"entities": [{**entity, "type": "foreign"}]},
        "metrics": [count],
    }


def own_objects(listed: Properties, names: Names) -> Iterator[tuple[str, str]]:
    """The files of own_objects: name and text."""
    for name, said in listed.items():
        check_object(name, said)
        entity, is_one = said["key"], said["rows"] == "one"
        dimensions = entity if is_one else name
        columns = object_columns(name, said["columns"])
        key = OBJECT_KEYS[entity]
        if not is_one:
            names.add(name, ["source_relation", key, "row_id"])
        for alias, _, _ in columns:
            check_name(f"own_objects.{name}", alias, dimensions, names)
            names.add(dimensions, [alias])
        if not is_one and (name in names.elements or f"{name}_count" in names.elements):
            raise OwnError(
                f"own_objects.{name}: our metrics have that name, use another."
            )
        if not is_one and said.get("time") not in [
            c for c, k, _ in columns if k in TIMES
        ]:
            raise OwnError(
                f"own_objects.{name}.time must be one of its columns of type date or "
                "timestamp, by which its rows are counted."
            )
        call = f"segment_stripe.own_object('{name}', {relation_of(said)}, '{key}')"
        yield f"own_{name}.sql", f"-- {HEADING}\n{{{{ {call} }}}}\n"
        described_columns = [
            column(alias, kind, f"Your column {source}.")
            for alias, kind, source in columns
        ]
        called = said.get("label") or f"Your {name.replace('_', ' ')}"
        about = f"{called}, by {entity}."
        parts = (said, key, about, described_columns)
        model = (
            one_row_model(f"own_{name}", entity, [key], about, described_columns)
            if is_one
            else many_row_model(name, *parts)
        )
        yield f"own_{name}.yml", text_of([model])
