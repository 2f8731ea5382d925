-- How old the rates are, and what charges could not be converted for want of one.
with

converted as (

    select * from {{ ref('executive_summary_daily_converted') }}

),

days as (

    select * from {{ ref('executive_summary_daily') }}
    where {{ has_reporting_currency() }}

),

rates as (

    select
        currency,
        max(rate_date) as rate_date
    from {{ ref('int_summaries__exchange_rates_daily') }}
    group by currency

),

summed as (

    select
        converted.source_relation,
        converted.currency,
        converted.original_currency,
        count(*) as missing_day_count,
        sum(converted.attempted_charge_count) as unconverted_charge_count,
        sum(days.gross_charge_amount) as unconverted_gross_amount,
        min(converted.reporting_date) as first_missing_date,
        max(converted.reporting_date) as last_missing_date
    from converted
    inner join days
        on converted.source_relation = days.source_relation
        and converted.original_currency = days.currency
        and converted.reporting_date = days.reporting_date
    where converted.is_rate_missing
    group by
        converted.source_relation,
        converted.currency,
        converted.original_currency

),

accounts as (

    select distinct
        source_relation,
        currency,
        original_currency
    from converted

),

final as (

    select
        accounts.source_relation,
        accounts.currency,
        accounts.original_currency,
        cast('{{ setting("exchange_rates_relation") }}' as {{ text() }}) as rate_source,
        {{ count_figure('summed.unconverted_charge_count') }}
            as unconverted_charge_count,
        {{ amount_figure('summed.unconverted_gross_amount', '0') }}
            as unconverted_gross_amount,
        {{ count_figure('summed.missing_day_count') }} as missing_day_count,
        cast(
            {{ dbt.datediff('rates.rate_date', as_of_date(), 'day') }}
            as {{ dbt.type_bigint() }}
        ) as rate_age_days,
        rates.rate_date,
        summed.first_missing_date,
        summed.last_missing_date
    from accounts
    left join summed
        on accounts.source_relation = summed.source_relation
        and accounts.original_currency = summed.original_currency
    left join rates
        on accounts.original_currency = rates.currency

)

select * from final
