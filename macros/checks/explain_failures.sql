{#
    After a run: the first rows of every test that failed or warned, so that the log
    names the row and not only the test. Values are read as text: not every value of the
    engine is one of Python's, such as a timestamp in the year 58555.
#}
{% macro explain_failures(results, row_limit=5) %}
    {%- for result in results if execute
        and result.node.resource_type == 'test' and result.status in ('fail', 'warn')
        and result.node.package_name == 'segment_stripe'
    -%}
        {%- set values = [] -%}
        {%- for name in dbt.get_columns_in_query(result.node.compiled_code) -%}
            {%- do values.append(
                'cast(' ~ adapter.quote(name) ~ ' as ' ~ segment_stripe.text() ~ ') as '
                ~ adapter.quote(name)
            ) -%}
        {%- endfor -%}
        {%- set failures = run_query(
            'select ' ~ values | join(', ') ~ ' from (' ~ result.node.compiled_code
            ~ ') as failures limit ' ~ row_limit
        ) -%}
        {%- do print(
            result.status | upper ~ ' ' ~ result.node.name ~ ': ' ~ result.failures
            ~ ' rows. ' ~ (result.node.description or '') | trim
        ) -%}
        {%- for row in failures.rows -%}
            {%- set cells = [] -%}
            {%- for name in failures.column_names -%}
                {%- do cells.append(name ~ '=' ~ row[name]) -%}
            {%- endfor -%}
            {%- do print('    ' ~ cells | join(', ')) -%}
        {%- endfor -%}
    {%- endfor -%}
{% endmacro %}
