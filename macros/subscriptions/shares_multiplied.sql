{# The product of share_numerator_1, _2 and so on, or of the denominators; 1 of none. #}
{% macro shares_multiplied(part, last_rank) %}
    {%- set factors = [] -%}
    {%- for rank in range(1, last_rank + 1) -%}
        {%- do factors.append('cast(share_' ~ part ~ '_' ~ rank ~ ' as ' ~ segment_stripe.exact(0) ~ ')') -%}
    {%- endfor -%}
    {{ return(factors | join(' * ') or '1') }}
{% endmacro %}
