"""Random Stripe accounts of a few objects that meet the hard cases of payments.

The first choice of each draw is the plainest.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.schema import Created
from hypothesis import strategies as st
from reference import Settings

from random_accounts import movements, oddities, receivables
from random_accounts.accounts import Sources
from random_accounts.moments import NOON, around, later, moments

Draw = st.DrawFn
Raw = dict[str, Any]

MOST_CHARGES = 6
AMOUNTS = (1000, 1, 333, 1999, 100000)
CURRENCIES = ("usd", "usd", "eur", "jpy", "kwd", "zzz", "USD ")
RECEIVED = NOON + timedelta(days=60)


def rarely(value: st.SearchStrategy, otherwise: Any = None) -> st.SearchStrategy:
    """A value one time in eight, else another one."""
    rare = st.integers(0, 7).map(lambda number: number == 7)
    return rare.flatmap(lambda is_rare: value if is_rare else st.just(otherwise))


def one_of(*values: Any) -> st.SearchStrategy:
    """One of the values; shrinks to the first."""
    return st.sampled_from(values)


class Builder:
    """Draws one account, object by object; ids are numbered per collection."""

    def __init__(self, draw: Draw, settings: Settings) -> None:
        self.draw = draw
        self.settings = settings
        self.moments = moments(settings.as_of)
        self.due_moments = receivables.due_moments(
            settings.as_of, settings.reporting_timezone
        )
        self.rows: dict[str, list[Raw]] = defaultdict(list)
        self.charge_count = 0

    def add(self, collection: str, prefix: str, **columns: Any) -> Raw:
        """Add a row with the next id of its collection."""
        number = len(self.rows[collection]) + 1
        row = {"id": f"{prefix}_{number}", "received_at": RECEIVED, **columns}
        self.rows[collection].append(row)
        return row

    def account(self) -> dict[str, list[Raw]]:
        """The whole account: collection -> rows, without older versions."""
        for _ in range(self.draw(one_of(0, 0, 1, 2))):
            currency = self.draw(one_of("eur", None, "jpy"))
            self.add("accounts", "acct", default_currency=currency)
        for _ in range(self.draw(st.integers(0, 4))):
            self.customer()
        if self.draw(one_of(False, True)):
            livemode = self.draw(one_of(None, True, False))
            self.add("subscriptions", "sub", livemode=livemode, created=NOON)
        has_refunds = self.draw(one_of(True, True, True, False))
        for _ in range(self.draw(st.integers(0, 4))):
            self.payment(has_refunds)
        for _ in range(self.draw(one_of(0, 0, 0, 1)) * has_refunds):
            missing = {"id": "ch_missing", "currency": self.draw(one_of(*CURRENCIES))}
            self.refund(missing | {"created": self.draw(self.moments)}, [1000])
        for _ in range(self.draw(one_of(0, 0, 1, 2, 3))):
            created = self.draw(rarely(st.none(), self.draw(self.moments)))
            self.invoice(self.customer_id(), self.draw(one_of(*CURRENCIES)), created)
        self.lines()
        for _ in range(self.draw(one_of(0, 0, 1, 2))):
            self.transfer()
        for _ in range(self.draw(one_of(0, 0, 1, 3))):
            self.loose_transaction()
        for _ in range(self.draw(one_of(0, 0, 1, 3))):
            self.fee_detail()
        self.collide()
        return dict(self.rows)

    def customer(self) -> None:
        """A customer, with or without a currency, a date and a balance."""
        draw = self.draw
        self.add(
            "customers",
            "cus",
            created=draw(st.one_of(self.moments, rarely(self.moments))),
            currency=draw(one_of(None, None, *CURRENCIES)),
            balance=draw(one_of(None, 0, -1234)),
            account_balance=draw(rarely(st.just("501"))),
            delinquent=draw(one_of(None, True, False)),
            is_deleted=draw(rarely(st.booleans())),
            email=draw(one_of(None, "a@example.com")),
        )

    def customer_id(self) -> str | None:
        """A customer of the account, none, or one that is not delivered."""
        known = [row["id"] for row in self.rows["customers"]]
        return self.draw(one_of(*known, None, "cus_missing"))

    def invoice(
        self, customer_id: str | None, currency: str, created: datetime | None
    ) -> str:
        """An invoice, by the newer or the older name of its date; gives its id."""
        draw = self.draw
        charge_ids = [
            row["id"] for row in self.rows["charges"] if row["currency"] == currency
        ]
        row = self.add(
            "invoices",
            "in",
            customer_id=customer_id,
            charge_id=draw(one_of(None, "ch_missing", *charge_ids)),
            subscription_id=draw(one_of(None, "sub_1")),
            currency=draw(rarely(one_of(*CURRENCIES), currency)),
            **receivables.claim(draw, self.due_moments),
        )
        row[draw(one_of("created", "date"))] = created
        return row["id"]

    def lines(self) -> None:
        """Lines of the invoices, and the plans and products that they bill."""
        invoice_ids = [row["id"] for row in self.rows["invoices"]]
        if not invoice_ids or self.draw(st.booleans()):
            return
        for collection, rows in receivables.catalogue(self.draw).items():
            self.rows[collection] = [row | {"received_at": RECEIVED} for row in rows]
        for row in oddities.tax_rates(self.draw):
            self.rows["tax_rates"].append(row | {"received_at": RECEIVED})
        keys = set()
        for _ in range(self.draw(one_of(1, 2, 4, 6))):
            columns = receivables.line(
                self.draw, invoice_ids, self.draw(one_of(*CURRENCIES)), NOON
            )
            row = self.add("invoice_lines", "il", **columns)
            # Older ids are those of the subscription: the same on every invoice.
            older = self.draw(one_of(row["id"], "sub_1"))
            if (row["invoice_id"], older) not in keys:
                row["id"] = older
            keys.add((row["invoice_id"], row["id"]))

    def payment(self, has_refunds: bool) -> None:
        """One payment: an intent, an invoice, both or neither, and its attempts."""
        draw = self.draw
        created = draw(self.moments)
        customer_id, currency = self.customer_id(), draw(one_of(*CURRENCIES))
        amount = draw(one_of(*AMOUNTS))
        invoice_id = None
        if draw(one_of(False, False, True)):
            invoiced = draw(around(created))
            invoice_id = self.invoice(customer_id, currency, invoiced)
        intent_id = None
        if draw(st.booleans()):
            intent_id = self.intent(customer_id, currency, amount, created)
        livemode = draw(one_of(None, None, True, False))
        for attempt in range(draw(one_of(1, 1, 2, 3))):
            if self.charge_count == MOST_CHARGES:
                return
            self.charge_count += 1
            if attempt:
                created = draw(later(created))
            self.charge(
                has_refunds,
                amount=amount,
                created=draw(rarely(one_of(created, created, None), created)),
                currency=currency,
                customer_id=customer_id,
                invoice_id=invoice_id,
                livemode=livemode,
                payment_intent_id=draw(rarely(st.none(), intent_id)),
            )

    def intent(
        self, customer_id: str | None, currency: str, amount: int, created: datetime
    ) -> str:
        """A payment intent, delivered or not; gives its id."""
        received = self.draw(one_of(None, amount, amount - amount // 3, 1))
        row = self.add(
            "payment_intents",
            "pi",
            created=self.draw(rarely(st.none(), self.draw(around(created)))),
            amount=amount,
            amount_received=received,
            currency=currency,
            customer_id=customer_id,
            invoice_id=self.draw(one_of(None, None, "in_1", "in_2", "in_missing")),
        )
        if self.draw(rarely(st.just(True))):
            self.rows["payment_intents"].pop()
            return "pi_missing"
        return row["id"]

    def charge(self, has_refunds: bool, **columns: Any) -> None:
        """One attempt, with its refunds and balance transactions."""
        draw, amount = self.draw, columns["amount"]
        status = draw(
            one_of("succeeded", "succeeded", "succeeded", "failed", "pending", "odd")
        )
        part = draw(one_of(amount, amount, amount - amount // 3, 1))
        charge = self.add(
            "charges",
            "ch",
            status=status,
            captured=draw(one_of(True, True, None, False)),
            amount_captured=draw(one_of(None, None, part)),
            amount_refunded=draw(
                one_of(None, amount - part, amount, amount - part + 1)
            ),
            application_fee=draw(rarely(st.just(25))),
            failure_code=draw(one_of(*movements.FAILURE_CODES))
            if status == "failed"
            else None,
            **movements.details(draw),
            **columns,
        )
        if draw(rarely(st.just(True))):
            charge["received_at"] = draw(one_of(columns["created"], None, NOON))
        first = len(self.rows["refunds"])
        if status == "succeeded" and has_refunds:
            for _ in range(draw(one_of(0, 0, 1, 2, 3))):
                self.refund(charge, [amount - part or 1, amount - part or 1, 1, amount])
        refunds = self.rows["refunds"][first:]
        if draw(st.booleans()):
            self.balance(charge, part - amount, refunds)
        for _ in range(draw(one_of(0, 0, 0, 0, 1, 2))):
            self.dispute(charge)

    def dispute(self, charge: Raw) -> None:
        """A dispute of the charge, named by it or naming it, and what it moved."""
        draw = self.draw
        created = draw(rarely(st.none(), draw(later(charge["created"]))))
        dispute = self.add("disputes", "du", **movements.dispute(draw, charge, created))
        dispute["charge_id"] = draw(one_of(charge["id"], charge["id"], None))
        if dispute["charge_id"] is None or draw(st.booleans()):
            charge["dispute_id"] = dispute["id"]
        currency = draw(one_of(charge["currency"], charge["currency"], "eur"))
        for sign in draw(one_of((), (-1,), (-1, 1), (-1, 1, 1))):
            moment = draw(later(created))
            amount = sign * draw(one_of(charge["amount"], 500))
            self.add(
                "balance_transactions",
                "txn",
                source=draw(one_of(dispute["id"], dispute["id"], charge["id"], None)),
                type=draw(one_of("adjustment", "adjustment", "stripe_fee")),
                description=draw(one_of(*movements.DESCRIPTIONS)),
                **movements.money(draw, amount, currency, moment),
            )

    def transfer(self) -> None:
        """A transfer, named by a balance transaction or naming one."""
        named = [row["id"] for row in self.rows["balance_transactions"]]
        self.add(
            "transfers",
            "tr",
            amount=1000,
            currency="usd",
            balance_transaction_id=self.draw(one_of(None, *named)),
            bank_account_id=self.draw(one_of(None, "ba_1")),
            created=self.draw(self.moments),
        )

    def loose_transaction(self) -> None:
        """A balance transaction of any type, of anything there is or is not."""
        draw = self.draw
        collections = ("charges", "refunds", "disputes", "transfers")
        ids = [row["id"] for name in collections for row in self.rows[name]]
        self.add(
            "balance_transactions",
            "txn",
            **movements.loose(draw, [*ids, "po_1", "ch_missing", "re_missing"]),
            **movements.money(
                draw,
                draw(one_of(*movements.AMOUNTS)),
                draw(one_of(*CURRENCIES)),
                draw(rarely(st.none(), draw(self.moments))),
            ),
        )

    def fee_detail(self) -> None:
        """A part of the fee of a balance transaction that there is or is not."""
        ids = [row["id"] for row in self.rows["balance_transactions"]]
        self.add(
            "balance_transaction_fee_details",
            "fd",
            balance_transaction_id=self.draw(one_of(*ids, None, "txn_missing")),
            currency=self.draw(one_of(*CURRENCIES, None)),
            **movements.fee_detail(self.draw),
        )

    def collide(self) -> None:
        """Let two objects claim one balance transaction, dispute or charge."""
        draw, rows = self.draw, self.rows
        ids = [row["id"] for row in rows["balance_transactions"]]
        for collection in ("charges", "refunds"):
            if ids and rows[collection] and draw(rarely(st.just(True))):
                row = draw(one_of(*rows[collection]))
                row["balance_transaction_id"] = draw(one_of(*ids))
        disputes = [row["id"] for row in rows["disputes"]]
        if disputes and draw(rarely(st.just(True))):
            charge = draw(one_of(*rows["charges"]))
            charge["dispute_id"] = draw(one_of(*disputes, "du_missing"))

    def refund(self, charge: Raw, amounts: list[int]) -> None:
        """A refund of the charge, with or without date, status and transactions."""
        draw = self.draw
        made = draw(later(charge["created"]))
        refund = self.add(
            "refunds",
            "re",
            created=draw(rarely(st.none(), made)),
            charge_id=charge["id"],
            amount=draw(one_of(*amounts)),
            currency=draw(one_of(*[charge["currency"]] * 4, "usd", "jpy")),
            status=draw(
                one_of(None, None, "succeeded", "pending", "failed", "canceled", "odd")
            ),
        )
        sign_and_currency = {
            "amount": -refund["amount"],
            "currency": refund["currency"],
        }
        if draw(one_of(False, False, True)):
            moved = self.add(
                "balance_transactions",
                "txn",
                created=made,
                source=draw(one_of(refund["id"], charge["id"])),
                type=draw(one_of("refund", "payment_refund", "payment_failure_refund")),
                description=draw(one_of(*movements.DESCRIPTIONS)),
                reporting_category=draw(
                    rarely(one_of("refund", "partial_capture_reversal"))
                ),
                **sign_and_currency,
            )
            name = draw(one_of("balance_transaction_id", "balance_transaction"))
            refund[name] = draw(rarely(st.none(), moved["id"]))
        if draw(rarely(st.just(True))):
            self.add(
                "balance_transactions",
                "txn",
                created=draw(later(made)),
                source=refund["id"],
                type=draw(
                    one_of("refund_failure", "adjustment", "refund", "payment_refund")
                ),
                amount=draw(one_of(refund["amount"], -refund["amount"])),
                currency=refund["currency"],
            )

    def balance(self, charge: Raw, reversed_amount: int, refunds: list[Raw]) -> None:
        """The charge's own transaction, and the reversal of what was not captured."""
        draw, currency = self.draw, charge["currency"]
        settled = draw(one_of(currency, currency, currency, "eur"))
        origin = draw(one_of(charge["id"], None))
        own = self.add(
            "balance_transactions",
            "txn",
            source=origin,
            type=draw(one_of("charge", "payment")),
            **movements.money(draw, charge["amount"], settled, charge["created"]),
        )
        is_named = origin is None or draw(st.booleans())
        charge["balance_transaction_id"] = own["id"] if is_named else None
        if reversed_amount == 0:
            return
        origins = [charge["id"], *[row["id"] for row in refunds]]
        self.add(
            "balance_transactions",
            "txn",
            created=draw(later(charge["created"])),
            source=draw(one_of(*origins)),
            type=draw(one_of("refund", "payment_refund", "adjustment")),
            description=draw(
                one_of(None, None, "Partial capture", "(partial capture)")
            ),
            reporting_category=draw(rarely(st.just("partial_capture_reversal"))),
            amount=reversed_amount,
            currency=settled,
        )


def older(draw: Draw, row: Raw) -> Raw:
    """A version of the row that Segment replaced, different in what may change."""
    changed = row | draw(one_of({}, {"livemode": None}, {"status": "pending"}))
    for column in ("amount", "currency", "captured", "customer_id", "created"):
        if column in row and draw(rarely(st.just(True))):
            changed[column] = {"amount": 7, "currency": "jpy"}.get(column)
    times = one_of(
        {"received_at": RECEIVED - timedelta(seconds=1), "uuid_ts": RECEIVED},
        {"uuid_ts": RECEIVED - timedelta(seconds=1)},
        {"received_at": RECEIVED - timedelta(days=1)},
    )
    return changed | draw(times)


def with_versions(draw: Draw, account: Mapping[str, list[Raw]]) -> dict[str, list[Raw]]:
    """The account with older versions of some rows, before or after the newest."""
    result: dict[str, list[Raw]] = {}
    for collection, rows in account.items():
        result[collection] = versions = []
        for row in rows:
            versions.append(row)
            if draw(rarely(st.just(True))):
                row["uuid_ts"] = RECEIVED
                versions.insert(draw(one_of(len(versions), 0)), older(draw, row))
    return {collection: rows for collection, rows in result.items() if rows}


def delivered(row: Raw, created: Created) -> Raw:
    """The row as its source delivers `created`, without columns that have no value."""
    moment = row.get("created")
    if moment is not None and created == "epoch":
        moment = int(moment.replace(tzinfo=UTC).timestamp())
    elif moment is not None and created == "timestamptz":
        moment = moment.replace(tzinfo=UTC)
    full = row | {"created": moment}
    return {name: value for name, value in full.items() if value is not None}


@st.composite
def sources(draw: Draw, settings: Settings, schemas: Mapping[str, Created]) -> Sources:
    """An account in the first schema and, sometimes, one in each other schema.

    schemas: name -> how the source delivers `created`.
    """
    found = Sources()
    for number, (schema, created) in enumerate(schemas.items()):
        if number and not draw(one_of(False, False, False, True)):
            continue
        account = with_versions(draw, Builder(draw, settings).account())
        oddities.with_empty_texts(draw, account)
        found[schema] = {
            collection: [delivered(row, created) for row in rows]
            for collection, rows in account.items()
        }
    return found
