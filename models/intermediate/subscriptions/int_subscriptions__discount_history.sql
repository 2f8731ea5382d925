{{ snapshot_history(
    ref('discounts_snapshot'), ref('stg_stripe__discounts'), columns=[
        'discount_id', 'is_deleted',
    ]
) }}
