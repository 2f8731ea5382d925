"""Tables of customers and of what they pay with."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import catalog as shop
from . import rates, text
from .chance import mix, uniform
from .clock import NEVER
from .frame import Frame
from .life import Life
from .names import Names
from .people import emails, names
from .segment import boolean, instant
from .tables_catalog import OWN_BANK_ACCOUNTS, own_bank_account_rows

FUNDING = ["debit"] * 3 + ["credit"] * 4 + ["prepaid"]
BANKS = ["First Bank", "Euro Bank", "Nihon Bank", "Gulf Bank"]
BRANDS = ["Visa", "MasterCard", "American Express", "Discover"]
SEGMENTS = ["self-serve", "sales", "partner", None]


def customers(life: Life, ids: Names):
    """Customers with balance, delinquency and deletion as of the moment."""
    who = life.customers

    def build(rows: np.ndarray, moment: np.ndarray):
        number = who.number[rows]
        has_user = uniform(mix(number.astype(np.uint64))) < rates.METADATA_USER_ID
        return {
            "id": ids.customer(rows),
            "balance": life.balances.total(rows, moment),
            "currency": text.coded(
                who.currency[rows], shop.CURRENCIES, who.has_currency[rows]
            ),
            "default_source": ids.of("card_", rows, ~who.by_bank[rows]),
            "delinquent": life.delinquency.at(rows, moment, False),
            "description": text.masked(
                names(who.person[rows] + who.number[0]), number % 3 > 0
            ),
            "email": customer_emails(who, rows),
            "metadata_user_id": text.masked(user_ids(life, who.person[rows]), has_user),
            "metadata_segment": text.coded(number % 4, SEGMENTS),
            "created": instant(who.created[rows]),
            "is_deleted": boolean(who.deleted_at[rows] <= moment),
        }

    return [who.created, who.deleted_at, life.balances, life.delinquency], build


def has_metadata(life: Life, rows: np.ndarray) -> np.ndarray:
    """Whether the customer's metadata names the user; (n,)."""
    number = life.customers.number[rows]
    return uniform(mix(number.astype(np.uint64))) < rates.METADATA_USER_ID


def user_ids(life: Life, person: np.ndarray) -> pa.Array:
    """User id of a person of the chunk, -1 null; (n,)."""
    numbers = life.world.numbers(np.maximum(person, 0))
    column = text.ids("u", life.world.salt("user"), numbers)
    return column if (person >= 0).all() else text.masked(column, person >= 0)


def person_numbers(life: Life, person: np.ndarray) -> np.ndarray:
    """Number of a person unique in the account, below 10**9; (n,)."""
    return life.world.chunk * 250_000 + person


def customer_emails(who: Frame, rows: np.ndarray) -> pa.Array:
    """E-mail on file: none for some, in capitals or with a blank for some; (n,)."""
    chunk = who.number[0] // rates.CHUNK_CUSTOMERS
    column = emails(chunk * 250_000 + who.email_of[rows])
    style = who.email_style[rows]
    if (style > 0).any():
        loud = text.joined(column, text.same(" ", len(rows)))
        column = text.where(style == 1, pc.utf8_upper(column), column)
        column = text.where(style == 2, loud, column)
    return text.masked(column, who.has_email[rows])


def _addresses(country: np.ndarray, prefix: str, given: np.ndarray) -> dict:
    """Address columns that begin with prefix."""
    names_of = {
        "city": shop.CITIES,
        "country": shop.COUNTRIES,
        "state": shop.STATES,
    }
    return {
        f"{prefix}{part}": text.coded(country, values, given)
        for part, values in names_of.items()
    }


def cards(life: Life, ids: Names):
    """One card per customer who pays by card."""
    holders = np.flatnonzero(~life.customers.by_bank)
    who = life.customers.take(holders)

    def build(rows: np.ndarray, moment: np.ndarray):
        card, country = who.card[rows], who.country[rows]
        full = card % 3 > 0
        count = len(rows)
        return _addresses(country, "address_", full) | {
            "id": ids.of("card_", holders[rows]),
            "address_line1_check": text.coded(card % 2, ["pass", "unchecked"], full),
            "address_line1": text.joined(
                text.digits(card % 100, 2), text.same(" Main Street", count, full)
            ),
            "address_line2": text.same("Flat 1", count, card % 7 == 0),
            "address_zip_check": text.coded(card % 2, ["pass", "unchecked"], full),
            "address_zip": text.coded(country, shop.POSTCODES, full),
            "brand": text.coded(card // 7 % 4, BRANDS),
            "country": text.coded(country, shop.COUNTRIES),
            "cvc_check": text.coded(card % 50 // 49, ["pass", "fail"]),
            "dynamic_last4": text.masked(text.digits(card, 4), card % 11 == 0),
            "exp_month": 1 + card % 12,
            "exp_year": 2026 + card % 5,
            "fingerprint": ids.of("fp", holders[rows]),
            "funding": text.coded(card // 3 % 8, FUNDING),
            "last4": text.digits(card, 4),
            "metadata_origin": text.same("web", count, card % 2 == 0),
            "name": names(who.person[rows] + who.number[0]),
            "tokenization_method": text.coded(
                card // 11 % 10, ["apple_pay", "android_pay"] + [None] * 8
            ),
            "customer_id": ids.customer(holders[rows]),
            "is_deleted": boolean(who.deleted_at[rows] <= moment),
        }  # fmt: skip

    return [who.created, who.deleted_at], build


def bank_accounts(life: Life, ids: Names):
    """Accounts of customers who pay by debit, and (in the first chunk) our own."""
    holders = np.flatnonzero(life.customers.by_bank)
    currency = life.customers.currency[holders]
    created = life.customers.created[holders]
    deleted = life.customers.deleted_at[holders]
    if life.world.chunk == 0:
        own = own_bank_account_rows()
        since = np.where(
            own == OWN_BANK_ACCOUNTS + shop.EUR,
            life.world.euro_account_since,
            life.world.start,
        )
        holders = np.concatenate([holders, own])
        currency = np.concatenate([currency, own - OWN_BANK_ACCOUNTS])
        created = np.concatenate([created, since])
        deleted = np.concatenate([deleted, np.full(len(own), NEVER)])

    def build(rows: np.ndarray, moment: np.ndarray):
        money = currency[rows]
        own = holders[rows] >= OWN_BANK_ACCOUNTS
        return {
            "id": ids.of("ba_", holders[rows]),
            "bank_name": text.coded(money, BANKS),
            "country": text.coded(money, ["US", "DE", "JP", "KW"]),
            "currency": text.coded(money, shop.CURRENCIES),
            "default_for_currency": own,
            "is_deleted": boolean(deleted[rows] <= moment),
            "metadata_purpose": text.same("payouts", len(rows), own),
            "status": text.coded(own * 1, ["verified", "new"]),
        }  # fmt: skip

    return [created, deleted], build


def payment_methods(life: Life, ids: Names):
    """One per customer, and one per guest's order."""
    who, charges = life.customers, life.charges
    guest = np.flatnonzero((charges.customer < 0) & (charges.turn == 0))
    size = len(who)
    order = charges.order[guest]
    created = np.concatenate([who.created + 60, charges.created[guest] - 1])
    country = np.concatenate([who.country, charges.country[guest]])
    bank = np.concatenate([who.by_bank, charges.is_bank[guest]])
    card = np.concatenate([who.card, charges.card[guest]])
    test = np.concatenate([np.zeros(size, dtype=bool), charges.is_test[guest]])
    place = np.concatenate([np.arange(size), size + order])
    customer = np.concatenate([np.arange(size), np.full(len(guest), -1)])
    currency = np.concatenate([who.currency, charges.currency[guest]])

    def build(rows: np.ndarray, moment: np.ndarray):
        land, count = country[rows], len(rows)
        full = card[rows] % 3 > 0
        is_bank = bank[rows]
        kind = np.where(is_bank, np.where(currency[rows] == shop.EUR, 2, 1), 0)
        prefix = "billing_details_address_"
        own = np.maximum(customer[rows], 0)
        is_own = customer[rows] >= 0
        return _addresses(land, prefix, full) | {
            "id": ids.of("pm_", place[rows]),
            prefix + "line1": text.same("1 Main Street", count, full),
            prefix + "line2": text.same("Flat 1", count, card[rows] % 7 == 0),
            prefix + "postal_code": text.coded(land, shop.POSTCODES, full),
            "billing_details_email": text.masked(
                customer_emails(who, own), is_own & full
            ),
            "billing_details_name": names(
                who.number[0] + np.where(is_own, who.person[own], card[rows])
            ),
            "billing_details_phone": text.masked(
                text.joined(text.same("+1212555", count), text.digits(card[rows], 4)),
                card[rows] % 5 == 0,
            ),
            "card_networks_available": text.coded(
                card[rows] // 7 % 4,
                ['["visa"]', '["mastercard"]', '["amex"]', '["discover"]'], ~is_bank,
            ),
            "created": instant(created[rows]),
            "customer_id": ids.customer(customer[rows]),
            "livemode": ~test[rows],
            "metadata_origin": text.same("web", count, card[rows] % 2 == 0),
            "type": text.coded(kind, ["card", "us_bank_account", "sepa_debit"]),
        }  # fmt: skip

    return [created], build


def discounts(life: Life, ids: Names):
    """Coupons in use: of subscriptions, then of customers."""
    of_sub = np.flatnonzero(life.subs.coupon >= 0)
    of_customer = np.flatnonzero(life.customers.coupon >= 0)
    subs, who = life.subs.take(of_sub), life.customers.take(of_customer)
    customer = np.concatenate([subs.customer, of_customer])
    sub = np.concatenate([of_sub, np.full(len(of_customer), -1)])
    coupon = np.concatenate([subs.coupon, who.coupon])
    start = np.concatenate([subs.created, who.created])
    end = np.concatenate([subs.coupon_end, np.full(len(of_customer), NEVER)])
    repeats = shop.COUPONS.duration[coupon] == shop.REPEATING
    place = np.concatenate([of_sub, len(life.subs) + of_customer])
    names_of = pa.array([row[0] for row in shop.COUPON_ROWS])

    def build(rows: np.ndarray, moment: np.ndarray):
        # the end of a repeating coupon is known from the start, a removal is not
        known = repeats[rows] | (end[rows] <= moment)
        return {
            "id": ids.of("di_", place[rows]),
            "coupon_id": text.lookup(coupon[rows], names_of),
            "customer_id": ids.customer(customer[rows]),
            "end": instant(end[rows], known),
            "start": instant(start[rows]),
            "subscription": ids.subscription(sub[rows]),
        }

    removal = np.where(repeats, NEVER, end)
    return [start, removal], build
