-- The daily figures summed by month, twice: for the month itself and, a month later, as
-- what the next one is compared with. The as-of month is compared with the same days of
-- the month before (days beyond weigh nothing), every other month with the whole month.
{%- set as_of = as_of_day() %}
with

days as (

    select * from {{ ref('executive_summary_daily') }}

),

as_of_state as (

    select * from {{ ref('int_summaries__as_of_state') }}

),

periods as (

    select
        *,
        false as is_previous,
        reporting_month as compared_month,
        1 as weight
    from days

    union all

    select
        *,
        true as is_previous,
        cast({{ dbt.dateadd('month', 1, 'reporting_month') }} as date)
            as compared_month,
        case
            when reporting_month >= {{ as_of_month_back(1) }}
                and extract(day from reporting_date) > {{ as_of.day }}
                then 0
            else 1
        end as weight
    from days

),

summed as (

    select
        source_relation,
        currency,
        {%- for figure in executive_figures() %}
            {{ weighted_sum(figure) }} as {{ figure }},
        {%- endfor %}
        is_previous,
        compared_month as reporting_month
    from periods
    group by source_relation, currency, is_previous, compared_month

),

compared as (

    select
        months.source_relation,
        months.currency,
        {%- for figure in executive_figures() %}
            months.{{ figure }},
            previous.{{ figure }} as previous_{{ figure }},
        {%- endfor %}
        as_of_state.delinquent_customer_count,
        as_of_state.past_due_customer_count,
        as_of_state.unpaid_invoice_count,
        as_of_state.unpaid_invoice_amount,
        months.reporting_month
    from summed as months
    left join summed as previous
        on months.source_relation = previous.source_relation
        and months.currency = previous.currency
        and months.reporting_month = previous.reporting_month
        and previous.is_previous
    left join as_of_state
        on months.source_relation = as_of_state.source_relation
        and months.currency = as_of_state.currency
        and months.reporting_month = as_of_state.reporting_month
    where not months.is_previous

),

rated as (

    select
        *,
        {{ success_rate('charge') }} as charge_success_rate,
        {{ success_rate('payment') }} as payment_success_rate,
        {{ mean_days_to_payment() }} as mean_days_to_payment,
        {{ success_rate('charge', 'previous_') }} as previous_charge_success_rate,
        {{ success_rate('payment', 'previous_') }} as previous_payment_success_rate,
        {{ mean_days_to_payment('previous_') }} as previous_mean_days_to_payment
    from compared

),

final as (

    select
        *,
        {%- for figure in executive_figures() if figure != 'days_to_payment_total' %}
            {{ change(figure) }} as {{ figure }}_change,
        {%- endfor %}
        {{ change('mean_days_to_payment') }} as mean_days_to_payment_change,
        cast(charge_success_rate - previous_charge_success_rate as {{ exact() }})
            as charge_success_rate_change,
        cast(payment_success_rate - previous_payment_success_rate as {{ exact() }})
            as payment_success_rate_change
    from rated

)

select * from final
