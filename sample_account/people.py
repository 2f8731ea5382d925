"""Names and addresses of people, by their number."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from .text import coded, digits, joined, lookup

FIRST = [
    "Ada", "Ben", "Chen", "Dina", "Emil", "Fatma", "Goro", "Hana", "Ivan", "Julia",
    "Kofi", "Lena", "Maya", "Noah", "Olga", "Pablo",
]  # fmt: skip
LAST = [
    "Abe", "Berg", "Costa", "Diaz", "Endo", "Fischer", "Green", "Haddad", "Ito",
    "Jones", "Khan", "Lopez", "Meyer",
]  # fmt: skip
DOMAINS = ["example.com", "example.org", "example.net", "mail.example.com"]
FULL_NAMES = pa.array([f"{first} {last}" for first in FIRST for last in LAST])


def names(number: np.ndarray) -> pa.Array:
    """Full names; (n,)."""
    return lookup((number * 7919) % len(FULL_NAMES), FULL_NAMES)


def emails(number: np.ndarray, is_new: np.ndarray | None = None) -> pa.Array:
    """Addresses, different for different people; (n,)."""
    changed = np.zeros(len(number), np.int64) if is_new is None else is_new
    head = coded(changed.astype(np.int64), ["user", "new.user"])
    domain = coded(number % len(DOMAINS), DOMAINS)
    return joined(head, digits(number, 9), coded(number * 0, ["@"]), domain)
