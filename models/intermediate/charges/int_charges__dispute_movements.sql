-- What the balance lost and got back over each dispute. An adjustment may name the
-- charge instead of the dispute: it is the dispute's where the charge has one only.
with

transactions as (

    select * from {{ ref('fct_balance_transactions') }}

),

disputes as (

    select
        source_relation,
        dispute_id,
        charge_id,
        count(*) over (
            partition by source_relation, charge_id
        ) as dispute_count
    from {{ ref('int_payments__disputes_found') }}
    where reporting_date <= {{ as_of_date() }}

),

sources as (

    select
        source_relation,
        dispute_id,
        dispute_id as source_id,
        false as is_charge
    from disputes

    union all

    select
        source_relation,
        dispute_id,
        charge_id as source_id,
        true as is_charge
    from disputes
    where charge_id is not null
        and dispute_count = 1

),

summed as (

    select
        sources.source_relation,
        sources.dispute_id,
        min(transactions.currency) as first_currency,
        max(transactions.currency) as last_currency,
        sum(
            case
                when transactions.reporting_category = 'dispute'
                    then -transactions.transaction_amount
                else transactions.transaction_amount * 0
            end
        ) as withdrawn_amount,
        sum(
            case
                when transactions.reporting_category = 'dispute_reversal'
                    then transactions.transaction_amount
                else transactions.transaction_amount * 0
            end
        ) as reinstated_amount,
        sum(
            case
                when transactions.reporting_category in ('dispute', 'dispute_reversal')
                    then transactions.fee_amount
                else transactions.fee_amount * 0
            end
        ) as dispute_fee_amount
    from sources
    inner join transactions
        on sources.source_relation = transactions.source_relation
        and sources.source_id = transactions.source_id
    where not sources.is_charge
        or (
            lower(trim(transactions.type)) = 'adjustment'
            and transactions.reporting_category in ('dispute', 'dispute_reversal')
        )
    group by sources.source_relation, sources.dispute_id

),

final as (

    -- Currencies are never summed together.
    select
        source_relation,
        dispute_id,
        case when first_currency = last_currency then first_currency end
            as settlement_currency,
        cast(
            case when first_currency = last_currency then withdrawn_amount end
            as numeric(38, 6)
        ) as withdrawn_amount,
        cast(
            case when first_currency = last_currency then reinstated_amount end
            as numeric(38, 6)
        ) as reinstated_amount,
        cast(
            case when first_currency = last_currency then dispute_fee_amount end
            as numeric(38, 6)
        ) as dispute_fee_amount
    from summed

)

select * from final
