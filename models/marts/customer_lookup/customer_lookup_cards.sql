with

cards as (

    select * from {{ ref('stg_stripe__cards') }}

),

payment_methods as (

    select * from {{ ref('stg_stripe__payment_methods') }}
    where {{ is_by_as_of('created_at') }}

),

saved as (

    select
        source_relation,
        card_id,
        customer_id,
        brand,
        country,
        last4,
        exp_month,
        exp_year,
        coalesce(is_deleted, false) as is_deleted
    from cards

    union all

    -- An older card is a payment method of the same id, too.
    select
        payment_methods.source_relation,
        payment_methods.payment_method_id as card_id,
        payment_methods.customer_id,
        payment_methods.card_brand as brand,
        payment_methods.card_country as country,
        payment_methods.card_last4 as last4,
        payment_methods.card_exp_month as exp_month,
        payment_methods.card_exp_year as exp_year,
        false as is_deleted
    from payment_methods
    left join cards
        on payment_methods.source_relation = cards.source_relation
        and payment_methods.payment_method_id = cards.card_id
    where cards.card_id is null

),

final as (

    -- A hash of four digits can be guessed: then there is no row at all.
    select *
    from saved
    where customer_id is not null
        and last4 is not null
        and not {{ setting('hash_personal_data') }}

)

select
    source_relation,
    card_id,
    customer_id,
    brand,
    country,
    last4,
    exp_month,
    exp_year,
    is_deleted
from final
