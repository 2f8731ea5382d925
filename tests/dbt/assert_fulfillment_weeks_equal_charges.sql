-- Weeks against their charges: counts and sums, and at a percentile as many charges lie
-- on either side as its position says.
-- noqa: disable=LT02
{% call if_built() %}
{%- set figures = ['days_to_payment', 'days_to_settlement', 'days_to_fulfillment'] %}
with

charges as (

    select * from {{ ref('fct_charges') }}
    where status = 'succeeded'

),

weeks as (

    select * from {{ ref('finance_operations_fulfillment_weekly') }}

),

compared as (

    select
        weeks.source_relation,
        weeks.currency,
        weeks.reporting_week,
        weeks.charge_count,
        weeks.settled_charge_count,
        {%- for figure in figures %}
            max(weeks.mean_{{ figure }}) as mean_{{ figure }},
            sum(charges.{{ figure }}) as total_{{ figure }},
            count(charges.{{ figure }}) as count_{{ figure }},
            {%- for name in ['median', 'p90'] %}
                sum(
                    case
                        when charges.{{ figure }}
                            <= weeks.{{ name }}_{{ figure }} + 0.000001
                            then 1
                        else 0
                    end
                ) as {{ name }}_{{ figure }}_below,
                sum(
                    case
                        when charges.{{ figure }}
                            >= weeks.{{ name }}_{{ figure }} - 0.000001
                            then 1
                        else 0
                    end
                ) as {{ name }}_{{ figure }}_above,
            {%- endfor %}
        {%- endfor %}
        count(charges.charge_id) as fact_count
    from weeks
    left join charges
        on weeks.source_relation = charges.source_relation
        and weeks.currency = charges.currency
        and weeks.reporting_week = charges.reporting_week
    group by
        weeks.source_relation,
        weeks.currency,
        weeks.reporting_week,
        weeks.charge_count,
        weeks.settled_charge_count

)

select
    source_relation,
    currency,
    reporting_week
from compared
where charge_count <> fact_count
    or settled_charge_count <> count_days_to_settlement
    {%- for figure in figures %}
        or abs(mean_{{ figure }} * count_{{ figure }} - total_{{ figure }})
        > 0.0000005 * count_{{ figure }}
        {%- for name, tenths in [('median', 5), ('p90', 9)] %}
            or (
                count_{{ figure }} > 0
                and (
                    10 * {{ name }}_{{ figure }}_below
                    <= {{ tenths }} * (count_{{ figure }} - 1)
                    or 10 * {{ name }}_{{ figure }}_above
                    <= {{ 10 - tenths }} * (count_{{ figure }} - 1)
                )
            )
        {%- endfor %}
    {%- endfor %}
{% endcall %}
