{#
    What `exchange_rates_relation` names: a seed or model by its name alone, built before
    it is read, or a relation as schema.table or database.schema.table; none if that is
    not there.
#}
{% macro exchange_rates_relation() %}
    {%- set name = segment_stripe.setting('exchange_rates_relation') | string -%}
    {{ return(segment_stripe.named_relation(name) if '.' in name else ref(name)) }}
{% endmacro %}
