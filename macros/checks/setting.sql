{#
    A variable of this project, also in a model of a project that has it as a package:
    there dbt knows neither these defaults nor what stands under `segment_stripe`.
    The command line comes first, then `segment_stripe`, as dbt itself has it.
#}
{% macro setting(name) %}
    {%- set defaults = {
        'stripe_sources': ['stripe'],
        'segment_event_sources': [],
        'reporting_timezone': 'UTC',
        'as_of': none,
        'include_test_mode': false,
        'passthrough_columns': {},
        'own_objects': {},
        'domains': [
            'subscriptions', 'balances', 'disputes', 'receivables', 'lifetime_value',
        ],
        'hash_personal_data': false,
        'identity_metadata_column': none,
        'session_idle_minutes': 30,
        'funnel_steps': ['visit', 'sign_up', 'first_payment'],
        'ltv_margin': 1,
        'ad_spend_relation': none,
        'mrr_coupon_durations': ['forever'],
        'mrr_statuses': ['active', 'past_due'],
    } -%}
    {%- set scoped = var('segment_stripe', none) or {} -%}
    {%- if name in scoped and name not in (invocation_args_dict.vars or {}) -%}
        {{ return(scoped[name]) }}
    {%- endif -%}
    {{ return(var(name, defaults[name])) }}
{% endmacro %}
