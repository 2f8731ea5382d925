"""What an assistant is offered of the metrics: what dashboards may read, no people.

Left out are the models that the marts' schema does not have, with the metrics that
need them, and every dimension that is named as a column with personal data, hashed or
not: what is left out can neither be grouped nor filtered by.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from semantic_layer.manifest import Manifest
from semantic_layer.warehouse import ROOT

# How the staging models name the type of what `hash_personal_data` hashes.
PERSONAL = re.compile(r"'(\w+)': \['personal'")


def offered(manifest: Manifest, schema: str) -> Manifest:
    """The manifest with no more than may be offered from the marts in `schema`."""
    content: dict[str, Any] = json.loads(manifest.text)
    models = [
        model
        for model in content["semantic_models"]
        if model["node_relation"]["schema_name"] == schema
    ]
    for model in models:
        model["dimensions"] = [d for d in model["dimensions"] if not is_personal(d)]
    names = {model["name"] for model in models}
    content["semantic_models"] = models
    content["metrics"] = [
        metric
        for metric in content["metrics"]
        if {p.model for p in manifest.parts(metric["name"])} <= {None, *names}
    ]
    content["saved_queries"] = []
    return Manifest(content)


def is_personal(dimension: dict[str, Any]) -> bool:
    return bool({dimension["name"], dimension.get("expr")} & personal_columns())


@cache
def personal_columns() -> frozenset[str]:
    """The names of columns with personal data, in whatever table."""
    files = (ROOT / "models" / "staging").rglob("*.sql")
    return frozenset(name for f in files for name in PERSONAL.findall(f.read_text()))
