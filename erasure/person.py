"""Who a person is: ids in all accounts, by the identity models, and addresses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from erasure.columns import personal_of
from erasure.database import Database, ErasureError, Table, listed

# Objects of one customer alone, as the key of the table that tells whose they are.
OWNED = (
    *("charge_id", "invoice_id", "payment_intent_id", "subscription_id", "refund_id"),
    *("payment_method_id", "card_id", "dispute_id", "discount_id", "invoice_item_id"),
    *("balance_transaction_id", "invoice_line_id", "subscription_item_id"),
)
# Columns that name the person or an object of theirs.
NAMING = {
    *OWNED,
    *("customer_id", "stripe_customer_id", "user_id", "metadata_user_id"),
    *("anonymous_id", "source_id", "source_transaction_id"),
}
# A shorter name or number is part of too many words.
SHORTEST = 4


@dataclass(frozen=True)
class Person:
    """A person's ids, and the words that tell who it is."""

    customers: set[str]
    users: set[str]
    devices: set[str]
    objects: set[str] = field(default_factory=set)
    # Erased wherever they stand.
    addresses: set[str] = field(default_factory=set)
    # Erased in the person's own rows: others may have the same.
    words: set[str] = field(default_factory=set)

    @property
    def token(self) -> str:
        """What stands for the person afterwards."""
        return min(self.customers or self.users)

    @property
    def emails(self) -> set[str]:
        return {word for word in self.words if "@" in word}

    def instead_of(self, word: str) -> str:
        """What is written in place of one of the words."""
        if "@" not in word:
            return "erased"
        number = sorted(self.emails).index(word)
        return f"{self.token}-{number}" if number else self.token

    @property
    def ids(self) -> set[str]:
        return self.customers | self.users | self.devices | self.objects


def owned_by(ids: Collection[str], table: Table) -> str:
    """The condition on rows of these ids; empty where a table names none."""
    naming = [column for column in table.texts if column in NAMING]
    return " or ".join(f'"{column}" in {listed(set(ids))}' for column in naming)


def find_person(
    database: Database, customers: Collection[str], emails: Collection[str]
) -> Person:
    """The person of these customers and addresses. Raises ErasureError for a stranger.

    Customers are one person where the identity models say so; those who merely share an
    address are where it was asked for by that address.
    """
    given = {email.strip().lower() for email in emails}
    for name in sorted(customers):
        if not known(database, name):
            raise ErasureError(
                f"no customer {name} is in schema {database.schema}: check the id, or "
                "build first with make refresh."
            )
    found = set(customers) | having(database, "dim_customers", "customer_id", given)
    users = having(database, "int_identity__touches", "user_id", given)
    if not found | users:
        raise ErasureError(
            f"nobody in schema {database.schema} has the address {min(given)}: check "
            "it, or name the customer."
        )
    found, users = united(database, found, users)
    devices: set[str] = set()
    if database.named("int_identity__device_users"):
        devices = database.texts(
            f"select anonymous_id from {place(database, 'int_identity__device_users')} "
            f"where user_id in {listed(users)} and user_count = 1"
        )
    person = Person(found, users, devices)
    person.objects.update(objects_of(database, person.customers))
    return with_words(database, person, given)


def place(database: Database, name: str) -> str:
    table = database.named(name)
    assert table
    return table.place


def known(database: Database, customer: str) -> bool:
    tables = ("dim_customers", "int_identity__customers", "fct_charges")
    found = [name for name in tables if database.named(name)]
    if not found:
        raise ErasureError(
            f"schema {database.schema} has no marts: build with make refresh, or name "
            "their schema in SEGMENT_STRIPE_SCHEMA."
        )
    return any(
        database.run(
            f"select 1 from {place(database, name)} "
            f"where customer_id in {listed({customer})} limit 1"
        )
        for name in found
    )


def having(database: Database, name: str, column: str, emails: set[str]) -> set[str]:
    """The ids that a table has beside these addresses."""
    if not database.named(name) or not emails:
        return set()
    return database.texts(
        f'select distinct "{column}" from {place(database, name)} '
        f"where lower(trim(email)) in {listed(emails)}"
    )


def united(
    database: Database, customers: set[str], users: set[str]
) -> tuple[set[str], set[str]]:
    """All customers and users that the identity models take for the same person."""
    if not database.named("int_identity__customers"):
        return customers, users
    identities = place(database, "int_identity__customers")
    people = {f"user:{user}" for user in users} | database.texts(
        f"select person_id from {identities} where customer_id in {listed(customers)}"
    )
    of_people = f"from {identities} where person_id in {listed(people)}"
    customers = customers | database.texts(f"select distinct customer_id {of_people}")
    return customers, users | database.texts(f"select distinct user_id {of_people}")


def objects_of(database: Database, customers: set[str]) -> set[str]:
    found: set[str] = set()
    for table in database.sources:
        key = table.columns[1:2]
        if "customer_id" in table.texts and key and key[0] in OWNED:
            found |= database.texts(
                f'select distinct "{key[0]}" from {table.place} '
                f"where customer_id in {listed(customers)}"
            )
    return found


def with_words(database: Database, person: Person, given: set[str]) -> Person:
    """The person with what its rows say: addresses, names and telephone numbers."""
    person.words.update(given)
    for table in database.sources:
        rows = owned_by(person.ids, table)
        for column in table.texts if rows else ():
            if tells_who(table, column):
                person.words.update(
                    value.strip().lower()
                    for value in database.texts(
                        f'select distinct "{column}" from {table.place} where {rows}'
                    )
                    if len(value.strip()) >= SHORTEST
                )
    addresses = person.emails
    person.addresses.update(addresses - shared(database, person, addresses - given))
    return person


def tells_who(table: Table, column: str) -> bool:
    """Names, addresses and telephone numbers; a customer's description is a name."""
    if column == "description":
        return table.name in ("dim_customers", "stg_stripe__customers")
    return column in personal_of(table) and column.endswith(("email", "name", "phone"))


def shared(database: Database, person: Person, emails: set[str]) -> set[str]:
    """The addresses that somebody else has, too."""
    found: set[str] = set()
    for name, column, own in (
        ("dim_customers", "customer_id", person.customers),
        ("int_identity__touches", "user_id", person.users),
    ):
        if database.named(name) and emails:
            found |= database.texts(
                f"select distinct lower(trim(email)) from {place(database, name)} "
                f"where lower(trim(email)) in {listed(emails)} "
                f'and "{column}" is not null '
                f'and not coalesce("{column}" in {listed(own)}, false)'
            )
    return found
