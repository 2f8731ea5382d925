{{ config(materialized=by_object('table'), meta={'object': 'customer_id'}) }}

-- What customers owe, one row for each currency that they were invoiced in.
with

invoices as (

    select * from {{ touched('fct_invoices') }}

),

final as (

    select
        source_relation,
        customer_id,
        currency,
        sum(case when status not in ('draft', 'void') then 1 else 0 end)
            as invoice_count,
        sum(case when is_open then 1 else 0 end) as open_invoice_count,
        sum(case when is_past_due then 1 else 0 end) as past_due_invoice_count,
        sum(outstanding_amount) as outstanding_amount,
        sum(case when is_past_due then outstanding_amount end) as past_due_amount,
        {{ bucket_sum('current', 'outstanding_amount') }} as current_amount,
        {{ bucket_sum('1_30', 'outstanding_amount') }} as days_1_30_amount,
        {{ bucket_sum('31_60', 'outstanding_amount') }} as days_31_60_amount,
        {{ bucket_sum('61_90', 'outstanding_amount') }} as days_61_90_amount,
        {{ bucket_sum('over_90', 'outstanding_amount') }} as over_90_amount,
        sum(bad_debt_amount) as bad_debt_amount,
        max(case when is_open then attempt_count end) as max_attempt_count,
        max(days_past_due) as max_days_past_due,
        min(case when is_open then effective_due_date end) as oldest_due_date
    from invoices
    where customer_id is not null
    group by source_relation, customer_id, currency

)

select * from final
