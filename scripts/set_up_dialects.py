"""Prepare .venv-dialects: dbt with the adapters of five more warehouses.

They stay out of .venv, which is smaller and never needs them. What is there and current
is kept; nothing is downloaded but what requirements-dialects.lock names. Exit codes: 0
ready, 1 something is missing (one sentence says what to do).
"""

from __future__ import annotations

import sys

from scripts.set_up import SetUpError, install_beside


def main() -> int:
    try:
        install_beside("dialects", "adapters (900 MB)")
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
