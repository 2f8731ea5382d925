{# The variable that lists the schemas of a source: its long form, where that is set. #}
{% macro accounts_setting(source_name) %}
    {%- if source_name == 'segment' -%} {{ return('segment_event_sources') }} {%- endif -%}
    {{ return('stripe_accounts' if segment_stripe.setting('stripe_accounts')
        else 'stripe_sources') }}
{% endmacro %}
