{# The mean of days_to_payment, from the total and the count in scope. #}
{% macro mean_days_to_payment(prefix='') %}
    {{ return(segment_stripe.ratio(
        prefix ~ 'days_to_payment_total', prefix ~ 'succeeded_charge_count'
    )) }}
{% endmacro %}
