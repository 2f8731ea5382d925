{{ stage_collection('skus', columns={
    'sku_id': ['string', 'id'],
    'product_id': ['string'],
    'currency': ['currency'],
    'image': ['string'],
    'price_minor': ['integer', 'price'],
    'is_active': ['boolean', 'active'],
    'is_deleted': ['boolean'],
    'is_livemode': ['boolean', 'livemode'],
    'created_at': ['timestamp', 'created'],
    'updated_at': ['timestamp', 'updated'],
}) }}
