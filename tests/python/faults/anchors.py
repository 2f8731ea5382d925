"""Where a fault goes in: the tokens of its text, wherever they stand now.

Line breaks, blanks, comments, Jinja's dashes and the case of words do not count, so a
model may be laid out anew. A text that has left its model is looked for in all models;
where it stands in just one, the fault goes in there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from faults.records import ROOT, ModelFault

TOKEN = re.compile(
    r"""
    (?P<skipped> \s+ | --[^\n]* | /\*.*?\*/ | {\#.*?\#} )
    | (?P<jinja> {[{%]-? | -?[}%]} )
    | (?P<string> '(?:[^']|'')*' )
    | (?P<word> \w+ )
    | (?P<sign> <> | [<>!]= | \|\| | :: | . )
    """,
    re.VERBOSE | re.DOTALL,
)
# A macro is given SQL as text, so that a fault may be in a part of it.
IN_STRING = re.compile(r"\w+|\S")


@dataclass(frozen=True)
class Token:
    """A token as it is compared, and where it stands in its text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Anchor:
    """The model in which a fault's text stands, and the model's file."""

    model: str
    path: Path


@cache
def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of SQL with Jinja in it, or of a part of that."""
    found: list[Token] = []
    for token in TOKEN.finditer(text):
        start, end = token.span()
        if token.lastgroup == "string":
            found += [
                Token(part.group(), start + part.start(), start + part.end())
                for part in IN_STRING.finditer(token.group())
            ]
        elif token.lastgroup != "skipped":
            found.append(Token(compared(token), start, end))
    return tuple(found)


def compared(token: re.Match[str]) -> str:
    """A token without what does not count."""
    if token.lastgroup == "jinja":
        return token.group().strip("-")
    return token.group().lower()


def words(text: str) -> list[str]:
    """The tokens as they are compared."""
    return [token.text for token in tokens(text)]


def places(old: str, text: str) -> list[tuple[int, int]]:
    """(start, end) of each place in a text at which the tokens of `old` stand."""
    wanted, said, have = words(old), words(text), tokens(text)
    found, start = [], 0
    while start <= len(said) - len(wanted):
        end = start + len(wanted)
        if said[start:end] == wanted:
            found.append((have[start].start, have[end - 1].end))
            start = end
        else:
            start += 1
    return found


def replaced(text: str, old: str, new: str) -> str:
    """The text with `new` wherever the tokens of `old` stand."""
    for start, end in reversed(places(old, text)):
        text = text[:start] + new.strip() + text[end:]
    return text


def faulty_sql(fault: ModelFault) -> str:
    """The file of the fault's model with the fault in it."""
    return replaced(anchor(fault).path.read_text(), fault.old, fault.new)


def anchor(fault: ModelFault, project: Path = ROOT) -> Anchor:
    """Where the fault goes in; a LookupError says where its text may be now."""
    files = model_files(project)

    def holds(model: str) -> bool:
        return bool(places(fault.old, files[model].read_text()))

    if fault.model in files and holds(fault.model):
        return Anchor(fault.model, files[fault.model])
    elsewhere = [model for model in files if holds(model)]
    if len(elsewhere) == 1:
        return Anchor(elsewhere[0], files[elsewhere[0]])
    lost = f"{fault.name}: {fault.model} lacks {' '.join(fault.old.split())!r}"
    if elsewhere:
        raise LookupError(f"{lost}, which stands in {' and '.join(elsewhere)}")
    raise LookupError(f"{lost}; {longest_part(fault.old, project)}")


@cache
def model_files(project: Path) -> dict[str, Path]:
    """The SQL file of each model."""
    return {path.stem: path for path in sorted(project.glob("models/**/*.sql"))}


def longest_part(old: str, project: Path) -> str:
    """Where the longest part of a text stands in models and macros, in words."""
    files = [
        p for part in ("models", "macros") for p in (project / part).rglob("*.sql")
    ]
    wanted = words(old)
    size, at, path = 0, 0, None
    for file in sorted(files):
        matcher = SequenceMatcher(None, wanted, words(file.read_text()), autojunk=False)
        found = matcher.find_longest_match()
        if found.size > size:
            size, at, path = found.size, found.b, file
    if path is None:
        return "nothing like it is left"
    text = path.read_text()
    start, end = tokens(text)[at].start, tokens(text)[at + size - 1].end
    line = text.count("\n", 0, start) + 1
    part = " ".join(text[start:end].split())
    return f"its longest part, {part!r}, stands in {path.relative_to(project)}:{line}"
