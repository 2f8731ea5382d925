with

owing as (

    select * from {{ ref('int_receivables__customers_owing') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

known_currencies as (

    select * from {{ ref('stripe_currencies') }}

),

listed as (

    select
        source_relation,
        customer_id,
        currency
    from owing
    where open_invoice_count > 0
        and currency is not null

    {{ union_distinct() }}

    select
        source_relation,
        customer_id,
        currency
    from customers
    where is_delinquent

),

zeroed as (

    select
        listed.*,
        case
            when known_currencies.currency is not null then cast(0 as {{ exact() }})
        end as zero_amount
    from listed
    left join known_currencies
        on listed.currency = known_currencies.currency

),

final as (

    select
        zeroed.source_relation,
        zeroed.customer_id,
        zeroed.currency,
        customers.description,
        customers.email,
        {{ count_figure('owing.open_invoice_count') }} as open_invoice_count,
        {{ count_figure('owing.past_due_invoice_count') }} as past_due_invoice_count,
        {{ amount_figure('owing.outstanding_amount') }} as outstanding_amount,
        {{ amount_figure('owing.past_due_amount') }} as past_due_amount,
        {{ amount_figure('owing.current_amount') }} as current_amount,
        {{ amount_figure('owing.days_1_30_amount') }} as days_1_30_amount,
        {{ amount_figure('owing.days_31_60_amount') }} as days_31_60_amount,
        {{ amount_figure('owing.days_61_90_amount') }} as days_61_90_amount,
        {{ amount_figure('owing.over_90_amount') }} as over_90_amount,
        {{ amount_figure('owing.bad_debt_amount') }} as bad_debt_amount,
        {{ count_figure('owing.max_attempt_count') }} as max_attempt_count,
        owing.max_days_past_due,
        coalesce(customers.is_delinquent, false) as is_delinquent,
        coalesce(owing.past_due_invoice_count > 0, false) as is_past_due,
        owing.oldest_due_date
    from zeroed
    left join owing
        on zeroed.source_relation = owing.source_relation
        and zeroed.customer_id = owing.customer_id
        and zeroed.currency = owing.currency
    left join customers
        on zeroed.source_relation = customers.source_relation
        and zeroed.customer_id = customers.customer_id

)

select * from final
