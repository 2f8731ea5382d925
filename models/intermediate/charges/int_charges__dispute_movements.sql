{{ config(materialized=by_object('view')) }}

-- What the balance lost and got back over each dispute. An adjustment may name the
-- charge instead of the dispute: it is the dispute's where the charge has one only.
with

transactions as (

    select
        source_relation,
        source_id,
        currency,
        reporting_category,
        plain_type,
        -- Of a transaction without a currency the amount is unknown.
        case when currency is not null then amount_minor end as amount_minor,
        case when currency is not null then fee_minor end as fee_minor
    from {{ touched('int_balances__transactions_classified') }}
    where reporting_date is not null

),

disputes as (

    select
        source_relation,
        dispute_id,
        charge_id,
        count(*) over (
            partition by source_relation, charge_id
        ) as dispute_count
    from {{ touched('int_payments__disputes_found') }}
    where reporting_date <= {{ as_of_date() }}

),

currencies as (

    select * from {{ ref('stripe_currencies') }}

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
            case when transactions.reporting_category = 'dispute' then -1 else 0 end
            * transactions.amount_minor
        ) as withdrawn_minor,
        sum(
            case when transactions.reporting_category = 'dispute_reversal' then 1 else 0
            end * transactions.amount_minor
        ) as reinstated_minor,
        sum(
            case
                when transactions.reporting_category in ('dispute', 'dispute_reversal')
                    then 1
                else 0
            end * transactions.fee_minor
        ) as dispute_fee_minor
    from sources
    inner join transactions
        on sources.source_relation = transactions.source_relation
        and sources.source_id = transactions.source_id
    where not sources.is_charge
        or (
            transactions.plain_type = 'adjustment'
            and transactions.reporting_category in ('dispute', 'dispute_reversal')
        )
    group by sources.source_relation, sources.dispute_id

),

final as (

    -- Currencies are never summed together.
    select
        summed.source_relation,
        summed.dispute_id,
        case
            when summed.first_currency = summed.last_currency
                then summed.first_currency
        end as settlement_currency,
        {{ major_units('summed.withdrawn_minor') }} as withdrawn_amount,
        {{ major_units('summed.reinstated_minor') }} as reinstated_amount,
        {{ major_units('summed.dispute_fee_minor') }} as dispute_fee_amount
    from summed
    left join currencies
        on summed.first_currency = currencies.currency
        and summed.last_currency = currencies.currency

)

select * from final
