-- The daily figures summed by month, twice: for the month itself and, dated one month
-- on, as what that next month is compared with. The as-of month is compared with the
-- same days of the month before it (days beyond weigh nothing), every other month with
-- the whole month.
{%- set as_of = as_of_day() %}
{%- set figures = executive_figures() %}
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
        {%- for figure in figures %}
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
        {%- for figure in figures %}
        months.{{ figure }},
        previous.{{ figure }} as previous_{{ figure }},
        {%- endfor %}
        months.reporting_month
    from summed as months
    left join summed as previous
        on months.source_relation = previous.source_relation
        and months.currency = previous.currency
        and months.reporting_month = previous.reporting_month
        and previous.is_previous
    where not months.is_previous

),

rated as (

    select
        *,
        {%- for prefix in ['', 'previous_'] %}
        {{ success_rate('charge', prefix) }} as {{ prefix }}charge_success_rate,
        {{ success_rate('payment', prefix) }} as {{ prefix }}payment_success_rate,
        {{ ratio(prefix ~ 'days_to_payment_total', prefix ~ 'succeeded_charge_count') }}
            as {{ prefix }}mean_days_to_payment{{ ',' if not loop.last }}
        {%- endfor %}
    from compared

),

final as (

    select
        rated.*,
        as_of_state.delinquent_customer_count,
        as_of_state.past_due_customer_count,
        as_of_state.unpaid_invoice_count,
        as_of_state.unpaid_invoice_amount,
        {%- for figure in figures if figure != 'days_to_payment_total' %}
        {{ change(figure) }} as {{ figure }}_change,
        {%- endfor %}
        {{ change('mean_days_to_payment') }} as mean_days_to_payment_change,
        cast(charge_success_rate - previous_charge_success_rate as numeric(38, 6))
            as charge_success_rate_change,
        cast(payment_success_rate - previous_payment_success_rate as numeric(38, 6))
            as payment_success_rate_change
    from rated
    left join as_of_state
        on rated.source_relation = as_of_state.source_relation
        and rated.currency = as_of_state.currency
        and rated.reporting_month = as_of_state.reporting_month

)

select * from final
