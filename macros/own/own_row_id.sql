{#
    A number for each row of an own object with many, in the order of its account, its
    key and all its columns: rows that are alike in all may change places, unseen.
#}
{% macro own_row_id(name, object, raw, first) %}
    {%- set order = first | list -%}
    {%- for own in segment_stripe.own_entries(name, object) -%}
        {%- do order.append(
            'cast(' ~ segment_stripe.raw_column(raw, own.name) ~ ' as '
            ~ segment_stripe.text() ~ ')'
        ) -%}
    {%- endfor -%}
    {{ return(
        'lpad(cast(row_number() over (order by ' ~ order | join(', ') ~ ') as '
        ~ segment_stripe.text() ~ "), 12, '0') as row_id"
    ) }}
{% endmacro %}
