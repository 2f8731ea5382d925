{{ stage_collection('balance_transaction_fee_details', columns={
    'fee_detail_id': ['string', 'id'],
    'application_id': ['string', 'application'],
    'balance_transaction_id': ['string'],
    'currency': ['currency'],
    'description': ['string'],
    'type': ['string'],
    'amount_minor': ['integer', 'amount'],
}, required=['id', 'amount', 'currency']) }}
