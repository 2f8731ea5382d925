-- Receivables in the reporting currency: what moved at the rates of its days, what
-- stood at the month's close at that day's rate; the rest is the currency's effect.
with

months as (

    select
        *,
        {{ closing_date('reporting_month') }} as closing_date
    from {{ ref('receivables_monthly') }}
    where {{ has_reporting_currency() }}

),

moved as (

    select * from {{ ref('int_summaries__receivables_converted') }}

),

rates as (

    select * from {{ ref('int_summaries__exchange_rates_daily') }}

),

figures as (

    select
        months.source_relation,
        months.currency as original_currency,
        months.opening_amount as original_opening_amount,
        {{ moved_converted('invoiced_amount') }} as invoiced_amount,
        {{ moved_converted('paid_amount') }} as paid_amount,
        {{ moved_converted('written_off_amount') }} as written_off_amount,
        {{ converted('months.closing_amount', 'rates.exchange_rate') }}
            as closing_amount,
        {{ converted('months.current_amount', 'rates.exchange_rate') }}
            as current_amount,
        {{ converted('months.days_1_30_amount', 'rates.exchange_rate') }}
            as days_1_30_amount,
        {{ converted('months.days_31_60_amount', 'rates.exchange_rate') }}
            as days_31_60_amount,
        {{ converted('months.days_61_90_amount', 'rates.exchange_rate') }}
            as days_61_90_amount,
        {{ converted('months.over_90_amount', 'rates.exchange_rate') }}
            as over_90_amount,
        case
            when moved.currency is null then months.estimated_amount
            else moved.written_off_amount + moved.estimated_paid_amount
        end as estimated_amount,
        months.day_count,
        rates.exchange_rate,
        {{ lacks_rate(['months.closing_amount'], 'rates.exchange_rate') }}
        or (
            moved.currency is not null
            and months.invoiced_amount is not null
            and (moved.invoiced_amount is null or moved.paid_amount is null)
        ) as is_rate_missing,
        months.is_ageing_estimated,
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
        {{ opening_converted('original_opening_amount', 'closing_amount') }}
            as opening_amount
    from figures

),

final as (

    select
        source_relation,
        {{ reporting_currency() }} as currency,
        original_currency,
        cast(opening_amount as {{ exact() }}) as opening_amount,
        invoiced_amount,
        paid_amount,
        written_off_amount,
        cast(
            closing_amount - opening_amount - invoiced_amount + paid_amount
            + written_off_amount as {{ exact() }}
        ) as currency_effect_amount,
        closing_amount,
        current_amount,
        days_1_30_amount,
        days_31_60_amount,
        days_61_90_amount,
        over_90_amount,
        cast(estimated_amount as {{ exact() }}) as estimated_amount,
        day_count,
        exchange_rate,
        is_rate_missing,
        is_ageing_estimated,
        reporting_month
    from opened

)

select * from final
