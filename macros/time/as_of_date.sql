{# The last day that counts, as SQL; rows dated later are ignored. #}
{% macro as_of_date() %}
    {{ return("cast('" ~ segment_stripe.as_of_day() ~ "' as date)") }}
{% endmacro %}
