-- What is converted by the day is what charges and balance transactions come to one by
-- one, within the rounding of each: half a millionth. Only where rates are known.
{% call if_built() %}
with

rates as (

    select * from {{ ref('int_summaries__exchange_rates_daily') }}

),

charges as (

    select
        charges.source_relation,
        charges.currency,
        sum(charges.gross_amount * rates.exchange_rate) as amount,
        count(*) as part_count
    from {{ ref('fct_charges') }} as charges
    inner join rates
        on charges.currency = rates.currency
        and charges.reporting_date = rates.reporting_date
    group by charges.source_relation, charges.currency

),

transactions as (

    select
        transactions.source_relation,
        transactions.currency,
        sum(transactions.net_amount * rates.exchange_rate) as amount,
        count(*) as part_count
    from {{ rows_of(
        'balances', 'fct_balance_transactions', string=['source_relation', 'currency'],
        numeric=['net_amount'], boolean=['is_net_volume'], date=['reporting_date'],
        alias='transactions',
    ) }}
    inner join rates
        on transactions.currency = rates.currency
        and transactions.reporting_date = rates.reporting_date
    where transactions.is_net_volume
    group by transactions.source_relation, transactions.currency

),

days as (

    select
        source_relation,
        original_currency,
        sum(gross_charge_amount) as gross_charge_amount,
        sum(net_volume_amount) as net_volume_amount,
        count(*) as day_count
    from {{ ref('executive_summary_daily_converted') }}
    where exchange_rate is not null
    group by source_relation, original_currency

)

select
    charges.source_relation,
    charges.currency,
    'gross charges' as figure,
    charges.amount as parts_amount,
    days.gross_charge_amount as total_amount
from charges
left join days
    on charges.source_relation = days.source_relation
    and charges.currency = days.original_currency
where abs(charges.amount - coalesce(days.gross_charge_amount, 0))
    > 0.0000005 * (charges.part_count + coalesce(days.day_count, 0))

union all

select
    transactions.source_relation,
    transactions.currency,
    'net volume' as figure,
    transactions.amount as parts_amount,
    days.net_volume_amount as total_amount
from transactions
left join days
    on transactions.source_relation = days.source_relation
    and transactions.currency = days.original_currency
where abs(transactions.amount - coalesce(days.net_volume_amount, 0))
    > 0.0000005 * (transactions.part_count + coalesce(days.day_count, 0))
{% endcall %}
