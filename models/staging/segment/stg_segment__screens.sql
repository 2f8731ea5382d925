{{ stage_collection('screens', source_name='segment', columns={
    'screen_id': ['string', 'id'],
    'anonymous_id': ['string'],
    'user_id': ['string'],
    'context_campaign_content': ['string'],
    'context_campaign_medium': ['string'],
    'context_campaign_name': ['string'],
    'context_campaign_source': ['string'],
    'context_campaign_term': ['string'],
    'name': ['string'],
    'occurred_at': ['timestamp', 'timestamp', 'original_timestamp'],
    'sent_at': ['timestamp'],
}) }}
