"""The account that faults go into, made once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from harness.project import AS_OF, DATABASE_NAME, EVENTS, OWN_VARIABLES

from faults.account import load_account
from sample_account import create_account


@pytest.fixture(scope="session")
def faults_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five months of a small sample account, as Parquet."""
    folder = tmp_path_factory.mktemp("faults_sample") / "account"
    create_account(folder, customers=200, months=5, as_of=date.fromisoformat(AS_OF))
    return folder


@pytest.fixture(scope="session")
def account(faults_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The raw tables in a DuckDB file; copy it before a change."""
    database = tmp_path_factory.mktemp("account") / DATABASE_NAME
    load_account(faults_sample, database)
    return database


@pytest.fixture(scope="session")
def variables() -> dict:
    """A zone in which days differ from UTC's, rows after the as-of day, own steps.

    The steps are those of the unit tests, whose SQL is not compiled anew for memory.
    """
    return (
        OWN_VARIABLES
        | EVENTS
        | {
            "as_of": "2026-10-15",
            "exchange_rates_relation": "finance.rates",
            "identity_metadata_column": "metadata_user_id",
            "reporting_currency": "eur",
            "reporting_timezone": "America/New_York",
            "funnel_steps": ["sign_up", "invited_teammate", "viewed_pricing", "visit"],
        }
    )
