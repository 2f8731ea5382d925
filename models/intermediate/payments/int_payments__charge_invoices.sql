{{ config(materialized=by_object('view')) }}

-- The invoice that says it was paid by a charge, for charges that do not name theirs
-- and whose payment intent does not either. Of invoices of any day: whose a charge is
-- does not change with the day on which it is read.
with

invoices as (

    select * from {{ touched('int_payments__invoices_live') }}

),

final as (

    select
        source_relation,
        charge_id,
        {{ smallest_id('invoice_id') }} as invoice_id
    from invoices
    where charge_id is not null
    group by source_relation, charge_id

)

select * from final
