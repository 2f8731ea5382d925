"""Write the SQL of every saved query, for programs without dbt.

One file a query and engine, target/saved_queries/<engine>/<name>.sql. Tables are named
by schema, so a file runs in any database that holds the built project.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from semantic_layer.errors import MetricError
from semantic_layer.layer import SemanticLayer
from semantic_layer.manifest import read_manifest, target_path
from semantic_layer.warehouse import ENGINES, read_profile


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("--target", help="target of profiles.yml, if not its default")
    add("--output", type=Path, help="folder to write, if not target/saved_queries")
    return parser.parse_args()


def compiled(layer: SemanticLayer) -> Iterator[tuple[str, str]]:
    """(name, SQL with its description on top) of each saved query."""
    for name, query in layer.manifest.saved_queries.items():
        about = " ".join(f"{name}: {query['description'] or ''}".split())
        lines = textwrap.wrap(about, 85)
        heading = "\n".join(f"-- {line}" for line in lines)
        yield name, f"{heading}\n{layer.saved_query_sql(name)}\n"


def write(folder: Path, layers: dict[str, SemanticLayer]) -> int:
    """Write all files, nothing else stays in the folder; how many queries there are."""
    shutil.rmtree(folder, ignore_errors=True)
    for engine, layer in layers.items():
        (folder / engine).mkdir(parents=True)
        for name, sql in compiled(layer):
            (folder / engine / f"{name}.sql").write_text(sql)
    return len(next(iter(layers.values())).manifest.saved_queries)


def main() -> int:
    """Write the files; 1 if a query cannot be compiled, in one sentence."""
    given = arguments()
    folder = given.output or target_path() / "saved_queries"
    try:
        profile = read_profile(given.target)
        manifest = read_manifest(profile)
        layers = {
            engine: SemanticLayer(
                manifest,
                replace(profile, settings={**profile.settings, "type": engine}),
            )
            for engine in ENGINES
        }
        count = write(folder, layers)
    except MetricError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{count} saved queries are compiled in {folder}, a folder for each engine")
    return 0


if __name__ == "__main__":
    sys.exit(main())
