{{ stage_collection('charges', rows='test_mode', columns={
    'charge_id': ['string', 'id'],
}) }}
