-- Changes against the month before that are not (this - previous) / |previous|, and
-- rates that are not their counts', to half a millionth.
{%- set figures = executive_figures() | reject('equalto', 'days_to_payment_total') %}
select
    source_relation,
    currency,
    reporting_month
from {{ ref('executive_summary_monthly') }}
where
    {%- for figure in figures %}
        abs(
            {{ figure }}_change * abs(previous_{{ figure }})
            - ({{ figure }} - previous_{{ figure }})
        ) > 0.0000005 * abs(previous_{{ figure }})
        or
    {%- endfor %}
{%- for object in ['charge', 'payment'] %}
    abs(
        {{ object }}_success_rate
        * (succeeded_{{ object }}_count + failed_{{ object }}_count)
        - succeeded_{{ object }}_count
    ) > 0.0000005 * (succeeded_{{ object }}_count + failed_{{ object }}_count)
    or {{ object }}_success_rate_change
    <> {{ object }}_success_rate - previous_{{ object }}_success_rate
    {{ 'or' if not loop.last }}
{%- endfor %}
