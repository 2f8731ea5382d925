{{ stage_collection('subscriptions', rows='test_mode', columns={
    'subscription_id': ['string', 'id'],
}) }}
