"""Tables of payments: intents, charges, refunds, disputes, fees and movements."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from . import balance, rates, text
from . import catalog as shop
from .clock import DAY, NEVER
from .life import Life
from .names import Names
from .payments import NOBODY
from .people import names
from .reversals import WARNING, WON
from .segment import boolean, instant, integer
from .tables_people import customer_emails
from .timeline import Timeline

CODES = [row[0] for row in rates.FAILURES] + [row[0] for row in rates.BANK_FAILURES]
MESSAGES = [row[1] for row in rates.FAILURES] + [row[1] for row in rates.BANK_FAILURES]
REFUND_REASONS = [
    "requested_by_customer",
    "duplicate",
    "fraudulent",
    None,
    "expired_uncaptured_charge",
]
DISPUTE_REASONS = [
    "fraudulent",
    "product_not_received",
    "subscription_canceled",
    "unrecognized",
    "duplicate",
    "credit_not_processed",
]


def payment_intents(life: Life, ids: Names):
    """Intents with status and received amount as of the moment."""
    intents, charges = life.intents, life.charges
    mine = charges.intent >= 0
    tried = Timeline(charges.intent[mine], charges.created[mine])
    known = Timeline(charges.intent[mine], charges.settled_at[mine])
    payer = np.full(len(intents), -1)
    payer[charges.intent[mine]] = np.where(
        charges.customer[mine] == NOBODY,
        len(life.customers) + charges.order[mine],
        charges.customer[mine],
    )
    states = [
        "requires_payment_method",
        "processing",
        "requires_capture",
        "succeeded",
        "canceled",
    ]

    def build(rows: np.ndarray, moment: np.ndarray):
        done = intents.succeeded_at[rows] <= moment
        held = (intents.capturable_at[rows] <= moment) & ~done
        gone = (intents.canceled_at[rows] <= moment) & ~done
        begun = tried.last(rows, moment)
        waits = (begun >= 0) & (known.last(rows, moment) < begun)
        code = np.where(waits, 1, 0)
        code = np.where(held, 2, code)
        code = np.where(done, 3, np.where(gone, 4, code))
        order, fee = intents.order[rows], intents.fee[rows]
        amount, bill = intents.amount[rows], intents.invoice[rows]
        sells_for = intents.destination[rows] >= 0
        count, customer = len(rows), intents.customer[rows]
        reason = np.where(bill >= 0, 0, np.where(intents.is_manual[rows], 1, 2))
        return {
            "id": ids.of("pi_", rows),
            "amount_capturable": np.where(held & ~gone, amount, 0),
            "amount_received": np.where(done, intents.captured[rows], 0),
            "amount": amount,
            "application_fee_amount": integer(fee, fee > 0),
            "application_id": ids.shared("ca_", rows * 0, (fee > 0) & ~sells_for),
            "canceled_at": instant(intents.canceled_at[rows], gone),
            "cancellation_reason": text.coded(
                reason, ["void_invoice", "automatic", "abandoned"], gone
            ),
            "capture_method": text.coded(
                intents.is_manual[rows] * 1, ["automatic", "manual"]
            ),
            "confirmation_method": text.same("automatic", count),
            "created": instant(intents.created[rows]),
            "currency": text.coded(intents.currency[rows], shop.CURRENCIES),
            "customer_id": ids.customer(customer),
            "description": _description(bill, order),
            "invoice_id": ids.of("in_", bill),
            "livemode": ~intents.is_test[rows],
            "metadata_order_id": _order_numbers(order),
            "on_behalf_of": ids.shared("acct_", intents.destination[rows]),
            "payment_method_id": ids.of("pm_", payer[rows], begun >= 0),
            "receipt_email": _receipt_emails(life, customer, order),
            "review_id": ids.of("prv_", rows, (rows % 199 == 0) & (order >= 0)),
            "statement_descriptor": text.same("SAMPLE LTD", count, rows % 4 == 0),
            "status": text.coded(code, states),
            "transfer_data_amount": integer(amount - fee, sells_for),
            "transfer_data_destination": ids.shared("acct_", intents.destination[rows]),
            "transfer_group": text.masked(_order_numbers(order), sells_for),
        }

    changes = [
        intents.created,
        intents.succeeded_at,
        intents.canceled_at,
        intents.capturable_at,
        tried,
        known,
    ]
    return changes, build


def _order_numbers(order: np.ndarray) -> pa.Array:
    """Order numbers of one-off payments, null for others; (n,)."""
    column = text.joined(
        text.same("order-", len(order)), text.digits(np.maximum(order, 0), 7)
    )
    return text.masked(column, order >= 0)


def _description(bill: np.ndarray, order: np.ndarray) -> pa.Array:
    """What a payment is for; (n,)."""
    code = np.where(bill >= 0, 0, 1 + np.maximum(order, 0) % 4)
    goods = ["Subscription update", "Day pass", "T-shirt", "Mug", None]
    return text.coded(code, goods)


def _receipt_emails(life: Life, customer: np.ndarray, order: np.ndarray) -> pa.Array:
    """Customers' e-mails, and addresses of guests; (n,)."""
    guest = customer == NOBODY
    own = customer_emails(life.customers, np.maximum(customer, 0))
    if not guest.any():
        return own
    chunk = life.world.chunk * 1_000_000
    count = len(order)
    made = text.joined(
        text.same("guest", count),
        text.digits(chunk + np.maximum(order, 0), 9),
        text.same("@example.com", count),
    )
    return text.where(guest, made, own)


def refund_sums(life: Life) -> Timeline:
    """What of each charge has been refunded or released, in time."""
    refunds = life.refunds
    return Timeline(
        np.concatenate([refunds.charge, refunds.charge]),
        np.concatenate([refunds.created, refunds.failed_at]),
        np.concatenate([refunds.amount, -refunds.amount]),
    )


def move_of_charge(life: Life) -> np.ndarray:
    """Position of the movement that credits each charge, or -1; (n,)."""
    moves = life.moves
    credit = np.isin(moves.kind, [balance.T_CHARGE, balance.T_PAYMENT])
    out = np.full(len(life.charges), -1)
    out[moves.row[credit]] = np.flatnonzero(credit)
    return out


def charges(life: Life, ids: Names):
    """Charges with status, capture and refunds as of the moment."""
    charges, moves = life.charges, life.moves
    back = refund_sums(life)
    move = move_of_charge(life)
    paid_for = Timeline(life.disputes.charge, life.disputes.created)
    fraud = life.disputes.charge[life.disputes.reason == 0]
    is_fraud = np.zeros(len(charges), dtype=bool)
    is_fraud[fraud] = True

    def build(rows: np.ndarray, moment: np.ndarray):
        known = charges.settled_at[rows] <= moment
        good = charges.succeeds[rows]
        code = np.where(known, np.where(good, 0, 1), 2)
        failed = known & ~good
        captured = charges.captured_at[rows] <= moment
        at_once = charges.flow[rows] == 0
        refunded = back.total(rows, moment)
        amount, fee = charges.amount[rows], charges.fee[rows]
        order, bill = charges.order[rows], charges.invoice[rows]
        customer, count = charges.customer[rows], len(rows)
        moved = moves.created[np.maximum(move[rows], 0)] <= moment
        disputed = is_fraud[rows] & (paid_for.last(rows, moment) >= 0)
        return _shipping(life, rows) | {
            "id": ids.charge(rows),
            "amount_refunded": refunded,
            "amount": amount,
            "application_fee": integer(fee, fee > 0),
            "balance_transaction_id": ids.of("txn_", np.where(moved, move[rows], -1)),
            "captured": boolean(np.where(good, captured | (at_once & ~known), at_once)),
            "currency": text.coded(charges.currency[rows], shop.CURRENCIES),
            "customer_id": ids.customer(customer),
            "description": _description(bill, order),
            "destination": ids.shared("acct_", charges.destination[rows]),
            "failure_code": text.coded(charges.failure[rows], CODES, failed),
            "failure_message": text.coded(charges.failure[rows], MESSAGES, failed),
            "fraud_details_stripe_report": text.same("fraudulent", count, disputed),
            "fraud_details_user_report": text.coded(
                rows % 2, ["fraudulent", "safe"], disputed
            ),
            "invoice_id": ids.of("in_", bill),
            "metadata_order_id": _order_numbers(order),
            "metadata_channel": text.coded(rows % 3, ["web", "app", None]),
            "paid": boolean(known & good),
            "payment_intent_id": ids.of("pi_", charges.intent[rows]),
            "payment_method_id": ids.payment_method(customer, order),
            "receipt_email": _receipt_emails(life, customer, order),
            "receipt_number": text.masked(
                text.joined(
                    text.digits(rows * 0 + 1000 + life.world.chunk, 4),
                    text.same("-", count),
                    text.digits(rows, 8),
                ),
                known & good & (rows % 3 > 0),
            ),
            "refunded": boolean(refunded >= amount),
            "statement_descriptor": text.same("SAMPLE LTD", count, rows % 4 == 0),
            "status": text.coded(code, ["succeeded", "failed", "pending"]),
            "created": instant(charges.created[rows]),
            "livemode": ~charges.is_test[rows],
        }

    settled = np.where(charges.is_bank, charges.settled_at, NEVER)
    held = np.where(charges.flow > 0, charges.captured_at, NEVER)
    return [charges.created, settled, held, charges.expired_at, back, paid_for], build


def _shipping(life: Life, rows: np.ndarray) -> dict:
    """Shipping columns of charges for goods."""
    charges, count = life.charges, len(rows)
    given, land = charges.is_shipped[rows], charges.country[rows]
    order = np.maximum(charges.order[rows], 0)
    prefix = "shipping_address_"
    return {
        prefix + "city": text.coded(land, shop.CITIES, given),
        prefix + "country": text.coded(land, shop.COUNTRIES, given),
        prefix + "line1": text.same("1 Main Street", count, given),
        prefix + "line2": text.same("Flat 1", count, given & (order % 7 == 0)),
        prefix + "postal_code": text.coded(land, shop.POSTCODES, given),
        prefix + "state": text.coded(land, shop.STATES, given),
        "shipping_carrier": text.coded(order % 3, ["UPS", "DHL", "USPS"], given),
        "shipping_name": text.masked(names(order), given),
        "shipping_phone": text.same("+12125550199", count, given & (order % 5 == 0)),
        "shipping_tracking_number": text.masked(
            text.joined(text.same("1Z", count), text.digits(order, 10)), given
        ),
    }  # fmt: skip


def refunds(life: Life, ids: Names):
    """Refunds and releases; a failure shows in the balance only."""
    refunds, charges = life.refunds, life.charges
    moves = life.moves
    of_refund = np.isin(moves.kind, [balance.T_REFUND, balance.T_PAYMENT_REFUND])
    move = np.full(len(refunds), -1)
    move[moves.row[of_refund]] = np.flatnonzero(of_refund)

    def build(rows: np.ndarray, moment: np.ndarray):
        charge = refunds.charge[rows]
        return {
            "id": ids.refund(rows),
            "amount": refunds.amount[rows],
            "balance_transaction_id": ids.of("txn_", move[rows]),
            "charge_id": ids.charge(charge),
            "currency": text.coded(charges.currency[charge], shop.CURRENCIES),
            "metadata_agent": text.coded(rows % 4, ["ann", "bob", None, None]),
            "reason": text.coded(refunds.reason[rows], REFUND_REASONS),
            "receipt_number": text.masked(
                text.joined(text.same("R-", len(rows)), text.digits(rows, 7)),
                rows % 3 == 0,
            ),
            "created": instant(refunds.created[rows]),
        }

    return [refunds.created, refunds.failed_at], build


def disputes(life: Life, ids: Names):
    """Disputes with status as of the moment."""
    disputes, charges = life.disputes, life.charges
    states = [
        "needs_response", "under_review", "lost", "won",
        "warning_needs_response", "warning_under_review", "warning_closed",
    ]  # fmt: skip

    def build(rows: np.ndarray, moment: np.ndarray):
        fate, count = disputes.fate[rows], len(rows)
        answered = disputes.answered_at[rows] <= moment
        closed = disputes.closed_at[rows] <= moment
        warning = fate == WARNING
        done = np.where(warning, 6, np.where(fate == WON, 3, 2))
        code = np.where(closed, done, answered * 1 + warning * 4)
        charge = disputes.charge[rows]
        own = charges.customer[charge]
        emails = customer_emails(life.customers, np.maximum(own, 0))
        return {
            "id": ids.dispute(rows),
            "amount": disputes.amount[rows],
            "charge_id": ids.charge(charge),
            "currency": text.coded(charges.currency[charge], shop.CURRENCIES),
            "created": instant(disputes.created[rows]),
            "evidence_customer_email_address": text.masked(
                emails, answered & (own >= 0)
            ),
            "evidence_product_description": text.same(
                "Access to the software", count, answered
            ),
            "evidence_details_due_by": instant(disputes.due_by[rows]),
            "evidence_details_has_evidence": answered,
            "evidence_details_submission_count": integer(answered * 1),
            "is_charge_refundable": boolean(warning & ~closed),
            "metadata_case_id": text.masked(
                text.joined(text.same("case-", count), text.digits(rows, 6)),
                answered,
            ),
            "reason": text.coded(disputes.reason[rows], DISPUTE_REASONS),
            "status": text.coded(code, states),
        }

    return [disputes.created, disputes.answered_at, disputes.closed_at], build


def _move_at(life: Life, kind: int, size: int) -> np.ndarray:
    """Position of the movement of a kind for each object, or -1; (size,)."""
    of_kind = life.moves.kind == kind
    out = np.full(size, -1)
    out[life.moves.row[of_kind]] = np.flatnonzero(of_kind)
    return out


def application_fees(life: Life, ids: Names):
    """What connected accounts pay us for their charges."""
    fees, backs = life.fees, life.backs
    move = _move_at(life, balance.T_APPLICATION_FEE, len(fees))
    given = backs.take(backs.gives_fee)
    back = Timeline(given.fee, given.created, given.amount)

    def build(rows: np.ndarray, moment: np.ndarray):
        charge, count = fees.charge[rows], len(rows)
        refunded = back.total(rows, moment)
        amount = fees.amount[rows]
        return {
            "id": ids.of("fee_", rows),
            "account_id": ids.shared("acct_", life.charges.destination[charge]),
            "amount_refunded": refunded,
            "amount": amount,
            "application_id": ids.shared("ca_", rows * 0),
            "available": instant(life.moves.available[move[rows]]),
            "balance_transaction_id": ids.of("txn_", move[rows]),
            "charge_id": ids.charge(charge),
            "created": instant(fees.created[rows]),
            "currency": text.same("usd", count),
            "metadata_campaign": text.same("launch", count, rows % 3 == 0),
            "originating_transaction": ids.charge(charge),
            "refunded": boolean((refunded >= amount) & (amount > 0)),
            "transfer_id": ids.of("tr_", rows),
        }

    return [fees.created, back], build


def application_fee_refunds(life: Life, ids: Names):
    """Fees given back with a refund."""
    rows_of = np.flatnonzero(life.backs.gives_fee)
    backs = life.backs.take(rows_of)

    def build(rows: np.ndarray, moment: np.ndarray):
        count = len(rows)
        return {
            "id": ids.of("fr_", rows_of[rows]),
            "amount": backs.amount[rows],
            "created": instant(backs.created[rows]),
            "currency": text.same("usd", count),
            "fee_id": ids.of("fee_", backs.fee[rows]),
            "metadata_reason": text.same("refund", count, rows_of[rows] % 2 == 0),
        }

    return [backs.created], build


def transfers(life: Life, ids: Names):
    """Transfers to connected accounts; payouts are added for the whole account."""
    fees, backs = life.fees, life.backs
    move = _move_at(life, balance.T_TRANSFER, len(fees))
    back = Timeline(backs.fee, backs.created, backs.transferred)

    def build(rows: np.ndarray, moment: np.ndarray):
        reversed_amount = back.total(rows, moment)
        charge, count = fees.charge[rows], len(rows)
        amount = fees.transferred[rows]
        return {
            "id": ids.of("tr_", rows),
            "amount_reversed": reversed_amount,
            "amount": amount,
            "balance_transaction_id": ids.of("txn_", move[rows]),
            "created": instant(fees.created[rows]),
            "currency": text.same("usd", count),
            "description": text.same("Sale for a connected account", count),
            "destination_id": ids.shared("acct_", life.charges.destination[charge]),
            "destination_payment": ids.of("pyd_", rows),
            "reversed": boolean(reversed_amount >= amount),
            "source_transaction": ids.charge(charge),
            "status": text.same("paid", count),
        }

    return [fees.created, back], build


def transfer_reversals(life: Life, ids: Names):
    """What is taken back of transfers with refunds."""
    backs = life.backs
    move = _move_at(life, balance.T_TRANSFER_REFUND, len(backs))

    def build(rows: np.ndarray, moment: np.ndarray):
        count = len(rows)
        return {
            "id": ids.of("trr_", rows),
            "amount": backs.transferred[rows],
            "balance_transaction_id": ids.of("txn_", move[rows]),
            "created": instant(backs.created[rows]),
            "currency": text.same("usd", count),
            "metadata_reason": text.same("refund", count, rows % 2 == 0),
            "transfer_id": ids.of("tr_", backs.fee[rows]),
        }

    return [backs.created], build


def _source(life: Life, ids: Names, rows: np.ndarray) -> pa.Array:
    """Id of the object that caused each movement; (n,)."""
    moves = life.moves
    of, row = moves.of[rows], moves.row[rows]
    makers = [
        ids.charge,
        ids.refund,
        ids.dispute,
        lambda r: ids.of("fee_", r),
        lambda r: ids.of("fr_", r),
        lambda r: ids.of("tr_", r),
        lambda r: ids.of("trr_", r),
    ]
    parts, places = [], []
    for kind, maker in enumerate(makers):
        here = np.flatnonzero(of == kind)
        parts.append(text.plain(maker(row[here])))
        places.append(here)
    order = np.argsort(np.concatenate(places), kind="stable")
    return pa.concat_arrays(parts).take(pa.array(order))


def _move_text(life: Life, ids: Names, rows: np.ndarray) -> pa.Array:
    """Descriptions as Stripe writes them; null where there is none; (n,)."""
    moves = life.moves
    kind, word = moves.kind[rows], moves.text[rows]
    code = np.full(len(rows), 5)
    code[(kind == balance.T_CHARGE) | (kind == balance.T_PAYMENT)] = 0
    refund = (kind == balance.T_REFUND) | (kind == balance.T_PAYMENT_REFUND)
    code[refund] = 1
    code[refund & (word == 1)] = 2
    code[kind == balance.T_REFUND_FAILURE] = 3
    code[kind == balance.T_PAYMENT_FAILURE] = 4
    code[kind == balance.T_TRANSFER] = 6
    fixed = text.coded(
        code,
        [
            "Payment", "REFUND FOR CHARGE", "Partial capture reversal",
            "REFUND FAILURE", "Payment failure refund", None, "Transfer",
        ],
    )  # fmt: skip
    adjusts = kind == balance.T_ADJUSTMENT
    if not adjusts.any():
        return fixed
    heads = ["Chargeback withdrawal for ", "Chargeback reversal for "]
    charge = ids.charge(np.where(adjusts, moves.charge[rows], -1))
    head = text.coded(np.where(adjusts, word, 0), heads)
    return text.where(adjusts, text.joined(head, charge), fixed)


def balance_transactions(life: Life, ids: Names):
    """Movements of the balance: pending, then available."""
    moves = life.moves

    def build(rows: np.ndarray, moment: np.ndarray):
        available = moves.available[rows] <= moment
        day = moves.created[rows] // DAY
        return {
            "id": ids.of("txn_", rows),
            "amount": moves.amount[rows],
            "currency": text.coded(moves.currency[rows], shop.CURRENCIES),
            "description": _move_text(life, ids, rows),
            "fee": moves.fee[rows],
            "metadata_batch": text.coded(day % 20, ["odd", *[None] * 19]),
            "net": moves.amount[rows] - moves.fee[rows],
            "source": _source(life, ids, rows),
            "status": text.coded(available * 1, ["pending", "available"]),
            "type": text.coded(moves.kind[rows], balance.TYPES),
            "created": instant(moves.created[rows]),
            "available": instant(moves.available[rows]),
        }

    later = np.where(moves.available > moves.created, moves.available, NEVER)
    return [moves.created, later], build


def balance_transaction_fee_details(life: Life, ids: Names):
    """The parts of each fee; they sum to it."""
    moves = life.moves
    parts = [moves.stripe, moves.application, moves.tax]
    places = [np.flatnonzero(part != 0) for part in parts]
    move = np.concatenate(places)
    kind = np.repeat(np.arange(3), [len(place) for place in places])
    amount = np.concatenate([p[at] for p, at in zip(parts, places, strict=True)])
    kinds = ["stripe_fee", "application_fee", "tax"]
    texts = ["Stripe processing fees", "Application fee", "JCT"]
    disputed = moves.kind[move] == balance.T_ADJUSTMENT

    def build(rows: np.ndarray, moment: np.ndarray):
        own = move[rows]
        what = np.where(disputed[rows] & (kind[rows] == 0), 3, kind[rows])
        return {
            "id": ids.of("fd_", own * 3 + kind[rows]),
            "amount": amount[rows],
            "application": ids.shared("ca_", rows * 0, kind[rows] == 1),
            "balance_transaction_id": ids.of("txn_", own),
            "currency": text.coded(moves.currency[own], shop.CURRENCIES),
            "description": text.coded(what, [*texts, "Dispute fee"]),
            "type": text.coded(kind[rows], kinds),
        }

    return [moves.created[move]], build
