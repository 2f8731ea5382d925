"""Small accounts, made once for all tests of this folder."""

from __future__ import annotations

import pytest
from account_files import SMALL, opened

from sample_account import create_account, rates

SEEDS = [1, 2, 3]


@pytest.fixture(scope="session", params=SEEDS, ids=lambda seed: f"seed {seed}")
def punctual(request, tmp_path_factory):
    """An account of each seed in which no row is late: all must agree."""
    folder = tmp_path_factory.mktemp("punctual") / "account"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rates, "LATE_ROWS", 1e-300)
        create_account(folder, seed=request.param, **SMALL)
    with opened(folder, copies=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def account_folder(tmp_path_factory):
    """A small account as it is made by default."""
    folder = tmp_path_factory.mktemp("account") / "account"
    create_account(folder, seed=1, **SMALL)
    return folder


@pytest.fixture(scope="session")
def account(account_folder):
    """Its tables."""
    with opened(account_folder) as connection:
        yield connection


@pytest.fixture(scope="session")
def default_account(tmp_path_factory):
    """Folder and description of the account with the default size."""
    folder = tmp_path_factory.mktemp("default") / "account"
    return folder, create_account(folder)
