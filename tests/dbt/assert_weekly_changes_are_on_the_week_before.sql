-- Changes of the weekly times against the week seven days before.
{%- set figures = [] %}
{%- for statistic in ['mean', 'median', 'p90'] %}
    {%- for time in ['payment', 'settlement', 'fulfillment'] %}
        {%- do figures.append(statistic ~ '_days_to_' ~ time) %}
    {%- endfor %}
{%- endfor %}
with

weeks as (

    select * from {{ ref('finance_operations_fulfillment_weekly') }}

)

select
    weeks.source_relation,
    weeks.currency,
    weeks.reporting_week
from weeks
left join weeks as previous
    on weeks.source_relation = previous.source_relation
    and weeks.currency = previous.currency
    and weeks.reporting_week
    = cast({{ dbt.dateadd('day', 7, 'previous.reporting_week') }} as date)
where
{%- for figure in figures %}
        abs(
            weeks.{{ figure }}_change * abs(previous.{{ figure }})
            - (weeks.{{ figure }} - previous.{{ figure }})
        ) > 0.0000005 * abs(previous.{{ figure }})
        or (weeks.{{ figure }}_change is not null and previous.{{ figure }} is null)
        {{ 'or' if not loop.last }}
{%- endfor %}
