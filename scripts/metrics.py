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
from semantic_layer.guard import is_money, of_one_currency, spellings
from semantic_layer.layer import SemanticLayer
from semantic_layer.manifest import Manifest, Metric
from semantic_layer.table import aligned


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
    """Domain by domain: name, label, unit."""
    blocks = []
    for domain, metrics in by_domain(layer.manifest).items():
        if given.domain in (None, domain):
            lines = [("metric", "label", "unit")]
            lines += [(m.name, m.label, m.unit) for m in metrics]
            blocks.append(f"{domain}\n\n{aligned(lines, [False] * 3)}")
    if not blocks:
        known = ", ".join(by_domain(layer.manifest))
        raise MetricError(f"There is no domain {given.domain}: there are {known}.")
    return "\n\n".join(blocks)


def by_domain(manifest: Manifest) -> dict[str, list[Metric]]:
    """Domain -> its metrics, both in order."""
    found: dict[str, list[Metric]] = {}
    for metric in manifest.metrics.values():
        found.setdefault(metric.domain, []).append(metric)
    return dict(sorted(found.items()))


def explain_metric(layer: SemanticLayer, given: argparse.Namespace) -> str:
    """What a metric is, what it is made of and asked by, and SQL by month."""
    metric = layer.manifest.metric(given.metric)
    groups = layer.compiler.groups([metric.name])
    lines = [
        f"{metric.name}: {metric.label} ({metric.unit}, {metric.domain})",
        "",
        metric.description,
        "",
        *made_of(layer.manifest, metric),
        *by_object(groups),
    ]
    if metric.equals:
        lines.append(f"Equals:   {', '.join(metric.equals)}")
    question = usual_question(layer, metric, groups)
    by = ", ".join(question.group_by)
    return "\n".join([*lines, "", f"SQL by {by}:", "", layer.sql(question)])


def made_of(manifest: Manifest, metric: Metric) -> list[str]:
    """Lines on the inputs of a metric, or on the model and expression it sums."""
    if not metric.model:
        formula = metric.parameters.get("expr")
        made = f"{metric.type} of {', '.join(metric.inputs)}"
        lines = [f"Inputs:   {made}" + (f": {formula}" if formula else "")]
    else:
        how = metric.parameters["metric_aggregation_params"]["agg"]
        what = metric.parameters.get("expr") or metric.name
        lines = [f"Inputs:   {how} of {what} in {metric.model}"]
    return lines + [f"Filter:   {' '.join(text.split())}" for text in metric.filters]


def by_object(groups: list[str]) -> list[str]:
    """Lines on what to group by: what stands alone, then object by object."""
    found: dict[str, list[str]] = {}
    for group in groups:
        owner, _, name = group.rpartition("__")
        found.setdefault(owner, []).append(name)
    lines = [f"Group by: {', '.join(found.pop('', []))}"]
    near = {owner: names for owner, names in found.items() if "__" not in owner}
    lines += [f"          {o}__ {', '.join(names)}" for o, names in near.items()]
    lines.append(
        "          a date also by month, as in metric_time__month: day, week, …"
    )
    if far := sorted(set(found) - set(near)):
        lines.append(
            f"          and through two objects, as {far[0]}__{found[far[0]][0]}"
        )
    return lines


def usual_question(layer: SemanticLayer, metric: Metric, groups: list[str]) -> Query:
    """A metric by month, and by currency where it is money."""
    group_by = ["metric_time__month"] if "metric_time" in groups else []
    parts = list(layer.manifest.parts(metric.name))
    money = [part for part in parts if is_money(part)]
    if money:
        shared = set.intersection(*(spellings(layer.manifest, m) for m in money))
        group_by.append(next(group for group in sorted(shared) if group in groups))
    for part in parts:
        required = part.meta.get("required_group_by") or []
        group_by += [group for group in required if group not in group_by]
    return Query([metric.name], group_by)


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
