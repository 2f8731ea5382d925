{{ config(materialized=built_as('table')) }}

-- Every currency of an account that a fact knows, and the first and last day of each.
with

facts as (

    select
        source_relation,
        currency,
        reporting_date
    from {{ ref('int_payments__charges_captured') }}
    where reporting_date is not null

    union all

    select
        source_relation,
        currency,
        reporting_date
    from {{ ref('fct_refunds') }}

    union all

    select
        source_relation,
        currency,
        reporting_date
    from {{ rows_of(
        'disputes', 'fct_disputes', string=['source_relation', 'currency'],
        date=['reporting_date'],
    ) }}

    union all

    select
        source_relation,
        currency,
        reporting_date
    from {{ rows_of(
        'balances', 'fct_balance_transactions', string=['source_relation', 'currency'],
        date=['reporting_date'],
    ) }}

    union all

    select
        source_relation,
        currency,
        reporting_date
    from {{ rows_of(
        'receivables', 'fct_invoices', string=['source_relation', 'currency'],
        date=['reporting_date'],
    ) }}

    union all

    select
        source_relation,
        currency,
        created_date as reporting_date
    from {{ ref('dim_customers') }}

),

final as (

    select
        source_relation,
        currency,
        min(reporting_date) as first_day,
        max(reporting_date) as last_day
    from facts
    group by source_relation, currency

)

select * from final
