{#
    What discounts leave of a price, in units of the product of all share denominators:
    each takes its share of what the ones before left, then its amount. Below zero where
    the amounts are more than there is.
#}
{% macro discounted_price(price) %}
    {%- set left = namespace(text='cast(' ~ price ~ ' as ' ~ segment_stripe.exact(0) ~ ')') -%}
    {%- for rank in range(1, segment_stripe.most_discounts() + 1) -%}
        {%- set left.text = '(' ~ left.text ~ ' * share_numerator_' ~ rank
            ~ ' - amount_off_minor_' ~ rank ~ ' * '
            ~ segment_stripe.shares_multiplied('denominator', rank) ~ ')' -%}
    {%- endfor -%}
    {{ return(left.text) }}
{% endmacro %}
