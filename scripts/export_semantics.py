"""Write what other programs are told of the marts, from the manifest that dbt wrote.

LookML goes to <output>/looker: views, a model with an explore for each mart, and the
four dashboards. Open Semantic Interchange goes to <output>/osi_document.json.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

import lkml
import yaml

from exports.looker_dashboards import DASHBOARDS, dashboard
from exports.lookml import model, view
from exports.marts import marts_of
from exports.osi import corrected


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--target-path", type=Path, default=Path("target"), help="where dbt wrote")
    add("--output", type=Path, default=Path("build/exports"))
    add("--connection", default="stripe", help="Looker's name of the warehouse")
    given = parser.parse_args()
    try:
        manifest = json.loads((given.target_path / "manifest.json").read_text())
        osi = json.loads((given.target_path / "osi_document.json").read_text())
    except FileNotFoundError as error:
        print(f"error: {error.filename} is missing: run dbt parse.", file=sys.stderr)
        return 1
    looker = given.output / "looker"
    count = write_looker(looker, manifest, given.connection)
    document = given.output / "osi_document.json"
    document.write_text(json.dumps(corrected(osi), indent=2) + "\n")
    print(f"Wrote {count} LookML files to {looker}, and {document}.")
    return 0


def write_looker(folder: Path, manifest: dict, connection: str) -> int:
    """Write a LookML project, nothing else stays in its folder; how many files."""
    marts = marts_of(manifest)
    engine = manifest["metadata"]["adapter_type"]
    schema = next(iter(marts.values())).schema
    constant = {"name": "marts_schema", "value": schema, "export": "override_optional"}
    files = {
        "manifest.lkml": lkml.dump(
            {"project_name": "segment_stripe", "constants": [constant]}
        ),
        "segment_stripe.model.lkml": lkml.dump(model(marts, connection)),
    }
    for mart in marts.values():
        files[f"views/{mart.name}.view.lkml"] = lkml.dump(view(mart, engine))
    for exposure in manifest["exposures"].values():
        if exposure["name"] in DASHBOARDS:
            made = [dashboard(exposure, marts)]
            files[f"dashboards/{exposure['name']}.dashboard.lookml"] = yaml.safe_dump(
                made, sort_keys=False, allow_unicode=True
            )
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return len(files)


if __name__ == "__main__":
    sys.exit(main())
