-- Subscriptions as the snapshot holds them; empty while there is none.
{{ snapshot_history(
    ref('subscriptions_snapshot'), ref('stg_stripe__subscriptions'), columns=[
        'subscription_id', 'customer_id', 'discount_id', 'plan_id', 'status',
        'quantity', 'is_deleted',
    ]
) }}
