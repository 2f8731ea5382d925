{{ stage_collection('groups', source_name='segment', columns={
    'group_call_id': ['string', 'id'],
    'group_id': ['string'],
    'anonymous_id': ['string'],
    'user_id': ['string'],
    'name': ['string'],
    'occurred_at': ['timestamp', 'timestamp', 'original_timestamp'],
    'sent_at': ['timestamp'],
}) }}
