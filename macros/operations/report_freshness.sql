{#
    dbt run-operation report_freshness [--args '{error_after_hours: 24}']

    How long ago Segment last delivered a row of each table that exists, by
    received_at. Fails when the newest row of all is older than error_after_hours:
    a single quiet table (no refunds today) is normal, a silent source is not.
    Needs no table to exist, unlike dbt source freshness, and is no part of dbt build.
    Needs the right to read every table that Segment loads, and none to write.
    With as_of set, the age is that at the end of the as-of day.
#}
{% macro report_freshness(error_after_hours=24) %}
    {%- do segment_stripe.check_configuration() -%}
    {%- set newest = segment_stripe.newest_rows() -%}
    {%- set now = segment_stripe.freshness_moment() -%}
    {%- set stale = [] -%}
    {%- for schema, tables in newest.items() -%}
        {%- set ages = [] -%}
        {%- for table, received_at in tables.items() if received_at -%}
            {%- set hours = ((now - received_at).total_seconds() / 3600) | round(1) -%}
            {%- do ages.append(hours) -%}
            {%- do print(
                schema ~ '.' ~ table ~ ': ' ~ received_at ~ ' UTC, ' ~ hours ~ ' hours ago'
            ) -%}
        {%- endfor -%}
        {%- if not ages -%}
            {%- do print(schema ~ ': no table with a received_at to tell its age by') -%}
        {%- elif ages | min > error_after_hours -%}
            {%- do stale.append(schema) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if stale -%}
        {%- do exceptions.raise_compiler_error(
            'Segment has delivered nothing to ' ~ stale | join(', ') ~ ' for more than '
            ~ error_after_hours ~ ' hours: look at the source in Segment, or pass a '
            ~ 'larger error_after_hours.'
        ) -%}
    {%- endif -%}
{% endmacro %}
