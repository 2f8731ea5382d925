{{ config(severity='warn') }}

-- Days and closing days on which something is not converted, for no rate is known.
{% call if_built() %}
with

days as (

    select
        original_currency as currency,
        reporting_date
    from {{ ref('finance_operations_daily_converted') }}
    where is_rate_missing

),

revenue as (

    select
        original_currency as currency,
        {{ closing_date('reporting_month') }} as reporting_date
    from {{ rows_of(
        'subscriptions', 'mrr_monthly_converted', string=['original_currency'],
        numeric=['exchange_rate'], boolean=['is_rate_missing'],
        date=['reporting_month'],
    ) }}
    where is_rate_missing
        and exchange_rate is null

),

receivables as (

    select
        original_currency as currency,
        {{ closing_date('reporting_month') }} as reporting_date
    from {{ rows_of(
        'receivables', 'receivables_monthly_converted', string=['original_currency'],
        numeric=['exchange_rate'], boolean=['is_rate_missing'],
        date=['reporting_month'],
    ) }}
    where is_rate_missing
        and exchange_rate is null

),

balances as (

    select
        original_currency as currency,
        {{ closing_date('reporting_month') }} as reporting_date
    from {{ rows_of(
        'balances', 'balance_summary_monthly_converted', string=['original_currency'],
        numeric=['exchange_rate'], boolean=['is_rate_missing'],
        date=['reporting_month'],
    ) }}
    where is_rate_missing
        and exchange_rate is null

),

missing as (

    select * from days

    {{ union_distinct() }}

    select * from revenue

    {{ union_distinct() }}

    select * from receivables

    {{ union_distinct() }}

    select * from balances

)

select
    currency,
    min(reporting_date) as first_date,
    max(reporting_date) as last_date,
    count(*) as date_count
from missing
group by currency
{% endcall %}
