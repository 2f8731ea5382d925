-- The one discount that applies to a subscription at the end of a month, and what it
-- leaves of a price: first a share of it, then an amount less.
with

found as (

    select * from {{ ref('int_subscriptions__discounts_found') }}

),

discounts as (

    select
        staged.*,
        {{ reporting_date('staged.start_at') }} as start_date,
        {{ reporting_date('staged.end_at') }} as end_date
    from {{ ref('stg_stripe__discounts') }} as staged

),

coupons as (

    select
        staged.*,
        coalesce(staged.percent_off_precise, staged.percent_off, 0) as percent_taken,
        {{ is_one_of('staged.duration', var('mrr_coupon_durations')) }} as is_lasting
    from {{ ref('stg_stripe__coupons') }} as staged

),

ranked as (

    -- The subscription's before its customer's, the latest of several.
    select
        found.basis,
        found.source_relation,
        found.subscription_id,
        found.reporting_month,
        discounts.discount_id,
        discounts.coupon_id,
        discounts.end_at,
        row_number() over (
            partition by
                found.basis,
                found.source_relation,
                found.subscription_id,
                found.reporting_month
            order by
                found.owner_rank asc,
                discounts.start_at desc nulls last,
                {{ binary_order('discounts.discount_id') }} asc
        ) as discount_rank
    from found
    inner join discounts
        on found.source_relation = discounts.source_relation
        and found.discount_id = discounts.discount_id
    where coalesce(discounts.start_date <= found.last_date, true)
        and coalesce(discounts.end_date > found.last_date, true)

),

final as (

    select
        ranked.basis,
        ranked.source_relation,
        ranked.subscription_id,
        ranked.discount_id,
        ranked.coupon_id,
        coupons.currency as off_currency,
        -- Ten-thousandths of a per cent that are left, of a hundred per cent.
        case
            when not coalesce(coupons.is_lasting, false) then 1
            when coupons.percent_taken <= 0 then 1
            when coupons.percent_taken >= 100 then 0
            else cast((100 - coupons.percent_taken) * 1000000 as numeric(38, 0))
        end as share_numerator,
        case
            when
                coupons.is_lasting
                and coupons.percent_taken > 0
                and coupons.percent_taken < 100
                then 100000000
            else 1
        end as share_denominator,
        case
            when coupons.is_lasting and coupons.amount_off_minor > 0
                then coupons.amount_off_minor
            else 0
        end as amount_off_minor,
        ranked.reporting_month,
        ranked.end_at
    from ranked
    left join coupons
        on ranked.source_relation = coupons.source_relation
        and ranked.coupon_id = coupons.coupon_id
    where ranked.discount_rank = 1

)

select * from final
