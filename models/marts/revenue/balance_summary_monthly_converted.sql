-- The balance in the reporting currency: what moved at the rates of its days, what
-- stood at the month's close at that day's rate; the rest is the currency's effect.
with

months as (

    select
        *,
        {{ closing_date('reporting_month') }} as closing_date
    from {{ ref('balance_summary_monthly') }}
    where {{ has_reporting_currency() }}

),

moved as (

    select * from {{ ref('int_summaries__balance_converted') }}

),

rates as (

    select * from {{ ref('int_summaries__exchange_rates_daily') }}

),

figures as (

    select
        months.source_relation,
        months.currency as original_currency,
        months.opening_balance_amount as original_opening_amount,
        {{ moved_converted('activity_amount') }} as activity_amount,
        {{ moved_converted('payout_amount') }} as payout_amount,
        {{ converted('months.closing_balance_amount', 'rates.exchange_rate') }}
            as closing_balance_amount,
        months.transaction_count,
        months.unclassified_count,
        rates.exchange_rate,
        {{ lacks_rate(['months.closing_balance_amount'], 'rates.exchange_rate') }}
        or (
            moved.currency is not null
            and months.activity_amount is not null
            and (moved.activity_amount is null or moved.payout_amount is null)
        ) as is_rate_missing,
        months.reporting_month
    from months
    left join moved
        on months.source_relation = moved.source_relation
        and months.currency = moved.currency
        and months.reporting_month = moved.reporting_month
    left join rates
        on months.currency = rates.currency
        and months.closing_date = rates.reporting_date

),

opened as (

    select
        *,
        {{ opening_converted('original_opening_amount', 'closing_balance_amount') }}
            as opening_balance_amount
    from figures

),

final as (

    select
        source_relation,
        {{ reporting_currency() }} as currency,
        original_currency,
        cast(opening_balance_amount as {{ exact() }}) as opening_balance_amount,
        activity_amount,
        payout_amount,
        cast(
            closing_balance_amount - opening_balance_amount - activity_amount
            + payout_amount as {{ exact() }}
        ) as currency_effect_amount,
        closing_balance_amount,
        transaction_count,
        unclassified_count,
        exchange_rate,
        is_rate_missing,
        reporting_month
    from opened

)

select * from final
