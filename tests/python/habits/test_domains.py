"""A domain's models are switched off with it, and who reads them says what then."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from harness.project import DOMAINS, ROOT

MODELS = {path.stem: path for path in sorted((ROOT / "models").rglob("*.sql"))}
IS_ON = re.compile(r"'(\w+)' in var\('domains'\)")
READ = re.compile(r"\bref\('(\w+)'\)")
BY_DOMAIN = re.compile(r"rows_of\(\s*'(\w+)',\s*'(\w+)'")
# The rooms that are a domain's, each with all of its models but those that others need.
FOLDERS = {
    "subscriptions": "subscriptions",
    "balances": "balances",
    "receivables": "receivables",
    "identity": "lifetime_value",
    "journeys": "lifetime_value",
    "lifetime_value": "lifetime_value",
    "segment": "lifetime_value",
}
STAY = {"int_subscriptions__tax_rates_named", "int_balances__sources_delivered"}


def domains_of_models() -> dict[str, str]:
    """Each model that is switched off with a domain, and which."""
    found = {}
    for name, path in MODELS.items():
        described = yaml.safe_load(path.with_suffix(".yml").read_text())["models"]
        (model,) = (model for model in described if model["name"] == name)
        if named := IS_ON.findall(str(model.get("config", {}).get("enabled", ""))):
            (found[name],) = named
            semantic = model.get("semantic_model", {}).get("enabled", named)
            assert semantic == named or IS_ON.findall(semantic) == named, name
    return found


def strays(domains: dict[str, str], texts: dict[str, str]) -> list[str]:
    """Each place where a model reads a domain that it is not of as if it were on."""
    return [
        f"{name} reads {read}, of {domains[read]}"
        for name, text in texts.items()
        for read in READ.findall(text)
        if read in domains and domains[read] != domains.get(name)
    ] + [
        f"{name} reads {read} as of {domain}"
        for name, text in texts.items()
        for domain, read in BY_DOMAIN.findall(text)
        if domain != domains.get(read, domain)
    ]


def texts() -> dict[str, str]:
    return {name: path.read_text() for name, path in MODELS.items()}


def test_the_rooms_of_a_domain_are_switched_off_with_it() -> None:
    domains = domains_of_models()
    assert set(domains.values()) == set(DOMAINS)
    for name, path in MODELS.items():
        room = Path(path).parent.name
        if room in FOLDERS and name not in STAY:
            assert domains.get(name) == FOLDERS[room], name


def test_the_project_has_all_of_them_on() -> None:
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text())
    assert project["vars"]["domains"] == DOMAINS


def test_nothing_reads_a_domain_as_if_it_were_always_on() -> None:
    assert strays(domains_of_models(), texts()) == []


def test_one_that_does_is_seen() -> None:
    read = {"some_mart": "select * from {{ ref('fct_disputes') }}"}
    assert strays(domains_of_models(), read) == [
        "some_mart reads fct_disputes, of disputes"
    ]
    read = {"some_mart": "from {{ rows_of(\n 'balances', 'fct_disputes') }}"}
    assert strays(domains_of_models(), read) == [
        "some_mart reads fct_disputes as of balances"
    ]
