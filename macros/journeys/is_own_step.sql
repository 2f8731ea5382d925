{# Whether an event is a step of the funnel; where none is one, nothing is read for it. #}
{% macro is_own_step(event) %}
    {%- set steps = segment_stripe.own_steps() -%}
    {{ return(event ~ " in ('" ~ steps | join("', '") ~ "')" if steps else '1 = 0') }}
{% endmacro %}
