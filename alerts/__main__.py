"""Say what stands out: python -m alerts. The rules are those of
alerts/rules.yml, or of a file of yours.

What is new, stands after some days still, or is over is also posted to the address in
SEGMENT_STRIPE_ALERTS_URL. Exit codes: 0 asked and said, 1 not (a sentence says why), 2
with --fail where an alert stands.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from alerts.errors import AlertError
from alerts.memory import compare, memory_path, read_memory, write_memory
from alerts.rules import read_rules
from alerts.telling import in_json, in_words, message, post
from alerts.watch import Watch
from dashboards.open_warehouse import TARGETS
from semantic_layer.errors import MetricError
from semantic_layer.manifest import target_path
from semantic_layer.shown import shown_metrics


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m alerts",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--target", choices=TARGETS, default=TARGETS[0])
    add("--fail", action="store_true", help="exit code 2 where an alert stands")
    add("--json", type=Path, metavar="FILE", help="write what stands as JSON")
    add("--check", action="store_true", help="read the file of rules, and nothing else")
    options = parser.parse_args(given)
    try:
        rules = read_rules()
        if options.check:
            return 0
        watch = Watch(*shown_metrics(options.target), rules, target_path())
        return tell(watch, options)
    except (AlertError, MetricError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def tell(watch: Watch, options: argparse.Namespace) -> int:
    """Ask, say, post and remember; the exit code."""
    watched, remembered = watch.look(), memory_path(options.target)
    address = os.environ.get("SEGMENT_STRIPE_ALERTS_URL")
    news, memory = compare(watched, watch.rules, read_memory(remembered), bool(address))
    print(in_words(news, watched))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(in_json(news, watched), indent=1) + "\n")
    if address and news.to_say:
        post(address, message(news))
    # Only now, so that what could not be posted is new the next time.
    write_memory(remembered, memory)
    return 2 if options.fail and news.standing else 0


if __name__ == "__main__":
    sys.exit(main())
