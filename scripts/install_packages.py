"""Install the dbt packages of packages.yml into dbt_packages/.

The real dbt_utils comes from the dbt package hub. Where the hub cannot be reached,
this project's stand-in of the same name takes its place, and the output says so. Both
give the same results; the tests pass with either.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = ROOT / "dbt_packages" / "dbt_utils"
STAND_IN = ROOT / "environment" / "dbt_utils_stand_in"
SECONDS_TO_ANSWER = 5
SECONDS_TO_INSTALL = 120


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--stand-in", action="store_true", help="do not ask the hub for dbt_utils"
    )
    parser.add_argument(
        "--renew", action="store_true", help="install again what is installed"
    )
    arguments = parser.parse_args()
    if is_installed() and not (arguments.renew or arguments.stand_in):
        return 0
    if not arguments.stand_in and hub_answers() and install_from_hub():
        print("dbt_utils: the real package, from the dbt package hub")
    else:
        install_stand_in()
        reason = (
            "as asked" if arguments.stand_in else "the dbt package hub is out of reach"
        )
        print(f"dbt_utils: THIS PROJECT'S STAND-IN, {reason}; it does the same")
    return 0


def is_installed() -> bool:
    """Whether a package is in place; the stand-in counts while it is current."""
    if not (INSTALLED / "dbt_project.yml").exists():
        return False
    installed = contents(INSTALLED)
    is_stand_in = b"stand_in" in installed.get("dbt_project.yml", b"").lower()
    return not is_stand_in or installed == contents(STAND_IN)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def hub_answers() -> bool:
    import requests
    from dbt.clients.registry import DEFAULT_REGISTRY_BASE_URL

    try:
        requests.head(DEFAULT_REGISTRY_BASE_URL, timeout=SECONDS_TO_ANSWER)
    except requests.RequestException:
        return False
    return True


def install_from_hub() -> bool:
    """Run dbt deps; whether it put the package in place."""
    dbt = Path(sys.executable).with_name("dbt")
    command = [dbt, "--quiet", "deps", "--profiles-dir", "."]
    try:
        result = subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=SECONDS_TO_INSTALL,
        )
    except subprocess.TimeoutExpired:
        return False
    if result.returncode != 0:
        print(f"dbt deps failed: {result.stdout.strip()}", file=sys.stderr)
    return result.returncode == 0 and INSTALLED.exists()


def install_stand_in() -> None:
    shutil.rmtree(INSTALLED, ignore_errors=True)
    shutil.copytree(STAND_IN, INSTALLED)


if __name__ == "__main__":
    sys.exit(main())
