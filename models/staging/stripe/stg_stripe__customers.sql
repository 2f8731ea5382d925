{{ stage_collection('customers', columns={
    'customer_id': ['string', 'id'],
    'default_source_id': ['string', 'default_source'],
    'discount_id': ['string'],
    'user_id': ['string', var('identity_metadata_column') or ''],
    'currency': ['currency'],
    'description': ['personal'],
    'email': ['personal'],
    'balance_minor': ['integer', 'balance', 'account_balance'],
    'is_deleted': ['boolean'],
    'is_delinquent': ['boolean', 'delinquent'],
    'created_at': ['timestamp', 'created'],
}) }}
