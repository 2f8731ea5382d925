{{ stage_collection('charges', rows='test_mode', columns={
    'charge_id': ['string', 'id'],
    'balance_transaction_id': ['string'],
    'dispute_id': ['string'],
}) }}
