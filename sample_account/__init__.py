"""A simulated Stripe account as Segment delivers it, with a website's events."""

from .account import create_account
from .errors import AccountError
from .load import load_duckdb, load_postgres

__all__ = ["AccountError", "create_account", "load_duckdb", "load_postgres"]
