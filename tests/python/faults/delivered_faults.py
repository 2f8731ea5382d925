"""What Segment may deliver that no test may take for an error of the models."""

from __future__ import annotations

from faults.records import DataFault

DELIVERED_FAULTS = (
    DataFault(
        "empty texts where nothing is",
        (
            "update stripe.charges set "
            "invoice_id = coalesce(invoice_id, ''), "
            "payment_intent_id = coalesce(payment_intent_id, ''), "
            "customer_id = coalesce(customer_id, ''), "
            "failure_code = coalesce(failure_code, '')",
            "update stripe.invoices set charge_id = coalesce(charge_id, ''), "
            "subscription_id = coalesce(subscription_id, '')",
            "update stripe.refunds set status = coalesce(status, '')",
            "update website.pages set user_id = coalesce(user_id, '')",
        ),
        handled="an empty text is null",
        unchanged=(
            "fct_charges",
            "fct_payments",
            "fct_invoices",
            "fct_refunds",
            "customer_lookup",
            "executive_summary_daily",
        ),
    ),
    DataFault(
        "an invoice with a status that Stripe adds later",
        ("update stripe.invoices set status = 'brand_new' where id = 'in_30'",),
        handled="it is in no figure of the receivables",
        holds=(
            "select sum(receivables.invoiced_amount) = ("
            "select sum(amount_due) from analytics.fct_invoices "
            "where status in ('open', 'paid', 'uncollectible') and currency = 'usd'"
            ") from analytics.receivables_monthly as receivables "
            "where currency = 'usd'",
        ),
    ),
    DataFault(
        "a refund of zero",
        ("update stripe.refunds set amount = 0 where id = 're_plain'",),
        handled="it is counted",
        holds=(
            "select refund_count = 1 and refunded_amount = 0 "
            "from analytics.fct_charges where charge_id = 'ch_plain'",
        ),
    ),
    DataFault(
        "amount_captured is zero",
        ("update stripe.charges set amount_captured = 0 where id = 'ch_second'",),
        handled="nothing was captured",
        holds=(
            "select is_gross and gross_amount = 0 from analytics.fct_charges "
            "where charge_id = 'ch_second'",
            "select payment_amount = 0 from analytics.fct_payments "
            "where payment_id = 'ch_second'",
        ),
    ),
    DataFault(
        "the balance got nothing of a charge",
        (
            "update stripe.balance_transactions set amount = 0, net = -fee "
            "where id = 'txn_second'",
        ),
        handled="nothing was captured",
        holds=(
            "select is_gross and gross_amount = 0 from analytics.fct_charges "
            "where charge_id = 'ch_second'",
        ),
    ),
    DataFault(
        "charges of a payment intent in two currencies",
        ("update stripe.charges set currency = 'eur' where id = 'ch_try_3'",),
        handled="the money is that in the currency of the first attempt",
        holds=(
            "select currency = 'usd' and attempt_count = 3 and gross_amount = 0 "
            "and payment_amount = 50 and is_recovered "
            "from analytics.fct_payments where payment_id = 'pi_try'",
        ),
    ),
    DataFault(
        "captures of a payment intent in two currencies",
        (
            "update stripe.charges set currency = 'eur', status = 'succeeded', "
            "captured = true, failure_code = null where id = 'ch_try_1'",
        ),
        handled="the money is that in the currency of the first attempt",
        holds=(
            "select currency = 'eur' and attempt_count = 3 and gross_amount = 50 "
            "from analytics.fct_payments where payment_id = 'pi_try'",
        ),
    ),
    DataFault(
        "a charge that succeeded has a failure code",
        (
            "update stripe.charges set failure_code = 'card_declined' "
            "where id = 'ch_second'",
        ),
        handled="the payment's first attempt did not fail",
        holds=(
            "select first_failure_code is null and not is_first_attempt_failed "
            "from analytics.fct_payments where payment_id = 'ch_second'",
        ),
    ),
)
