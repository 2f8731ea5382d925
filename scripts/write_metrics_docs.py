"""Write docs/metrics.md from the project: every metric, group and saved query."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from semantic_layer.errors import MetricError
from semantic_layer.manifest import Manifest, Metric, read_manifest
from semantic_layer.warehouse import ROOT, read_profile

DOCUMENT = ROOT / "docs" / "metrics.md"
INTRODUCTION = """\
# Metrics

Every figure is defined once, beside the fact that it sums, and equals the marts row by
row on DuckDB and PostgreSQL (`tests/python/metrics`). Written by `make metrics-docs`
from the project; do not edit.

{contents}

## Ask

| to | run |
|---|---|
| list all | `make metrics` |
| list a domain | `make metrics ARGS="list receivables"` |
| see what one is, its groups, its SQL | `make metrics ARGS="explain net_charges"` |
| ask | `make metrics ARGS="query --metrics net_charges,charge_success_rate \
--group-by metric_time__month,currency"` |
| ask for one currency | `make metrics ARGS="query --metrics net_charges \
--group-by metric_time__month --currency usd"` |
| narrow it down | add `--from 2026-01-01`, `--to 2026-06-30`, \
`--order-by -net_charges`, `--limit 10` |
| get exact values for programs | add `--csv` |
| get the SQL | add `--sql` |
| ask without make, where quotes nest | `.venv/bin/python scripts/metrics.py query \
--metrics refunds --group-by currency \
--where "{{{{ Dimension('refund__reason') }}}} = 'fraudulent'"` |

A date is asked by day, week, month, quarter or year: `metric_time__month`. A question
takes two seconds, most of them to start; it only reads the warehouse of `profiles.yml`
(`--target postgres` in front of `query` names another). MetricFlow's own command line,
`.venv/bin/mf`, answers the same after `dbt parse`.

From Python, in one process, each further question costs a few hundredths of a second:

```python
{example}
```

`scripts/example_metric_to_dataframe.py` is a program that does so. Programs without
Python or dbt run the SQL of the [saved queries](#saved-queries), which `make build`
leaves in `target/saved_queries/<engine>/<name>.sql`; `make metrics-sql TARGET=postgres`
writes those of PostgreSQL. Tables are named there by schema, so they run in any copy of
the database; a copy of a DuckDB file keeps its name, for the views in it hold that.

## Currencies are never added together

Every model with money has the entity `currency`, so `--group-by currency` works for
every metric, also where it is computed from several facts. What keeps figures honest:

- `make metrics`, `semantic_layer` and the compiled saved queries **refuse** a question
  whose answer would add currencies: one that is neither grouped by the currency of the
  money nor filtered to one. That holds for rates and averages of money, too.
- The currency is that of the row that is summed: `charge__currency` will do for charges
  alone, not for refunds and disputes, which may be in another currency, nor for net
  volume, which is in the settlement currency.
- Every saved query of money is grouped by `currency`, which a test holds.
- Cohorts are guarded in the same way: a cohort after one month and after two are the
  same people, so metrics of cohorts are asked by their `months_since`.
- **`mf query` cannot be stopped.** It adds whatever it is asked to add; so do other
  tools that read the semantic manifest. Group by `currency` there.
- Counts and sums of charges, payments, refunds, disputes and customers are 0 in a group
  in which another figure of the question has a value; those derived from several, such
  as `net_charges`, are empty there where none of theirs has one, and so are customer
  balances and running totals, which may be unknown. The YAML says so, with
  `fill_nulls_with: 0`; the dbt of `.venv` keeps that for `make metrics` and `mf query`,
  where a plain dbt 1.12 drops it and what it parsed shows all of them empty.
- Metrics of money that begin with `converted_` are in the
  [reporting currency](configuration.md#reporting-currency), made so in the marts and
  never from sums, and answer without a currency. Where a rate is missing they are null;
  `convertible_…` is the part that has one. Of cohorts and advertising
  the marts are asked: `lifetime_value_cohorts_converted`, `acquisition_cost_converted`.

A figure that differs from a mart by nothing but rounding does not differ: marts round a
quotient to six decimals, metrics do not. Groups without data have no row.
"""
EXAMPLE = """\
from semantic_layer.compiler import Query
from semantic_layer.layer import SemanticLayer

layer = SemanticLayer.open()
question = Query(["net_charges"], ["metric_time__month", "currency"])
frame = layer.query(question).to_arrow()  # a pyarrow.Table with exact decimals"""

GROUPS = """\
A dimension is spelled with the entity whose it is: `charge__status`. The facts that
hold the entity can be asked by it, and by what it leads to: refunds by
`charge__status`, charges by `customer__email`. `metric_time` is the date that each
metric goes by. `explain` lists what one metric takes."""


def document(manifest: Manifest) -> str:
    """The whole document."""
    sections = [
        *domain_sections(manifest),
        ("What to group by", list(group_lines(manifest))),
        ("Saved queries", list(saved_query_lines(manifest))),
    ]
    contents = " · ".join(f"[{title}](#{anchor(title)})" for title, _ in sections)
    text = INTRODUCTION.format(contents=contents, example=EXAMPLE)
    for title, lines in sections:
        text += f"\n## {title}\n\n" + "\n".join(lines) + "\n"
    return text


def anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def domain_sections(manifest: Manifest) -> Iterator[tuple[str, list[str]]]:
    """(domain, table of its metrics)."""
    metrics = manifest.metrics.values()
    for domain in sorted({metric.domain for metric in metrics}):
        rows = [metric_row(m) for m in metrics if m.domain == domain]
        heading = ["metric", "label and meaning", "unit", "from", "equals"]
        yield title_of(domain), table(heading, rows)


def title_of(name: str) -> str:
    return name.replace("_", " ").capitalize()


def metric_row(metric: Metric) -> list[str]:
    marts: dict[str, list[str]] = {}
    for place in metric.equals:
        mart, column = place.split(".")
        marts.setdefault(column, []).append(mart)
    equal = [f"`{column}` of {listed(names)}" for column, names in marts.items()]
    made = listed(metric.inputs or [metric.model])
    return [
        f"`{metric.name}`",
        f"**{metric.label}.** {metric.description}",
        metric.unit,
        made,
        "<br>".join(equal) or "the reference computation",
    ]


def listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def group_lines(manifest: Manifest) -> Iterator[str]:
    """How groups are spelled, then each model's entities and dimensions."""
    yield GROUPS
    yield ""
    rows = []
    for name, model in sorted(manifest.models.items()):
        entity = manifest.primary_entity(name)
        others = [e["name"] for e in model["entities"] if e["type"] != "primary"]
        dimensions = [
            f"`{d['name']}`" + (f" ({d['label']})" if d.get("label") else "")
            for d in sorted(model["dimensions"], key=lambda d: d["name"])
        ]
        rows.append([f"`{name}`", f"`{entity}`", listed(others), ", ".join(dimensions)])
    yield from table(["model", "entity", "leads to", "dimensions"], rows)


def saved_query_lines(manifest: Manifest) -> Iterator[str]:
    """A table of the saved queries."""
    rows = [
        [f"`{name}`", one_line(query), *asked(query["query_params"])]
        for name, query in manifest.saved_queries.items()
    ]
    yield from table(["saved query", "for", "metrics", "by"], rows)


def one_line(query: Mapping[str, Any]) -> str:
    return " ".join((query["description"] or query["label"] or "").split())


def asked(parameters: Mapping[str, Any]) -> list[str]:
    groups = [group.replace("'", "") for group in parameters["group_by"]]
    return [listed(parameters["metrics"]), listed(groups)]


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table in Markdown."""
    lines = [heading, ["---"] * len(heading), *rows]
    return [
        f"| {' | '.join(c.replace('|', '&#124;') for c in line)} |" for line in lines
    ]


def main() -> int:
    """Write the document; 1 if the project cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=DOCUMENT, help="file to write")
    given = parser.parse_args()
    try:
        manifest = read_manifest(read_profile())
    except MetricError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    given.output.write_text(document(manifest))
    count = len(manifest.metrics)
    print(
        f"{given.output}: {count} metrics, {len(manifest.saved_queries)} saved queries"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
