"""A letter as one HTML file: all style within its elements, for programs that read mail
know little more; nothing in it is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from alerts.alert import Alert
from digest.as_text import word
from digest.letter import Cell, Letter, Table

INK, FAINT, RULE = "#1a1a1a", "#5c5c5c", "#d9d9d9"
BETTER, WORSE = "#1a6b34", "#a3241a"
FONT = "font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
# Where it is known, for phones and paper; mail without it reads well too.
STYLE = """\
@media (max-width: 480px) { td, th { font-size: 12px !important; } }
@media print { body { padding: 0 !important; } table, ul { break-inside: avoid; }
  h2, h3 { break-after: avoid; } }
"""


def as_html(letter: Letter) -> str:
    return "\n".join(lines(letter)) + "\n"


def lines(letter: Letter) -> Iterator[str]:
    title = escape(letter.title)
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light">'
    yield f"<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>"
    yield (
        f'<body style="margin: 0 auto; padding: 16px; max-width: 640px; {FONT}; '
        f'font-size: 14px; line-height: 1.45; color: {INK}; background: #ffffff">'
    )
    yield f'<h1 style="margin: 0 0 4px; font-size: 22px">{title}</h1>'
    yield from (paragraph(line) for line in letter.lines)
    yield from alerts(letter.alerts)
    for part in letter.parts:
        yield heading(2, part.title)
        for table in part.tables:
            yield heading(3, table.title)
            yield "\n".join(rows(table))
            if table.note:
                yield paragraph(table.note)
    yield "</body>\n</html>"


def alerts(found: Sequence[Alert]) -> Iterator[str]:
    yield heading(2, "Alerts")
    if not found:
        yield paragraph("None stands.")
        return
    yield '<ul style="margin: 0; padding: 0 0 0 20px">'
    for alert in found:
        yield f'<li style="margin: 0 0 4px">{linked(alert)}</li>'
    yield "</ul>"


def linked(alert: Alert) -> str:
    """A link to its rows, where people are told an address of the dashboards."""
    says = escape(alert.says)
    if not alert.is_reachable:
        return says
    return f'{says} <a href="{escape(alert.address)}" style="color: {INK}">Rows</a>'


def heading(level: int, text: str) -> str:
    size, above = {2: (18, 28), 3: (14, 18)}[level]
    style = f"margin: {above}px 0 6px; font-size: {size}px"
    return f'<h{level} style="{style}">{escape(text)}</h{level}>'


def paragraph(text: str) -> str:
    return f'<p style="margin: 0 0 4px; color: {FAINT}">{escape(text)}</p>'


def rows(table: Table) -> Iterator[str]:
    yield (
        '<table cellpadding="0" cellspacing="0" border="0" width="100%" '
        'style="border-collapse: collapse; font-size: 13px">'
    )
    yield row("th", [Cell(text) for text in table.header])
    yield from (row("td", cells) for cells in table.rows)
    yield "</table>"


def row(tag: str, cells: Sequence[Cell]) -> str:
    return f"<tr>{''.join(cell_of(tag, *one) for one in enumerate(cells))}</tr>"


def cell_of(tag: str, place: int, cell: Cell) -> str:
    """Short, for some programs cut mail off that is longer than 100 KB."""
    colour = {True: BETTER, False: WORSE, None: FAINT if tag == "th" else INK}[
        cell.good
    ]
    scope = ' scope="col"' if tag == "th" else ""
    align, left = ("right", 10) if place else ("left", 0)
    style = f"padding:4px 0 4px {left}px;border-bottom:1px solid {RULE};color:{colour}"
    text = escape(cell.text)
    if cell.good is not None:
        text += f" {word(cell)}"
    return f'<{tag}{scope} align="{align}" style="{style}">{text}</{tag}>'
