{#
    A query for every day from 1970 through the as-of day, as one column `day`. Its
    length is known without asking the warehouse, and there is no last year.
#}
{% macro all_days() %}
    {%- set epoch = modules.datetime.date(1970, 1, 1) -%}
    {#- Some engines count in floating point, which others take for no interval. -#}
    {%- set number = 'cast(generated_number - 1 as ' ~ dbt.type_int() ~ ')' -%}
    {%- set count = (segment_stripe.as_of_day() - epoch).days + 1 -%}
    select
        cast(
            {{ dbt.dateadd('day', number, "cast('1970-01-01' as date)") }}
            as date
        ) as day
    from ({{ dbt.generate_series(count) }}) as numbers
{% endmacro %}
