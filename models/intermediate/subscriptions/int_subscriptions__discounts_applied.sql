{{ config(materialized=by_object('view'), meta={'is_by_month': true}) }}

-- The discounts that apply to a subscription at the end of a month, in their order, and
-- what each leaves of what the ones before left: first a share of it, then an amount
-- less.
with

found as (

    select * from {{ touched('int_subscriptions__discounts_found') }}

),

coupons as (

    select
        staged.*,
        coalesce(staged.percent_off_precise, staged.percent_off, 0) as percent_taken,
        {{ is_one_of('staged.duration', var('mrr_coupon_durations')) }} as is_lasting
    from {{ ref('stg_stripe__coupons') }} as staged

),

ranked as (

    select
        *,
        min(owner_rank) over (
            partition by basis, source_relation, subscription_id, reporting_month
        ) as first_owner_rank,
        row_number() over (
            partition by
                basis, source_relation, subscription_id, reporting_month, owner_rank
            order by start_at asc nulls first, {{ binary_order('discount_id') }} asc
        ) as start_rank,
        row_number() over (
            partition by
                basis, source_relation, subscription_id, reporting_month, owner_rank
            order by start_at desc nulls last, {{ binary_order('discount_id') }} asc
        ) as latest_rank
    from found

),

chosen as (

    -- All of a subscription's own; of its customer's, who can have but one, the latest.
    select
        *,
        case when owner_rank = 1 then start_rank else 1 end as discount_rank
    from ranked
    where owner_rank = first_owner_rank
        and (owner_rank = 1 or latest_rank = 1)

),

final as (

    select
        chosen.basis,
        chosen.source_relation,
        chosen.subscription_id,
        chosen.discount_id,
        chosen.coupon_id,
        coupons.currency as off_currency,
        chosen.discount_rank,
        case
            when not coalesce(coupons.is_lasting, false) then 1
            when coupons.percent_taken <= 0 then 1
            when coupons.percent_taken >= 100 then 0
            else {{ whole_percent('100 - coupons.percent_taken') }}
        end as share_numerator,
        case
            when
                coupons.is_lasting
                and coupons.percent_taken > 0
                and coupons.percent_taken < 100
                then 100 * {{ percent_unit('coupons.percent_taken') }}
            else 1
        end as share_denominator,
        case
            when coupons.is_lasting and coupons.amount_off_minor > 0
                then coupons.amount_off_minor
            else 0
        end as amount_off_minor,
        chosen.discount_rank = max(chosen.discount_rank) over (
            partition by
                chosen.basis,
                chosen.source_relation,
                chosen.subscription_id,
                chosen.reporting_month
        ) as is_last,
        chosen.reporting_month,
        chosen.end_at
    from chosen
    left join coupons
        on chosen.source_relation = coupons.source_relation
        and chosen.coupon_id = coupons.coupon_id

)

select * from final
