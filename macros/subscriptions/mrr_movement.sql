{#
    What a row of fct_customer_mrr moves by, where it is a movement of this kind: what was
    gained, or what was lost. Only a price below zero turns the sign.
#}
{% macro mrr_movement(kind) %}
    {%- set moved = '-change_amount' if kind in ('contraction', 'churn')
        else 'change_amount' -%}
    {{ return(
        "cast(case when movement = '" ~ kind ~ "' then " ~ moved ~ ' else 0 end '
        ~ 'as ' ~ segment_stripe.exact() ~ ')'
    ) }}
{% endmacro %}
