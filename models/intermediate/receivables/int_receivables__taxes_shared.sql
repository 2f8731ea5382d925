{{ config(materialized=by_object('view')) }}

-- How much of the tax that an issued invoice asks for is of which rate, and what its
-- rates do not explain.
with

invoices as (

    select
        fct_invoices.source_relation,
        fct_invoices.invoice_id,
        cast(
            coalesce(fct_invoices.tax, 0)
            * cast(power(10, currencies.decimal_places) as {{ dbt.type_bigint() }})
            as {{ exact(0) }}
        ) as tax_minor
    from {{ touched('fct_invoices') }} as fct_invoices
    inner join {{ ref('stripe_currencies') }} as currencies
        on fct_invoices.currency = currencies.currency
    where fct_invoices.status not in ('draft', 'void')

),

summed as (

    select
        computed.*,
        invoices.tax_minor as invoice_tax_minor,
        sum(computed.tax_minor) over (
            partition by computed.source_relation, computed.invoice_id
        ) as all_minor,
        sum(abs(computed.tax_minor)) over (
            partition by computed.source_relation, computed.invoice_id
        ) as all_sizes_minor,
        sum(computed.tax_minor) over (
            partition by computed.source_relation, computed.invoice_id
            order by
                abs(computed.tax_minor) desc,
                {{ binary_order('computed.tax_rate_id') }} asc
            rows between unbounded preceding and current row
        ) as up_to_minor
    from {{ touched('int_receivables__taxes_by_rate') }} as computed
    inner join invoices
        on computed.source_relation = invoices.source_relation
        and computed.invoice_id = invoices.invoice_id

),

explained as (

    -- How much of the invoice's tax is of its rates.
    select
        *,
        case
            when invoice_tax_minor = 0 or all_minor = 0 then 0
            when is_explained then invoice_tax_minor
            when sign(invoice_tax_minor) <> sign(all_minor) then 0
            when abs(invoice_tax_minor) < abs(all_minor) then invoice_tax_minor
            else all_minor
        end as rates_minor
    from summed

),

shared as (

    -- By what each comes to; the shares of sums up to each rate add up whole.
    select
        source_relation,
        invoice_id,
        tax_rate_id,
        case when tax_minor <> 0 and invoice_tax_minor = 0 then 0 else taxable_minor end
            as taxable_minor,
        case
            when invoice_tax_minor = 0 then 0
            when abs(all_minor) <> all_sizes_minor then tax_minor
            when all_minor = 0 then 0
            -- The only rate; most invoices have one.
            when tax_minor = all_minor then rates_minor
            else
                {{ whole_ratio('rates_minor * up_to_minor', 'all_minor') }}
                - {{ whole_ratio(
                    'rates_minor * (up_to_minor - tax_minor)', 'all_minor'
                ) }}
        end as tax_minor
    from explained

),

shared_in_all as (

    select
        source_relation,
        invoice_id,
        sum(tax_minor) as tax_minor
    from shared
    group by source_relation, invoice_id

),

final as (

    select * from shared

    union all

    select
        invoices.source_relation,
        invoices.invoice_id,
        'unknown' as tax_rate_id,
        null as taxable_minor,
        invoices.tax_minor - coalesce(shared_in_all.tax_minor, 0) as tax_minor
    from invoices
    left join shared_in_all
        on invoices.source_relation = shared_in_all.source_relation
        and invoices.invoice_id = shared_in_all.invoice_id

)

select * from final
