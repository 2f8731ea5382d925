"""Write models for your own columns and objects, into a folder of your project.

Each collection in passthrough_columns gets one model, own_charges and so on: its key,
your columns, and their dimensions, so that every metric of the fact is grouped by them
(charge__plan_tier). So does each of own_objects, joined by what it belongs to; the
model own_tables lists them for the dashboards. dbt reads contracts and dimensions
before it knows any variable, so they must be written. After a change of the variables,
write them again; --check says whether that is due.

Run it in the folder of your dbt project; docs/extending.md shows how.
"""

from __future__ import annotations

import argparse
import json
import site
import subprocess
import sys
from pathlib import Path

# In a project that has this one as a package, nothing of it is installed.
site.addsitedir(str(Path(__file__).resolve().parent.parent))

from own_models.columns import own_columns
from own_models.models import HEADING, Properties
from own_models.names import OwnError, package_names
from own_models.objects import own_objects
from own_models.tables import own_tables

NAME = Path(__file__).name


def described(options: list[str]) -> Properties:
    """What the project's variables list, as dbt reads them."""
    dbt = Path(sys.executable).with_name("dbt")
    command = [str(dbt), "--quiet", "run-operation", "segment_stripe.describe_own"]
    done = subprocess.run([*command, *options], capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith('{"columns"')]
    if done.returncode or not lines:
        raise OwnError((done.stdout + done.stderr).strip())
    return json.loads(lines[-1])


def files_of(listed: Properties) -> dict[str, str]:
    """All files of the folder."""
    names = package_names()
    files = {
        **dict(own_columns(listed["columns"], names)),
        **dict(own_objects(listed["objects"], names)),
        **own_tables(listed),
    }
    return {name: placed(name, files[name], listed.get("schema")) for name in files}


def placed(name: str, text: str, schema: str | None) -> str:
    """A model in the schema of the marts, where dashboards may read it."""
    if schema is None or not name.endswith(".sql"):
        return text
    return f"{{{{ config(schema='{schema}') }}}}\n\n{text}"


def outdated(folder: Path, files: dict[str, str]) -> list[str]:
    """The names of files that are missing, other, or no longer wanted."""
    standing = {
        path.name: path.read_text()
        for path in sorted(folder.glob("own_*.*"))
        if HEADING in path.read_text()
    }
    names = sorted(standing | files)
    return [name for name in names if standing.get(name) != files.get(name)]


def write(folder: Path, files: dict[str, str]) -> None:
    """Write the files, and remove what an earlier run wrote and is not listed now."""
    for name in outdated(folder, files):
        path = folder / name
        if path.exists() and HEADING not in path.read_text():
            raise OwnError(f"{path} is not one of {NAME}'s: give it another name.")
        if name in files:
            path.write_text(files[name])
        else:
            path.unlink()


def main() -> int:
    """Write or check; 1 where something is in the way or not current."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    add = parser.add_argument
    add("--to", type=Path, required=True, help="folder in models/ of your project")
    add("--check", action="store_true", help="write nothing; 1 if that is due")
    add("--vars", help="passed to dbt")
    add("--target", help="passed to dbt")
    given = parser.parse_args()
    options = [
        part
        for name in ("vars", "target")
        if getattr(given, name)
        for part in (f"--{name}", getattr(given, name))
    ]
    try:
        files = files_of(described(options))
        if given.check:
            if stale := outdated(given.to, files):
                raise OwnError(
                    f"{given.to} is not what the variables say ({', '.join(stale)}): "
                    f"run {NAME} again."
                )
        else:
            given.to.mkdir(parents=True, exist_ok=True)
            write(given.to, files)
    except OwnError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{given.to}: {', '.join(n for n in files if n.endswith('.sql')) or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
