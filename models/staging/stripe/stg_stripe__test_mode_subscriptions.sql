-- A fault is reported once. depends_on: {{ ref('stg_stripe__subscriptions') }}
{{ stage_collection('subscriptions', rows='test_mode', columns={
    'subscription_id': ['string', 'id'],
}) }}
