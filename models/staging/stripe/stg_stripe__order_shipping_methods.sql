{{ stage_collection('order_shipping_methods', columns={
    'order_shipping_method_id': ['string', 'id'],
    'order_id': ['string'],
    'shipping_id': ['string'],
    'currency': ['currency'],
    'description': ['string'],
    'amount_minor': ['integer', 'amount'],
}, required=['id', 'amount', 'currency']) }}
