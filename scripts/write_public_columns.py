"""Write docs/public_columns.csv: the columns that programs may read, with their types.

It holds those of the last release, so that a test can tell what a change breaks. Write
it when a release is named in CHANGELOG.md, and only then (docs/upgrading.md).
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "public_columns.csv"
PUBLIC = ("marts", "semantic")
HEADER = ("model", "column", "type")


def public_columns() -> list[tuple[str, str, str]]:
    """(model, column, type) of every public model, sorted."""
    return sorted(
        (model["name"], column["name"], column["data_type"])
        for folder in PUBLIC
        for path in (ROOT / "models" / folder).rglob("*.yml")
        for model in (yaml.safe_load(path.read_text()) or {}).get("models", [])
        for column in model["columns"]
    )


def main() -> int:
    """Write the file."""
    with FILE.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([HEADER, *public_columns()])
    print(f"{FILE.relative_to(ROOT)} holds the columns of this release.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
