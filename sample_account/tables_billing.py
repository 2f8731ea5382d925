"""Tables of subscriptions, invoices and their lines."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from . import catalog as shop
from . import status, text
from .billing import BY_CHARGE, REASONS
from .clock import NEVER
from .invoices import LINE_CREDIT, LINE_DEBIT, LINE_ITEM, LINE_TRIAL
from .life import Life
from .names import Names
from .segment import boolean, decimal, instant, integer
from .tables_catalog import tax_rate_ids
from .timeline import Timeline

GOODS = ["Onboarding", "Consulting hours", "Overage", "Training"]
PLAN_NAMES = pa.array(shop.PLAN_IDS)
NICKNAMES = pa.array([str(name) for name in shop.PLANS.name])


def subscriptions(life: Life, ids: Names):
    """Subscriptions with plan, period and status as of the moment."""
    subs, cycles = life.subs, life.cycles
    periods = Timeline(cycles.sub, cycles.start, np.arange(len(cycles)))

    def build(rows: np.ndarray, moment: np.ndarray):
        state = (subs.state_at[rows] <= moment[:, None]).sum(axis=1) - 1
        period = periods.at(rows, moment, 0)
        trial = subs.trial_end[rows] < NEVER
        canceled = subs.canceled_at[rows] <= moment
        ended = subs.ended_at[rows] <= moment
        later = canceled & (subs.ended_at[rows] > subs.canceled_at[rows])
        code = life.sub_status.at(rows, moment, status.ACTIVE)
        single = subs.addon[rows] < 0
        fee = subs.application_fee[rows]
        return {
            "id": ids.subscription(rows),
            "application_fee_percent": decimal(fee, 0, fee > 0),
            "cancel_at_period_end": boolean(later),
            "canceled_at": instant(subs.canceled_at[rows], canceled),
            "collection_method": text.coded(
                subs.pays_later[rows] * 1, ["charge_automatically", "send_invoice"]
            ),
            "created": instant(subs.created[rows]),
            "current_period_end": instant(cycles.end[period]),
            "current_period_start": instant(cycles.start[period]),
            "customer_id": ids.customer(subs.customer[rows]),
            "discount_id": ids.of("di_", rows, subs.coupon[rows] >= 0),
            "ended_at": instant(subs.ended_at[rows], ended),
            "is_deleted": boolean(ended & (code == status.CANCELED)),
            "plan_id": text.lookup(subs.state_plan[rows, state], PLAN_NAMES, single),
            "quantity": integer(subs.state_quantity[rows, state], single),
            "start_date": instant(subs.created[rows]),
            "status": text.coded(code, status.SUBSCRIPTION),
            "trial_end": instant(subs.trial_end[rows]),
            "trial_start": instant(subs.created[rows], trial),
            "livemode": np.ones(len(rows), dtype=bool),
        }

    changes = [
        subs.created,
        subs.canceled_at,
        subs.ended_at,
        subs.state_at[:, 1],
        subs.state_at[:, 2],
        life.sub_status,
        periods,
    ]
    return changes, build


def item_rows(life: Life) -> np.ndarray:
    """Items as subscription * 3 + slot: 0 main, 1 add-on, 2 what replaced the main."""
    subs = life.subs
    index = np.arange(len(subs))
    swap = np.where(subs.swap_state < 3, subs.swap_state, 0)
    swapped = (swap > 0) & (subs.state_at[index, swap] < NEVER)
    parts = [index * 3, index[subs.addon >= 0] * 3 + 1, index[swapped] * 3 + 2]
    return np.sort(np.concatenate(parts))


def subscription_items(life: Life, ids: Names):
    """Items; one that is swapped out stays, with quantity 0."""
    subs, items = life.subs, item_rows(life)
    sub, slot = items // 3, items % 3
    swap = np.where(subs.swap_state[sub] < 3, subs.swap_state[sub], 0)
    swapped_at = np.where(swap > 0, subs.state_at[sub, swap], NEVER)
    created = np.where(slot == 2, swapped_at, subs.created[sub])
    frozen = slot == 1

    def build(rows: np.ndarray, moment: np.ndarray):
        own, place = sub[rows], slot[rows]
        state = (subs.state_at[own] <= moment[:, None]).sum(axis=1) - 1
        out = (place == 0) & (state >= subs.swap_state[own])
        last = np.where(out, subs.swap_state[own] - 1, state)
        plan = np.where(place == 1, subs.addon[own], subs.state_plan[own, last])
        metered = shop.PLANS.kind[plan] == shop.METERED
        seats = np.where(place == 1, 1, subs.state_quantity[own, last])
        return {
            "id": ids.of("si_", items[rows]),
            "created": instant(created[rows]),
            "metadata_seat_group": text.coded(own % 5, ["a", "b", None, None, None]),
            "plan_id": text.lookup(plan, PLAN_NAMES),
            "quantity": integer(np.where(out, 0, seats), ~metered),
            "subscription_id": ids.subscription(own),
            "tax_rates": tax_rate_ids(
                ids, life.customers.tax[subs.customer[own]], place != 1
            ),
        }

    first = np.where(frozen, NEVER, subs.state_at[sub, 1])
    second = np.where(frozen, NEVER, subs.state_at[sub, 2])
    before = [np.where(x > created, x, NEVER) for x in (first, second)]
    return [created, *before], build


def invoices(life: Life, ids: Names):
    """Invoices with status, attempts and balance as of the moment."""
    bills, charges = life.invoices, life.charges
    mine = np.flatnonzero(charges.invoice >= 0)
    tried = Timeline(charges.invoice[mine], charges.created[mine], mine)
    count = Timeline(
        charges.invoice[mine], charges.created[mine], np.ones(len(mine), np.int64)
    )
    rate = life.customers.tax[bills.customer] >= 0
    app = life.customers.via_application[bills.customer]

    def build(rows: np.ndarray, moment: np.ndarray):
        code = status.invoice_status(bills, rows, moment)
        draft, paid = code == status.DRAFT, code == status.PAID
        attempts = count.total(rows, moment)
        currency = life.customers.currency[bills.customer[rows]]
        charge = tried.at(rows, moment, -1)
        waits = draft & (bills.finalized[rows] < NEVER)
        retries = (code == status.OPEN) & (bills.way[rows] == BY_CHARGE)
        retries &= (attempts < bills.tries[rows]) | bills.pays_later[rows]
        later = bills.pays_later[rows]
        return {
            "id": ids.of("in_", rows),
            "amount_due": bills.due[rows],
            "application_fee": integer(bills.due[rows] // 100, app[rows]),
            "attempt_count": attempts,
            "attempted": boolean((attempts > 0) | (paid & ~later)),
            "billing_reason": text.coded(bills.reason[rows], REASONS),
            "charge_id": ids.charge(charge),
            "currency": text.coded(currency, shop.CURRENCIES),
            "customer_id": ids.customer(bills.customer[rows]),
            "description": text.same("Thank you for your business", len(rows), later),
            "due_date": instant(bills.due_date[rows], ~draft),
            "ending_balance": integer(bills.ending[rows], ~draft),
            "metadata_purchase_order": text.masked(
                text.joined(text.same("PO-", len(rows)), text.digits(rows, 7)), later
            ),
            "paid": boolean(paid),
            "period_end": instant(bills.created[rows]),
            "period_start": instant(bills.period_start[rows]),
            "receipt_number": text.masked(
                text.joined(
                    text.digits(life.world.chunk + rows * 0 + 1000, 4),
                    text.same("-", len(rows)),
                    text.digits(rows, 7),
                ),
                paid & (attempts > 0),
            ),
            "starting_balance": bills.starting[rows],
            "statement_descriptor": text.same("SAMPLE LTD", len(rows), rows % 4 == 0),
            "subscription_id": ids.subscription(bills.sub[rows]),
            "subtotal": bills.subtotal[rows],
            "tax": integer(bills.tax[rows], rate[rows]),
            "total": bills.total[rows],
            "auto_advance": boolean(waits | retries),
            "status": text.coded(code, status.INVOICE),
            "created": instant(bills.created[rows]),
        }

    changes = [
        bills.created,
        bills.finalized,
        bills.paid_at,
        bills.voided_at,
        bills.uncollectible_at,
        tried,
    ]
    return changes, build


def _line_text(life: Life, rows: np.ndarray) -> pa.Array:
    """Descriptions of lines; (n,)."""
    lines = life.lines
    kind, plan = lines.kind[rows], np.maximum(lines.plan[rows], 0)
    head = np.where(kind == LINE_TRIAL, 1, 0)
    head = np.where(kind == LINE_CREDIT, 2, np.where(kind == LINE_DEBIT, 3, head))
    heads = ["1 x ", "Trial period for ", "Unused time on ", "Remaining time on "]
    named = text.joined(text.coded(head, heads), text.lookup(plan, NICKNAMES))
    goods = text.coded(lines.text[rows], GOODS)
    return text.where(kind == LINE_ITEM, goods, named)


def invoice_lines(life: Life, ids: Names):
    """Lines of invoices; they appear with their invoice and never change."""
    lines = life.lines
    billed = np.flatnonzero(lines.invoice >= 0)
    created = life.invoices.created[lines.invoice[billed]]

    def build(rows: np.ndarray, moment: np.ndarray):
        line = billed[rows]
        kind, bill = lines.kind[line], lines.invoice[line]
        proration = (kind == LINE_CREDIT) | (kind == LINE_DEBIT)
        from_item = proration | (kind == LINE_ITEM)
        item = np.where(
            lines.sub[line] >= 0, lines.sub[line] * 3 + lines.slot[line], -1
        )
        currency = life.customers.currency[lines.customer[line]]
        return {
            "id": ids.of("il_", line),
            "amount": lines.amount[line],
            "currency": text.coded(currency, shop.CURRENCIES),
            "description": _line_text(life, line),
            "discountable": boolean(~from_item),
            "invoice_id": ids.of("in_", bill),
            "item_id": text.where(from_item, ids.of("ii_", line), ids.of("si_", item)),
            "period_end": instant(lines.end[line]),
            "period_start": instant(lines.start[line]),
            "plan_id": text.lookup(
                np.maximum(lines.plan[line], 0), PLAN_NAMES, lines.plan[line] >= 0
            ),
            "proration": boolean(proration),
            "quantity": lines.quantity[line],
            "subscription_id": ids.subscription(lines.sub[line]),
            "tax_rates": tax_rate_ids(ids, life.customers.tax[lines.customer[line]]),
            "type": text.coded(from_item * 1, ["subscription", "invoiceitem"]),
        }

    return [created], build


def invoice_items(life: Life, ids: Names):
    """Items behind proration and goods lines; some wait for the next invoice."""
    lines = life.lines
    kinds = [LINE_CREDIT, LINE_DEBIT, LINE_ITEM]
    items = np.flatnonzero(np.isin(lines.kind, kinds))
    bill = lines.invoice[items]
    billed_at = np.where(bill >= 0, life.invoices.created[np.maximum(bill, 0)], NEVER)
    created = lines.start[items]

    def build(rows: np.ndarray, moment: np.ndarray):
        line = items[rows]
        proration = lines.kind[line] != LINE_ITEM
        currency = life.customers.currency[lines.customer[line]]
        known = billed_at[rows] <= moment
        return {
            "id": ids.of("ii_", line),
            "amount": lines.amount[line],
            "currency": text.coded(currency, shop.CURRENCIES),
            "customer_id": ids.customer(lines.customer[line]),
            "date": instant(created[rows]),
            "description": _line_text(life, line),
            "discountable": boolean(~proration),
            "invoice_id": ids.of("in_", np.where(known, lines.invoice[line], -1)),
            "metadata_project": text.coded(line % 6, ["north", "south", *[None] * 4]),
            "period_start": instant(lines.start[line]),
            "period_end": instant(lines.end[line]),
            "proration": boolean(proration),
            "quantity": lines.quantity[line],
            "subscription_id": ids.subscription(lines.sub[line]),
        }

    return [created, np.where(billed_at > created, billed_at, NEVER)], build
