{{ config(severity='warn') }}

select
    source_relation,
    call_id,
    anonymous_id,
    user_id
from {{ ref('int_journeys__touches') }}
where occurred_at is null
