{# The variables of this project and what they are where nobody says otherwise. #}
{% macro default_settings() %}
    {{ return({
        'stripe_sources': ['stripe'],
        'stripe_accounts': [],
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
        'unite_customers_by_email': false,
        'session_idle_minutes': 30,
        'funnel_steps': ['visit', 'sign_up', 'first_payment'],
        'ltv_margin': 1,
        'ad_spend_relation': none,
        'reporting_currency': none,
        'exchange_rates_relation': none,
        'max_rate_age_days': 7,
        'mrr_coupon_durations': ['forever'],
        'mrr_statuses': ['active', 'past_due'],
        'incremental': false,
        'incremental_lookback_days': 1,
    }) }}
{% endmacro %}
