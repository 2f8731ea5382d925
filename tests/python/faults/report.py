"""The table of faults and of what noticed them."""

from __future__ import annotations

from collections.abc import Mapping

from faults.records import DataFault, Fault
from faults.warehouse import Warehouse


def verdict(
    warehouse: Warehouse, fault: Fault, by_all: bool = False
) -> tuple[str, str]:
    """What noticed a fault, in words, and what is wrong with that ('' for nothing).

    by_all: every test on what depends on the fault is run, not only those it names.
    """
    if isinstance(fault, DataFault) and not fault.caught_by:
        return handled_verdict(warehouse, fault)
    said = warehouse.noticed(fault, () if by_all else fault.caught_by)
    missing = [
        name
        for name in fault.caught_by
        if not any(test.startswith(name) for test in said)
    ]
    if missing and not by_all:
        return verdict(warehouse, fault, by_all=True)
    words = ", ".join(f"{name} ({severity})" for name, severity in said.items())
    if not said:
        return words, "nothing noticed it"
    return words, f"not noticed by {', '.join(missing)}" if missing else ""


def handled_verdict(warehouse: Warehouse, fault: DataFault) -> tuple[str, str]:
    """The same for a fault that is to change nothing but what is written down."""
    before = {mart: rows(warehouse, mart) for mart in fault.unchanged}
    if not (fault.unchanged or fault.holds):
        return "", "nothing says what must hold"
    with warehouse.injected(fault) as said:
        wrong = [f"{name} failed" for name, how in said.items() if how == "error"]
        wrong += [
            f"{mart} changed"
            for mart in before
            if rows(warehouse, mart) != before[mart]
        ]
        wrong += [
            f"not true: {query}"
            for query in fault.holds
            if warehouse.connection.execute(query).fetchone() != (True,)
        ]
    return f"handled: {fault.handled}", "; ".join(wrong)


def rows(warehouse: Warehouse, mart: str) -> list[tuple]:
    """All rows of a mart, in order."""
    return warehouse.connection.execute(
        f"select * from analytics.{mart} order by all"
    ).fetchall()


def table(verdicts: Mapping[Fault, tuple[str, str]]) -> str:
    """One line per fault, and how many of them are noticed or handled."""
    lines = []
    for fault, (words, wrong) in verdicts.items():
        lines.append(f"{fault.name}: {words}")
        if wrong:
            lines.append(f"    WRONG: {wrong}")
    noticed = sum(1 for _, wrong in verdicts.values() if not wrong)
    return "\n".join(
        [*lines, f"{noticed} of {len(verdicts)} faults noticed or handled"]
    )
