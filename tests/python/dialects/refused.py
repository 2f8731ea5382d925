"""What each warehouse refuses, or answers otherwise, that its parser lets pass.

sqlglot reads more than any warehouse does, so a statement that it parses is walked:
node by node against the constructs of refused.yml, and name by name against the
functions and types that the warehouse documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import sqlglot
import yaml
from sqlglot import exp
from sqlglot.tokens import TokenType

from dialects.constructs import CONSTRUCTS
from dialects.words import FUNCTIONS, RESERVED, TYPES

AT_TIME_ZONE = re.compile(r"\bat\s+time\s+zone\b", re.IGNORECASE)
LISTS = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text())
# Warehouse -> construct -> page that says so.
PAGES = {
    dialect: {name: one["root"] + page for name, (page, _) in one["constructs"].items()}
    for dialect, one in LISTS.items()
}


def refused(sql: str, dialect: str) -> list[str]:
    """What the warehouse refuses of a statement, each named once."""
    try:
        tree = sqlglot.parse_one(sql, read=dialect)
    except sqlglot.ParseError as error:
        return [f"does not parse: {str(error).splitlines()[0]}"]
    found = [
        f"{name} ({page})"
        for node in tree.walk()
        for name, page in PAGES[dialect].items()
        if CONSTRUCTS[name](node)
    ]
    if dialect == "databricks" and AT_TIME_ZONE.search(sql):
        # sqlglot reads from_utc_timestamp as one.
        found.append("at time zone")
    found += [f"function {name}" for name in functions(sql, dialect)]
    found += [f"type {name}" for name in types(sql, dialect)]
    found += [f"reserved word {name}" for name in reserved_names(tree, dialect)]
    if dialect in ("bigquery", "redshift"):
        found += [f"union of neither kind: {name}" for name in unions(sql, dialect)]
    return list(dict.fromkeys(found))


def functions(sql: str, dialect: str) -> Iterator[str]:
    """Names before a parenthesis that are no function of the warehouse."""
    tokens = sqlglot.tokenize(sql, read=dialect)
    for token, following in pairwise(tokens):
        if (
            following.token_type == TokenType.L_PAREN
            and token.token_type != TokenType.IDENTIFIER
            and re.fullmatch(r"[A-Za-z_]\w*", token.text)
            and token.text.lower() not in FUNCTIONS[dialect]
        ):
            yield token.text.lower()


def types(sql: str, dialect: str) -> Iterator[str]:
    """Types, after the `as` of a cast, that the warehouse does not have."""
    every = set().union(*TYPES.values())
    ends = (TokenType.L_PAREN, TokenType.R_PAREN)
    tokens = sqlglot.tokenize(sql, read=dialect)
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        name = token.text.lower()
        is_cast = before.token_type == TokenType.ALIAS and after.token_type in ends
        if is_cast and name in every and name not in TYPES[dialect]:
            yield name


def reserved_names(tree: exp.Expression, dialect: str) -> Iterator[str]:
    """Names without quotes that are words of the warehouse's own."""
    for identifier in tree.find_all(exp.Identifier):
        if not identifier.quoted and identifier.name.lower() in RESERVED[dialect]:
            yield identifier.name.lower()


def unions(sql: str, dialect: str) -> Iterator[str]:
    """Unions that are not `all`: BigQuery wants a word, Redshift knows no distinct."""
    tokens = sqlglot.tokenize(sql, read=dialect)
    for token, following in pairwise(tokens):
        word = following.text.lower()
        bare = word not in ("all", "distinct")
        if token.token_type == TokenType.UNION and (
            bare if dialect == "bigquery" else word == "distinct"
        ):
            yield f"union {word}"
