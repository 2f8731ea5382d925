{#
    Stripe's integer in the smallest unit as an exact decimal in the currency's
    major unit. `currencies` is the joined seed stripe_currencies; a currency it
    does not know gives null, never a guess.
#}
{% macro major_units(amount_minor, currencies='currencies') %}
    {{ return(
        'cast(' ~ amount_minor ~ ' * ' ~ currencies ~ '.minor_unit as ' ~ segment_stripe.exact() ~ ')'
    ) }}
{% endmacro %}
