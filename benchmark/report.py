"""What a benchmark found, as a table and as JSON."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path

# Folders of models/ by what they are about; a model of its own name goes before.
DOMAINS = {
    "dim_customers": "staging and payments",
    "fct_invoices": "receivables",
    "fct_invoice_line_items": "receivables",
    "accounts_receivable_aging": "receivables",
    "receivables_monthly": "receivables",
    "fct_balance_transactions": "revenue",
    "fct_balance_transaction_fees": "revenue",
    "fct_subscriptions": "revenue",
    "fct_customer_mrr": "revenue",
    "staging": "staging and payments",
    "payments": "staging and payments",
    "core": "staging and payments",
    "receivables": "receivables",
    "balances": "revenue",
    "subscriptions": "revenue",
    "revenue": "revenue",
    "identity": "identity and journeys",
    "journeys": "identity and journeys",
    "lifetime_value": "identity and journeys",
}
REST = "summaries and lookups"


def timings(target: Path) -> list[tuple[str, str, float]]:
    """Name, domain and seconds of each model of the last run."""
    nodes = json.loads((target / "manifest.json").read_text())["nodes"]
    results = json.loads((target / "run_results.json").read_text())["results"]
    found = []
    for result in results:
        node = nodes.get(result["unique_id"], {})
        if node.get("resource_type") != "model":
            continue
        known = [DOMAINS[part] for part in reversed(node["fqn"]) if part in DOMAINS]
        domain = known[0] if known else REST
        found.append((node["name"], domain, result["execution_time"]))
    return found


def domains(target: Path) -> dict[str, float]:
    """Seconds by domain; a view's work is in the time of whoever reads it."""
    found: dict[str, float] = {}
    for _, domain, seconds in timings(target):
        found[domain] = found.get(domain, 0) + seconds
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def slowest(target: Path, count: int = 10) -> dict[str, float]:
    """Seconds of the models that took longest."""
    ranked = sorted(timings(target), key=lambda timing: -timing[2])
    return {name: seconds for name, _, seconds in ranked[:count]}


def table(title: str, found: dict) -> str:
    """A line for each step: time, how many plain copies that is, peak memory.

    Time is by the clock, then of processors: another program's load slows the first.
    """
    copy = found["plain copy"]
    lines = [f"\n{title}, {copy['rows']:,} raw rows, peak memory in GB"]
    lines.append(f"{'':36}{'s':>8}{'x copy':>8}{'cpu s':>8}{'x copy':>8}{'GB':>6}")
    for name, step in found.items():
        times = [step["seconds"], step["seconds"] / copy["seconds"]]
        times += [step["cpu_seconds"], step["cpu_seconds"] / copy["cpu_seconds"]]
        figures = "".join(f"{time:8.1f}" for time in times)
        lines.append(f"{name:36}{figures}{step['peak_bytes'] / 1e9:6.2f}")
    for part in ("domains", "slowest"):
        lines.append("")
        for name, seconds in found["models"][part].items():
            ratio = seconds / copy["seconds"]
            lines.append(f"  {name:34.34}{seconds:8.1f}{ratio:8.1f}")
    return "\n".join(lines)


def save(path: Path, title: str, found: dict) -> None:
    """Add to the file: the last result for each size stays."""
    saved = json.loads(path.read_text()) if path.exists() else {}
    machine = {"cores": os.cpu_count(), "system": platform.platform()}
    load = round(os.getloadavg()[0], 1)
    saved[title] = {"machine": machine, "load_average": load} | found
    path.write_text(json.dumps(saved, indent=2) + "\n")
