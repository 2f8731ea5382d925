with

figures as (

    select * from {{ ref('int_summaries__customer_figures') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

owing as (

    select * from {{ rows_of(
        'receivables', 'int_receivables__customers_owing',
        string=['source_relation', 'customer_id', 'currency'],
        integer=['invoice_count', 'open_invoice_count', 'past_due_invoice_count'],
        numeric=['outstanding_amount', 'past_due_amount', 'bad_debt_amount'],
    ) }}

),

lifetime_values as (

    select * from {{ rows_of(
        'lifetime_value', 'customer_lifetime_value',
        string=[
            'source_relation', 'customer_id', 'user_id', 'currency',
            'first_touch_channel', 'first_touch_campaign', 'last_touch_channel',
        ],
        numeric=['lifetime_value_amount', 'predicted_lifetime_value_amount'],
        timestamp=['first_touch_at'],
    ) }}

),

final as (

    select
        figures.source_relation,
        figures.customer_id,
        lifetime_values.user_id,
        figures.currency,
        customers.description,
        customers.email,
        figures.home_currency,
        lifetime_values.first_touch_channel,
        lifetime_values.first_touch_campaign,
        lifetime_values.last_touch_channel,
        figures.attempted_charge_count,
        figures.attempted_charge_amount,
        figures.gross_charge_count,
        figures.gross_charge_amount,
        figures.failed_charge_count,
        figures.failed_charge_amount,
        figures.pending_charge_count,
        figures.pending_charge_amount,
        figures.refund_count,
        figures.refund_amount,
        figures.net_charge_amount,
        figures.dispute_count,
        figures.dispute_amount,
        figures.net_volume_amount,
        figures.fee_amount,
        {{ count_figure('invoice_count') }} as invoice_count,
        {{ count_figure('open_invoice_count') }} as unpaid_invoice_count,
        {{ amount_figure('outstanding_amount') }} as outstanding_amount,
        {{ amount_figure('past_due_amount') }} as past_due_amount,
        {{ amount_figure('bad_debt_amount') }} as bad_debt_amount,
        figures.balance_amount,
        case
            when figures.balance_amount < 0
                then cast(-figures.balance_amount as {{ exact() }})
            when figures.balance_amount >= 0 then figures.zero_amount
        end as credit_balance_amount,
        figures.mrr_amount,
        lifetime_values.lifetime_value_amount,
        lifetime_values.predicted_lifetime_value_amount,
        customers.customer_id is not null as has_customer_record,
        customers.is_deleted,
        customers.is_delinquent,
        coalesce(owing.past_due_invoice_count > 0, false) as is_past_due,
        customers.created_date,
        figures.first_charge_date,
        figures.last_charge_date,
        customers.created_at,
        lifetime_values.first_touch_at,
        figures.first_charge_at,
        figures.last_charge_at
    from figures
    left join lifetime_values
        on figures.source_relation = lifetime_values.source_relation
        and figures.customer_id = lifetime_values.customer_id
        and figures.currency = lifetime_values.currency
    left join customers
        on figures.source_relation = customers.source_relation
        and figures.customer_id = customers.customer_id
    left join owing
        on figures.source_relation = owing.source_relation
        and figures.customer_id = owing.customer_id
        and figures.currency = owing.currency

)

select * from final
