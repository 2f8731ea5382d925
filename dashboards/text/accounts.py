"""The names of the Stripe accounts, by which pages call them; addresses, filters and
downloads keep the marts' source_relation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

NAMES: ContextVar[Mapping[str, str]] = ContextVar("account_names")


@contextmanager
def naming(names: Mapping[str, str]) -> Iterator[None]:
    """Within the block accounts have these names, {source_relation: name}."""
    token = NAMES.set(names)
    try:
        yield
    finally:
        NAMES.reset(token)


def account_name(relation: str) -> str:
    """The name of an account; its source_relation where none is given."""
    return NAMES.get({}).get(relation, relation)
