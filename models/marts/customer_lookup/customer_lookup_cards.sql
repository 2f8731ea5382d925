with

cards as (

    select * from {{ ref('stg_stripe__cards') }}

),

payment_methods as (

    select * from {{ ref('stg_stripe__payment_methods') }}
    where {{ is_by_as_of('created_at') }}

),

customers as (

    select * from {{ ref('stg_stripe__customers') }}

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

known as (

    -- A hash of four digits can be guessed: then there is no row at all.
    select
        saved.*,
        {{ last_day_of('saved.exp_year', 'saved.exp_month') }} as expiry_date,
        coalesce(saved.card_id = customers.default_source_id, false) as is_default,
        customers.default_source_id is not null as has_default
    from saved
    left join customers
        on saved.source_relation = customers.source_relation
        and saved.customer_id = customers.customer_id
    where saved.customer_id is not null
        and saved.last4 is not null
        and not {{ setting('hash_personal_data') }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by source_relation, customer_id, is_deleted
            order by expiry_date desc nulls last, {{ binary_order('card_id') }}
        ) as expiry_rank
    from known

),

final as (

    select
        *,
        coalesce(expiry_date < {{ as_of_date() }}, false) as is_expired,
        not is_deleted
        and (is_default or (not has_default and expiry_rank = 1)) as is_primary
    from ranked

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
    is_default,
    is_deleted,
    is_expired,
    is_primary,
    expiry_date
from final
