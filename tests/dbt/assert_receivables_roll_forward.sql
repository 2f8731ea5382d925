-- Opening + invoiced - paid - written off = closing, and a month opens as the month
-- before it closed, from zero on.
with

months as (

    select * from {{ ref('receivables_monthly') }}

),

rolled as (

    select
        *,
        coalesce(
            lag(closing_amount) over (
                partition by source_relation, currency
                order by reporting_month
            ),
            0
        ) as previous_closing_amount
    from months

)

select
    source_relation,
    currency,
    reporting_month,
    previous_closing_amount,
    opening_amount,
    invoiced_amount,
    paid_amount,
    written_off_amount,
    closing_amount
from rolled
where opening_amount <> previous_closing_amount
    or opening_amount + invoiced_amount - paid_amount - written_off_amount
    <> closing_amount
