{# What a row of fct_customer_mrr moves by, where it is a movement of this kind. #}
{% macro mrr_movement(kind) %}
    {{ return(
        "cast(case when movement = '" ~ kind ~ "' then abs(change_amount) else 0 end "
        ~ 'as numeric(38, 6))'
    ) }}
{% endmacro %}
