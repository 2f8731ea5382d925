-- Currencies whose days do not run without a gap, each once, to the as-of day.
select
    source_relation,
    currency,
    min(reporting_date) as first_date,
    max(reporting_date) as last_date,
    count(*) as row_count
from {{ ref('executive_summary_daily') }}
group by
    source_relation,
    currency
having max(reporting_date) <> {{ as_of_date() }}
    or count(*) <> count(distinct reporting_date)
    or count(*) - 1
    <> {{ dbt.datediff('min(reporting_date)', 'max(reporting_date)', 'day') }}
