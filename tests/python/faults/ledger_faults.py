"""Faults in the balance's roll-forward, its categories, payouts and parts of fees."""

from __future__ import annotations

from faults.records import DataFault, ModelFault

LEDGER_FAULTS = (
    DataFault(
        "ledger: a type that Stripe invented yesterday",
        (
            "update stripe.balance_transactions set type = 'mystery' "
            "where id = 'txn_re_alike'",
        ),
        caught_by=("assert_balance_transactions_are_classified",),
    ),
    DataFault(
        "ledger: part of a fee lost",
        (
            "update stripe.balance_transaction_fee_details set amount = amount - 1 "
            "where balance_transaction_id = 'txn_plain'",
        ),
        caught_by=("assert_fees_equal_their_details",),
    ),
    DataFault(
        "ledger: part of a fee under a second id",
        (
            "insert into stripe.balance_transaction_fee_details (id, received_at, "
            "balance_transaction_id, amount, currency, type) select 'again', "
            "received_at, balance_transaction_id, amount, currency, type "
            "from stripe.balance_transaction_fee_details where id = 'txn_plain_fee'",
        ),
        caught_by=("assert_fees_equal_their_details",),
    ),
    DataFault(
        "ledger: the money of a charge is not what it was paid",
        (
            "update stripe.balance_transactions set amount = 9000, net = 8680 "
            "where id = 'txn_plain'",
        ),
        caught_by=("assert_partial_captures_are_released",),
    ),
    ModelFault(
        "ledger: payouts with the wrong sign",
        "int_summaries__balance_moved",
        "summary_line = 'payout' then -net_amount",
        "summary_line = 'payout' then net_amount",
        ("assert_balance_rolls_forward",),
    ),
    ModelFault(
        "ledger: opening not carried",
        "balance_summary_monthly",
        "cast(closing_balance_amount - moved_amount as {{ exact() }})",
        "cast(0 as numeric(38, 6))",
        ("assert_balance_rolls_forward",),
    ),
    ModelFault(
        "ledger: closing of one month only",
        "balance_summary_monthly",
        "rows between unbounded preceding and current row",
        "rows between current row and current row",
        ("assert_balance_rolls_forward",),
    ),
    ModelFault(
        "ledger: a line left out of the activity",
        "balance_summary_monthly",
        "        + dispute_activity_amount\n",
        "",
        ("assert_balance_rolls_forward",),
    ),
    ModelFault(
        "ledger: a month later",
        "fct_balance_transactions",
        "{{ first_day_of('month', 'transactions.reporting_date') }}",
        "{{ first_day_of('month', dbt.dateadd("
        "'month', 1, 'transactions.reporting_date')) }}",
        ("assert_balance_rolls_forward",),
    ),
    ModelFault(
        "ledger: is_payout ignored",
        "int_summaries__balance_lines",
        "            when is_payout then 'payout'\n",
        "",
        ("assert_balance_summary_equals_activity",),
    ),
    ModelFault(
        "ledger: unclassified is other",
        "int_summaries__balance_lines",
        "'partial_capture_reversal', 'fee', 'unclassified'",
        "'partial_capture_reversal', 'fee'",
        ("every_reporting_category_has_a_line_of_the_summary",),
    ),
    ModelFault(
        "ledger: unclassified dropped",
        "int_summaries__balance_lines",
        "    where currency is not null\n",
        "    where currency is not null and reporting_category <> 'unclassified'\n",
        ("every_reporting_category_has_a_line_of_the_summary",),
    ),
    ModelFault(
        "ledger: currencies mixed",
        "int_summaries__balance_moved",
        "        and months.currency = moved.currency\n",
        "",
        ("assert_balance_rolls_forward",),
    ),
    ModelFault(
        "ledger: months without movement are lost",
        "int_summaries__balance_moved",
        "    left join moved\n",
        "    inner join moved\n",
        ("months_begin_with_the_first_balance_transaction",),
    ),
    ModelFault(
        "ledger: fees in place of net",
        "balance_activity_monthly",
        "sum(net_amount) as {{ exact() }}",
        "sum(fee_amount) as {{ exact() }}",
        ("assert_balance_activity_equals_transactions",),
    ),
    ModelFault(
        "ledger: every transfer is a payout",
        "fct_balance_transactions",
        "            and transfers.bank_account_id is not null\n",
        "",
        ("a_transfer_to_ones_own_bank_is_a_payout",),
    ),
    ModelFault(
        "ledger: payouts that came back are no payouts",
        "fct_balance_transactions",
        "transactions.reporting_category in ('payout', 'payout_reversal')",
        "transactions.reporting_category in ('payout')",
        ("a_transfer_to_ones_own_bank_is_a_payout",),
    ),
    ModelFault(
        "ledger: refunds that came back are fees",
        "int_balances__transactions_classified",
        "when is_of_refund then 'refund_failure'",
        "when is_of_refund then 'fee'",
        ("reporting_category_is_delivered_else_derived",),
    ),
    ModelFault(
        "ledger: parts of fees lost with their customer",
        "fct_balance_transaction_fees",
        "    select * from {{ touched('fct_balance_transactions') }}\n",
        "    select * from {{ touched('fct_balance_transactions') }}\n"
        "    where customer_id is not null\n",
        ("assert_fee_details_are_not_lost_or_doubled",),
    ),
    ModelFault(
        "ledger: parts of fees fan out",
        "fct_balance_transaction_fees",
        "        and fee_details.balance_transaction_id = "
        "transactions.balance_transaction_id\n",
        "        and fee_details.currency = transactions.currency\n",
        ("dbt_utils_unique_combination_of_columns_fct_balance_transaction_fees",),
    ),
)
