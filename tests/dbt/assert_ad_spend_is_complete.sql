{{ config(severity='warn') }}

with

spend as ({{ ad_spend() }})

select
    channel,
    currency,
    spend,
    spend_date
from spend
where {{ clean_id('channel') }} is null
    or {{ clean_id('currency') }} is null
    or spend_date is null
