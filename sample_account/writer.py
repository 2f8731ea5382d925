"""Parquet files, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from .errors import AccountError

PARTIAL = ".partial"
SHORT_DICTIONARY = 256


@contextlib.contextmanager
def whole_directory(target: Path) -> Iterator[Path]:
    """A sibling to write into; takes the target's place only if all goes well."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AccountError(
            f"The folder {target.parent} cannot be made ({error.strerror}):"
            " choose another --output."
        ) from error
    _clear_leftovers(target)
    partial = target.with_name(f".{target.name}{PARTIAL}-{os.getpid()}")
    partial.mkdir()
    try:
        yield partial
        _replace(partial, target)
    except OSError as error:
        raise AccountError(
            f"Could not write the account beside {target} ({error.strerror or error}):"
            " free disk space or choose another --output."
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _clear_leftovers(target: Path) -> None:
    """Remove what killed runs left behind."""
    for folder in target.parent.glob(f".{target.name}{PARTIAL}-*"):
        process = folder.name.rpartition(f"{PARTIAL}-")[2].partition("-")[0]
        if not process.isdigit() or not _is_alive(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    """Whether another process of that number runs."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _replace(partial: Path, target: Path) -> None:
    """Put partial in the place of target, which may exist."""
    old = partial.with_name(partial.name + "-old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    try:
        partial.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_part(folder: Path, part: int, table: pa.Table) -> int:
    """One part file of one table; returns its number of rows. Empty: no file."""
    if table.num_rows == 0:
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    coded = [f.name for f in table.schema if pa.types.is_dictionary(f.type)]
    pq.write_table(
        _small_dictionaries(table),
        folder / f"part-{part:05d}.parquet",
        compression="snappy",
        use_dictionary=coded,
        dictionary_pagesize_limit=2**24,
        store_schema=False,
        row_group_size=2**20,
    )
    return table.num_rows


def _small_dictionaries(table: pa.Table) -> pa.Table:
    """Dictionaries only where they are short; others are left to the file's writer.

    A dictionary is written whole, even if few rows refer to it.
    """
    for place, field in enumerate(table.schema):
        if not pa.types.is_dictionary(field.type):
            continue
        column = table.column(place)
        if max(len(chunk.dictionary) for chunk in column.chunks) > SHORT_DICTIONARY:
            table = table.set_column(place, field.name, column.cast(pa.string()))
    return table.unify_dictionaries()
