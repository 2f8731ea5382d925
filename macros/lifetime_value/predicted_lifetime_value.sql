{#
    MRR × margin ÷ mean monthly churn rate, rounded once: margin and rates as whole
    millionths, so that every factor is exact. Reads `figures` and `churn_rates`.
#}
{% macro predicted_lifetime_value() %}
    {{ return(adapter.dispatch('predicted_lifetime_value', 'segment_stripe')()) }}
{% endmacro %}

{% macro default__predicted_lifetime_value() %}
    {%- set margin = (segment_stripe.setting('ltv_margin') | float * 1000000) | round | int -%}
    {{ return(segment_stripe.integer_ratio(
        'cast(figures.mrr_amount * 1000000 as ' ~ segment_stripe.exact(0) ~ ') * churn_rates.month_count * '
        ~ margin,
        'cast(churn_rates.total_churn_rate * 1000000 as ' ~ segment_stripe.exact(0) ~ ') * 1000000'
    )) }}
{% endmacro %}
