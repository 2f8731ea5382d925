with

found as (

    select * from {{ ref('int_summaries__customer_currencies') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

),

charges as (

    select * from {{ ref('int_summaries__charges_by_customer') }}

),

balances as (

    select * from {{ ref('int_summaries__balances_by_customer') }}

),

owing as (

    select * from {{ ref('int_receivables__customers_owing') }}

),

recurring as (

    select * from {{ ref('int_summaries__current_customer_mrr') }}

),

final as (

    select
        found.source_relation,
        found.customer_id,
        found.currency,
        customers.description,
        customers.email,
        customers.currency as home_currency,
        {{ count_figure('attempted_charge_count') }} as attempted_charge_count,
        {{ amount_figure('attempted_charge_amount') }} as attempted_charge_amount,
        {{ count_figure('gross_charge_count') }} as gross_charge_count,
        {{ amount_figure('gross_charge_amount') }} as gross_charge_amount,
        {{ count_figure('failed_charge_count') }} as failed_charge_count,
        {{ amount_figure('failed_charge_amount') }} as failed_charge_amount,
        {{ count_figure('pending_charge_count') }} as pending_charge_count,
        {{ amount_figure('pending_charge_amount') }} as pending_charge_amount,
        {{ count_figure('refund_count') }} as refund_count,
        {{ amount_figure('refund_amount') }} as refund_amount,
        {{ amount_figure('net_charge_amount') }} as net_charge_amount,
        {{ count_figure('dispute_count') }} as dispute_count,
        {{ amount_figure('dispute_amount') }} as dispute_amount,
        {{ amount_figure('net_volume_amount', 'zero_balance_amount') }}
            as net_volume_amount,
        {{ amount_figure('fee_amount', 'zero_balance_amount') }} as fee_amount,
        {{ count_figure('invoice_count') }} as invoice_count,
        {{ count_figure('open_invoice_count') }} as unpaid_invoice_count,
        {{ amount_figure('outstanding_amount') }} as outstanding_amount,
        {{ amount_figure('past_due_amount') }} as past_due_amount,
        {{ amount_figure('bad_debt_amount') }} as bad_debt_amount,
        {{ amount_figure('recurring.mrr_amount') }} as mrr_amount,
        found.balance_amount,
        case
            when found.balance_amount < 0
                then cast(-found.balance_amount as numeric(38, 6))
            when found.balance_amount >= 0 then found.zero_amount
        end as credit_balance_amount,
        customers.customer_id is not null as has_customer_record,
        customers.is_deleted,
        customers.is_delinquent,
        coalesce(owing.past_due_invoice_count > 0, false) as is_past_due,
        customers.created_date,
        charges.first_charge_date,
        charges.last_charge_date,
        customers.created_at,
        charges.first_charge_at,
        charges.last_charge_at
    from found
    left join customers
        on found.source_relation = customers.source_relation
        and found.customer_id = customers.customer_id
    left join charges
        on found.source_relation = charges.source_relation
        and found.customer_id = charges.customer_id
        and found.currency = charges.currency
    left join balances
        on found.source_relation = balances.source_relation
        and found.customer_id = balances.customer_id
        and found.currency = balances.currency
    left join owing
        on found.source_relation = owing.source_relation
        and found.customer_id = owing.customer_id
        and found.currency = owing.currency
    left join recurring
        on found.source_relation = recurring.source_relation
        and found.customer_id = recurring.customer_id
        and found.currency = recurring.currency

)

select * from final
