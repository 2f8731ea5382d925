-- Every currency that a customer has to do with, its home currency first of all. A
-- customer whose row is not delivered is here too.
with

customers as (

    select * from {{ ref('dim_customers') }}

),

charges as (

    select * from {{ ref('int_summaries__charges_by_customer') }}

),

returns as (

    select * from {{ ref('int_summaries__returns_by_customer') }}

),

invoices as (

    select * from {{ rows_of(
        'receivables', 'int_receivables__customers_owing',
        string=['source_relation', 'customer_id', 'currency'],
    ) }}

),

balances as (

    select * from {{ ref('int_summaries__balances_by_customer') }}

),

recurring as (

    select * from {{ rows_of(
        'subscriptions', 'fct_customer_mrr',
        string=['source_relation', 'customer_id', 'currency'], date=['reporting_month'],
    ) }}
    where reporting_month = {{ first_day_of('month', as_of_date()) }}

),

known_currencies as (

    select * from {{ ref('stripe_currencies') }}

),

sources_delivered as (

    select * from {{ ref('int_balances__sources_delivered') }}

),

found as (

    {%- for dealings in [
        'customers', 'charges', 'returns', 'invoices', 'balances', 'recurring'
    ] %}

        select
            source_relation,
            customer_id,
            currency
        from {{ dealings }}
        where currency is not null
        {{ union_distinct() if not loop.last }}
    {%- endfor %}

),

final as (

    -- Nothing happened is zero, but in a currency that we do not know it is null.
    select
        found.*,
        customers.balance_amount,
        cast(
            case when known_currencies.currency is not null then 0 end
            as {{ exact() }}
        ) as zero_amount,
        cast(
            case
                when known_currencies.currency is not null
                    and sources_delivered.source_relation is not null
                    then 0
            end as {{ exact() }}
        ) as zero_balance_amount
    from found
    left join known_currencies
        on found.currency = known_currencies.currency
    left join customers
        on found.source_relation = customers.source_relation
        and found.customer_id = customers.customer_id
        and found.currency = customers.currency
    left join sources_delivered
        on found.source_relation = sources_delivered.source_relation

)

select * from final
