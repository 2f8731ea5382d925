{#
    The columns that make a row of this mart one of its kind, in the order of the test
    that says so; none where one of them may be null.
#}
{% macro key_columns() %}
    {%- set key, filled = [], [] -%}
    {%- for test in segment_stripe.key_tests().get(model.unique_id, []) -%}
        {%- set given = test.test_metadata.kwargs -%}
        {%- if test.test_metadata.name == 'not_null' -%}
            {%- do filled.append(given.column_name) -%}
        {%- else -%}
            {%- do key.extend(given.combination_of_columns or [given.column_name]) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return([] if key | reject('in', filled) | list else key) }}
{% endmacro %}
