"""Serve the dashboards: python -m dashboards."""

from __future__ import annotations

import argparse
import logging

import waitress

from dashboards.app import create_app
from dashboards.warehouse import open_warehouse

THREADS = 8


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dashboards", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="default %(default)s")
    parser.add_argument("--port", type=int, default=8050, help="default %(default)s")
    parser.add_argument("--target", choices=["duckdb", "postgres"], default="duckdb")
    options = parser.parse_args()
    # A page asks for more parts at once than there are threads: no warning is due.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_app(open_warehouse(options.target))
    print(f"Dashboards: http://{options.host}:{options.port}", flush=True)
    waitress.serve(
        app.server, host=options.host, port=options.port, threads=THREADS, ident=None
    )


if __name__ == "__main__":
    main()
