{{ stage_steps({
    'call_id': ['string', 'id'],
    'step': ['table_name'],
    'anonymous_id': ['string'],
    'user_id': ['string'],
    'occurred_at': ['timestamp', 'timestamp', 'original_timestamp'],
}) }}
