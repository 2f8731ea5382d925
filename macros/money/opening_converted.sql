{#
    What a month opens with in the reporting currency: what the month before closed with
    there. Null where that has no rate; `original` is the opening in its own currency.
#}
{% macro opening_converted(original, closing) %}
    {{ return(
        'case when ' ~ original ~ ' = 0 then ' ~ original ~ ' else lag(' ~ closing
        ~ ') over (partition by source_relation, original_currency'
        ~ ' order by reporting_month) end'
    ) }}
{% endmacro %}
