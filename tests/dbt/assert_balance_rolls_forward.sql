-- Opening + activity - payouts = closing; the lines make the activity; a month opens as
-- the month before it closed, from zero on; and the as-of month closes at the sum of
-- all balance transactions.
{% call if_built() %}
with

months as (

    select * from {{ ref('balance_summary_monthly') }}

),

transactions as (

    select
        source_relation,
        currency,
        sum(net_amount) as balance_amount
    from {{ ref('fct_balance_transactions') }}
    where currency is not null
    group by source_relation, currency

),

rolled as (

    select
        *,
        charge_activity_amount
        + refund_activity_amount
        + partial_capture_reversal_activity_amount
        + dispute_activity_amount
        + account_fee_activity_amount
        + transfer_activity_amount
        + platform_earning_activity_amount
        + other_activity_amount
        + unclassified_activity_amount
            as summed_amount,
        coalesce(
            lag(closing_balance_amount) over (
                partition by source_relation, currency
                order by reporting_month
            ),
            0
        ) as previous_closing_amount
    from months

)

select
    source_relation,
    currency,
    reporting_month,
    previous_closing_amount as expected_opening_amount,
    opening_balance_amount,
    summed_amount as expected_activity_amount,
    activity_amount,
    payout_amount,
    opening_balance_amount + activity_amount - payout_amount
        as expected_closing_amount,
    closing_balance_amount
from rolled
where opening_balance_amount <> previous_closing_amount
    or activity_amount <> summed_amount
    or opening_balance_amount + activity_amount - payout_amount
    <> closing_balance_amount

union all

select
    transactions.source_relation,
    transactions.currency,
    {{ first_day_of('month', as_of_date()) }} as reporting_month,
    null as expected_opening_amount,
    months.opening_balance_amount,
    null as expected_activity_amount,
    months.activity_amount,
    months.payout_amount,
    transactions.balance_amount as expected_closing_amount,
    months.closing_balance_amount
from transactions
left join months
    on transactions.source_relation = months.source_relation
    and transactions.currency = months.currency
    and months.reporting_month = {{ first_day_of('month', as_of_date()) }}
where transactions.balance_amount <> coalesce(months.closing_balance_amount, 0)
    or months.reporting_month is null
{% endcall %}
