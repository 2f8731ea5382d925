-- Net charges of the as-of month by where the payer is and what was sold. The country
-- is that of the card, else of the billing address, else of the parcel. An invoice's
-- charge is shared out by the amounts of its lines, to the millionth; charges without
-- lines have no product.
with

charges as (

    select * from {{ ref('fct_charges') }}
    where is_gross
        and currency is not null
        and reporting_month = {{ first_day_of('month', as_of_date()) }}

),

cards as (

    select * from {{ ref('stg_stripe__cards') }}

),

payment_methods as (

    select * from {{ ref('stg_stripe__payment_methods') }}

),

lines as (

    select
        source_relation,
        invoice_id,
        product_id,
        max(product_name) as product_name,
        sum(amount) as product_amount
    from {{ ref('fct_invoice_line_items') }}
    group by
        source_relation,
        invoice_id,
        product_id

),

products as (

    select
        *,
        sum(product_amount) over (partition by source_relation, invoice_id)
            as invoice_amount
    from lines

),

sold as (

    select
        charges.source_relation,
        charges.charge_id,
        charges.currency,
        coalesce(
            cards.country,
            payment_methods.billing_details_address_country,
            charges.shipping_address_country,
            'unknown'
        ) as country,
        coalesce(products.product_name, products.product_id, 'no product')
            as product_name,
        case
            when products.invoice_id is null then charges.net_amount
            else {{ ratio(
                'charges.net_amount * products.product_amount',
                'products.invoice_amount'
            ) }}
        end as net_amount
    from charges
    left join cards
        on charges.source_relation = cards.source_relation
        and charges.payment_method_id = cards.card_id
    left join payment_methods
        on charges.source_relation = payment_methods.source_relation
        and charges.payment_method_id = payment_methods.payment_method_id
    left join products
        on charges.source_relation = products.source_relation
        and charges.invoice_id = products.invoice_id
        and products.invoice_amount <> 0

),

final as (

    select
        source_relation,
        currency,
        country,
        product_name,
        count(distinct charge_id) as charge_count,
        sum(net_amount) as net_amount
    from sold
    group by
        source_relation,
        currency,
        country,
        product_name

)

select * from final
order by
    {{ binary_order('source_relation') }} asc,
    {{ binary_order('currency') }} asc,
    {{ binary_order('country') }} asc,
    {{ binary_order('product_name') }} asc
