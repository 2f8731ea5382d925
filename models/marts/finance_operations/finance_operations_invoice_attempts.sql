with

invoices as (

    select * from {{ ref('fct_invoices') }}
    where status not in ('draft', 'void')
        and currency is not null

),

known_currencies as (

    select * from {{ ref('stripe_currencies') }}

),

zeroed as (

    select
        invoices.*,
        case
            when known_currencies.currency is not null then cast(0 as {{ exact() }})
        end as zero_amount
    from invoices
    left join known_currencies
        on invoices.currency = known_currencies.currency

),

final as (

    select
        source_relation,
        currency,
        coalesce(attempt_count, 0) as attempt_count,
        cast(count(*) as {{ dbt.type_bigint() }}) as invoice_count,
        cast(sum(case when is_paid then 1 else 0 end) as {{ dbt.type_bigint() }})
            as paid_invoice_count,
        {{ amount_figure('sum(amount_due)', 'max(zero_amount)') }} as amount_due,
        {{ amount_figure('sum(amount_paid)', 'max(zero_amount)') }} as amount_paid,
        reporting_month
    from zeroed
    group by
        source_relation,
        currency,
        coalesce(attempt_count, 0),
        reporting_month

)

select * from final
