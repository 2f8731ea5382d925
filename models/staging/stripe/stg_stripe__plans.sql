{{ stage_collection('plans', columns={
    'plan_id': ['string', 'id'],
    'product_id': ['string', 'product'],
    'billing_interval': ['string', 'interval'],
    'currency': ['currency'],
    'name': ['string'],
    'nickname': ['string'],
    'amount_minor': ['integer', 'amount'],
    'interval_count': ['integer'],
    'trial_period_days': ['integer'],
    'is_active': ['boolean', 'active'],
    'created_at': ['timestamp', 'created'],
}) }}
