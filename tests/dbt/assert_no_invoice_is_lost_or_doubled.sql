-- Staging, facts and lookups hold the same invoices and lines: no join drops one or
-- fans out. Invoices dated after the as-of day, or not at all, and those of test-mode
-- subscriptions are left out on purpose.
{% call if_built() %}
with

invoices as (

    select
        invoices.source_relation,
        invoices.invoice_id
    from {{ ref('stg_stripe__invoices') }} as invoices
    left join {{ ref('stg_stripe__test_mode_subscriptions') }} as test_mode
        on invoices.source_relation = test_mode.source_relation
        and invoices.subscription_id = test_mode.subscription_id
    where {{ reporting_date('invoices.created_at') }} <= {{ as_of_date() }}
        and test_mode.subscription_id is null

),

lines as (

    select invoice_lines.source_relation
    from {{ ref('stg_stripe__invoice_lines') }} as invoice_lines
    inner join invoices
        on invoice_lines.source_relation = invoices.source_relation
        and invoice_lines.invoice_id = invoices.invoice_id

),

found as (

    select
        source_relation,
        'staged invoices' as counted,
        count(*) as row_count
    from invoices
    group by source_relation

    union all

    select
        source_relation,
        'fct_invoices' as counted,
        count(*) as row_count
    from {{ ref('fct_invoices') }}
    group by source_relation

    union all

    select
        source_relation,
        'invoice_lookup' as counted,
        count(*) as row_count
    from {{ ref('invoice_lookup') }}
    group by source_relation

    union all

    select
        source_relation,
        'customer_lookup_invoices' as counted,
        count(*) as row_count
    from {{ ref('customer_lookup_invoices') }}
    group by source_relation

    union all

    select
        source_relation,
        'staged lines' as counted,
        count(*) as row_count
    from lines
    group by source_relation

    union all

    select
        source_relation,
        'fct_invoice_line_items' as counted,
        count(*) as row_count
    from {{ ref('fct_invoice_line_items') }}
    group by source_relation

    union all

    select
        source_relation,
        'invoice_lookup_line_items' as counted,
        count(*) as row_count
    from {{ ref('invoice_lookup_line_items') }}
    group by source_relation

),

counts as (

    select
        source_relation,
        sum(case when counted = 'staged invoices' then row_count else 0 end)
            as staged_invoice_count,
        sum(case when counted = 'fct_invoices' then row_count else 0 end)
            as fact_invoice_count,
        sum(case when counted = 'invoice_lookup' then row_count else 0 end)
            as lookup_invoice_count,
        sum(case when counted = 'customer_lookup_invoices' then row_count else 0 end)
            as customer_invoice_count,
        sum(case when counted = 'staged lines' then row_count else 0 end)
            as staged_line_count,
        sum(case when counted = 'fct_invoice_line_items' then row_count else 0 end)
            as fact_line_count,
        sum(case when counted = 'invoice_lookup_line_items' then row_count else 0 end)
            as lookup_line_count
    from found
    group by source_relation

)

select *
from counts
where staged_invoice_count <> fact_invoice_count
    or staged_invoice_count <> lookup_invoice_count
    or staged_invoice_count <> customer_invoice_count
    or staged_line_count <> fact_line_count
    or staged_line_count <> lookup_line_count
{% endcall %}
