{# The staging models of linked collections. #}
{% macro linked_models() %}
    {%- set models = ['stg_stripe__test_mode_charges', 'stg_stripe__test_mode_subscriptions'] -%}
    {%- for collection in segment_stripe.linked_columns()
        if collection not in ('coupons', 'plans', 'products') -%}
        {%- do models.append('stg_stripe__' ~ collection) -%}
    {%- endfor -%}
    {{ return(models) }}
{% endmacro %}
