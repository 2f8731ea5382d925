{# The bucket of receivables that are so many days past their effective due date. #}
{% macro ageing_bucket(days_past_due) -%}
case
    when {{ days_past_due }} <= 0 then 'current'
    when {{ days_past_due }} <= 30 then '1_30'
    when {{ days_past_due }} <= 60 then '31_60'
    when {{ days_past_due }} <= 90 then '61_90'
    when {{ days_past_due }} > 90 then 'over_90'
end
{%- endmacro %}
