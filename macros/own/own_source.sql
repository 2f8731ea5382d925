{#
    Which Stripe account a row of an own object belongs to: its source_column, or the
    one account that there is.
#}
{% macro own_source(name, object, raw) %}
    {%- set accounts = segment_stripe.source_accounts('stripe')
        | map(attribute='source_relation') | list -%}
    {%- set column = object.get('source_column') -%}
    {%- set value = segment_stripe.raw_column(raw, column) if column else none -%}
    {%- if not value and (column or accounts | length > 1) -%}
        {%- do exceptions.raise_compiler_error(
            'own_objects.' ~ name ~ ' needs source_column, a column that holds the '
            ~ 'schema of the account (' ~ accounts | join(', ') ~ ') of each row.'
        ) -%}
    {%- endif -%}
    {{ return('cast(' ~ (value or "'" ~ accounts[0] ~ "'") ~ ' as '
        ~ segment_stripe.text() ~ ')') }}
{% endmacro %}
