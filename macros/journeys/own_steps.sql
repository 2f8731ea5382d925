{# The steps of the funnel that are events: all but the three built-in ones. #}
{% macro own_steps() %}
    {{ return(
        segment_stripe.setting('funnel_steps') | reject('in', ['visit', 'sign_up', 'first_payment']) | list
    ) }}
{% endmacro %}
