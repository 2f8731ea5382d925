{{ config(materialized=built_as('table')) }}

-- Which tax rates the texts on invoice lines and subscription items name.
with

texts as (

    select
        source_relation,
        tax_rates
    from {{ ref('stg_stripe__invoice_lines') }}
    where tax_rates is not null

    {{ union_distinct() }}

    select
        source_relation,
        tax_rates
    from {{ ref('stg_stripe__subscription_items') }}
    where tax_rates is not null

    {{ union_distinct() }}

    select
        source_relation,
        tax_rates
    from {{ rows_of(
        'subscriptions', 'int_subscriptions__item_history',
        string=['source_relation', 'tax_rates'],
    ) }}
    where tax_rates is not null

),

tax_rates as (

    select * from {{ ref('stg_stripe__tax_rates') }}

),

final as (

    select
        texts.source_relation,
        texts.tax_rates,
        tax_rates.tax_rate_id,
        tax_rates.percentage,
        coalesce(tax_rates.is_inclusive, false) as is_inclusive
    from texts
    inner join tax_rates
        on texts.source_relation = tax_rates.source_relation
        and {{ names_id('texts.tax_rates', 'tax_rates.tax_rate_id') }}

)

select * from final
