"""What a macro says on a warehouse, without dbt: a word of SQL takes milliseconds."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

from harness.project import ROOT
from jinja2 import Environment

FOLDERS = ("engines", "money", "time", "staging")
# Of which dbt adapter another one takes what it does not have itself.
PARENTS = {"databricks": ["spark"], "redshift": ["postgres"]}
TEXTS = {"bigquery": "string", "databricks": "string", "trino": "varchar"}


@cache
def macro(name: str, dialect: str, **settings: Any) -> Callable[..., str]:
    """A macro of this project, dispatched as dbt does."""
    environment = Environment(extensions=["jinja2.ext.do"])
    environment.globals |= {
        "return": give,
        "adapter": SimpleNamespace(dispatch=lambda name, package: dispatched(name)),
        "dbt": of_dbt(dialect),
        "segment_stripe": SimpleNamespace(setting=settings.get),
    }
    paths = [path for one in FOLDERS for path in (ROOT / "macros" / one).glob("*.sql")]
    text = "\n".join(path.read_text() for path in sorted(paths))
    module = environment.from_string(text).module
    own = environment.globals["segment_stripe"]
    for key, called in vars(module).items():
        if callable(called):
            setattr(own, key, returning(called))

    def dispatched(name: str) -> Callable[..., str]:
        for engine in (dialect, *PARENTS.get(dialect, []), "default"):
            if found := getattr(own, f"{engine}__{name}", None):
                return found
        raise LookupError(name)

    return getattr(own, name)


class Given(Exception):
    """What a macro returns ends it, as in dbt."""


def give(value: Any) -> None:
    raise Given(value)


def returning(called: Callable[..., str]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return called(*arguments, **named)
        except Given as given:
            return given.args[0]

    return call


def of_dbt(dialect: str) -> SimpleNamespace:
    """dbt's own macros, as its adapters have them."""

    def datediff(first: str, second: str, part: str) -> str:
        if dialect == "bigquery":
            ends = f"cast({second} as datetime), cast({first} as datetime)"
            return f"datetime_diff({ends}, {part})"
        return f"datediff({part}, {first}, {second})"

    return SimpleNamespace(
        datediff=datediff,
        date_trunc=lambda part, date: f"date_trunc('{part}', {date})",
        type_string=lambda: TEXTS.get(dialect, "text"),
        type_timestamp=lambda: "timestamp",
        type_boolean=lambda: "boolean",
        type_bigint=lambda: "bigint",
    )
