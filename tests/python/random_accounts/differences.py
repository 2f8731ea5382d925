"""Where two computations of the same mart disagree."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]
MOST = 12


def differences(
    mart: str, keys: Sequence[str], expected: Rows, found: Rows
) -> Iterator[str]:
    """One line per row that is too many or missing, and per value that differs.

    A value also differs where its type does: 1 is no True, 1.0 no Decimal.
    """
    expected_by_key = by_key(keys, expected)
    found_by_key = by_key(keys, found)
    for key in expected_by_key.keys() | found_by_key.keys():
        name = f"{mart} {dict(zip(keys, map(str, key), strict=True))}"
        wanted, got = expected_by_key.get(key, []), found_by_key.get(key, [])
        if len(wanted) != len(got):
            yield f"{name}: expected {len(wanted)} rows, found {len(got)}"
            continue
        for left, right in zip(wanted, got, strict=True):
            if left.keys() != right.keys():
                yield f"{name}: columns differ: {sorted(left.keys() ^ right.keys())}"
            for column in left.keys() & right.keys():
                if not same(left[column], right[column]):
                    values = f"expected {left[column]!s}, found {right[column]!s}"
                    yield f"{name} {column}: {values}"


def same(left: Any, right: Any) -> bool:
    """Equal, and of the same type."""
    return type(left) is type(right) and left == right


def by_key(keys: Sequence[str], rows: Rows) -> dict[tuple, list[Mapping[str, Any]]]:
    """Rows by the values of their key; several where the key is not unique."""
    found: dict[tuple, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(tuple(row[key] for key in keys), []).append(row)
    return found


def report(lines: Sequence[str]) -> str:
    """The first of the differences, as a test prints them."""
    more = [f"... and {len(lines) - MOST} more"] if len(lines) > MOST else []
    return "\n".join([*sorted(lines)[:MOST], *more])
