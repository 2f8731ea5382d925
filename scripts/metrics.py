"""List, explain and query the project's metrics.

  make metrics                                        all metrics, by domain
  make metrics ARGS="explain net_charges"             what it is, and by what to group
  make metrics ARGS="query --metrics net_charges --group-by metric_time__month,currency"

On the warehouse of profiles.yml, which is only read. Exit codes: 0 answered, 1 not, and
one sentence says why.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime

from semantic_layer.compiler import Query
from semantic_layer.errors import MetricError
from semantic_layer.explained import explanation, metric_list
from semantic_layer.guard import of_one_currency
from semantic_layer.layer import SemanticLayer


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", help="target of profiles.yml, if not its default")
    parser.set_defaults(action=list_metrics, domain=None)
    actions = parser.add_subparsers(metavar="list | explain | query")
    add = actions.add_parser("list", help="every metric, by domain").add_argument
    add("domain", nargs="?", help="one domain only")
    explain = actions.add_parser("explain", help="what a metric is, and its SQL")
    explain.add_argument("metric")
    explain.set_defaults(action=explain_metric)
    query = actions.add_parser("query", help="ask for metrics by groups")
    query.set_defaults(action=query_metrics)
    add = query.add_argument
    add("--metrics", type=names, required=True, help="one or more, with commas")
    add(
        "--group-by", type=names, default=[], help="such as metric_time__month,currency"
    )
    add("--currency", help="answer for one currency, such as usd")
    add("--from", dest="start", type=datetime.fromisoformat, help="first day")
    add("--to", dest="end", type=datetime.fromisoformat, help="last day")
    add("--where", action="append", default=[], help="{{ Dimension('…') }} = '…'")
    add("--order-by", type=names, default=[], help="groups or metrics, -… descending")
    add("--limit", type=int, help="this many rows at most")
    form = query.add_mutually_exclusive_group()
    form.add_argument("--sql", action="store_true", help="the SQL, without running it")
    form.add_argument("--csv", action="store_true", help="exact values, for programs")
    return parser.parse_args(given)


def joined(given: Sequence[str]) -> list[str]:
    """Arguments with --order-by -name as one, for a name may begin with a dash."""
    text = "\0".join(given).replace("--order-by\0", "--order-by=")
    return text.split("\0") if given else []


def names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def list_metrics(layer: SemanticLayer, given: argparse.Namespace) -> str:
    return metric_list(layer.manifest, given.domain)


def explain_metric(layer: SemanticLayer, given: argparse.Namespace) -> str:
    return explanation(layer, given.metric)


def query_metrics(layer: SemanticLayer, given: argparse.Namespace) -> str:
    """The answer as a table, as CSV, or its SQL."""
    where = list(given.where)
    if given.currency:
        where.append(of_one_currency(given.currency))
    query = Query(
        metrics=given.metrics,
        group_by=given.group_by,
        where=where,
        order_by=given.order_by or [g for g in given.group_by],
        limit=given.limit,
        start=given.start,
        end=given.end,
    )
    if given.sql:
        return layer.sql(query)
    answer = layer.query(query)
    return answer.to_csv().rstrip("\n") if given.csv else answer.to_text()


def main(given: Sequence[str] | None = None) -> int:
    """Print the answer; 0 if there is one, 1 if not."""
    given = sys.argv[1:] if given is None else given
    options = arguments(joined(given))
    try:
        print(options.action(SemanticLayer.open(options.target), options))
    except MetricError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader, such as head, has seen enough.
        sys.stderr.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
