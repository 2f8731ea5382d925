{# One sentence for a rate that is not above zero, and for two of a currency and day. #}
{% macro check_rates(relation, said) %}
    {%- set day = 'cast(' ~ segment_stripe.rate_date_column(relation) ~ ' as date)' -%}
    {%- set rate = 'min(' ~ segment_stripe.rounded('rate', 12) ~ ')' -%}
    {%- set wrong = run_query(
        'select lower(trim(currency)), ' ~ day ~ ', ' ~ rate ~ ', count(*) from '
        ~ relation ~ ' where rate is not null group by lower(trim(currency)), ' ~ day
        ~ ' having ' ~ rate ~ ' <= 0 or count(*) > 1 order by 2, 1 limit 1'
    ).rows -%}
    {%- if wrong -%}
        {%- set what = 'which has ' ~ wrong[0][3] ~ ' rates of ' ~ wrong[0][0] ~ ' on '
            ~ wrong[0][1] ~ ': leave one.' if wrong[0][3] > 1
            else 'where the rate of ' ~ wrong[0][0] ~ ' on ' ~ wrong[0][1]
            ~ ' is not above 0: correct it, or leave the row out.' -%}
        {%- do exceptions.raise_compiler_error(said ~ ', ' ~ what) -%}
    {%- endif -%}
{% endmacro %}
