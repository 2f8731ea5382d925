-- Discounts as the snapshot holds them; empty while there is none.
{{ snapshot_history(
    ref('discounts_snapshot'), ref('stg_stripe__discounts'), columns=[
        'discount_id', 'is_deleted',
    ]
) }}
