-- Rows whose day is not that of their timestamp in the reporting time zone, or whose
-- week or month is not that of their day, or that are dated after the as-of day.
{% call if_built() %}
with

facts as (

    {%- for fact, key in [
        ('fct_charges', 'charge_id'),
        ('fct_refunds', 'refund_id'),
        ('fct_payments', 'payment_id'),
        ('fct_disputes', 'dispute_id'),
        ('fct_invoices', 'invoice_id'),
        ('fct_balance_transactions', 'balance_transaction_id'),
    ] %}
        select
            source_relation,
            '{{ fact }}' as fact,
            {{ key }} as row_id,
            reporting_date,
            reporting_week,
            reporting_month,
            created_at
        from {{ touched(fact) }}

        union all
    {% endfor %}
    select
        source_relation,
        'dim_customers' as fact,
        customer_id as row_id,
        created_date as reporting_date,
        {{ first_day_of('week', 'created_date') }} as reporting_week,
        {{ first_day_of('month', 'created_date') }} as reporting_month,
        created_at
    from {{ touched('dim_customers') }}

)

select * from facts
where reporting_date <> {{ reporting_date('created_at') }}
    or reporting_week <> {{ first_day_of('week', 'reporting_date') }}
    or reporting_month <> {{ first_day_of('month', 'reporting_date') }}
    or reporting_date > {{ as_of_date() }}
{% endcall %}
