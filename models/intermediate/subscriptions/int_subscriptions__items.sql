{{ config(
    materialized=by_object('table'),
    meta={'object': 'subscription_id', 'is_by_month': true}
) }}

-- One row for every item of a subscription at the end of a month; has_discount_ids says
-- whether the account's subscriptions say which discount is theirs.
with

known as (

    select * from {{ touched('int_subscriptions__items_known') }}

),

invoice_lines as (

    select * from {{ touched('int_subscriptions__lines_estimated') }}

),

months as (

    select * from {{ ref('int_subscriptions__months') }}

),

covered as (

    -- By the lines of the newest invoice that pays for the moment.
    select
        invoice_lines.source_relation,
        invoice_lines.subscription_id,
        invoice_lines.invoice_line_id,
        invoice_lines.customer_id,
        invoice_lines.discount_id,
        invoice_lines.plan_id,
        invoice_lines.tax_rates,
        invoice_lines.quantity,
        months.reporting_month,
        months.last_date,
        dense_rank() over (
            partition by
                invoice_lines.source_relation,
                invoice_lines.subscription_id,
                months.reporting_month
            order by
                invoice_lines.invoice_created_at desc nulls last,
                {{ binary_order('invoice_lines.invoice_id') }} desc
        ) as invoice_rank
    from invoice_lines
    inner join months
        on invoice_lines.source_relation = months.source_relation
        and invoice_lines.valid_from_date <= months.last_date
        and invoice_lines.valid_to_date > months.last_date

),

naming_sources as (

    select distinct source_relation
    from {{ ref('stg_stripe__subscriptions') }}
    where has_discount_ids

),

items as (

    select
        basis,
        source_relation,
        subscription_id,
        customer_id,
        discount_id,
        item_id,
        plan_id,
        tax_rates,
        quantity,
        is_counted,
        reporting_month,
        last_date
    from known

    union all

    select
        'estimated' as basis,
        source_relation,
        subscription_id,
        customer_id,
        discount_id,
        invoice_line_id as item_id,
        plan_id,
        tax_rates,
        quantity,
        true as is_counted,
        reporting_month,
        last_date
    from covered
    where invoice_rank = 1

),

final as (

    select
        items.*,
        naming_sources.source_relation is not null as has_discount_ids
    from items
    left join naming_sources
        on items.source_relation = naming_sources.source_relation

)

select * from final
