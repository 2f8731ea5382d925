{{ stage_collection('application_fee_refunds', columns={
    'application_fee_refund_id': ['string', 'id'],
    'application_fee_id': ['string', 'fee_id'],
    'currency': ['currency'],
    'amount_minor': ['integer', 'amount'],
    'created_at': ['timestamp', 'created'],
}, required=['id', 'amount', 'currency']) }}
