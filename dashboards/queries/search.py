"""SQL of the one search: customers, their cards, and whatever has an id, the newest
first.

Every word is bound and looked for as it is (strpos knows no wildcards), in any order.
A table of a million is read only where the words can be found in it: the beginning of
an id says of what it is, a card is known by four digits, no invoice holds two words.
Whole ids are looked up by their index, others by how they begin; what has a digit, or
is found nowhere else, is looked for inside of ids. What was found are keys; what is
said of them is asked for by them, for to read all columns of a table takes most of the
time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.queries.search_kinds import (
    ANYHOW,
    CHARGED,
    IDS,
    KEYS,
    KIND_OF_ID,
    LISTED,
    MARTS,
    OF_OTHERS,
)
from dashboards.warehouse import Statement, Warehouse

MOST_WORDS = 6
# Shorter words are in nearly every id.
SHORTEST_PART = 3
DIGITS = re.compile(r"[0-9]{4}")
CUSTOMER = ("description", "email", "customer_id")
INDEXED = ("customers", "invoices", "charges")
# Shorter ones are parts of ids.
SHORTEST_ID = 12
BRAND = """
    case lower(brand)
        when 'amex' then 'amex american express'
        when 'american express' then 'amex american express'
        else coalesce(lower(brand), '')
    end
"""


@dataclass(frozen=True)
class Words:
    """What was typed: in lower case, each word once; and as it was typed."""

    all: tuple[str, ...]
    typed: str

    @classmethod
    def of(cls, text: str) -> Words:
        words = tuple(dict.fromkeys(text.lower().split()))[:MOST_WORDS]
        return cls(words, text.strip())

    @property
    def digits(self) -> str | None:
        """The last four digits of a card, if one word is such."""
        return next((word for word in self.all if DIGITS.fullmatch(word)), None)

    @property
    def whole_id(self) -> str | None:
        """The kind of the object whose whole id this may be."""
        kind = self.named
        is_key = kind in INDEXED and self.typed[:3] not in OF_OTHERS
        return kind if is_key and len(self.typed) >= SHORTEST_ID else None

    def kinds(self, warehouse: Warehouse) -> list[str]:
        """Where the words can be found, of the marts that there are."""
        return [
            kind
            for kind, marts in MARTS.items()
            if self.all and warehouse.has(*marts) and self._may_be(kind)
        ]

    def _may_be(self, kind: str) -> bool:
        if kind == "cards":
            return self.digits is not None
        if kind == "customers":
            named = self.named
            return named is None or named == kind
        if kind not in ANYHOW:
            return self.named == kind
        longest = max(map(len, self.all))
        is_part = len(self.all) == 1 and longest >= SHORTEST_PART
        return is_part and self.named in (None, kind)

    @property
    def may_be_inside(self) -> bool:
        """Whether it looks like a part of a number or id: it has a digit, and is not
        the beginning of an id."""
        return self.named is None and any(map(str.isdigit, self.typed))

    @property
    def named(self) -> str | None:
        """The kind of the id that the only word begins."""
        if len(self.all) != 1:
            return None
        return next(
            (k for p, k in KIND_OF_ID.items() if self.all[0].startswith(p)), None
        )


def found(
    kind: str, words: Words, most: int, offset: int = 0, inside: bool = False
) -> Statement:
    """Keys of a kind, with `found_count`, how many there are altogether; of cards, all
    that is said of them too. inside: ids and numbers may hold what was typed anywhere,
    not only at their beginning."""
    if kind == "customers":
        return customers(words, most, offset)
    if kind == "cards":
        return cards(words, most, offset)
    if kind == "charges":
        return charges(words, most, offset, inside)
    return of_ids(kind, words, most, offset, inside)


def whole(kind: str, words: Words) -> Statement:
    """The same of the object whose id was typed, in each account that has it."""
    return listed(kind, f"{KEYS[kind]} = ?", [words.typed], 5, 0)


def customers(words: Words, most: int, offset: int) -> Statement:
    """Whole addresses first, then what begins with the first word."""
    first = words.all[0]
    place = """case
            when lower(email) = ? then 0
            when strpos(lower(email), ?) = 1 or strpos(lower(description), ?) = 1 then 1
            else 2
        end"""
    holds = "\n    and ".join([f"strpos({joined(CUSTOMER)}, ?) > 0"] * len(words.all))
    values = [*[first] * 3, *words.all]
    return listed("customers", holds, values, most, offset, place)


def cards(words: Words, most: int, offset: int) -> Statement:
    """By the last four digits; the other words are the brand's or the customer's."""
    others = [word for word in words.all if word != words.digits]
    text = f"{BRAND} || ' ' || {joined(CUSTOMER)}"
    holds = " and ".join(["true", *[f"strpos({text}, ?) > 0"] * len(others)])
    sql = f"""
with

cards as materialized (

    select * from customer_lookup_cards
    where last4 = ?

),

found as (

    select
        cards.source_relation,
        cards.card_id,
        cards.customer_id,
        cards.brand,
        cards.last4,
        cards.exp_month,
        cards.exp_year,
        cards.country,
        customers.email,
        customers.description,
        customers.is_delinquent,
        customers.is_deleted,
        customers.created_at,
        customers.created_date
    from cards
    left join dim_customers as customers
        on cards.source_relation = customers.source_relation
        and cards.customer_id = customers.customer_id

)

select *, count(*) over () as found_count
from found
where {holds}
order by created_at desc nulls last, customer_id, card_id
limit ? offset ?
"""
    return sql, [words.digits, *others, most, offset]


def charges(words: Words, most: int, offset: int, inside: bool) -> Statement:
    """By ids too, unless it is an address; by names and addresses, unless it is an
    id."""
    if words.named:
        return of_ids("charges", words, most, offset, inside)
    parts = [f"strpos(lower({name}), ?) > 0" for name in CHARGED]
    values = [words.all[0]] * len(parts)
    if "@" in words.typed:
        return listed("charges", " or ".join(parts), values, most, offset)
    names = IDS["charges"]
    place, first = beginning(names, words, inside)
    parts += [holds(name, inside) for name in names]
    values = [*first, *values, *[words.typed] * len(names)]
    return listed("charges", " or ".join(parts), values, most, offset, place)


def of_ids(kind: str, words: Words, most: int, offset: int, inside: bool) -> Statement:
    """Rows by their ids: that which the typed text names, or any."""
    key = OF_OTHERS.get(words.typed[:3], KEYS[kind])
    names = (key,) if words.named else IDS[kind]
    place, first = beginning(names, words, inside)
    parts = [holds(name, inside) for name in names]
    values = [*first, *[words.typed] * len(names)]
    return listed(kind, " or ".join(parts), values, most, offset, place)


def beginning(
    names: Sequence[str], words: Words, inside: bool
) -> tuple[str, list[str]]:
    """The place of a row, and its values: what begins so is before what holds it."""
    if not inside:
        return "0", []
    begins = " or ".join(holds(name, False) for name in names)
    return f"case when {begins} then 0 else 1 end", [words.typed] * len(names)


def holds(name: str, inside: bool) -> str:
    return f"strpos({name}, ?) > 0" if inside else f"starts_with({name}, ?)"


def listed(
    kind: str,
    condition: str,
    values: list[str],
    most: int,
    offset: int,
    place: str = "0",
) -> Statement:
    """The newest rows of a mart, those of the first place before, and how many there
    are; the values are those of the place, then of the condition."""
    mart, _ = LISTED[kind]
    key = KEYS[kind]
    sql = f"""
with

matching as materialized (

    select
        source_relation,
        {key},
        created_at,
        {place} as place
    from {mart}
    where {condition}

)

select
    source_relation,
    {key},
    (select count(*) from matching) as found_count
from matching
order by place, created_at desc nulls last, {key}, source_relation
limit ? offset ?
"""
    return sql, [*values, most, offset]


def described(kind: str, keys: list[str]) -> Statement:
    """What is said of rows with these keys, by the index of the key."""
    mart, columns = LISTED[kind]
    marks = ", ".join("?" * len(keys))
    sql = f"""
select {columns.strip()}
from {mart}
where {KEYS[kind]} in ({marks})
"""
    return sql, keys


def joined(columns: tuple[str, ...]) -> str:
    """The columns as one text in lower case."""
    parts = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    return f"lower({parts})"


def cards_of(customers: list[str]) -> Statement:
    """A row for each card of the customers, those that are still there first."""
    marks = ", ".join("?" * len(customers))
    sql = f"""
select
    source_relation,
    customer_id,
    country,
    brand,
    last4
from customer_lookup_cards
where customer_id in ({marks})
order by is_deleted, exp_year desc nulls last, exp_month desc nulls last, card_id
"""
    return sql, customers
