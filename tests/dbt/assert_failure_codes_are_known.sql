{{ config(severity='warn') }}

-- Codes of failed charges that stripe_failure_codes lacks.
select
    source_relation,
    failure_code,
    count(*) as charge_count
from {{ ref('fct_charges') }}
where status = 'failed'
    and failure_code is not null
    and failure_category = 'unknown'
group by
    source_relation,
    failure_code
