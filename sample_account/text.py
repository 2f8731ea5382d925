"""Text columns without Python strings: built in byte matrices and dictionaries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .chance import mix

_ALPHABET = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefgh"
_PAIRS = np.array([[a, b] for a in _ALPHABET for b in _ALPHABET], dtype=np.uint8).view(
    np.uint16
)[:, 0]
_HEX = np.array([list(f"{i:02x}".encode()) for i in range(256)], dtype=np.uint8).view(
    np.uint16
)[:, 0]
_ID_LENGTH = 14


def fixed(matrix: np.ndarray, valid: np.ndarray | None = None) -> pa.Array:
    """Rows of an ASCII byte matrix (n, w) as strings, without a copy."""
    count, width = matrix.shape
    offsets = np.arange(count + 1, dtype=np.int64) * width
    if count * width < 2**31:
        kind, offsets = pa.string(), offsets.astype(np.int32)
    else:
        kind = pa.large_string()
    bitmap = None
    if valid is not None:
        bitmap = pa.py_buffer(np.packbits(valid, bitorder="little"))
    return pa.Array.from_buffers(
        kind,
        count,
        [bitmap, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(matrix))],
    )


def ids(
    prefix: str, salt: np.uint64, number: np.ndarray, valid: np.ndarray | None = None
) -> pa.Array:
    """Stripe-like ids, different for different numbers (uint64); (n,) strings."""
    code = mix(number.astype(np.uint64) ^ salt)
    head = prefix.encode()
    out = np.empty((len(code), len(head) + _ID_LENGTH), dtype=np.uint8)
    out[:, : len(head)] = np.frombuffer(head, dtype=np.uint8)
    ten_bits = np.uint64(1023)
    pairs = np.empty((len(code), 7), dtype=np.uint16)
    for place in range(6):
        pairs[:, place] = _PAIRS[(code >> np.uint64(10 * place)) & ten_bits]
    rest = (code >> np.uint64(60)) | ((code & np.uint64(63)) << np.uint64(4))
    pairs[:, 6] = _PAIRS[rest]
    out[:, len(head) :] = pairs.view(np.uint8)
    return fixed(out, valid)


def uuids(salt: np.uint64, number: np.ndarray) -> pa.Array:
    """Text in the form of a version 4 UUID, one-to-one with number; (n,) strings."""
    low = mix(number.astype(np.uint64) ^ salt)
    high = mix(low ^ np.uint64(0xA5A5A5A5A5A5A5A5))
    out = np.full((len(low), 36), ord("-"), dtype=np.uint8)
    places = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34]
    for byte, place in enumerate(places):
        word = low if byte < 8 else high
        value = (word >> np.uint64(8 * (byte % 8))) & np.uint64(255)
        out[:, place : place + 2] = _HEX[value].view(np.uint8).reshape(-1, 2)
    # the bits that a version would take stay free, so that ids cannot collide
    return fixed(out)


def digits(number: np.ndarray, width: int) -> pa.Array:
    """Numbers with leading zeros; (n,) strings."""
    out = np.empty((len(number), width), dtype=np.uint8)
    rest = np.asarray(number).astype(np.int64)
    for place in range(width - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        out[:, place] = digit + 48
    return fixed(out)


def coded(
    code: np.ndarray, values: Sequence[str | None], valid: np.ndarray | None = None
) -> pa.DictionaryArray:
    """One of few texts per row by its code; None in values is null; (n,)."""
    texts = sorted({value for value in values if value is not None}) or [""]
    place = np.array([0 if v is None else texts.index(v) for v in values])
    empty = np.array([v is None for v in values])
    if empty.any():
        known = ~empty[code]
        valid = known if valid is None else valid & known
    return lookup(place[code], pa.array(texts, pa.string()), valid)


def lookup(
    code: np.ndarray, values: pa.Array, valid: np.ndarray | None = None
) -> pa.DictionaryArray:
    """values[code] as a dictionary column; (n,).

    Equal values are made one: a file's dictionary must not repeat any, or its bytes
    differ from run to run.
    """
    distinct = values.dictionary_encode()
    if len(distinct.dictionary) < len(values):
        code = distinct.indices.to_numpy()[np.where(code < 0, 0, code)]
        values = distinct.dictionary
    mask = None if valid is None else ~valid
    safe = code if valid is None else np.where(valid, code, 0)
    return pa.DictionaryArray.from_arrays(
        pa.array(safe.astype(np.int32), mask=mask), values
    )


def same(value: str, count: int, valid: np.ndarray | None = None) -> pa.Array:
    """One text in every (valid) row; (n,)."""
    return coded(np.zeros(count, dtype=np.int32), [value], valid)


def plain(column: pa.Array) -> pa.Array:
    """A dictionary column as ordinary strings."""
    if pa.types.is_dictionary(column.type):
        return column.dictionary_decode()
    return column


def joined(*parts: pa.Array | str) -> pa.Array:
    """Texts side by side; null where any part is null; (n,) strings."""
    cells = [p if isinstance(p, str) else plain(p) for p in parts]
    return pc.binary_join_element_wise(*cells, "")


def where(condition: np.ndarray, yes: pa.Array, no: pa.Array) -> pa.Array:
    """Text from one of two columns; (n,) strings."""
    return pc.if_else(pa.array(condition), plain(yes), plain(no))


def masked(column: pa.Array, valid: np.ndarray) -> pa.Array:
    """Null where not valid; (n,)."""
    if pa.types.is_dictionary(column.type):
        keep = pc.if_else(pa.array(valid), column.indices, None)
        return pa.DictionaryArray.from_arrays(keep, column.dictionary)
    return pc.if_else(pa.array(valid), column, pa.scalar(None, column.type))
