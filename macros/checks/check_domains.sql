{# One sentence for a list of domains that names what is none. #}
{% macro check_domains() %}
    {%- set known = [
        'subscriptions', 'balances', 'disputes', 'receivables', 'lifetime_value',
    ] -%}
    {%- set chosen = segment_stripe.setting('domains') -%}
    {%- if chosen is string or chosen is mapping or chosen is not sequence -%}
        {%- do exceptions.raise_compiler_error(
            "domains is '" ~ chosen ~ "', which is not a list: write for example ["
            ~ known[0] ~ '], or [] to switch all of them off.'
        ) -%}
    {%- endif -%}
    {%- for value in chosen if value not in known -%}
        {%- do exceptions.raise_compiler_error(
            "domains lists '" ~ value ~ "', which is none: choose from "
            ~ known | join(', ') ~ '.'
        ) -%}
    {%- endfor -%}
{% endmacro %}
