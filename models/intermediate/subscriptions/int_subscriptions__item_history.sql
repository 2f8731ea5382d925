-- Subscription items as the snapshot holds them; empty while there is none.
{{ snapshot_history(
    ref('subscription_items_snapshot'), ref('stg_stripe__subscription_items'), columns=[
        'subscription_item_id', 'plan_id', 'subscription_id', 'tax_rates', 'quantity',
        'is_deleted', 'created_at',
    ]
) }}
