"""Who the customers are and when they come."""

from __future__ import annotations

import numpy as np

from . import catalog as shop
from . import rates
from .chance import pick
from .clock import DAY, HOUR, MINUTE, NEVER
from .frame import Frame
from .world import World


def day_weights(world: World) -> np.ndarray:
    """Relative number of arrivals per day of the life; shape (days,)."""
    day = world.start // DAY + np.arange(world.days)
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
    weekday = (day + 3) % 7
    growth = (1 + rates.MONTHLY_GROWTH) ** (np.arange(world.days) / 30.4)
    return growth * np.array(rates.SEASON)[month] * np.array(rates.WEEKDAY)[weekday]


def moments(world: World, rng: np.random.Generator, size: int) -> np.ndarray:
    """Moments within the life, by growth, season, weekday and hour; (size,)."""
    day = pick(rng, day_weights(world), size)
    return world.start + day * DAY + hours(rng, size)


def hours(rng: np.random.Generator, size: int) -> np.ndarray:
    """A time of day in seconds; (size,)."""
    return pick(rng, rates.HOUR, size) * HOUR + rng.integers(0, HOUR, size)


def live_customers(world: World) -> Frame:
    """Customers of the chunk with what is fixed for their whole life; (count,)."""
    rng = world.rng("customers")
    size = world.count
    number = world.first + np.arange(size)
    role = number % rates.CAST_PERIOD
    is_cast = role < rates.CAST_SIZE
    early = world.start + rng.integers(DAY, max(world.days // 3, 2) * DAY, size)
    created = np.where(is_cast, early, moments(world, rng, size))
    currency = pick(rng, rates.CURRENCY_WEIGHTS, size)
    currency = np.where(
        role == rates.CAST_YEARLY_THREE_LOYAL, number // rates.CAST_PERIOD % 2, currency
    )
    country = np.array(shop.COUNTRY_OF)[currency, rng.integers(0, 5, size)]
    life = Frame(
        number=number,
        role=role,
        created=created,
        currency=currency,
        country=country,
        tax=_tax_rate(country, rng.random(size) < rates.TAXED),
        is_subscriber=(rng.random(size) < rates.SUBSCRIBERS) | is_cast,
        has_email=rng.random(size) >= rates.NO_EMAIL,
        has_currency=rng.random(size) >= rates.NO_OWN_CURRENCY,
        by_bank=(rng.random(size) < rates.PAYS_BY_BANK) & ~is_cast,
        via_application=rng.random(size) < rates.VIA_APPLICATION,
        pays_later=(rng.random(size) < rates.PAYS_INVOICES_LATER) & ~is_cast,
        coupon=np.where(rng.random(size) < rates.CUSTOMER_COUPON, 2, shop.NO_COUPON),
    )
    life.coupon[is_cast] = shop.NO_COUPON
    _add_credit(world, rng, life)
    deleted = (rng.random(size) < rates.DELETED) & ~is_cast
    after = created + (20 + rng.integers(0, 400, size)) * DAY + hours(rng, size)
    _add_people(rng, life)
    return life.set(
        deleted_at=np.where(deleted, after, NEVER),
        card=rng.integers(0, 10_000, size),
    )


def _tax_rate(country: np.ndarray, taxed: np.ndarray) -> np.ndarray:
    """Index of the tax rate that applies, or NO_TAX; (n,)."""
    by_country = np.full(len(shop.COUNTRIES), shop.NO_TAX)
    by_country[[3, 4, 0, 7]] = [0, 1, 2, 3]
    return np.where(taxed, by_country[country], shop.NO_TAX)


def _add_credit(world: World, rng: np.random.Generator, life: Frame) -> None:
    """A credit (negative) or debt put on some customers' balance by hand."""
    size = len(life)
    must = np.isin(life.role, [rates.CAST_CREDIT, rates.CAST_OWES])
    may = (
        (rng.random(size) < rates.MAY_HOLD_CREDIT) & (life.role >= rates.CAST_SIZE)
    ) | must
    holds = (may & (rng.random(size) < rates.HOLDS_CREDIT)) | must
    owes = (rng.random(size) < rates.OWES_BALANCE) & (life.role != rates.CAST_CREDIT)
    owes |= life.role == rates.CAST_OWES
    cents = np.where(owes, rng.integers(2, 12, size), -rng.integers(5, 100, size))
    cents = np.where(life.role == rates.CAST_CREDIT, -200, cents) * 100
    amount = (cents * shop.MINOR_PER_USD_CENT[life.currency]).astype(np.int64)
    wait = np.where(must, MINUTE, rng.integers(MINUTE, 60 * DAY, size))
    life.set(
        may_hold_credit=may,
        credit=np.where(holds, amount, 0),
        credit_at=np.where(holds, life.created + wait, NEVER),
    )


def _add_people(rng: np.random.Generator, life: Frame) -> None:
    """Which person stands behind each customer, and whose e-mail is on file.

    Person i of the chunk is customer i's, but for twins, who are customer i - 1's
    second account. `email_of` is the person whose address the customer has.
    """
    size = len(life)
    own = np.arange(size)
    twin = rng.random(size) < rates.TWO_CUSTOMERS
    twin[0] = False
    twin[1:] &= ~twin[:-1]
    person = np.where(twin, own - 1, own)
    shares = (rng.random(size) < rates.SHARED_EMAIL) & ~twin & (own > 0)
    other_address = twin & (rng.random(size) < 0.5)
    email_of = np.where(shares, own - 1, np.where(other_address, own, person))
    life.set(
        person=person,
        email_of=email_of,
        email_style=pick(rng, [1 - rates.SHOUTED_EMAIL, rates.SHOUTED_EMAIL], size)
        * rng.integers(1, 3, size),
    )
