{#
    A query for the first day of every month from 1970 through the as-of month, as one
    column `reporting_month`.
#}
{% macro all_months() %}
    {%- set as_of = segment_stripe.as_of_day() -%}
    {#- Some engines count in floating point, which others take for no interval. -#}
    {%- set number = 'cast(generated_number - 1 as ' ~ dbt.type_int() ~ ')' -%}
    {%- set count = (as_of.year - 1970) * 12 + as_of.month -%}
    select
        cast(
            {{ dbt.dateadd('month', number, "cast('1970-01-01' as date)") }}
            as date
        ) as reporting_month
    from ({{ dbt.generate_series(count) }}) as numbers
{% endmacro %}
