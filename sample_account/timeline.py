"""Values that change in time, read at any moment for any object at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from .clock import NEVER

_BIG = 2**40


class Timeline:
    """Dated values of objects; the latest not after a moment holds.

    Of values with the same moment the one given last wins. Moments of NEVER are
    dropped.
    """

    def __init__(
        self, parent: np.ndarray, moment: np.ndarray, value: np.ndarray | None = None
    ) -> None:
        real = moment < NEVER
        keys = parent[real] * _BIG + moment[real]
        order = np.argsort(keys, kind="stable")
        self.keys = keys[order]
        self.value = None if value is None else value[real][order]

    def _place(self, parent: np.ndarray, moment: np.ndarray) -> tuple[Any, Any]:
        """Position of the last entry not after the moment, and if there is one."""
        until = np.clip(moment, -1, _BIG - 1)
        place = np.searchsorted(self.keys, parent * _BIG + until, side="right") - 1
        if len(self.keys) == 0:
            return np.zeros(len(parent), np.int64), np.zeros(len(parent), bool)
        found = (place >= 0) & (self.keys[np.maximum(place, 0)] >= parent * _BIG)
        return np.maximum(place, 0), found

    def at(self, parent: np.ndarray, moment: np.ndarray, default: Any) -> np.ndarray:
        """The value that holds, `default` before the first; (n,)."""
        place, found = self._place(parent, moment)
        if len(self.keys) == 0:
            return np.full(len(parent), default)
        return np.where(found, self.value[place], default)

    def last(self, parent: np.ndarray, moment: np.ndarray) -> np.ndarray:
        """Moment of the last change not after the given moment, -1 if none; (n,)."""
        place, found = self._place(parent, moment)
        if len(self.keys) == 0:
            return np.full(len(parent), -1)
        return np.where(found, self.keys[place] % _BIG, -1)

    def total(self, parent: np.ndarray, moment: np.ndarray) -> np.ndarray:
        """Sum of the object's values up to a moment; (n,)."""
        sums = np.concatenate([[0], np.cumsum(self.value)])
        until = np.clip(moment, -1, _BIG - 1)
        high = np.searchsorted(self.keys, parent * _BIG + until, side="right")
        low = np.searchsorted(self.keys, parent * _BIG, side="left")
        return sums[np.maximum(high, low)] - sums[low]
