{#
    What Stripe itself says in a description, in lower case: without what it quotes in
    brackets, such as the charge's description in REFUND FOR CHARGE (…).
#}
{% macro own_words(column) %}
    {{ return(
        "coalesce(regexp_replace(replace(lower(" ~ column ~ "), chr(10), ' '), "
        ~ "'[(].*[)]', ''), '')"
    ) }}
{% endmacro %}
