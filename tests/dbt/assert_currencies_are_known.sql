-- Names every currency code that stripe_currencies lacks: its amounts are null in the
-- marts, never guessed. It hangs on the last mart, so that all others are built.
{% call if_built() %}
with

days as (

    select * from {{ ref('executive_summary_daily') }}

),

months as (

    select * from {{ ref('executive_summary_monthly') }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

seen as (

    select
        source_relation,
        currency
    from days

    {{ union_distinct() }}

    select
        source_relation,
        currency
    from months

)

select
    seen.source_relation,
    seen.currency as unknown_currency
from seen
left join currencies
    on seen.currency = currencies.currency
where currencies.currency is null
{% endcall %}
