"""A bundle of arrays of one length: what one kind of object is, column by column."""

from __future__ import annotations

from typing import Any

import numpy as np


class Frame:
    """Columns as attributes; each an array whose first axis has the same length."""

    def __init__(self, **columns: Any) -> None:
        self.__dict__.update(columns)

    def __len__(self) -> int:
        return len(next(iter(self.__dict__.values())))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    def take(self, rows: np.ndarray) -> Frame:
        """The rows of a mask or of positions."""
        return Frame(**{name: col[rows] for name, col in self.__dict__.items()})

    def set(self, **columns: Any) -> Frame:
        """Add or replace columns in place."""
        self.__dict__.update(columns)
        return self


def stack(frames: list[Frame]) -> Frame:
    """One frame below the other; all have the same columns."""
    names = frames[0].__dict__
    return Frame(
        **{name: np.concatenate([getattr(f, name) for f in frames]) for name in names}
    )


def ragged(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each of sum(counts) children: its parent's position, its rank; (m,), (m,)."""
    parent = np.repeat(np.arange(len(counts)), counts)
    starts = np.cumsum(counts) - counts
    return parent, np.arange(len(parent)) - starts[parent]


def sum_by(parent: np.ndarray, values: np.ndarray, size: int) -> np.ndarray:
    """Exact int64 sums of `values` per parent; shape (size,)."""
    out = np.zeros(size, dtype=np.int64)
    np.add.at(out, parent, values)
    return out


def last_by(
    parent: np.ndarray, moment: np.ndarray, value: np.ndarray, size: int, default: Any
) -> np.ndarray:
    """The value of each parent's latest row, `default` without rows; (size,).

    Of rows at the same moment the one given last wins.
    """
    out = np.full(size, default, dtype=np.asarray(value).dtype)
    order = np.lexsort((np.arange(len(parent)), moment, parent))
    out[parent[order]] = value[order]
    return out
