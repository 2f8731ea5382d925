{{ stage_collection('transfer_reversals', columns={
    'transfer_reversal_id': ['string', 'id'],
    'balance_transaction_id': ['string'],
    'transfer_id': ['string'],
    'currency': ['currency'],
    'amount_minor': ['integer', 'amount'],
    'created_at': ['timestamp', 'created'],
}, required=['id', 'amount', 'currency']) }}
