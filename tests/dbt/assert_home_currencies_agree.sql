-- Customers whose home currency is not the same wherever a mart shows it, or is missing
-- where they have one.
-- noqa: disable=LT02
{% call if_built() %}
with

shown as (

    select
        source_relation,
        customer_id,
        currency as home_currency
    from {{ ref('dim_customers') }}

    union all

    select
        source_relation,
        customer_id,
        currency as home_currency
    from {{ ref('int_payments__home_currencies') }}

    {%- for mart in ['customer_lookup', 'customer_lifetime_value', 'fct_invoices'] %}

        union all

        select
            source_relation,
            customer_id,
            coalesce(home_currency, 'none') as home_currency
        from {{ ref(mart) }}
        where customer_id is not null
    {%- endfor %}

)

select
    source_relation,
    customer_id,
    min(home_currency) as one_currency,
    max(home_currency) as other_currency
from shown
group by
    source_relation,
    customer_id
having count(distinct home_currency) > 1
{% endcall %}
