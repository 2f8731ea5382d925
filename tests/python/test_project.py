"""What holds of the project as a whole."""

from __future__ import annotations

from harness.project import Project
from harness.schema import EVENT_TABLES, collections

METADATA = ("received_at", "uuid_ts")


def test_every_documented_collection_is_staged(project: Project) -> None:
    run = project.run(["ls", "--resource-type", "model", "--output", "name"])
    listed = set(run.text.split())
    wanted = {f"stg_stripe__{name}" for name in collections()}
    wanted |= {f"stg_segment__{name}" for name in EVENT_TABLES}
    assert wanted <= listed


def test_every_column_that_segment_delivers_is_staged(project: Project) -> None:
    models = {node.name: node for node in project.manifest.nodes.values()}
    missing = [
        f"{collection}.{column.name}"
        for collection, columns in collections().items()
        for column in columns.values()
        if "<key>" not in column.name and column.name not in METADATA
        if f"'{column.name}'" not in models[f"stg_stripe__{collection}"].raw_code
    ]
    assert missing == []


def test_every_model_and_column_is_described(project: Project) -> None:
    nodes = list(project.manifest.nodes.values()) + list(
        project.manifest.sources.values()
    )
    kinds = ("model", "seed", "source")
    objects = [node for node in nodes if node.resource_type in kinds]
    missing = [node.name for node in objects if not node.description.strip()]
    missing += [
        f"{node.name}.{column.name}"
        for node in objects
        for column in node.columns.values()
        if not column.description.strip()
    ]
    assert missing == []
