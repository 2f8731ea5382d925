"""Chance: random streams per chunk and purpose, and hashes per object."""

from __future__ import annotations

import zlib

import numpy as np

_MASK = np.uint64(0xFFFFFFFFFFFFFFFF)


def stream(seed: int, chunk: int, purpose: str) -> np.random.Generator:
    """An independent generator for one chunk and one purpose."""
    key = zlib.crc32(purpose.encode())
    sequence = np.random.SeedSequence(entropy=seed, spawn_key=(chunk, key))
    return np.random.Generator(np.random.PCG64(sequence))


def salt(seed: int, purpose: str) -> np.uint64:
    """A 64-bit constant for one seed and purpose."""
    word = zlib.crc32(purpose.encode()) << 32 | (seed & 0xFFFFFFFF)
    return mix(np.array([word], dtype=np.uint64))[0]


def mix(value: np.ndarray) -> np.ndarray:
    """Scramble uint64 one-to-one (the finalizer of splitmix64); (n,)."""
    with np.errstate(over="ignore"):
        value = value + np.uint64(0x9E3779B97F4A7C15)
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return value ^ (value >> np.uint64(31))


def uniform(bits: np.ndarray) -> np.ndarray:
    """uint64 to floats in [0, 1); (n,)."""
    return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53


def pick(
    rng: np.random.Generator, weights: list[float] | np.ndarray, size: int
) -> np.ndarray:
    """Codes 0..k-1 drawn with the given weights; int64 (size,)."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.searchsorted(edges / edges[-1], rng.random(size), side="right")
