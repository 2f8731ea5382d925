{# One sentence for a switch that is neither true nor false. #}
{% macro check_switches() %}
    {%- for name in ['include_test_mode', 'hash_personal_data', 'incremental'] -%}
        {%- if segment_stripe.setting(name) is not boolean -%}
            {%- do exceptions.raise_compiler_error(
                name ~ " is '" ~ segment_stripe.setting(name) ~ "': set it to true or false, unquoted."
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
