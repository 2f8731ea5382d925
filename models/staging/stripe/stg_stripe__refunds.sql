{{ stage_collection('refunds', columns={
    'refund_id': ['string', 'id'],
    'balance_transaction_id': [
        'string', 'balance_transaction_id', 'balance_transaction'
    ],
    'charge_id': ['string'],
    'currency': ['currency'],
    'reason': ['string'],
    'receipt_number': ['string'],
    'status': ['string'],
    'amount_minor': ['integer', 'amount'],
    'created_at': ['timestamp', 'created'],
}, required=['id', 'amount', 'currency']) }}
