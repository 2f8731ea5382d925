{# The e-mail address that stands for all customers who have it, where it unites them. #}
{% macro united_email() %}
    {{ return('email' if segment_stripe.setting('unite_customers_by_email')
        else 'cast(null as ' ~ segment_stripe.text() ~ ')') }}
{% endmacro %}
