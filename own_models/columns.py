"""The models of passthrough_columns: one for each collection."""

from __future__ import annotations

from collections.abc import Iterator

from own_models.models import HEADING, Properties, column, one_row_model, text_of
from own_models.names import ENTITIES, Names, check_name


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
