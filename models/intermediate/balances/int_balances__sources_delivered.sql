{{ config(materialized=by_object('table'), meta={'object': none}) }}

-- The sources that deliver balance transactions at all: there a figure without any is
-- zero; elsewhere it is not known.
with

balance_transactions as (

    select * from {{ rows_of(
        'balances', 'stg_stripe__balance_transactions', string=['source_relation'],
    ) }}

),

final as (

    select
        source_relation,
        cast(0 as {{ exact() }}) as zero_amount
    from balance_transactions
    group by source_relation

)

select * from final
