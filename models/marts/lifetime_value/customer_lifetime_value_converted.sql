-- What customers brought in the reporting currency: flows at the rates of their days,
-- recurring revenue and what it promises at that of the as-of day.
with

customers as (

    select * from {{ ref('customer_lifetime_value') }}
    where {{ has_reporting_currency() }}

),

months as (

    select * from {{ ref('int_lifetime_value__flows_converted') }}

),

flows as (

    select
        source_relation,
        customer_id,
        currency,
        {{ whole_sum('gross_amount') }} as gross_amount,
        {{ whole_sum('refund_amount') }} as refund_amount,
        {{ whole_sum('net_volume_amount') }} as net_volume_amount,
        {{ whole_sum('fee_amount') }} as fee_amount
    from months
    group by source_relation, customer_id, currency

),

rates as (

    select * from {{ ref('int_summaries__exchange_rates_daily') }}
    where reporting_date = {{ as_of_date() }}

),

final as (

    -- A customer without flows has its own zeros, or null where nothing is known.
    select
        customers.source_relation,
        customers.customer_id,
        customers.person_id,
        customers.user_id,
        {{ reporting_currency() }} as currency,
        customers.currency as original_currency,
        customers.home_currency,
        customers.first_touch_channel,
        case
            when flows.customer_id is null then customers.lifetime_value_amount
            when customers.lifetime_value_amount is not null
                then flows.net_volume_amount
        end as lifetime_value_amount,
        case
            when flows.customer_id is null then customers.gross_amount
            else flows.gross_amount
        end as gross_amount,
        case
            when flows.customer_id is null then customers.refund_amount
            else flows.refund_amount
        end as refund_amount,
        case
            when flows.customer_id is null then customers.fee_amount
            when customers.fee_amount is not null then flows.fee_amount
        end as fee_amount,
        {{ converted('customers.mrr_amount', 'rates.exchange_rate') }} as mrr_amount,
        {{ converted(
            'customers.predicted_lifetime_value_amount', 'rates.exchange_rate'
        ) }} as predicted_lifetime_value_amount,
        customers.days_to_first_payment,
        customers.order_count,
        rates.exchange_rate,
        {{ lacks_rate(['customers.mrr_amount'], 'rates.exchange_rate') }}
        or (
            flows.customer_id is not null
            and customers.gross_amount is not null
            and (
                flows.gross_amount is null
                or flows.refund_amount is null
                or flows.net_volume_amount is null
                or flows.fee_amount is null
            )
        ) as is_rate_missing,
        customers.is_paying,
        customers.acquisition_month
    from customers
    left join flows
        on customers.source_relation = flows.source_relation
        and customers.customer_id = flows.customer_id
        and customers.currency = flows.currency
    left join rates
        on customers.currency = rates.currency

)

select * from final
