"""The given facts of one chunk of the account's life."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import chance
from .clock import DAY

ACCOUNT = 2**31 - 1
"""Chunk number of what belongs to no customer."""


@dataclass(frozen=True)
class World:
    """Seed and time span of the life; which customers this chunk holds.

    `start` and `end` are seconds UTC, the end excluded. `first` is the number of the
    chunk's first customer, `count` how many it holds.
    """

    seed: int
    start: int
    end: int
    chunk: int
    first: int
    count: int

    def rng(self, purpose: str) -> np.random.Generator:
        """The chunk's own stream for one purpose."""
        return chance.stream(self.seed, self.chunk, purpose)

    def salt(self, purpose: str) -> np.uint64:
        """The account's constant for one kind of id."""
        return chance.salt(self.seed, purpose)

    def numbers(self, local: np.ndarray) -> np.ndarray:
        """Positions within the chunk to numbers unique in the account; uint64 (n,)."""
        return local.astype(np.uint64) | np.uint64(self.chunk << 32)

    @property
    def days(self) -> int:
        """Length of the life in days."""
        return (self.end - self.start) // DAY

    @property
    def euro_account_since(self) -> int:
        """When the euro bank account was added: after a quarter of the life."""
        return self.start + self.days // 4 * DAY
