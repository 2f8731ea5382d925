{# When this build began, UTC, in SQL. #}
{% macro build_moment() %}
    {{- return(
        "cast('" ~ run_started_at.strftime('%Y-%m-%d %H:%M:%S') ~ "' as "
        ~ segment_stripe.moment() ~ ')'
    ) -}}
{% endmacro %}
