with

days as (

    select * from {{ ref('int_summaries__currency_days') }}

),

invoices as (

    select * from {{ ref('fct_invoices') }}

),

today as (

    select * from days
    where reporting_date = {{ as_of_date() }}

),

buckets as (

    select
        *,
        'current' as ageing_bucket,
        1 as bucket_order
    from today

    union all

    select
        *,
        '1_30' as ageing_bucket,
        2 as bucket_order
    from today

    union all

    select
        *,
        '31_60' as ageing_bucket,
        3 as bucket_order
    from today

    union all

    select
        *,
        '61_90' as ageing_bucket,
        4 as bucket_order
    from today

    union all

    select
        *,
        'over_90' as ageing_bucket,
        5 as bucket_order
    from today

),

owed as (

    select
        source_relation,
        currency,
        ageing_bucket,
        count(*) as invoice_count,
        count(distinct customer_id) as customer_count,
        sum(outstanding_amount) as outstanding_amount
    from invoices
    where is_open
    group by source_relation, currency, ageing_bucket

),

final as (

    select
        buckets.source_relation,
        buckets.ageing_bucket,
        buckets.currency,
        cast(buckets.bucket_order as {{ dbt.type_bigint() }}) as bucket_order,
        {{ count_figure('owed.invoice_count') }} as invoice_count,
        {{ count_figure('owed.customer_count') }} as customer_count,
        {{ amount_figure('owed.outstanding_amount') }}
            as outstanding_amount,
        buckets.reporting_date as as_of_date
    from buckets
    left join owed
        on buckets.source_relation = owed.source_relation
        and buckets.currency = owed.currency
        and buckets.ageing_bucket = owed.ageing_bucket

)

select * from final
