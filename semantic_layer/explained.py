"""The metrics in words: all of them, or one with its parts, its groups and its SQL."""

from __future__ import annotations

from semantic_layer.compiler import Query
from semantic_layer.errors import MetricError
from semantic_layer.guard import is_money, spellings
from semantic_layer.layer import SemanticLayer
from semantic_layer.manifest import Manifest, Metric
from semantic_layer.table import aligned


def metric_list(manifest: Manifest, asked: str | None = None) -> str:
    """Domain by domain, or of one: name, label, unit."""
    blocks = []
    for domain, metrics in by_domain(manifest).items():
        if asked in (None, domain):
            lines = [("metric", "label", "unit")]
            lines += [(m.name, m.label, m.unit) for m in metrics]
            blocks.append(f"{domain}\n\n{aligned(lines, [False] * 3)}")
    if not blocks:
        known = ", ".join(by_domain(manifest))
        raise MetricError(f"There is no domain {asked}: there are {known}.")
    return "\n\n".join(blocks)


def by_domain(manifest: Manifest) -> dict[str, list[Metric]]:
    """Domain -> its metrics, both in order."""
    found: dict[str, list[Metric]] = {}
    for metric in manifest.metrics.values():
        found.setdefault(metric.domain, []).append(metric)
    return dict(sorted(found.items()))


def explanation(layer: SemanticLayer, name: str) -> str:
    """What a metric is, what it is made of and asked by, and SQL by month."""
    metric = layer.manifest.metric(name)
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
