{# The sum of an amount over one ageing_bucket; null where there is none. #}
{% macro bucket_sum(bucket, amount) %}
    {{ return(
        "cast(sum(case when ageing_bucket = '" ~ bucket ~ "' then " ~ amount
        ~ ' end) as ' ~ segment_stripe.exact() ~ ')'
    ) }}
{% endmacro %}
