"""Copy the project, as a dbt package, to where another project can install it.

For projects that cannot reach the dbt package hub: `dbt deps` installs from the two
folders that this makes, segment_stripe and dbt_utils, and asks nobody. docs/package.md
says how to name them in packages.yml. What an earlier export made is replaced.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What dbt reads. Without packages.yml, which would send `dbt deps` to the hub.
PARTS = ("models", "macros", "seeds", "snapshots", "analyses", "tests/dbt")
# What the scripts need, beside Python's yaml and dbt.
PACKAGES = ("own_models",)
SCRIPTS = ("scripts/write_package_metrics.py", "scripts/write_own_models.py")
DBT_UTILS = ROOT / "dbt_packages" / "dbt_utils"


def export(folder: Path) -> None:
    """Make both packages in a folder."""
    package = folder / "segment_stripe"
    shutil.rmtree(package, ignore_errors=True)
    for part in (*PARTS, *PACKAGES):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / part, package / part, ignore=ignored)
    (package / "scripts").mkdir()
    for name in ("dbt_project.yml", "CHANGELOG.md", "LICENSE", *SCRIPTS):
        shutil.copy(ROOT / name, package / name)
    shutil.rmtree(folder / "dbt_utils", ignore_errors=True)
    shutil.copytree(DBT_UTILS, folder / "dbt_utils")


def main() -> int:
    """Export; 1 where something is in the way, in one sentence."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--to", type=Path, required=True, help="folder for both packages"
    )
    folder = parser.parse_args().to
    if not DBT_UTILS.exists():
        print("dbt_utils is not installed: run make setup first.", file=sys.stderr)
        return 1
    if not folder.parent.is_dir():
        print(f"{folder.parent} does not exist: make it first.", file=sys.stderr)
        return 1
    export(folder)
    print(f"{folder} holds segment_stripe and dbt_utils.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
