{{ config(materialized=by_object('view')) }}

-- What the rates that its lines name come to on each issued invoice: each line after
-- the invoice's discount, without the tax inside its price, times the rate.
with

invoices as (

    select
        fct_invoices.source_relation,
        fct_invoices.invoice_id,
        fct_invoices.currency,
        cast(power(10, currencies.decimal_places) as {{ dbt.type_bigint() }})
            as minor_units,
        -- Of a price of whole, net is left after the discount.
        case
            when fct_invoices.subtotal <> 0 and fct_invoices.discount is not null
                then fct_invoices.subtotal - fct_invoices.discount
            else 1
        end as net_amount,
        case
            when fct_invoices.subtotal <> 0 and fct_invoices.discount is not null
                then fct_invoices.subtotal
            else 1
        end as whole_amount
    from {{ touched('fct_invoices') }} as fct_invoices
    inner join {{ ref('stripe_currencies') }} as currencies
        on fct_invoices.currency = currencies.currency
    where fct_invoices.status not in ('draft', 'void')

),

named as (

    select
        source_relation,
        tax_rates,
        tax_rate_id,
        coalesce(percentage, 0) as percentage,
        sum(case when is_inclusive then coalesce(percentage, 0) else 0 end) over (
            partition by source_relation, tax_rates
        ) as included_percentage
    from {{ ref('int_subscriptions__tax_rates_named') }}

),

lined as (

    -- A line in another currency names no rate.
    select
        invoices.*,
        line_items.amount,
        case when line_items.currency = invoices.currency then line_items.tax_rates end
            as tax_rates
    from invoices
    inner join {{ touched('fct_invoice_line_items') }} as line_items
        on invoices.source_relation = line_items.source_relation
        and invoices.invoice_id = line_items.invoice_id
    where line_items.amount <> 0

),

priced as (

    -- In whole minor units, so that one product has but six decimals.
    select
        lined.source_relation,
        lined.invoice_id,
        named.tax_rate_id,
        named.percentage,
        100 + named.included_percentage as whole_percentage,
        cast(lined.amount * lined.minor_units as {{ exact(0) }}) as amount_minor,
        cast(lined.net_amount * lined.minor_units as {{ exact(0) }}) as net_minor,
        cast(lined.whole_amount * lined.minor_units as {{ exact(0) }}) as whole_minor
    from lined
    inner join named
        on lined.source_relation = named.source_relation
        and lined.tax_rates = named.tax_rates

),

unexplained as (

    select
        lined.source_relation,
        lined.invoice_id
    from lined
    left join named
        on lined.source_relation = named.source_relation
        and lined.tax_rates = named.tax_rates
    where named.tax_rate_id is null
    group by lined.source_relation, lined.invoice_id

),

final as (

    select
        priced.source_relation,
        priced.invoice_id,
        priced.tax_rate_id,
        cast(sum(coalesce({{ whole_ratio(
            'amount_minor * 100 * net_minor', 'whole_percentage * whole_minor'
        ) }}, 0)) as {{ exact(0) }}) as taxable_minor,
        cast(sum(coalesce({{ whole_ratio(
            'amount_minor * percentage * net_minor', 'whole_percentage * whole_minor'
        ) }}, 0)) as {{ exact(0) }}) as tax_minor,
        max(case when unexplained.invoice_id is null then 0 else 1 end) = 0
            as is_explained
    from priced
    left join unexplained
        on priced.source_relation = unexplained.source_relation
        and priced.invoice_id = unexplained.invoice_id
    group by priced.source_relation, priced.invoice_id, priced.tax_rate_id

)

select * from final
