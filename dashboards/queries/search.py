"""SQL of the one search: customers, their cards, invoices and charges that hold what
was typed, the newest first.

Every word is bound and looked for as it is (strpos knows no wildcards), in any order.
A table of a million is read only where the words can be found in it: the beginning of
an id says of what it is, a card is known by four digits, no invoice holds two words.
Whole ids are looked up by their index.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboards.warehouse import Statement, Warehouse

MOST_WORDS = 6
# Shorter words are in nearly every id.
SHORTEST_PART = 3
DIGITS = re.compile(r"[0-9]{4}")
# What an id begins with, and what it then is of.
KIND_OF_ID = {
    "cus_": "customers",
    "in_": "invoices",
    "ch_": "charges",
    "py_": "charges",
    "pi_": "charges",
}
MARTS = {
    "customers": ("dim_customers",),
    "cards": ("customer_lookup_cards", "dim_customers"),
    "invoices": ("invoice_lookup",),
    "charges": ("fct_charges",),
}
CUSTOMER = ("description", "email", "customer_id")
KEYS = {"customers": "customer_id", "invoices": "invoice_id", "charges": "charge_id"}
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
        is_key = kind and not self.typed.startswith("pi_")
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
        longest = max(map(len, self.all))
        is_part = len(self.all) == 1 and longest >= SHORTEST_PART
        return is_part and self.named in (None, kind)

    @property
    def named(self) -> str | None:
        """The kind of the id that the only word begins."""
        if len(self.all) != 1:
            return None
        return next(
            (k for p, k in KIND_OF_ID.items() if self.all[0].startswith(p)), None
        )


def found(kind: str, words: Words, most: int, offset: int = 0) -> Statement:
    """Rows of a kind, with `found_count`, how many there are altogether."""
    return STATEMENTS[kind](words, most, offset)


def whole(kind: str, words: Words) -> Statement:
    """The same of the object whose id was typed, in each account that has it."""
    key = KEYS[kind]
    mart, columns = LISTED[kind]
    return listed(mart, columns, key, f"{key} = ?", [words.typed], 5, 0)


def customers(words: Words, most: int, offset: int) -> Statement:
    """Whole addresses first, then what begins with the first word."""
    first = words.all[0]
    place = """
        case
            when lower(email) = ? then 0
            when strpos(lower(email), ?) = 1 or strpos(lower(description), ?) = 1 then 1
            else 2
        end,
    """
    holds = "\n    and ".join([f"strpos({joined(CUSTOMER)}, ?) > 0"] * len(words.all))
    mart, columns = LISTED["customers"]
    sql, values = listed(
        mart, columns, "customer_id", holds, [*words.all], most, offset, place
    )
    return sql, [*values[:-2], *[first] * 3, *values[-2:]]


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


def invoices(words: Words, most: int, offset: int) -> Statement:
    return holding(
        "invoices", ("invoice_id", "receipt_number"), (), words, most, offset
    )


def charges(words: Words, most: int, offset: int) -> Statement:
    """An address is no id, and an id no address."""
    ids = ("charge_id", "payment_intent_id", "receipt_number")
    names = ("receipt_email", "shipping_name")
    if words.typed.startswith("pi_"):
        ids, names = ("payment_intent_id",), ()
    elif words.named == "charges":
        ids, names = ("charge_id",), ()
    elif "@" in words.typed:
        ids, names = (), ("receipt_email",)
    return holding("charges", ids, names, words, most, offset)


def holding(
    kind: str,
    ids: tuple[str, ...],
    names: tuple[str, ...],
    words: Words,
    most: int,
    offset: int,
) -> Statement:
    """Rows of which an id holds what was typed, or a name does in lower case."""
    mart, columns = LISTED[kind]
    parts = [f"strpos({column}, ?) > 0" for column in ids]
    parts += [f"strpos(lower({column}), ?) > 0" for column in names]
    values = [words.typed] * len(ids) + [words.all[0]] * len(names)
    condition = f"({' or '.join(parts)})"
    return listed(mart, columns, KEYS[kind], condition, values, most, offset)


def listed(
    mart: str,
    columns: str,
    key: str,
    condition: str,
    values: list[str],
    most: int,
    offset: int,
    first: str = "",
) -> Statement:
    """The newest rows of a mart after what comes `first`, and how many there are."""
    sql = f"""
select {columns.strip()}, count(*) over () as found_count
from {mart}
where {condition}
order by {first} created_at desc nulls last, {key}, source_relation
limit ? offset ?
"""
    return sql, [*values, most, offset]


def joined(columns: tuple[str, ...]) -> str:
    """The columns as one text in lower case."""
    parts = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    return f"lower({parts})"


def countries(customers: list[str]) -> Statement:
    """A row for each of the customers whose cards say a country."""
    marks = ", ".join("?" * len(customers))
    sql = f"""
select source_relation, customer_id, min(country) as country
from customer_lookup_cards
where customer_id in ({marks})
group by source_relation, customer_id
"""
    return sql, customers


LISTED = {
    "customers": (
        "dim_customers",
        """
    source_relation,
    customer_id,
    email,
    description,
    is_delinquent,
    is_deleted,
    created_at,
    created_date
""",
    ),
    "invoices": (
        "invoice_lookup",
        """
    source_relation,
    invoice_id,
    customer_id,
    email,
    receipt_number,
    status,
    currency,
    total,
    created_at,
    created_date
""",
    ),
    "charges": (
        "fct_charges",
        """
    source_relation,
    charge_id,
    invoice_id,
    customer_id,
    receipt_email as email,
    receipt_number,
    status,
    failure_code,
    currency,
    attempted_amount,
    created_at,
    reporting_date as created_date
""",
    ),
}
STATEMENTS = {
    "customers": customers,
    "cards": cards,
    "invoices": invoices,
    "charges": charges,
}
