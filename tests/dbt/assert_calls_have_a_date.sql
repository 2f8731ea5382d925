{{ config(severity='warn') }}

select
    source_relation,
    call_id,
    anonymous_id,
    user_id
from {{ ref('int_identity__touches') }}
where occurred_at is null
