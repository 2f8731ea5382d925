{#
    How a model is kept whose rows belong to objects of Stripe's, as a charge's refunds do:
    'table' or 'view' as dbt has them, unless builds are incremental. Such a model reads
    others of its kind, and staging, with `touched`; a table says in its meta which column
    names the object (object).
#}
{% macro by_object(kind) %}
    {%- if segment_stripe.setting('incremental') -%}
        {{ return(kind ~ '_by_object') }}
    {%- endif -%}
    {#- Spark plans views upon views again in each model that reads them. -#}
    {{ return('table' if target.type in ('spark', 'trino') else kind) }}
{% endmacro %}
