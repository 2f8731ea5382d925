{# Before a model is built. Hooks are rendered one by one, so a model has one. #}
{% macro before_model() %}
    {%- do segment_stripe.spell_contract() -%}
    {%- if config.get('contract').enforced -%}
        {%- do segment_stripe.state_key() -%}
    {%- endif -%}
    {{ segment_stripe.plan_whole_tables() }}
{% endmacro %}
