{{ stage_collection('users', source_name='segment', columns={
    'user_id': ['string', 'id'],
    'email': ['personal'],
    'name': ['personal'],
    'stripe_customer_id': ['string'],
    'created_at': ['timestamp'],
}) }}
