"""Faults in what Segment delivers: statements on the raw tables."""

from __future__ import annotations

from faults.records import DataFault

CHARGE_MARTS = (
    "fct_charges",
    "fct_payments",
    "fct_refunds",
    "executive_summary_daily",
    "executive_summary_monthly",
)

DATA_FAULTS = (
    # Keys
    DataFault(
        "a table loaded twice",
        ("insert into stripe.charges select * from stripe.charges",),
        handled="versions of a row that are the same count once",
        unchanged=CHARGE_MARTS,
    ),
    DataFault(
        "an older version of a charge, delivered again",
        (
            "insert into stripe.charges (id, received_at, created, amount, currency, "
            "status, livemode) values ('ch_plain', '2026-08-03 14:30:00+00', "
            "'2026-08-03 14:00:00+00', 99, 'usd', 'pending', true)",
        ),
        handled="the version received last wins",
        unchanged=CHARGE_MARTS,
    ),
    DataFault(
        "a version of a charge that has no received_at",
        (
            "insert into stripe.charges (id, created, amount, currency, status, "
            "livemode) values ('ch_plain', '2026-08-03 14:00:00+00', 99, 'usd', "
            "'pending', true)",
        ),
        handled="a version received nobody knows when is the oldest",
        unchanged=CHARGE_MARTS,
    ),
    DataFault(
        "the id of a charge is null",
        ("update stripe.charges set id = null where id = 'ch_plain'",),
        caught_by=("not_null_stg_stripe__charges_charge_id",),
    ),
    DataFault(
        "the id of a refund is null",
        ("update stripe.refunds set id = null where id = 're_plain'",),
        caught_by=("not_null_stg_stripe__refunds_refund_id",),
    ),
    DataFault(
        "the id of a customer is null",
        ("update stripe.customers set id = null where id = 'cus_plain'",),
        caught_by=("not_null_stg_stripe__customers_customer_id",),
    ),
    DataFault(
        "a customer that charges name is not delivered",
        ("delete from stripe.customers where id = 'cus_plain'",),
        caught_by=("references_fct_charges_customer_id__ref_dim_customers_",),
    ),
    DataFault(
        "a charge that refunds name is not delivered",
        ("delete from stripe.charges where id = 'ch_plain'",),
        caught_by=("references_fct_refunds_charge_id__ref_fct_charges_",),
    ),
    DataFault(
        "customer ids in capitals",
        ("update stripe.customers set id = upper(id) where id = 'cus_plain'",),
        caught_by=("references_fct_charges_customer_id__ref_dim_customers_",),
    ),
    DataFault(
        "two charges name one balance transaction",
        (
            "update stripe.charges set balance_transaction_id = 'txn_plain' "
            "where id = 'ch_try_3'",
        ),
        caught_by=("assert_balance_transactions_pay_one_charge",),
    ),
    DataFault(
        "a charge names a balance transaction that is not delivered",
        ("delete from stripe.balance_transactions where id = 'txn_plain'",),
        caught_by=(
            "references_fct_charges_balance_transaction_id__ref_fct_balance_transactions_",
        ),
    ),
    # Required values
    DataFault(
        "the amount of a charge is null",
        ("update stripe.charges set amount = null where id = 'ch_plain'",),
        caught_by=("assert_required_values_are_there",),
    ),
    DataFault(
        "the currency of a charge is null",
        ("update stripe.charges set currency = null where id = 'ch_plain'",),
        caught_by=("assert_required_values_are_there",),
    ),
    DataFault(
        "the currency of a charge is empty",
        ("update stripe.charges set currency = '' where id = 'ch_plain'",),
        caught_by=("assert_required_values_are_there",),
    ),
    DataFault(
        "the status of a charge is null",
        ("update stripe.charges set status = null where id = 'ch_plain'",),
        caught_by=("assert_required_values_are_there",),
    ),
    DataFault(
        "the creation of a charge is null",
        ("update stripe.charges set created = null where id = 'ch_plain'",),
        caught_by=("assert_required_values_are_there",),
    ),
    DataFault(
        "the amount of a refund is null",
        ("update stripe.refunds set amount = null where id = 're_plain'",),
        caught_by=("assert_required_values_are_there",),
    ),
    DataFault(
        "the currency of a balance transaction is null",
        (
            "update stripe.balance_transactions set currency = null "
            "where id = 'txn_plain'",
        ),
        caught_by=("assert_required_values_are_there",),
    ),
    DataFault(
        "the creation of a customer is null",
        ("update stripe.customers set created = null where id = 'cus_plain'",),
        caught_by=("assert_customers_have_a_date",),
    ),
    DataFault(
        "nothing says when a refund was made",
        (
            "update stripe.refunds set created = null, charge_id = null, "
            "balance_transaction_id = null where id = 're_failed'",
        ),
        caught_by=("assert_refunds_have_a_date",),
    ),
    # Spellings
    DataFault(
        "currencies in capitals and with blanks",
        (
            "update stripe.charges set currency = upper(currency) || ' '",
            "update stripe.refunds set currency = ' ' || upper(currency)",
            "update stripe.customers set currency = upper(currency)",
        ),
        handled="currency codes are trimmed and in lower case",
        unchanged=(*CHARGE_MARTS, "dim_customers"),
    ),
    DataFault(
        "a currency that nobody knows",
        ("update stripe.charges set currency = 'usx' where id = 'ch_plain'",),
        caught_by=("assert_currencies_are_known",),
    ),
    DataFault(
        "the currencies of a charge and its refunds differ",
        ("update stripe.refunds set currency = 'eur' where id = 're_plain'",),
        caught_by=("assert_refunds_fit_their_charges",),
    ),
    DataFault(
        "the status of a charge misspelled",
        ("update stripe.charges set status = 'succeded' where id = 'ch_plain'",),
        caught_by=(
            "accepted_values_stg_stripe__charges_status__succeeded__pending__failed",
        ),
    ),
    DataFault(
        "the status of a charge in capitals",
        ("update stripe.charges set status = 'SUCCEEDED' where id = 'ch_plain'",),
        caught_by=(
            "accepted_values_stg_stripe__charges_status__succeeded__pending__failed",
        ),
    ),
    DataFault(
        "a refund status that nobody knows",
        ("update stripe.refunds set status = 'done' where id = 're_plain'",),
        caught_by=(
            "accepted_values_stg_stripe__refunds_status__succeeded__pending__requires_action__failed__canceled",
        ),
    ),
    DataFault(
        "a balance transaction type that nobody knows",
        (
            "update stripe.balance_transactions set type = 'chrge' "
            "where id = 'txn_plain'",
        ),
        caught_by=("assert_balance_transactions_are_classified",),
    ),
    # Amounts
    DataFault(
        "the amount of a charge is negative",
        ("update stripe.charges set amount = -amount where id = 'ch_plain'",),
        caught_by=("assert_amounts_are_not_negative",),
    ),
    DataFault(
        "the amount of a refund is negative",
        ("update stripe.refunds set amount = -amount where id = 're_plain'",),
        caught_by=("assert_amounts_are_not_negative",),
    ),
    DataFault(
        "amounts of a charge and its refund swapped",
        (
            "update stripe.charges set amount = 2500 where id = 'ch_plain'",
            "update stripe.refunds set amount = 10000 where id = 're_plain'",
        ),
        caught_by=("assert_partial_captures_are_released",),
    ),
    DataFault(
        "more refunded than charged",
        ("update stripe.refunds set amount = 10001 where id = 're_plain'",),
        caught_by=("assert_refunds_do_not_exceed_captures",),
    ),
    DataFault(
        "a refund delivered under two ids",
        (
            "insert into stripe.refunds (id, received_at, created, charge_id, amount, "
            "currency, status, balance_transaction_id) select 'pyr_plain', "
            "received_at, created, charge_id, 9000, currency, status, null "
            "from stripe.refunds where id = 're_plain'",
        ),
        caught_by=("assert_refunds_do_not_exceed_captures",),
    ),
    DataFault(
        "amounts in dollars where cents belong",
        ("update stripe.charges set amount = amount / 100 where id = 'ch_plain'",),
        caught_by=("assert_partial_captures_are_released",),
    ),
    DataFault(
        "the amount of a charge a hundred times too high",
        ("update stripe.charges set amount = amount * 100 where id = 'ch_plain'",),
        caught_by=("assert_partial_captures_are_released",),
    ),
    DataFault(
        "captured amount of another charge",
        ("update stripe.charges set amount_captured = 2000 where id = 'ch_plain'",),
        caught_by=(
            "assert_captures_agree_with_balance",
            "assert_refunds_do_not_exceed_captures",
        ),
    ),
    # Time
    DataFault(
        "epoch milliseconds read as seconds",
        (
            "update stripe.charges set created = '58555-01-01 00:00:00+00' "
            "where id = 'ch_plain'",
        ),
        caught_by=("assert_timestamps_are_in_seconds",),
    ),
    DataFault(
        "epoch milliseconds in refunds",
        (
            "update stripe.refunds set created = '58555-01-01 00:00:00+00' "
            "where id = 're_plain'",
        ),
        caught_by=("assert_timestamps_are_in_seconds",),
    ),
    DataFault(
        "a charge of next year",
        (
            "update stripe.charges set created = '2027-08-03 14:00:00+00' "
            "where id = 'ch_plain'",
        ),
        caught_by=("assert_nothing_is_dated_after_as_of",),
    ),
    DataFault(
        "a refund of next year",
        (
            "update stripe.refunds set created = '2027-08-03 14:00:00+00' "
            "where id = 're_plain'",
        ),
        caught_by=("assert_nothing_is_dated_after_as_of",),
    ),
    DataFault(
        "a charge of 1970",
        (
            "update stripe.charges set created = '1970-01-02 14:00:00+00' "
            "where id = 'ch_plain'",
        ),
        caught_by=("assert_nothing_is_dated_before_stripe",),
    ),
    DataFault(
        "a refund made before its charge",
        (
            "update stripe.refunds set created = '2026-07-03 14:00:00+00' "
            "where id = 're_plain'",
        ),
        caught_by=("assert_refunds_fit_their_charges",),
    ),
    # Test mode
    DataFault(
        "more test-mode charges, refunded",
        (
            "insert into stripe.charges (id, received_at, created, amount, currency, "
            "status, livemode) values ('ch_test_2', '2026-08-03 14:30:00+00', "
            "'2026-08-03 14:00:00+00', 99, 'usd', 'succeeded', false)",
            "insert into stripe.refunds (id, received_at, created, amount, currency, "
            "charge_id) values ('re_test_2', '2026-08-03 14:30:00+00', "
            "'2026-08-03 14:00:00+00', 99, 'usd', 'ch_test_2')",
        ),
        handled="test mode is left out, and what belongs to it",
        unchanged=(*CHARGE_MARTS, "dim_customers"),
    ),
    DataFault(
        "livemode is null",
        ("update stripe.charges set livemode = null where livemode",),
        handled="a row that does not say so is not in test mode",
        unchanged=(*CHARGE_MARTS[1:], "dim_customers"),
    ),
    # Documented handling
    DataFault(
        "a customer deleted in Stripe",
        ("update stripe.customers set is_deleted = true where id = 'cus_plain'",),
        handled="its charges count as before",
        unchanged=CHARGE_MARTS,
        holds=(
            "select is_deleted from analytics.dim_customers "
            "where customer_id = 'cus_plain'",
        ),
    ),
    DataFault(
        "amount_refunded contradicts the refunds",
        ("update stripe.charges set amount_refunded = 77 where id = 'ch_plain'",),
        handled="refund rows are the truth where the table is delivered",
        unchanged=("fct_payments", "fct_refunds", "executive_summary_monthly"),
        holds=(
            "select refunded_amount = 25 from analytics.fct_charges "
            "where charge_id = 'ch_plain'",
        ),
    ),
    DataFault(
        "refund status is not delivered",
        ("update stripe.refunds set status = null",),
        handled="a refund whose balance transaction failed is none; others count",
        holds=(
            "select refund_amount = 15 from analytics.fct_refunds "
            "where refund_id = 're_failed'",
        ),
    ),
    DataFault(
        "no row in a table: refunds",
        ("delete from stripe.refunds",),
        handled="refunds are taken from amount_refunded, flagged",
        holds=(
            "select count(*) = 0 from analytics.fct_refunds where not is_inferred",
            "select count(*) > 0 from analytics.fct_refunds where is_inferred",
        ),
    ),
    DataFault(
        "captured is null",
        ("update stripe.charges set captured = null where id = 'ch_plain'",),
        handled="null captured means captured",
        unchanged=("fct_payments", "fct_refunds", "executive_summary_monthly"),
        holds=(
            "select is_gross and gross_amount = 100 from analytics.fct_charges "
            "where charge_id = 'ch_plain'",
        ),
    ),
    # Balance transactions and disputes
    DataFault(
        "a net that is not amount - fee",
        ("update stripe.balance_transactions set net = amount where id = 'txn_plain'",),
        caught_by=("assert_net_is_amount_less_fee",),
    ),
    DataFault(
        "a fee with the wrong sign",
        ("update stripe.balance_transactions set fee = -fee where id = 'txn_plain'",),
        caught_by=("assert_net_is_amount_less_fee", "assert_fees_equal_their_details"),
    ),
    DataFault(
        "a fee detail loaded under two ids",
        (
            "insert into stripe.balance_transaction_fee_details (id, received_at, "
            "balance_transaction_id, amount, currency, type) values ('again', "
            "'2026-08-03 15:00:00+00', 'txn_plain', 320, 'usd', 'stripe_fee')",
        ),
        caught_by=("assert_fees_equal_their_details",),
    ),
    DataFault(
        "net is not delivered",
        ("update stripe.balance_transactions set net = null",),
        handled="net is amount - fee",
        unchanged=("fct_balance_transactions", "executive_summary_daily"),
    ),
    DataFault(
        "types in capitals",
        ("update stripe.balance_transactions set type = upper(type) || ' '",),
        handled="types compare trimmed and in lower case",
        holds=(
            "select count(*) = 0 from analytics.fct_balance_transactions "
            "where reporting_category = 'unclassified'",
        ),
    ),
    DataFault(
        "an adjustment that says nothing",
        (
            "update stripe.balance_transactions set source = null, "
            "description = 'Sundry' where id = 'txn_dp_lost'",
        ),
        caught_by=("assert_balance_transactions_are_classified",),
    ),
    DataFault(
        "a balance transaction delivered under two ids",
        (
            "insert into stripe.balance_transactions (id, received_at, created, "
            "available, source, type, amount, fee, net, currency, status) "
            "select 'txn_again', received_at, created, available, source, type, "
            "amount, fee, net, currency, status from stripe.balance_transactions "
            "where id = 'txn_plain'",
        ),
        caught_by=("assert_charges_settle_once",),
    ),
    DataFault(
        "money available before its charge",
        (
            "update stripe.balance_transactions "
            "set available = '2026-07-01 00:00:00+00' where id = 'txn_plain'",
        ),
        caught_by=("assert_times_are_not_negative",),
    ),
    DataFault(
        "a dispute of more than its charge",
        ("update stripe.disputes set amount = 1000000 where id = 'dp_lost'",),
        caught_by=("assert_disputes_fit_their_charges",),
    ),
    DataFault(
        "a dispute made before its charge",
        (
            "update stripe.disputes set created = '2026-07-01 00:00:00+00' "
            "where id = 'dp_lost'",
        ),
        caught_by=("assert_disputes_fit_their_charges",),
    ),
    DataFault(
        "a dispute of a charge that is not delivered",
        ("update stripe.disputes set charge_id = 'ch_gone' where id = 'dp_lost'",),
        caught_by=("references_fct_disputes_charge_id__ref_fct_charges_",),
    ),
    DataFault(
        "the amount of a dispute is negative",
        ("update stripe.disputes set amount = -amount where id = 'dp_lost'",),
        caught_by=("assert_amounts_are_not_negative",),
    ),
    DataFault(
        "a dispute status that nobody knows",
        ("update stripe.disputes set status = 'lsot' where id = 'dp_lost'",),
        caught_by=("accepted_values_fct_disputes_status__",),
    ),
    DataFault(
        "a failure code that nobody knows",
        (
            "update stripe.charges set failure_code = 'declined_card' "
            "where id = 'ch_try_1'",
        ),
        caught_by=("assert_failure_codes_are_known",),
    ),
    # Invoices
    DataFault(
        "the customer of an invoice is not delivered",
        ("update stripe.invoices set customer_id = 'cus_gone' where id = 'in_30'",),
        caught_by=("references_fct_invoices_customer_id__ref_dim_customers_",),
    ),
    DataFault(
        "an invoice status that nobody knows",
        ("update stripe.invoices set status = 'opne' where id = 'in_30'",),
        caught_by=("accepted_values_fct_invoices_status__",),
    ),
    DataFault(
        "more paid of an invoice than was due",
        ("update stripe.invoices set amount_paid = 9900 where id = 'in_30'",),
        caught_by=("assert_invoice_amounts_agree",),
    ),
    DataFault(
        "paid and remaining amounts swapped",
        (
            "update stripe.invoices set amount_paid = 0, amount_remaining = amount_due "
            "where id = 'in_paid'",
        ),
        caught_by=("assert_invoices_are_consistent",),
    ),
    DataFault(
        "an invoice total that its parts contradict",
        ("update stripe.invoices set total = total * 100 where id = 'in_30'",),
        caught_by=("assert_invoices_are_consistent",),
    ),
    DataFault(
        "an invoice without a date",
        ("update stripe.invoices set created = null where id = 'in_30'",),
        caught_by=("assert_invoices_have_a_date",),
    ),
    DataFault(
        "invoice flags flipped: paid says no, status says paid",
        ("update stripe.invoices set paid = false where id = 'in_paid'",),
        caught_by=("assert_invoices_are_consistent",),
    ),
    DataFault(
        "an invoice due before it was made",
        (
            "update stripe.invoices set due_date = '2026-01-01 00:00:00+00' "
            "where id = 'in_30'",
        ),
        caught_by=("assert_invoices_are_consistent",),
    ),
    DataFault(
        "an invoice of next year",
        (
            "update stripe.invoices set created = '2027-08-03 14:00:00+00' "
            "where id = 'in_30'",
        ),
        caught_by=("assert_nothing_is_dated_after_as_of",),
    ),
    DataFault(
        "epoch milliseconds in invoices",
        (
            "update stripe.invoices set created = '58555-01-01 00:00:00+00' "
            "where id = 'in_30'",
        ),
        caught_by=("assert_timestamps_are_in_seconds",),
    ),
    DataFault(
        "epoch milliseconds in balance transactions",
        (
            "update stripe.balance_transactions "
            "set created = '58555-01-01 00:00:00+00' where id = 'txn_plain'",
        ),
        caught_by=("assert_timestamps_are_in_seconds",),
    ),
    DataFault(
        "epoch milliseconds in disputes",
        (
            "update stripe.disputes set created = '58555-01-01 00:00:00+00' "
            "where id = 'dp_lost'",
        ),
        caught_by=("assert_timestamps_are_in_seconds",),
    ),
    DataFault(
        "the total of an invoice is null",
        ("update stripe.invoices set total = null where id = 'in_30'",),
        caught_by=("assert_required_values_are_there",),
    ),
    DataFault(
        "the amount of a dispute is null",
        ("update stripe.disputes set amount = null where id = 'dp_lost'",),
        caught_by=("assert_required_values_are_there",),
    ),
    DataFault(
        "a line of an invoice that is not delivered",
        (
            "insert into stripe.invoice_lines (id, received_at, invoice_id, amount, "
            "currency) values ('il_lost', '2026-08-03 15:00:00+00', 'in_gone', 100, "
            "'usd')",
        ),
        handled="lines belong to the invoices that are known",
        unchanged=("fct_invoice_line_items", "invoice_lookup_line_items"),
    ),
    DataFault(
        "an invoice line loaded under two ids",
        (
            "insert into stripe.invoice_lines (id, received_at, invoice_id, amount, "
            "currency, quantity, type) select id || '_again', received_at, invoice_id, "
            "amount, currency, quantity, type from stripe.invoice_lines "
            "where amount > 0",
        ),
        caught_by=("assert_invoice_lines_sum_to_the_subtotal",),
    ),
)
