{# The schemas to read: 'stripe' → var stripe_sources, 'segment' → event sources. #}
{% macro source_schemas(source_name) %}
    {%- set names = {'stripe': 'stripe_sources', 'segment': 'segment_event_sources'} -%}
    {%- set schemas = segment_stripe.setting(names[source_name]) or [] -%}
    {{ return([schemas] if schemas is string else schemas) }}
{% endmacro %}
