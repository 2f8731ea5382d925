{#
    The sum of converted amounts, null where one of them lacks a rate: `amount`, or what
    it is made of, is null then. Amounts that nobody knows in any currency are left out.
#}
{% macro known_sum(amount, made_of=none) %}
    {{ return(
        'cast(case when max(case when is_rate_missing and ' ~ (made_of or amount)
        ~ ' is null then 1 else 0 end) = 0 then sum(' ~ amount ~ ') end as '
        ~ segment_stripe.exact() ~ ')'
    ) }}
{% endmacro %}
