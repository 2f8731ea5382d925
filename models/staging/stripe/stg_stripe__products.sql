{{ stage_collection('products', columns={
    'product_id': ['string', 'id'],
    'attributes': ['string'],
    'caption': ['string'],
    'deactivate_on': ['string'],
    'description': ['string'],
    'images': ['string'],
    'name': ['string'],
    'url': ['string'],
    'is_active': ['boolean', 'active'],
    'is_livemode': ['boolean', 'livemode'],
    'is_shippable': ['boolean', 'shippable'],
    'created_at': ['timestamp', 'created'],
}) }}
