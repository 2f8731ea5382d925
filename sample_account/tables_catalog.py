"""Tables of what exists once per account: plans, coupons, accounts, goods."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from . import catalog as shop
from . import text
from .clock import DAY, UNIT_NAMES, UNIT_YEAR
from .money import PAYOUT_CURRENCIES
from .names import Ids
from .payments import CONNECTED_ACCOUNTS
from .segment import View, decimal, deliver, instant, integer
from .world import World

OWN_BANK_ACCOUNTS = 1_000_000_000
"""Positions from here on are the account's own bank accounts, by currency."""
OWN_ACCOUNT = CONNECTED_ACCOUNTS
SITE = "https://sample.example.com"


def catalog_tables(world: World, view: View) -> dict[str, pa.Table]:
    """All rows that do not belong to a customer; shown from the start of the life."""
    ids = Ids(world)
    makers = {
        "accounts": _accounts,
        "coupons": _coupons,
        "order_shipping_methods": _shipping_methods,
        "plans": _plans,
        "products": _products,
        "skus": _skus,
        "tax_rates": _tax_rates,
    }
    tables = {}
    for name, maker in makers.items():
        size, build = maker(world, ids)
        created = np.full(size, world.start)
        tables[name], _ = deliver(world, view, name, [created], build)
    return tables


def product_ids(ids: Ids, rows: np.ndarray) -> pa.Array:
    """Ids of products; (n,)."""
    every = ids.shared("prod_", np.arange(len(shop.PRODUCTS)))
    return text.lookup(rows, every)


def _accounts(world: World, ids: Ids):
    size = CONNECTED_ACCOUNTS + 1

    def build(rows: np.ndarray, moment: np.ndarray):
        own = rows == OWN_ACCOUNT
        count = len(rows)
        name = text.coded(
            rows, ["Kiosk One", "Corner Two", "Stall Three", "Sample Ltd"]
        )
        return {
            "id": ids.shared("acct_", rows),
            "business_logo": text.same(SITE + "/logo.png", count, own),
            "business_name": name,
            "business_url": text.same(SITE, count, own),
            "charges_enabled": np.ones(count, dtype=bool),
            "country": text.same("US", count),
            "debit_negative_balances": own,
            "default_currency": text.same("usd", count),
            "details_submitted": np.ones(count, dtype=bool),
            "display_name": name,
            "email": text.joined(
                text.same("account", count), text.digits(rows, 2),
                text.same("@sample.example.com", count),
            ),
            "metadata_region": text.same("north-america", count, own),
            "statement_descriptor": text.same("SAMPLE LTD", count, own),
            "support_address_city": text.same("New York", count, own),
            "support_address_country": text.same("US", count, own),
            "support_address_line1": text.same("1 Sample Street", count, own),
            "support_address_line2": text.same("Floor 2", count, own),
            "support_address_postal_code": text.same("10001", count, own),
            "support_address_state": text.same("NY", count, own),
            "support_email": text.same("help@sample.example.com", count, own),
            "support_phone": text.same("+12125550100", count, own),
            "support_url": text.same("https://sample.example.com/help", count, own),
            "timezone": text.same("America/New_York", count),
            "transfers_enabled": np.ones(count, dtype=bool),
            "product_description": text.same("Software and day passes", count, own),
            "type": text.where(
                own, text.same("standard", count), text.same("custom", count)
            ),
        }  # fmt: skip

    return size, build


def _plans(world: World, ids: Ids):
    plans = shop.PLANS
    nickname = pa.array([str(name) for name in plans.name])

    def build(rows: np.ndarray, moment: np.ndarray):
        licensed = plans.kind[rows] == shop.LICENSED
        monthly_trial = plans.unit[rows] != UNIT_YEAR
        return {
            "id": text.lookup(rows, pa.array(shop.PLAN_IDS)),
            "amount": integer(plans.amount[rows], licensed),
            "currency": text.coded(plans.currency[rows], shop.CURRENCIES),
            "interval_count": plans.count[rows],
            "interval": text.coded(plans.unit[rows], UNIT_NAMES),
            "product": product_ids(ids, plans.product[rows]),
            "metadata_tier": text.coded(
                np.minimum(plans.product[rows], 3), [*shop.TIERS, None]
            ),
            "trial_period_days": integer(np.full(len(rows), 14), monthly_trial),
            "created": instant(np.full(len(rows), world.start - 40 * DAY)),
            "active": plans.kind[rows] != shop.TIERED,
            "nickname": text.lookup(rows, nickname),
        }

    return len(plans), build


def _coupons(world: World, ids: Ids):
    coupons = shop.COUPONS
    names = pa.array([row[0] for row in shop.COUPON_ROWS])
    currencies = [
        None if r[3] is None else shop.CURRENCIES[r[3]] for r in shop.COUPON_ROWS
    ]

    def build(rows: np.ndarray, moment: np.ndarray):
        percent, off = coupons.percent[rows], coupons.amount_off[rows]
        count = len(rows)
        return {
            "id": text.lookup(rows, names),
            "amount_off": integer(off, off > 0),
            "currency": text.coded(rows, currencies),
            "duration_in_months": integer(
                coupons.months[rows], coupons.duration[rows] == shop.REPEATING
            ),
            "duration": text.coded(coupons.duration[rows], shop.DURATIONS),
            "max_redemptions": integer(np.full(count, 100_000), rows == 0),
            "metadata_campaign": text.same("autumn", count, rows % 2 == 0),
            "percent_off": decimal(percent // 100, 0, percent > 0),
            "percent_off_precise": decimal(percent, 2, percent > 0),
            "times_redeemed": integer(100 + rows * 17),
            "valid": rows != 1,
            "created": instant(np.full(count, world.start - 30 * DAY)),
        }

    return len(coupons), build


def _products(world: World, ids: Ids):
    names = pa.array([row[0] for row in shop.PRODUCTS])
    descriptions = pa.array([row[1] for row in shop.PRODUCTS])
    shippable = np.array([row[2] for row in shop.PRODUCTS])

    def build(rows: np.ndarray, moment: np.ndarray):
        count, ships = len(rows), shippable[rows]
        return {
            "id": product_ids(ids, rows),
            "active": np.ones(count, dtype=bool),
            "attributes": text.same('["size","color"]', count, ships),
            "caption": text.same("Made to last", count, ships),
            "deactivate_on": text.same('["mobile"]', count, rows == 8),
            "description": text.lookup(rows, descriptions),
            "images": text.same('["https://sample.example.com/i.png"]', count, ships),
            "livemode": np.ones(count, dtype=bool),
            "metadata_line": text.coded(ships.astype(np.int64), ["software", "goods"]),
            "name": text.lookup(rows, names),
            "package_dimensions_height": decimal(np.full(count, 35), 1, ships),
            "package_dimensions_weight": decimal(np.full(count, 80), 1, ships),
            "shippable": ships,
            "url": text.same("https://sample.example.com/shop", count, ships),
            "created": instant(np.full(count, world.start - 60 * DAY)),
        }

    return len(shop.PRODUCTS), build


def _skus(world: World, ids: Ids):
    def build(rows: np.ndarray, moment: np.ndarray):
        count, finite = len(rows), rows % 3 == 0
        created = np.full(count, world.start - 50 * DAY)
        return {
            "id": ids.of("sku_", rows),
            "active": rows != 7,
            "attributes_size": text.coded(rows % 4, ["S", "M", "L", "XL"]),
            "attributes_color": text.coded(rows % 2, ["black", "white"]),
            "created": instant(created),
            "currency": text.same("usd", count),
            "image": text.same("https://sample.example.com/sku.png", count, rows < 4),
            "inventory_type": text.coded(finite * 1, ["infinite", "finite"]),
            "inventory_quantity": integer(40 + rows, finite),
            "is_deleted": rows == 7,
            "livemode": np.ones(count, dtype=bool),
            "metadata_warehouse": text.same("east", count),
            "package_dimensions_height": decimal(np.full(count, 35), 1),
            "package_dimensions_weight": decimal(np.full(count, 80), 1),
            "price": integer(1500 + rows * 100),
            "product_id": product_ids(ids, 7 + rows % 2),
            "updated": instant(created + rows * DAY),
        }

    return 8, build


def _tax_rates(world: World, ids: Ids):
    def column(place: int) -> list[str | None]:
        return [row[place] for row in shop.TAX_ROWS]

    def build(rows: np.ndarray, moment: np.ndarray):
        inclusive = np.array(column(5))
        return {
            "id": tax_rate_ids(ids, rows),
            "active": ~inclusive[rows],
            "country": text.coded(rows, column(1)),
            "description": text.same("Tax on digital services", len(rows), rows < 3),
            "display_name": text.coded(rows, column(0)),
            "inclusive": inclusive[rows],
            "jurisdiction": text.coded(rows, column(3)),
            "percentage": decimal(shop.TAX_MILLI[rows], 3),
            "state": text.coded(rows, column(2)),
            "tax_type": text.coded(rows, column(6)),
        }

    return len(shop.TAX_ROWS), build


def tax_rate_ids(ids: Ids, rows: np.ndarray, valid: np.ndarray | None = None):
    """Ids of tax rates, null for NO_TAX; (n,)."""
    every = ids.shared("txr_", np.arange(len(shop.TAX_ROWS)))
    known = rows >= 0 if valid is None else valid & (rows >= 0)
    return text.lookup(rows, every, known)


def _shipping_methods(world: World, ids: Ids):
    def build(rows: np.ndarray, moment: np.ndarray):
        count = len(rows)
        return {
            "id": ids.of("ship_", rows),
            "amount": integer(500 + rows % 3 * 700),
            "currency": text.same("usd", count),
            "delivery_estimate_type": text.same("exact", count),
            "delivery_estimate_date": text.coded(rows % 2, ["2-3 days", "next day"]),
            "description": text.coded(rows % 3, ["Post", "Courier", "Express"]),
            "order_id": ids.of("or_", rows // 3),
            "shipping_id": ids.of("shp_", rows % 3),
        }

    return 24, build


def own_bank_account_rows() -> np.ndarray:
    """Positions of the account's own bank accounts, one per payout currency."""
    return OWN_BANK_ACCOUNTS + np.array(PAYOUT_CURRENCIES)
