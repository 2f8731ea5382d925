"""Answer an assistant's questions about metrics: python -m assistant.

Speaks the Model Context Protocol over stdin and stdout, reads what the dashboards read,
and ends with its input. Exit code 1 when the project cannot be read, which one sentence
then says.
"""

from __future__ import annotations

import argparse
import sys

from assistant.server import server
from assistant.tools import Tools
from dashboards.open_warehouse import TARGETS, open_warehouse
from semantic_layer.errors import MetricError
from semantic_layer.manifest import read_manifest
from semantic_layer.warehouse import read_profile


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m assistant", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--target", choices=TARGETS, default=TARGETS[0])
    target = parser.parse_args().target
    try:
        profile = read_profile(target)
        tools = Tools(read_manifest(profile), profile, open_warehouse(target))
    except MetricError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    server(tools).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
