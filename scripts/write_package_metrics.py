"""Write the metrics into a project that has this one as a package, for dbt 1.12.

dbt 1.12 looks for the semantic model of a package's metric in the project that has the
package (dbt-core issue 16142), so the package's own are switched off there
(docs/package.md). This says the same once more, in the form that works anywhere:
semantic models with measures, and metrics by measure. After an upgrade, write it again.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import yaml

# Twenty times as fast, where PyYAML was built with it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MODELS = Path(__file__).resolve().parent.parent / "models"
PACKAGE = "segment_stripe"
HEADING = (
    f"# Written by {Path(__file__).name} of {PACKAGE}; write it again to change it.\n"
)
PROJECT = yaml.safe_load((MODELS.parent / "dbt_project.yml").read_text())
DOMAINS: tuple[str, ...] = tuple(PROJECT["vars"]["domains"])
IS_ON = re.compile(r"'(\w+)' in var\('domains'\)")
DOC = re.compile(r"doc\((['\"])(\w+)\1\)")
# What a metric says of itself in both forms.
COMMON = ("name", "label", "description", "type", "filter", "config")
Properties = dict[str, Any]


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--to", type=Path, required=True, help="file in models/ of your project"
    )
    parser.add_argument(
        "--domains",
        nargs="*",
        default=DOMAINS,
        choices=DOMAINS,
        help="those that your variable domains lists; all of them if left out",
    )
    return parser.parse_args()


def semantic_model(model: Properties) -> Properties:
    """A model with its entities, dimensions and the measures of its simple metrics."""
    derived = model.get("derived_semantics", {})
    found = {
        "name": model["semantic_model"].get("name", model["name"]),
        "description": model["description"],
        "model": f"ref('{PACKAGE}', '{model['name']}')",
        "defaults": {"agg_time_dimension": model.get("agg_time_dimension")},
        "primary_entity": model.get("primary_entity"),
        "entities": derived.get("entities", []),
        "dimensions": [
            *(dimension(c) for c in model["columns"] if "dimension" in c),
            *derived.get("dimensions", []),
        ],
        "measures": [
            measure(m) for m in model.get("metrics", []) if m["type"] == "simple"
        ],
    }
    if not model.get("agg_time_dimension"):
        del found["defaults"]
    return without_empty(found)


def dimension(column: Properties) -> Properties:
    """A column that metrics are grouped by."""
    granularity = column.get("granularity")
    return without_empty(
        {
            "name": column["name"],
            "description": column["description"],
            **column["dimension"],
            "type_params": granularity and {"time_granularity": granularity},
        }
    )


def measure(metric: Properties) -> Properties:
    """What a simple metric aggregates, by the metric's name."""
    over = metric.get("non_additive_dimension")
    percentile = metric.get("percentile")
    return without_empty(
        {
            "name": metric["name"],
            "agg": metric["agg"],
            "expr": metric["expr"],
            "agg_time_dimension": metric.get("agg_time_dimension"),
            "agg_params": percentile and {"percentile": percentile},
            "non_additive_dimension": over
            and without_empty(
                {
                    "name": over["name"],
                    "window_choice": over["window_agg"],
                    "window_groupings": over.get("group_by"),
                }
            ),
        }
    )


def metric_of_measure(metric: Properties) -> Properties:
    """A metric with what it is made of under type_params."""
    if metric["type"] == "simple":
        source = {"name": metric["name"]}
        if "fill_nulls_with" in metric:
            source["fill_nulls_with"] = metric["fill_nulls_with"]
        made_of: Properties = {"measure": source}
    elif metric["type"] == "ratio":
        made_of = {key: metric[key] for key in ("numerator", "denominator")}
    else:
        made_of = {"expr": metric["expr"], "metrics": metric["input_metrics"]}
    said = {key: metric[key] for key in COMMON if key in metric}
    return {**said, "type_params": made_of}


def without_empty(properties: Properties) -> Properties:
    return {key: value for key, value in properties.items() if value not in (None, [])}


def switched_on(found: list[Properties], domains: Collection[str]) -> list[Properties]:
    """Those whose domains are on, without the condition, which is the package's."""
    kept = []
    for properties in found:
        config = dict(properties.get("config", {}))
        if set(IS_ON.findall(config.pop("enabled", ""))) <= set(domains):
            kept.append(without_empty({**properties, "config": config or None}))
    return kept


def documents() -> Iterator[Properties]:
    """The package's YAML files, in the order of their names."""
    for path in sorted(MODELS.rglob("*.yml")):
        # Texts of the package have its name before theirs, read from elsewhere.
        text = DOC.sub(rf"doc(\1{PACKAGE}\1, \1\2\1)", path.read_text())
        yield yaml.load(text, LOADER) or {}


def written(domains: Collection[str] = DOMAINS) -> str:
    """The file."""
    semantic_models, metrics, saved_queries = [], [], []
    for document in documents():
        metrics += switched_on(document.get("metrics", []), domains)
        # Where exports go is for the project to say.
        saved_queries += [
            {key: value for key, value in query.items() if key != "exports"}
            for query in switched_on(document.get("saved_queries", []), domains)
        ]
        for model in switched_on(document.get("models", []), domains):
            metrics += model.get("metrics", [])
            if model.get("semantic_model", {}).get("enabled"):
                semantic_models.append(semantic_model(model))
    text = yaml.safe_dump(
        {
            "semantic_models": semantic_models,
            "metrics": [metric_of_measure(metric) for metric in metrics],
            "saved_queries": saved_queries,
        },
        sort_keys=False,
        allow_unicode=True,
        width=88,
    )
    return HEADING + text


def main() -> int:
    """Write the file; 1 if its folder does not exist."""
    given = arguments()
    path = given.to
    if not path.parent.is_dir():
        print(f"{path.parent} does not exist: name a file in models/ of your project.")
        return 1
    path.write_text(written(given.domains))
    print(f"{path} holds the metrics of {PACKAGE}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
