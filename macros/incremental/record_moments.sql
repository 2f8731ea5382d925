{# Until when each raw table was delivered as this build begins. #}
{% macro record_moments(tables) %}
    {%- set queries = [] -%}
    {%- for raw in tables -%}
        {%- do queries.append(
            "select cast('" ~ invocation_id ~ "' as " ~ dbt.type_string()
            ~ ") as invocation_id, cast('" ~ raw.relation ~ "' as " ~ dbt.type_string()
            ~ ') as raw_relation, max(' ~ raw.moment ~ ') as moment from ' ~ raw.relation
        ) -%}
    {%- endfor -%}
    {%- set moments = segment_stripe.sync_relation('sync_moments') -%}
    {%- if load_relation(moments) -%}
        {%- do segment_stripe.run_now(
            'insert into ' ~ moments ~ ' ' ~ queries | join(' union all ')
        ) -%}
    {%- else -%}
        {%- do segment_stripe.make_now(moments, queries | join(' union all ')) -%}
    {%- endif -%}
{% endmacro %}
