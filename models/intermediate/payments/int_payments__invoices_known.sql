with

invoices as (

    select * from {{ ref('int_payments__invoices_live') }}

),

final as (

    select * from invoices
    where {{ is_by_as_of('created_at') }}

)

select * from final
