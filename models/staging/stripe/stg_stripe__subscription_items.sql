{{ stage_collection('subscription_items', columns={
    'subscription_item_id': ['string', 'id'],
    'plan_id': ['string'],
    'subscription_id': ['string'],
    'tax_rates': ['string'],
    'quantity': ['integer'],
    'is_deleted': ['boolean'],
    'created_at': ['timestamp', 'created'],
}) }}
