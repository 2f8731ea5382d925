-- Months are sums of days, and each is compared with the month before it: a closed one
-- with the whole of it, the as-of month with its days up to the same day.
-- noqa: disable=LT02
{% call if_built() %}
{%- set as_of = as_of_day() %}
{%- set figures = executive_figures() %}
with

days as (

    select
        source_relation,
        currency,
        {%- for figure in figures %}
            sum({{ figure }}) as {{ figure }},
            sum(
                case
                    when extract(day from reporting_date) <= {{ as_of.day }}
                        then {{ figure }}
                end
            ) as {{ figure }}_to_date,
        {%- endfor %}
        reporting_month
    from {{ ref('executive_summary_daily') }}
    group by
        source_relation,
        currency,
        reporting_month

),

months as (

    select * from {{ ref('executive_summary_monthly') }}

)

select
    days.source_relation,
    days.currency,
    days.reporting_month
from days
left join months
    on days.source_relation = months.source_relation
    and days.currency = months.currency
    and days.reporting_month = months.reporting_month
left join months as next_months
    on days.source_relation = next_months.source_relation
    and days.currency = next_months.currency
    and cast({{ dbt.dateadd('month', 1, 'days.reporting_month') }} as date)
    = next_months.reporting_month
where months.reporting_month is null
    {%- for figure in figures %}
        or months.{{ figure }} <> days.{{ figure }}
        or next_months.previous_{{ figure }}
        <> case
            when next_months.reporting_month
                < cast('{{ as_of.replace(day=1) }}' as date)
                then days.{{ figure }}
            else coalesce(days.{{ figure }}_to_date, 0)
        end
    {%- endfor %}
{% endcall %}
