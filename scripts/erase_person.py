"""Erase a person from what dbt built: marts, kept tables, snapshots, serving copy.

Says what it found where, and with --yes erases it: e-mail, names, addresses, telephone,
free texts and card numbers become null; ids and amounts stay, for sums need them. All
of a database in one transaction. Segment's tables are yours: while they hold the
person, --yes is refused, for the next build would bring it back. docs/security.md says
more.
Exit codes: 0 said or erased, 1 not (a sentence says why), 3 a refresh is running.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from dashboards.warehouse.serving import (
    ServingError,
    marts_schema,
    publish,
    remove,
    serving_path,
    warehouse_path,
)
from erasure.database import Database, ErasureError, duckdb_file, postgres
from erasure.erase import Erasure, Found
from erasure.person import Person, find_person
from scripts.refresh import REFUSED, Busy, lock_path, only_refresh

SHOWN = 10


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.erase_person",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--target", default="duckdb", help="duckdb or postgres")
    add("--customer", action="append", default=[], help="cus_…, again for more")
    add("--email", action="append", default=[], help="all who have this address")
    add("--column", action="append", default=[], help="a personal one of your own")
    add("--yes", action="store_true", help="erase; without it nothing is changed")
    options = parser.parse_args(given)
    try:
        check(options)
        with only_refresh(lock_path(options.target)):
            erase(options)
    except ErasureError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except ServingError as error:
        print(f"error: {error} Ask again.", file=sys.stderr)
        return 1
    except Busy as busy:
        print(f"error: {busy}", file=sys.stderr)
        return REFUSED
    return 0


def check(options: argparse.Namespace) -> None:
    if options.target not in ("duckdb", "postgres"):
        raise ErasureError(
            f"on {options.target} nothing is erased by this command: follow the steps "
            'by hand in docs/security.md, "On other engines".'
        )
    if not options.customer and not options.email:
        raise ErasureError(
            'nobody is named: make erase ARGS="--customer cus_…" or --email.'
        )


def warehouse(target: str) -> AbstractContextManager[Database]:
    if target == "postgres":
        return postgres(marts_schema())
    return duckdb_file(warehouse_path(), marts_schema())


def erase(options: argparse.Namespace) -> None:
    """Say who and where, and erase it, if told to: first of the copy that is shown."""
    with warehouse(options.target) as database:
        person = find_person(database, options.customer, options.email)
        erasure = Erasure(person, options.column)
        say_who(person)
        raw = erasure.look(database, views=True)
        if not options.yes:
            say_where("Would be erased", erasure.look(database))
            say_where("Still in what dbt reads of Segment's tables", raw)
            print("Nothing was changed: --yes erases.")
            return
        if raw:
            raise ErasureError(
                f"Segment's tables still hold the person ({in_short(raw)}), and the "
                "next build would bring it back: delete it there first, as "
                "docs/security.md says; nothing was changed."
            )
        found = erasure.erase(database)
        if options.target == "duckdb":
            erase_from_copy(erasure, serving_path())
    say_where("Erased", found)


def erase_from_copy(erasure: Erasure, copy: Path) -> None:
    """Put a copy without the person in place of the one that is shown, if there is one.

    What is shown stays the build that it was. The file is written anew, for what DuckDB
    changes in place can still be read in the file.
    """
    if not copy.exists():
        return
    with beside(copy) as changed:
        with duckdb_file(changed, marts_schema()) as database:
            erasure.erase(database)
        publish(changed, copy, marts_schema())
    print(f"Written anew: {copy}.")


@contextmanager
def beside(copy: Path) -> Iterator[Path]:
    """A copy of a file for as long as the block lasts."""
    changed = copy.with_name(f"{copy.name}.erasing")
    try:
        shutil.copy(copy, changed)
        yield changed
    finally:
        remove(changed)


def say_who(person: Person) -> None:
    for kind, of_kind in (
        ("Customers", person.customers),
        ("Users", person.users),
        ("Devices", person.devices),
        ("Addresses", person.emails),
        ("Addresses that others have too, and keep", person.emails - person.addresses),
    ):
        if of_kind:
            more = f" and {len(of_kind) - SHOWN} more" if len(of_kind) > SHOWN else ""
            print(f"{kind}: {', '.join(sorted(of_kind)[:SHOWN])}{more}")


def say_where(what: str, found: Sequence[Found]) -> None:
    print(f"{what}: {'nothing' if not found else ''}".rstrip())
    for one in found:
        name = f"{one.table.schema}.{one.table.name}"
        print(f"  {name}: {one.rows} rows ({', '.join(one.columns)})")


def in_short(found: Sequence[Found]) -> str:
    return ", ".join(f"{one.rows} rows of {one.table.name}" for one in found)


if __name__ == "__main__":
    sys.exit(main())
