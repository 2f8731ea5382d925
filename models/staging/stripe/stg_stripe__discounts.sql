{{ stage_collection('discounts', columns={
    'discount_id': ['string', 'id'],
    'coupon_id': ['string'],
    'customer_id': ['string'],
    'subscription_id': ['string', 'subscription'],
    'is_deleted': ['boolean'],
    'end_at': ['timestamp', 'end', '_end'],
    'start_at': ['timestamp', 'start'],
}) }}
