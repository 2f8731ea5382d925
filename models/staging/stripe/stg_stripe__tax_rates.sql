{{ stage_collection('tax_rates', columns={
    'tax_rate_id': ['string', 'id'],
    'country': ['string'],
    'description': ['string'],
    'display_name': ['string'],
    'jurisdiction': ['string'],
    'state': ['string'],
    'tax_type': ['string'],
    'percentage': ['numeric'],
    'is_active': ['boolean', 'active'],
    'is_inclusive': ['boolean', 'inclusive'],
}) }}
