{{ stage_collection('coupons', columns={
    'coupon_id': ['string', 'id'],
    'currency': ['currency'],
    'duration': ['string'],
    'amount_off_minor': ['integer', 'amount_off'],
    'duration_in_months': ['integer'],
    'max_redemptions': ['integer'],
    'percent_off': ['numeric'],
    'percent_off_precise': ['numeric'],
    'times_redeemed': ['integer'],
    'is_valid': ['boolean', 'valid'],
    'created_at': ['timestamp', 'created'],
}) }}
