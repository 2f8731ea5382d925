"""What each warehouse refuses, or answers otherwise, that its parser lets pass.

sqlglot reads more than any warehouse does, so a statement that it parses is walked:
node by node against the constructs below, and name by name against the functions and
types that the warehouse documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

from dialects.words import FUNCTIONS, RESERVED, TYPES

SNOWFLAKE = "https://docs.snowflake.com/en/sql-reference/"
BIGQUERY = "https://cloud.google.com/bigquery/docs/reference/standard-sql/"
REDSHIFT = "https://docs.aws.amazon.com/redshift/latest/dg/"
DATABRICKS = "https://docs.databricks.com/en/sql/language-manual/"
TRINO = "https://trino.io/docs/current/"
# As sqlglot names the weeks of Snowflake and of BigQuery.
WEEKS = ("WEEK", "SUNDAY")
AT_TIME_ZONE = re.compile(r"\bat\s+time\s+zone\b", re.IGNORECASE)


@dataclass(frozen=True)
class Construct:
    """Something that a warehouse does not do, and where its documentation says so."""

    name: str
    page: str
    found: Callable[[exp.Expression], bool]


def is_a(*kinds: type[exp.Expression]) -> Callable[[exp.Expression], bool]:
    return lambda node: isinstance(node, kinds)


def is_wide_numeric(node: exp.Expression) -> bool:
    """NUMERIC(P, S) with more than 29 digits before the point."""
    if not isinstance(node, exp.DataType) or node.this != exp.DataType.Type.DECIMAL:
        return False
    sizes = [int(size.name) for size in node.expressions]
    return bool(sizes) and sizes[0] - (sizes[1] if len(sizes) > 1 else 0) > 29


def is_bare_decimal(node: exp.Expression) -> bool:
    return (
        isinstance(node, exp.DataType)
        and node.this == exp.DataType.Type.DECIMAL
        and not node.expressions
    )


def is_short_text(node: exp.Expression) -> bool:
    """text, or varchar without a length: varchar(256)."""
    texts = (exp.DataType.Type.TEXT, exp.DataType.Type.VARCHAR)
    return (
        isinstance(node, exp.DataType)
        and node.this in texts
        and not node.expressions
        and not isinstance(node.parent.this, exp.Null | exp.Literal)
    )


def is_frameless_total(node: exp.Expression) -> bool:
    """An aggregate over an ordered window that does not say its frame."""
    ranking = (exp.Lag, exp.Lead, exp.RowNumber, exp.Rank, exp.DenseRank)
    return (
        isinstance(node, exp.Window)
        and isinstance(node.this, exp.AggFunc)
        and not isinstance(node.this, ranking)
        and node.args.get("order") is not None
        and node.args.get("spec") is None
    )


def is_ranged_with_nulls_last(node: exp.Expression) -> bool:
    """Ascending with nulls last, or descending with nulls first, in a range."""
    if not isinstance(node, exp.Window) or not is_frameless_total(node):
        return False
    return any(
        ordered.args.get("nulls_first") is bool(ordered.args.get("desc"))
        for ordered in node.args["order"].expressions
    )


def is_lag_with_default(node: exp.Expression) -> bool:
    return isinstance(node, exp.Lag | exp.Lead) and bool(node.args.get("default"))


def is_extreme_boolean(node: exp.Expression) -> bool:
    """max or min of a column that is named as booleans are here."""
    return (
        isinstance(node, exp.Max | exp.Min)
        and isinstance(node.this, exp.Column)
        and node.this.name.startswith(("is_", "has_"))
    )


def is_filter_without_rows(node: exp.Expression) -> bool:
    return (
        isinstance(node, exp.Select)
        and node.args.get("where") is not None
        and not (node.args.get("from") or node.args.get("from_"))
    )


def is_epoch_of_interval(node: exp.Expression) -> bool:
    return isinstance(node, exp.Extract) and isinstance(
        node.expression.unnest(), exp.Sub
    )


def is_kept_apart(node: exp.Expression) -> bool:
    return isinstance(node, exp.CTE) and node.args.get("materialized") is not None


def is_uncounted_interval(node: exp.Expression) -> bool:
    """A number of days that is computed in floating point."""
    kinds = (exp.DateAdd, exp.TsOrDsAdd, exp.TimestampAdd, exp.DatetimeAdd)
    if not isinstance(node, kinds) or node.expression is None:
        return False
    amount = node.expression
    amount = amount.this if isinstance(amount, exp.Interval) else amount
    whole = (exp.Cast, exp.Literal, exp.Neg)
    return amount is not None and not isinstance(amount.unnest(), whole)


def is_datetime(node: exp.Expression) -> bool:
    """What dbt's dateadd makes, where it is not cast: it compares with no timestamp."""
    return isinstance(node, exp.DatetimeAdd) and not isinstance(
        node.parent, exp.Cast | exp.DatetimeDiff
    )


def is_zone_of_plain(node: exp.Expression) -> bool:
    """AT TIME ZONE of what is not known to have a zone."""
    zoned = ("with_timezone", "from_unixtime_nanos")
    return (
        isinstance(node, exp.AtTimeZone)
        and not isinstance(node.this.unnest(), exp.Column)
        and node.this.name.lower() not in zoned
    )


def is_cut_moment(node: exp.Expression) -> bool:
    """timestamp without a precision, of what may have microseconds."""
    return (
        isinstance(node, exp.Cast)
        and node.to.this == exp.DataType.Type.TIMESTAMP
        and not node.to.expressions
        and not isinstance(node.this, exp.Literal | exp.Null)
        and not whole_days(node)
    )


def whole_days(node: exp.Expression) -> bool:
    """Whether a cast stands where days are counted, which have no microseconds."""
    return isinstance(node.parent, exp.Cast) and node.parent.is_type("date")


def is_quotient_of_wide(node: exp.Expression) -> bool:
    """A quotient of whole decimals, of which the engine keeps no places."""
    return (
        isinstance(node, exp.Div)
        and isinstance(node.parent, exp.Round)
        and any(cast.to.this == exp.DataType.Type.DECIMAL for cast in casts(node))
    )


def is_week_of_the_engine(node: exp.Expression) -> bool:
    """A week that begins on Sunday, or as the account says."""
    kinds = (exp.DateTrunc, exp.TimestampTrunc, exp.DatetimeTrunc)
    return isinstance(node, kinds) and node.args["unit"].name.upper() in WEEKS


def casts(node: exp.Expression) -> Iterator[exp.Cast]:
    return node.find_all(exp.Cast)


def is_distinct_on(node: exp.Expression) -> bool:
    return isinstance(node, exp.Distinct) and node.args.get("on") is not None


OF_ALL = [
    ("distinct on", is_distinct_on),
    ("with recursive", lambda node: isinstance(node, exp.With) and node.recursive),
    ("lateral", is_a(exp.Lateral)),
    ("materialized of a CTE", is_kept_apart),
    ("collate", is_a(exp.Collate)),
    (">>", is_a(exp.BitwiseRightShift)),
    ("~", is_a(exp.RegexpILike)),
]
SELECT = {
    "snowflake": SNOWFLAKE + "constructs",
    "bigquery": BIGQUERY + "query-syntax",
    "redshift": REDSHIFT + "r_SELECT_synopsis.html",
    "databricks": DATABRICKS + "sql-ref-syntax-qry-select.html",
    "trino": TRINO + "sql/select.html",
}
CONSTRUCTS = {
    "snowflake": [
        Construct(
            "at time zone",
            SNOWFLAKE + "functions/convert_timezone",
            is_a(exp.AtTimeZone),
        ),
        Construct("filter", SNOWFLAKE + "functions-aggregation", is_a(exp.Filter)),
        Construct(
            "week that the account begins",
            SNOWFLAKE + "functions-date-time#calendar-weeks-and-weekdays",
            is_week_of_the_engine,
        ),
    ],
    "bigquery": [
        Construct(
            "at time zone", BIGQUERY + "timestamp_functions", is_a(exp.AtTimeZone)
        ),
        Construct(
            "numeric of more than 29 digits before the point",
            BIGQUERY + "data-types#parameterized_decimal_type",
            is_wide_numeric,
        ),
        Construct(
            "numeric without size: nine places",
            BIGQUERY + "data-types#decimal_types",
            is_bare_decimal,
        ),
        Construct("filter", BIGQUERY + "aggregate-function-calls", is_a(exp.Filter)),
        Construct(
            "datetime beside a timestamp",
            BIGQUERY + "conversion_rules",
            is_datetime,
        ),
        Construct(
            "where without from",
            BIGQUERY + "query-syntax#where_clause",
            is_filter_without_rows,
        ),
        Construct(
            "nulls last of an ascending range",
            BIGQUERY + "window-function-calls#def_window_spec",
            is_ranged_with_nulls_last,
        ),
        Construct(
            "interval of a floating-point number",
            BIGQUERY + "interval_functions",
            is_uncounted_interval,
        ),
        Construct(
            "week that begins on Sunday",
            BIGQUERY + "timestamp_functions#timestamp_trunc",
            is_week_of_the_engine,
        ),
    ],
    "redshift": [
        Construct(
            "text of 256 bytes",
            REDSHIFT + "r_Character_types.html",
            is_short_text,
        ),
        Construct(
            "numeric without size: numeric(18, 0)",
            REDSHIFT + "r_Numeric_types201.html",
            is_bare_decimal,
        ),
        Construct(
            "quotient of wide decimals",
            REDSHIFT + "r_numeric_computations201.html",
            is_quotient_of_wide,
        ),
        Construct(
            "window without a frame",
            REDSHIFT + "r_Window_function_synopsis.html",
            is_frameless_total,
        ),
        Construct("lag with default", REDSHIFT + "r_WF_LAG.html", is_lag_with_default),
        Construct("max of a boolean", REDSHIFT + "r_MAX.html", is_extreme_boolean),
        Construct(
            "epoch of an interval",
            REDSHIFT + "r_EXTRACT_function.html",
            is_epoch_of_interval,
        ),
        Construct(
            "filter",
            REDSHIFT + "c_unsupported-postgresql-features.html",
            is_a(exp.Filter),
        ),
        Construct(
            "interval of a floating-point number",
            REDSHIFT + "r_DATEADD_function.html",
            is_uncounted_interval,
        ),
    ],
    "databricks": [
        Construct(
            "interval of a floating-point number",
            DATABRICKS + "functions/timestampadd.html",
            is_uncounted_interval,
        ),
    ],
    "trino": [
        Construct(
            "at time zone of a plain timestamp",
            TRINO + "functions/datetime.html#time-zone-conversion",
            is_zone_of_plain,
        ),
        Construct(
            "timestamp of milliseconds",
            TRINO + "language/types.html#timestamp-p",
            is_cut_moment,
        ),
        Construct(
            "quotient of wide decimals",
            TRINO + "functions/decimal.html#binary-arithmetic-decimal-operators",
            is_quotient_of_wide,
        ),
        Construct(
            "interval of a floating-point number",
            TRINO + "functions/datetime.html#interval-functions",
            is_uncounted_interval,
        ),
    ],
}
for dialect, page in SELECT.items():
    CONSTRUCTS[dialect] += [Construct(name, page, found) for name, found in OF_ALL]


def refused(sql: str, dialect: str) -> list[str]:
    """What the warehouse refuses of a statement, each named once."""
    try:
        tree = sqlglot.parse_one(sql, read=dialect)
    except sqlglot.ParseError as error:
        return [f"does not parse: {str(error).splitlines()[0]}"]
    found = [
        f"{construct.name} ({construct.page})"
        for node in tree.walk()
        for construct in CONSTRUCTS[dialect]
        if construct.found(node)
    ]
    if dialect == "databricks" and AT_TIME_ZONE.search(sql):
        # sqlglot reads from_utc_timestamp as one.
        found.append(f"at time zone ({DATABRICKS}functions/from_utc_timestamp.html)")
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
