-- Disputes, fees, net volume, recovery and times of finance_operations_daily are, day
-- by day, the sums of the facts behind them.
-- noqa: disable=LT02
{% call if_built() %}
{%- set disputes = rows_of(
    'disputes', 'fct_disputes', string=['source_relation', 'currency', 'charge_id'],
    numeric=['dispute_amount'], boolean=['is_counted'],
    date=['reporting_date', 'charge_reporting_date'],
) %}
{%- set transactions = rows_of(
    'balances', 'fct_balance_transactions', string=['source_relation', 'currency'],
    numeric=['net_amount', 'fee_amount'], boolean=['is_net_volume'],
    date=['reporting_date'],
) %}
with

facts as (

    select
        source_relation,
        currency,
        reporting_date,
        'disputes' as figure,
        sum(case when is_counted then 1 else 0 end) as row_count,
        sum(dispute_amount) as amount
    from {{ disputes }}
    group by source_relation, currency, reporting_date

    union all

    select
        source_relation,
        currency,
        charge_reporting_date as reporting_date,
        'cohort_disputes' as figure,
        sum(case when is_counted then 1 else 0 end) as row_count,
        sum(dispute_amount) as amount
    from {{ disputes }}
    group by source_relation, currency, charge_reporting_date

    union all

    select
        source_relation,
        currency,
        charge_reporting_date as reporting_date,
        'disputed_charges' as figure,
        count(distinct case when is_counted then charge_id end) as row_count,
        0 as amount
    from {{ disputes }}
    group by source_relation, currency, charge_reporting_date

    union all

    select
        source_relation,
        currency,
        reporting_date,
        'volume' as figure,
        0 as row_count,
        sum(net_amount) as amount
    from {{ transactions }}
    where is_net_volume
    group by source_relation, currency, reporting_date

    union all

    select
        source_relation,
        currency,
        reporting_date,
        'fees' as figure,
        0 as row_count,
        sum(fee_amount) as amount
    from {{ transactions }}
    where is_net_volume
    group by source_relation, currency, reporting_date

    union all

    select
        source_relation,
        currency,
        reporting_date,
        'first_failed' as figure,
        count(*) as row_count,
        sum(payment_amount) as amount
    from {{ ref('fct_payments') }}
    where is_first_attempt_failed
    group by source_relation, currency, reporting_date

    union all

    select
        source_relation,
        currency,
        reporting_date,
        'recovered' as figure,
        count(*) as row_count,
        sum(payment_amount) as amount
    from {{ ref('fct_payments') }}
    where is_recovered
    group by source_relation, currency, reporting_date

    union all

    select
        source_relation,
        currency,
        reporting_date,
        'times' as figure,
        count(*) as row_count,
        sum(coalesce(days_to_payment, 0)) as amount
    from {{ ref('fct_charges') }}
    group by source_relation, currency, reporting_date

    union all

    select
        source_relation,
        currency,
        reporting_date,
        'lag' as figure,
        count(*) as row_count,
        sum(days_to_sync) as amount
    from {{ ref('fct_charges') }}
    group by source_relation, currency, reporting_date

),

days as (

    {%- for figure, count, amount in [
        ('disputes', 'dispute_count', 'dispute_amount'),
        ('cohort_disputes', 'cohort_dispute_count', 'cohort_dispute_amount'),
        ('volume', '0', 'net_volume_amount'),
        ('fees', '0', 'fee_amount'),
        ('first_failed', 'first_failed_payment_count', 'first_failed_payment_amount'),
        ('recovered', 'recovered_payment_count', 'recovered_payment_amount'),
        ('times', 'attempted_charge_count', 'days_to_payment_total'),
        ('disputed_charges', 'disputed_charge_count', '0'),
        ('lag', 'attempted_charge_count', 'days_to_sync_total'),
    ] %}
        select
            source_relation,
            currency,
            reporting_date,
            '{{ figure }}' as figure,
            {{ count }} as row_count,
            {{ amount }} as amount
        from {{ ref('finance_operations_daily') }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}

)

select
    days.source_relation,
    days.currency,
    days.reporting_date,
    days.figure,
    days.row_count,
    days.amount,
    facts.row_count as fact_count,
    facts.amount as fact_amount
from days
left join facts
    on days.source_relation = facts.source_relation
    and days.currency = facts.currency
    and days.reporting_date = facts.reporting_date
    and days.figure = facts.figure
where days.row_count <> coalesce(facts.row_count, 0)
    or days.amount <> coalesce(facts.amount, 0)
{% endcall %}
