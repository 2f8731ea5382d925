{# A figure of a cohort, summed over its months so far. #}
{% macro running_total(figure) %}
    {{ return(
        'sum(' ~ figure ~ ') over (partition by source_relation, channel, currency, '
        ~ 'acquisition_month order by months_since '
        ~ 'rows between unbounded preceding and current row)'
    ) }}
{% endmacro %}
