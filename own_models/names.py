"""What own columns and objects may be called, and what they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

MODELS = Path(__file__).resolve().parent.parent / "models"
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
