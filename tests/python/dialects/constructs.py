"""Constructs that some warehouse refuses, found in the tree of a statement.

refused.yml says which warehouse refuses which, by their names at the end of this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlglot import exp

# As sqlglot names the weeks of Snowflake and of BigQuery.
WEEKS = ("WEEK", "SUNDAY")


def is_a(*kinds: type[exp.Expression]) -> Callable[[exp.Expression], bool]:
    return lambda node: isinstance(node, kinds)


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


def is_ranged_total(node: exp.Expression) -> bool:
    """An aggregate over an ordered window that does not count its frame in rows."""
    spec = node.args.get("spec")
    ranking = (exp.Lag, exp.Lead, exp.RowNumber, exp.Rank, exp.DenseRank)
    return (
        isinstance(node, exp.Window)
        and isinstance(node.this, exp.AggFunc)
        and not isinstance(node.this, ranking)
        and node.args.get("order") is not None
        and not (spec and spec.args["kind"].upper() == "ROWS")
    )


def is_ranged_with_nulls_last(node: exp.Expression) -> bool:
    """Ascending with nulls last, or descending with nulls first, in a range."""
    if not isinstance(node, exp.Window) or not is_ranged_total(node):
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


def is_sized_cast(node: exp.Expression) -> bool:
    return isinstance(node, exp.Cast) and bool(node.to.expressions)


def is_unrounded_rate(node: exp.Expression) -> bool:
    """A cast that is to round a product with an exchange rate, which has 18 places."""
    exact = (exp.DataType.Type.DECIMAL, exp.DataType.Type.BIGDECIMAL)
    if not isinstance(node, exp.Cast) or node.to.this not in exact:
        return False
    return not isinstance(node.parent, exp.Round) and any(
        not isinstance(product.find_ancestor(exp.Round, exp.Select), exp.Round)
        for product in node.find_all(exp.Mul)
        if any(one.name == "exchange_rate" for one in product.find_all(exp.Column))
    )


def is_ordered_by_a_constant(node: exp.Expression) -> bool:
    order = node.args.get("order") if isinstance(node, exp.Window) else None
    return order is not None and any(
        isinstance(ordered.this, exp.Literal) for ordered in order.expressions
    )


def is_beside_a_value(node: exp.Expression) -> bool:
    """Not in where."""
    return not isinstance(node.find_ancestor(exp.Where, exp.Select), exp.Where)


def is_subquery_beside_a_value(node: exp.Expression) -> bool:
    asked = isinstance(node, exp.Exists) or (
        isinstance(node, exp.In) and node.args.get("query") is not None
    )
    return asked and is_beside_a_value(node)


def is_boolean_beside_a_value(node: exp.Expression) -> bool:
    return (
        isinstance(node, exp.Is)
        and isinstance(node.expression, exp.Boolean)
        and is_beside_a_value(node)
    )


def is_mixed(node: exp.Expression) -> bool:
    """Set operations of two kinds without parentheses."""
    return (
        isinstance(node, exp.SetOperation)
        and isinstance(node.this, exp.SetOperation)
        and (type(node), node.args.get("distinct"))
        != (type(node.this), node.this.args.get("distinct"))
    )


def is_grouped_by_alias(node: exp.Expression) -> bool:
    """A group that is named as what the query computes."""
    if not isinstance(node, exp.Group) or not isinstance(node.parent, exp.Select):
        return False
    computed = {
        one.alias
        for one in node.parent.expressions
        if isinstance(one, exp.Alias) and one.this.name != one.alias
    }
    return any(
        isinstance(one, exp.Column) and not one.table and one.name in computed
        for one in node.expressions
    )


CONSTRUCTS: dict[str, Callable[[exp.Expression], bool]] = {
    "at time zone": is_a(exp.AtTimeZone),
    "at time zone of a plain timestamp": is_zone_of_plain,
    "collate": is_a(exp.Collate),
    "datetime beside a timestamp": is_datetime,
    "distinct on": is_distinct_on,
    "epoch of an interval": is_epoch_of_interval,
    "filter": is_a(exp.Filter),
    "greatest or least": is_a(exp.Greatest, exp.Least),
    "group by an alias": is_grouped_by_alias,
    "interval of a floating-point number": is_uncounted_interval,
    "is distinct from": is_a(exp.NullSafeEQ, exp.NullSafeNEQ),
    "is true beside a value": is_boolean_beside_a_value,
    "lag with default": is_lag_with_default,
    "lateral": is_a(exp.Lateral),
    "materialized of a CTE": is_kept_apart,
    "max of a boolean": is_extreme_boolean,
    "nulls last of an ascending range": is_ranged_with_nulls_last,
    "numeric without size": is_bare_decimal,
    "quotient of wide decimals": is_quotient_of_wide,
    "rate that a cast rounds": is_unrounded_rate,
    "set operations of two kinds": is_mixed,
    "size in a cast": is_sized_cast,
    "subquery beside a value": is_subquery_beside_a_value,
    "text of 256 bytes": is_short_text,
    "timestamp of milliseconds": is_cut_moment,
    "values": is_a(exp.Values),
    "week that begins elsewhere": is_week_of_the_engine,
    "where without from": is_filter_without_rows,
    "window ordered by a constant": is_ordered_by_a_constant,
    "window without a frame of rows": is_ranged_total,
    "with recursive": lambda node: isinstance(node, exp.With) and node.recursive,
    ">>": is_a(exp.BitwiseRightShift),
    "~": is_a(exp.RegexpILike),
}
