"""A letter as plain text: for mail that has no HTML, for terminals and for chats."""

from __future__ import annotations

from collections.abc import Iterator

from digest.letter import Cell, Letter, Table
from semantic_layer.table import aligned


def as_text(letter: Letter) -> str:
    return "\n".join(lines(letter)) + "\n"


def lines(letter: Letter) -> Iterator[str]:
    yield from (letter.title, "=" * len(letter.title), "", *letter.lines)
    yield from ("", f"Alerts: {len(letter.alerts) or 'none'}")
    for alert in letter.alerts:
        yield f"* {alert.says}"
    for part in letter.parts:
        yield from ("", part.title, "=" * len(part.title))
        for table in part.tables:
            yield from ("", table.title, "", in_columns(table))
            if table.note:
                yield from ("", table.note)


def in_columns(table: Table) -> str:
    rows = [[marked(cell) for cell in row] for row in table.rows]
    right = [False, *(True for _ in table.header[1:])]
    return aligned([table.header, *rows], right)


def marked(cell: Cell) -> str:
    """Where paper and chats have no colours."""
    return cell.text if cell.good is None else f"{cell.text} {word(cell)}"


def word(cell: Cell) -> str:
    return "(better)" if cell.good else "(worse)"
