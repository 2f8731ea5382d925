{#
    The description of a movement of the balance without what it quotes. That of a charge
    is the charge's own and hashed; of others the words before a bracket are Stripe's,
    and tell a reversal from a refund; the text in the bracket is the charge's again.
#}
{% macro movement_words(raw, text, hashed) %}
    {%- set kind = segment_stripe.staged_column(raw, 'type', ['string']) -%}
    {%- set own = dbt.split_part(text, "'('", 1) -%}
    {{ return(
        "case when coalesce(lower(trim(" ~ kind ~ ")), 'charge') in ('charge', 'payment')"
        ~ ' then ' ~ hashed ~ ' else nullif(trim(' ~ own ~ "), '') end"
    ) }}
{% endmacro %}
