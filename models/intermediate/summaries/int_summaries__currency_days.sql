-- Every day of every currency of an account, from the account's first day to as-of,
-- so that a day without activity has its row of zeros.
with

charges as (

    select * from {{ ref('fct_charges') }}

),

refunds as (

    select * from {{ ref('fct_refunds') }}

),

invoices as (

    select * from {{ ref('fct_invoices') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

active_days as (

    select
        source_relation,
        currency,
        min(reporting_date) as first_day
    from charges
    group by source_relation, currency

    union all

    select
        source_relation,
        currency,
        min(reporting_date) as first_day
    from refunds
    group by source_relation, currency

    union all

    select
        source_relation,
        currency,
        min(reporting_date) as first_day
    from invoices
    group by source_relation, currency

    union all

    select
        source_relation,
        currency,
        min(created_date) as first_day
    from customers
    group by source_relation, currency

),

known_currencies as (

    select * from {{ ref('stripe_currencies') }}

),

currencies as (

    -- Nothing happened is zero, but in a currency that we do not know it is null.
    select distinct
        active_days.source_relation,
        active_days.currency,
        case
            when known_currencies.currency is not null then cast(0 as numeric(38, 6))
        end as zero_amount
    from active_days
    left join known_currencies
        on active_days.currency = known_currencies.currency
    where active_days.currency is not null

),

accounts as (

    select
        source_relation,
        min(first_day) as first_day
    from active_days
    group by source_relation

),

all_days as (

    {{ all_days() }}

),

final as (

    select
        currencies.source_relation,
        currencies.currency,
        currencies.zero_amount,
        all_days.day as reporting_date
    from currencies
    inner join accounts
        on currencies.source_relation = accounts.source_relation
    inner join all_days
        on accounts.first_day <= all_days.day

)

select * from final
