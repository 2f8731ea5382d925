{#
    How many discounts on one subscription are taken, one after the other: SQL has no
    exact product over rows. assert_discounts_are_all_taken warns of more.
#}
{% macro most_discounts() %}
    {{ return(5) }}
{% endmacro %}
