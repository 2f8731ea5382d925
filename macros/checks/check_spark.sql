{#
    One sentence for a Spark session that is not in UTC, in which plain timestamps would
    be another moment, and for snapshots, or incremental builds, of files that cannot be
    merged into.
#}
{% macro check_spark() %}
    {%- if target.type not in ('spark', 'databricks') -%} {{ return('') }} {%- endif -%}
    {%- set zone = run_query('select current_timezone()').rows[0][0] -%}
    {%- if zone | upper not in ('UTC', 'ETC/UTC', 'GMT', 'Z', '+00:00') -%}
        {%- do exceptions.raise_compiler_error(
            "The session of Spark is in the time zone '" ~ zone ~ "': set "
            ~ 'spark.sql.session.timeZone to UTC, in the server_side_parameters of the '
            ~ 'profile (profiles.example.yml shows how) or where the server is set.'
        ) -%}
    {%- endif -%}
    {%- set format = graph.nodes['model.segment_stripe.fct_charges'].config.get('file_format') -%}
    {%- if segment_stripe.setting('incremental')
        and target.type == 'spark' and format != 'delta' -%}
        {%- do exceptions.raise_compiler_error(
            'incremental is true, which tables of the format ' ~ (format or 'parquet')
            ~ ' cannot have: set SPARK_FILE_FORMAT to delta, or take it out, so that every '
            ~ 'build computes all rows.'
        ) -%}
    {%- endif -%}
    {%- for id in selected_resources if id.startswith('snapshot.segment_stripe.') -%}
        {%- set format = graph.nodes[id].config.get('file_format') -%}
        {%- if target.type == 'spark' and format not in ('delta', 'iceberg', 'hudi') -%}
            {%- do exceptions.raise_compiler_error(
                'Snapshots of subscriptions cannot be kept in files of the format '
                ~ (format or 'parquet') ~ ': set SPARK_FILE_FORMAT to delta or iceberg, '
                ~ 'or build without them, dbt build --exclude-resource-type snapshot '
                ~ '(docs/snapshots.md says how else to keep that history).'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{% endmacro %}
