"""Write models for your own columns and objects, into a folder of your project.

Each collection in passthrough_columns gets one model, own_charges and so on: its key,
your columns, and their dimensions, so that every metric of the fact is grouped by them
(charge__plan_tier). So does each of own_objects, joined by what it belongs to. dbt
reads contracts and dimensions before it knows any variable, so they must be written.
After a change of the variables, write them again; --check says whether that is due.

Run it in the folder of your dbt project; docs/extending.md shows how.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

MODELS = Path(__file__).resolve().parent.parent / "models"
NAME = Path(__file__).name
HEADING = f"{NAME} of segment_stripe wrote this; run it again to change it."
# By collection: the entity that its rows are, and the columns that its key consists of.
ENTITIES = {
    "balance_transactions": ("balance_transaction", ["balance_transaction_id"]),
    "charges": ("charge", ["charge_id"]),
    "customers": ("customer", ["customer_id"]),
    "disputes": ("dispute", ["dispute_id"]),
    "invoice_lines": ("invoice_line_item", ["invoice_id", "invoice_line_id"]),
    "invoices": ("invoice", ["invoice_id"]),
    "payment_intents": ("payment_intent", ["payment_intent_id"]),
    "plans": ("plan", ["plan_id"]),
    "products": ("product", ["product_id"]),
    "refunds": ("refund", ["refund_id"]),
    "subscriptions": ("subscription", ["subscription_id"]),
}
# What an own object may belong to: an id of Stripe's, or of a payment.
OBJECT_KEYS = {
    **{entity: key[0] for entity, key in ENTITIES.values() if len(key) == 1},
    "payment": "payment_id",
}
OBJECT_PARTS = (
    *("model", "relation", "key", "key_column", "source_column", "rows", "time"),
    "columns",
)
EXAMPLE = (
    "{model: accounts, key: customer, key_column: customer_id, rows: one, "
    "columns: [owner]}"
)
TIMES = ("date", "timestamp")
TYPES = ("string", "integer", "numeric", "boolean", *TIMES)
# What MetricFlow takes for the name of a dimension.
DIMENSION = re.compile(r"(?!.*__)[a-z][a-z0-9_]*[a-z0-9]")
# Words that SQL keeps for itself, and the grains of time.
WORDS = """
    all analyse analyze and any array as asc asymmetric between both case cast check
    collate column constraint create cross current_date current_time default deferrable
    desc distinct do else end except exists false fetch for foreign from full grant
    group having ilike in initially inner intersect into is join lateral leading left
    like limit localtime localtimestamp natural not notnull null offset on only or
    order outer over overlaps placing primary qualify references returning right rows
    select session_user similar some symmetric table then to trailing true union unique
    user using variadic verbose when where window with
    day hour minute month quarter second week year metric_time
"""
RESERVED = frozenset(WORDS.split())
Properties = dict[str, Any]


class OwnError(Exception):
    """What is listed makes no models; the message says what to do."""


@dataclass(frozen=True)
class Names:
    """What the package's semantic models call things."""

    elements: set[str]
    of_entity: dict[str, set[str]]

    def add(self, entity: str, columns: Iterable[str]) -> None:
        self.of_entity.setdefault(entity, set()).update(columns)


def package_names() -> Names:
    """Entities and metrics of all models, and the columns of each entity's models."""
    names = Names(set(), {})
    for path in sorted(MODELS.rglob("*.yml")):
        for model in (yaml.safe_load(path.read_text()) or {}).get("models", []):
            if model["name"].startswith("own_") or "semantic_model" not in model:
                continue
            derived = model.get("derived_semantics", {})
            entities = derived.get("entities", [])
            names.elements.update(entity["name"] for entity in entities)
            names.elements.update(metric["name"] for metric in model.get("metrics", []))
            columns = {column["name"] for column in model.get("columns", [])}
            columns |= {part["name"] for part in derived.get("dimensions", [])}
            for entity in entities:
                if entity["type"] == "primary":
                    names.add(entity["name"], columns)
    return names


def described(options: list[str]) -> Properties:
    """What the project's variables list, as dbt reads them."""
    dbt = Path(sys.executable).with_name("dbt")
    command = [str(dbt), "--quiet", "run-operation", "segment_stripe.describe_own"]
    done = subprocess.run([*command, *options], capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"columns"')]
    if done.returncode or not lines:
        raise OwnError((done.stdout + done.stderr).strip())
    return json.loads(lines[-1])


def check_name(place: str, name: str, entity: str, names: Names) -> None:
    """Refuse, in one sentence, what can be no dimension of an entity."""
    advice = f"give it an alias, such as own_{name.strip('_')}."
    if not DIMENSION.fullmatch(name) or name in RESERVED:
        raise OwnError(
            f"{place}.{name} cannot name a dimension (letters a to z, digits and "
            f"single underscores, no word of SQL's): {advice}"
        )
    if name in names.elements or name in names.of_entity.get(entity, ()):
        raise OwnError(
            f"{place}.{name} has a name that the metrics of {entity} use already: "
            f"{advice}"
        )


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


def own_columns(listed: Properties, names: Names) -> Iterator[tuple[str, str]]:
    """The files of passthrough_columns: name and text."""
    for collection, columns in listed.items():
        if collection not in ENTITIES or not columns:
            continue
        entity, key = ENTITIES[collection]
        kinds = {name: own["declared"] or "string" for name, own in columns.items()}
        for name in kinds:
            check_name(f"passthrough_columns.{collection}", name, entity, names)
        names.add(entity, kinds)
        model = f"own_{collection}"
        yield f"{model}.sql", sql(f"own_columns('{collection}', {key}", kinds)
        described_columns = [
            column(name, kind, f"Your column {columns[name]['name']}.")
            for name, kind in kinds.items()
        ]
        about = f"Your own columns of {collection}."
        yield (
            f"{model}.yml",
            text_of([one_row_model(model, entity, key, about, described_columns)]),
        )


def sql(call: str, columns: dict[str, str]) -> str:
    """A model that is one call of a macro."""
    lines = "".join(f"    '{name}': '{kind}',\n" for name, kind in columns.items())
    return f"-- {HEADING}\n{{{{ segment_stripe.{call}, {{\n{lines}}}) }}}}\n"


def check_object(name: str, said: object) -> None:
    """Refuse, in one sentence, an object that is not as it must be."""
    place = f"own_objects.{name}"
    if not isinstance(said, dict):
        raise OwnError(f"{place} is no mapping: write it as {EXAMPLE}.")
    unknown = sorted(set(said) - set(OBJECT_PARTS))
    if unknown:
        raise OwnError(f"{place} has {', '.join(unknown)}: write it as {EXAMPLE}.")
    if not DIMENSION.fullmatch(name) or name in RESERVED or name in ENTITIES:
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
    found["description"] = f"{about} One row per row of {name}."
    count = {
        "name": f"{name}_count",
        "label": f"{name.replace('_', ' ').capitalize()} (number)",
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
        key = OBJECT_KEYS[entity]
        call = f"segment_stripe.own_object('{name}', {relation_of(said)}, '{key}')"
        yield f"own_{name}.sql", f"-- {HEADING}\n{{{{ {call} }}}}\n"
        described_columns = [
            column(alias, kind, f"Your column {source}.")
            for alias, kind, source in columns
        ]
        about = f"Your {name.replace('_', ' ')}, by {entity}."
        parts = (said, key, about, described_columns)
        model = (
            one_row_model(f"own_{name}", entity, [key], about, described_columns)
            if is_one
            else many_row_model(name, *parts)
        )
        yield f"own_{name}.yml", text_of([model])


def files_of(listed: Properties) -> dict[str, str]:
    """All files of the folder."""
    names = package_names()
    return {
        **dict(own_columns(listed["columns"], names)),
        **dict(own_objects(listed["objects"], names)),
    }


def text_of(models: list[Properties]) -> str:
    body = yaml.safe_dump(
        {"models": models}, sort_keys=False, allow_unicode=True, width=88
    )
    return f"# {HEADING}\n{body}"


def outdated(folder: Path, files: dict[str, str]) -> list[str]:
    """The names of files that are missing, other, or no longer wanted."""
    standing = {
        path.name: path.read_text()
        for path in sorted(folder.glob("own_*.*"))
        if HEADING in path.read_text()
    }
    names = sorted(standing | files)
    return [name for name in names if standing.get(name) != files.get(name)]


def write(folder: Path, files: dict[str, str]) -> None:
    """Write the files, and remove what an earlier run wrote and is not listed now."""
    for name in outdated(folder, files):
        path = folder / name
        if path.exists() and HEADING not in path.read_text():
            raise OwnError(f"{path} is not one of {NAME}'s: give it another name.")
        if name in files:
            path.write_text(files[name])
        else:
            path.unlink()


def main() -> int:
    """Write or check; 1 where something is in the way or not current."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--to", type=Path, required=True, help="folder in models/ of your project")
    add("--check", action="store_true", help="write nothing; 1 if that is due")
    add("--vars", help="passed to dbt")
    add("--target", help="passed to dbt")
    given = parser.parse_args()
    options = [
        part
        for name in ("vars", "target")
        if getattr(given, name)
        for part in (f"--{name}", getattr(given, name))
    ]
    try:
        files = files_of(described(options))
        if given.check:
            if stale := outdated(given.to, files):
                raise OwnError(
                    f"{given.to} is not what the variables say ({', '.join(stale)}): "
                    f"run {NAME} again."
                )
        else:
            given.to.mkdir(parents=True, exist_ok=True)
            write(given.to, files)
    except OwnError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{given.to}: {', '.join(n for n in files if n.endswith('.sql')) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
