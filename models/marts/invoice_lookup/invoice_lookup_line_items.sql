{{ config(materialized=by_object('table'), meta={'object': 'invoice_id'}) }}

with

lines as (

    select * from {{ touched('fct_invoice_line_items') }}

),

final as (

    select
        source_relation,
        invoice_line_id,
        invoice_id,
        plan_id,
        product_id,
        currency,
        description,
        plan_name,
        product_name,
        type,
        amount,
        quantity,
        is_proration,
        period_start_at,
        period_end_at
    from lines

)

select * from final
