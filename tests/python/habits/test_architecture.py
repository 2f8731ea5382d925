"""docs/architecture.md shows a staging model as dbt compiles it."""

from __future__ import annotations

from pathlib import Path

from harness.project import ROOT, Project

MODEL = "stg_stripe__transfer_reversals"


def lines(sql: str) -> list[str]:
    return [line.rstrip() for line in sql.splitlines() if line.strip()]


def test_the_compiled_model_is_the_one_that_is_shown(
    built_sample: Path, project: Project
) -> None:
    run = project.run(["compile", "--select", MODEL], built_sample, writes=True)
    assert run.success, run.text
    compiled = project.workspace / "target" / "compiled"
    # Beside it stands what unit tests of other models compiled of it.
    (model,) = compiled.rglob(f"staging/stripe/{MODEL}.sql")
    text = (ROOT / "docs" / "architecture.md").read_text()
    _, shown = text.split("## A staging model in SQL")
    block = shown.split("```sql\n")[1].split("```")[0]
    assert lines(block) == lines(model.read_text())
