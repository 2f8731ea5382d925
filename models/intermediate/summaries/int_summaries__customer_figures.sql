-- What each customer's charges, balance and subscriptions come to, in each of its
-- currencies.
{{ config(materialized=built_as('table')) }}

with

found as (

    select * from {{ ref('int_summaries__customer_currencies') }}

),

home_currencies as (

    select * from {{ ref('int_payments__home_currencies') }}

),

default_currencies as (

    select * from {{ ref('int_payments__default_currencies') }}

),

charges as (

    select * from {{ ref('int_summaries__charges_by_customer') }}

),

returns as (

    select * from {{ ref('int_summaries__returns_by_customer') }}

),

balances as (

    select * from {{ ref('int_summaries__balances_by_customer') }}

),

recurring as (

    select * from {{ rows_of(
        'subscriptions', 'fct_customer_mrr',
        string=['source_relation', 'customer_id', 'currency'], numeric=['mrr_amount'],
        date=['reporting_month'],
    ) }}
    where reporting_month = {{ first_day_of('month', as_of_date()) }}

),

final as (

    select
        found.source_relation,
        found.customer_id,
        found.currency,
        coalesce(home_currencies.currency, {{ default_currency() }}) as home_currency,
        {{ count_figure('attempted_charge_count') }} as attempted_charge_count,
        {{ amount_figure('attempted_charge_amount') }} as attempted_charge_amount,
        {{ count_figure('gross_charge_count') }} as gross_charge_count,
        {{ amount_figure('gross_charge_amount') }} as gross_charge_amount,
        {{ count_figure('failed_charge_count') }} as failed_charge_count,
        {{ amount_figure('failed_charge_amount') }} as failed_charge_amount,
        {{ count_figure('pending_charge_count') }} as pending_charge_count,
        {{ amount_figure('pending_charge_amount') }} as pending_charge_amount,
        {{ count_figure('refund_count') }} as refund_count,
        {{ amount_figure('refund_amount') }} as refund_amount,
        cast(
            coalesce(charges.gross_charge_amount, found.zero_amount)
            - coalesce(returns.refund_amount, found.zero_amount) as {{ exact() }}
        ) as net_charge_amount,
        {{ count_figure('dispute_count') }} as dispute_count,
        {{ amount_figure('dispute_amount') }} as dispute_amount,
        {{ amount_figure('net_volume_amount', 'zero_balance_amount') }}
            as net_volume_amount,
        {{ amount_figure('fee_amount', 'zero_balance_amount') }} as fee_amount,
        {{ amount_figure('mrr_amount') }} as mrr_amount,
        found.zero_amount,
        found.balance_amount,
        charges.first_charge_date,
        charges.last_charge_date,
        charges.first_charge_at,
        charges.last_charge_at
    from found
    left join home_currencies
        on found.source_relation = home_currencies.source_relation
        and found.customer_id = home_currencies.customer_id
    left join default_currencies
        on found.source_relation = default_currencies.source_relation
    left join charges
        on found.source_relation = charges.source_relation
        and found.customer_id = charges.customer_id
        and found.currency = charges.currency
    left join returns
        on found.source_relation = returns.source_relation
        and found.customer_id = returns.customer_id
        and found.currency = returns.currency
    left join balances
        on found.source_relation = balances.source_relation
        and found.customer_id = balances.customer_id
        and found.currency = balances.currency
    left join recurring
        on found.source_relation = recurring.source_relation
        and found.customer_id = recurring.customer_id
        and found.currency = recurring.currency

)

select * from final
