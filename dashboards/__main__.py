"""Serve the dashboards: python -m dashboards.

Exit code 1 when the address cannot be served at, which one sentence then says.
"""

from __future__ import annotations

import argparse
import errno
import gc
import logging
import socket
import sys

import waitress

from dashboards.app import create_app
from dashboards.login.access import AccessError
from dashboards.open_warehouse import TARGETS, open_warehouse

THREADS = 8


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m dashboards", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--host", default="127.0.0.1", help="default %(default)s")
    parser.add_argument("--port", type=port, default=8050, help="default %(default)s")
    parser.add_argument("--target", choices=TARGETS, default=TARGETS[0])
    options = parser.parse_args()
    # A page asks for more parts at once than there are threads: no warning is due.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        app = create_app(open_warehouse(options.target))
    except AccessError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    try:
        server = waitress.create_server(
            app.server,
            host=options.host,
            port=options.port,
            threads=THREADS,
            ident=None,
        )
    except (OSError, ValueError) as error:
        print(f"error: {explained(error, options.host, options.port)}", file=sys.stderr)
        return 1
    # What there is by now stays: no collection of garbage need look through it again.
    gc.collect()
    gc.freeze()
    print(f"Dashboards: http://{options.host}:{options.port}", flush=True)
    server.run()
    return 0


def port(text: str) -> int:
    """A port as it is given; argparse words the refusal."""
    if not 0 < (number := int(text)) < 65536:
        raise ValueError(text)
    return number


def explained(error: Exception, host: str, port: int) -> str:
    """One sentence on why nothing can be served at an address."""
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return (
            f"port {port} of {host} is taken, perhaps by dashboards that run already: "
            "end them, or choose another with make dashboards PORT=8051."
        )
    if number == errno.EACCES:
        return f"port {port} may not be used: choose one above 1023 (PORT=8050)."
    if number == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return f"{host} is no address of this machine: leave out --host, or correct it."
    return f"{host} port {port} cannot be served at: {error}."


if __name__ == "__main__":
    sys.exit(main())
