"""Ids of all objects of a chunk, as text columns."""

from __future__ import annotations

import dataclasses

import numpy as np
import pyarrow as pa

from . import text
from .life import Life
from .payments import NOBODY
from .world import ACCOUNT, World


class Ids:
    """One method per kind of object; positions of -1 become null."""

    def __init__(self, world: World) -> None:
        self.world = world

    def of(
        self, prefix: str, rows: np.ndarray, valid: np.ndarray | None = None
    ) -> pa.Array:
        """Ids with a prefix for positions within the chunk; (n,)."""
        known = rows >= 0 if valid is None else valid & (rows >= 0)
        numbers = self.world.numbers(np.where(known, rows, 0))
        salt = self.world.salt(prefix)
        return text.ids(prefix, salt, numbers, None if known.all() else known)

    def shared(
        self, prefix: str, rows: np.ndarray, valid: np.ndarray | None = None
    ) -> pa.Array:
        """Ids of what the whole account shares, the same in every chunk; (n,)."""
        return Ids(dataclasses.replace(self.world, chunk=ACCOUNT)).of(
            prefix, rows, valid
        )

    def pair(
        self,
        prefixes: tuple[str, str],
        rows: np.ndarray,
        second: np.ndarray,
        valid: np.ndarray | None = None,
    ) -> pa.Array:
        """Ids of which some (second) carry the other spelling; (n,)."""
        first = self.of(prefixes[0], rows, valid)
        if not second.any():
            return first
        return text.where(second, self.of(prefixes[1], rows, valid), first)


class Names(Ids):
    """Ids of the objects of one life."""

    def __init__(self, life: Life) -> None:
        super().__init__(life.world)
        self.life = life

    def customer(self, rows: np.ndarray, valid: np.ndarray | None = None) -> pa.Array:
        """Customers."""
        return self.of("cus_", rows, valid)

    def charge(self, rows: np.ndarray, valid: np.ndarray | None = None) -> pa.Array:
        """Charges, `py_` for payments by bank debit."""
        bank = self.life.charges.is_bank[np.maximum(rows, 0)]
        return self.pair(("ch_", "py_"), rows, bank, valid)

    def refund(self, rows: np.ndarray, valid: np.ndarray | None = None) -> pa.Array:
        """Refunds, `pyr_` for payments by bank debit."""
        charge = self.life.refunds.charge[np.maximum(rows, 0)]
        bank = self.life.charges.is_bank[charge]
        return self.pair(("re_", "pyr_"), rows, bank, valid)

    def dispute(self, rows: np.ndarray, valid: np.ndarray | None = None) -> pa.Array:
        """Disputes, `du_` for some."""
        new = self.life.disputes.is_new_style[np.maximum(rows, 0)]
        return self.pair(("dp_", "du_"), rows, new, valid)

    def subscription(
        self, rows: np.ndarray, valid: np.ndarray | None = None
    ) -> pa.Array:
        """Subscriptions."""
        return self.of("sub_", rows, valid)

    def payment_method(
        self, customer: np.ndarray, order: np.ndarray, valid: np.ndarray | None = None
    ) -> pa.Array:
        """Payment method of the customer, else of the guest's order."""
        size = len(self.life.customers)
        rows = np.where(customer == NOBODY, size + order, customer)
        return self.of("pm_", rows, valid)
