"""A dbt test of several models waits until all of them are built: macro if_built."""

from __future__ import annotations

from harness.project import Project


def test_a_test_of_several_models_waits_for_all(project: Project) -> None:
    several = {
        node.name: node.raw_code
        for node in project.manifest.nodes.values()
        if node.resource_type == "test"
        and node.original_file_path.startswith("tests/dbt/")
        and len({*node.depends_on.nodes}) > 1
    }
    assert len(several) > 60
    assert [name for name, sql in several.items() if "if_built()" not in sql] == []
