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
    {{ return(segment_stripe.built_as(kind)) }}
{% endmacro %}
