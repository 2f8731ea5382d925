{{ config(severity='warn') }}

-- Charges, refunds and disputes of less than nothing: Stripe's amounts have no sign.
-- noqa: disable=LT02
{% call if_built() %}
with

amounts as (

    {%- for collection, key in [
        ('charges', 'charge_id'), ('refunds', 'refund_id'), ('disputes', 'dispute_id'),
    ] %}
        select
            source_relation,
            '{{ collection }}' as collection,
            {{ key }} as row_id,
            currency,
            amount_minor
        from {{ ref('stg_stripe__' ~ collection) }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}

)

select * from amounts
where amount_minor < 0
{% endcall %}
