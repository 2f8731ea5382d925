"""Write the SQL of every saved query, for programs without dbt.

One file a query, target/saved_queries/<engine>/<name>.sql, for the engine of a target
of profiles.yml. Tables are named by schema, whatever the database is called.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

from semantic_layer.errors import MetricError
from semantic_layer.layer import SemanticLayer
from semantic_layer.manifest import target_path


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--target", help="target of profiles.yml, if not its default")
    add(
        "--output",
        type=Path,
        help="folder to write, if not target/saved_queries/<engine>",
    )
    return parser.parse_args()


def compiled(layer: SemanticLayer) -> Iterator[tuple[str, str]]:
    """(name, SQL with its description on top) of each saved query."""
    for name, query in layer.manifest.saved_queries.items():
        about = " ".join(f"{name}: {query['description'] or ''}".split())
        lines = textwrap.wrap(about, 85)
        heading = "\n".join(f"-- {line}" for line in lines)
        yield name, f"{heading}\n{layer.saved_query_sql(name)}\n"


def write(folder: Path, layer: SemanticLayer) -> int:
    """Write all files, nothing else stays in the folder; how many there are."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, sql in compiled(layer):
        (folder / f"{name}.sql").write_text(sql)
    return len(layer.manifest.saved_queries)


def main() -> int:
    """Write the files; 1 if a query cannot be compiled, in one sentence."""
    given = arguments()
    try:
        layer = SemanticLayer.open(given.target)
        engine = layer.profile.engine
        folder = given.output or target_path() / "saved_queries" / engine
        count = write(folder, layer)
    except MetricError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{count} saved queries are compiled in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
