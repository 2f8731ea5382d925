{{ stage_collection('bank_accounts', columns={
    'bank_account_id': ['string', 'id'],
    'bank_name': ['string'],
    'country': ['string'],
    'currency': ['currency'],
    'status': ['string'],
    'is_default_for_currency': ['boolean', 'default_for_currency'],
    'is_deleted': ['boolean'],
}) }}
