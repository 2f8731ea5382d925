{#
    Before a mart is built: add to its contract what its tests say of its key, as far as
    the engine holds it, or takes it as stated.
#}
{% macro state_key() %}
    {%- set stated = segment_stripe.key_constraint() -%}
    {%- set key = segment_stripe.key_columns() if execute and stated else [] -%}
    {%- set constraint = {
        'type': stated, 'warn_unenforced': false, 'warn_unsupported': false
    } -%}
    {%- if key and stated == 'primary_key' -%}
        {%- do model.constraints.append(dict(constraint, columns=key)) -%}
    {%- endif -%}
    {%- for name in key if stated == 'not_null' -%}
        {%- do model.columns[name].constraints.append(constraint) -%}
    {%- endfor -%}
{% endmacro %}
