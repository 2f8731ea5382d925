{# A raw column as text, whatever its type. #}
{% macro raw_text(raw, name) %}
    {{ return(
        'cast(' ~ segment_stripe.raw_column(raw, name) ~ ' as ' ~ segment_stripe.text() ~ ')'
    ) }}
{% endmacro %}
