{# A discount's column at every rank, each as a column of its own: <column>_1 and on. #}
{% macro at_discount_rank(column, default, condition='true') %}
    {%- set columns = [] -%}
    {%- for rank in range(1, segment_stripe.most_discounts() + 1) -%}
        {%- do columns.append(
            'coalesce(max(case when discounts.discount_rank = ' ~ rank ~ ' and '
            ~ condition ~ ' then discounts.' ~ column ~ ' end), ' ~ default ~ ') as '
            ~ column ~ '_' ~ rank
        ) -%}
    {%- endfor -%}
    {{ return(columns | join(',\n        ')) }}
{% endmacro %}
