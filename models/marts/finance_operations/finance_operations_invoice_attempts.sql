with

invoices as (

    select * from {{ ref('fct_invoices') }}

),

final as (

    select
        source_relation,
        currency,
        coalesce(attempt_count, 0) as attempt_count,
        cast(count(*) as {{ dbt.type_bigint() }}) as invoice_count,
        cast(sum(case when is_paid then 1 else 0 end) as {{ dbt.type_bigint() }})
            as paid_invoice_count,
        cast(sum(amount_due) as numeric(38, 6)) as amount_due,
        cast(sum(amount_paid) as numeric(38, 6)) as amount_paid,
        reporting_month
    from invoices
    where status not in ('draft', 'void')
        and currency is not null
    group by
        source_relation,
        currency,
        coalesce(attempt_count, 0),
        reporting_month

)

select * from final
