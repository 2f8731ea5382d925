{{ stage_collection('disputes', columns={
    'dispute_id': ['string', 'id'],
    'charge_id': ['string'],
    'currency': ['currency'],
    'reason': ['string'],
    'status': ['string'],
    'amount_minor': ['integer', 'amount'],
    'is_charge_refundable': ['boolean'],
    'created_at': ['timestamp', 'created'],
}, required=['id', 'amount', 'currency']) }}
