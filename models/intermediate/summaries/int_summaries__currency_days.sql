{{ config(materialized=built_as('table')) }}

-- Every day of every currency of an account, from the account's first day to as-of,
-- so that a day without activity has its row of zeros.
with

account_currencies as (

    select * from {{ ref('int_summaries__account_currencies') }}

),

known_currencies as (

    select * from {{ ref('stripe_currencies') }}

),

sources_delivered as (

    select * from {{ ref('int_balances__sources_delivered') }}

),

currencies as (

    -- Nothing happened is zero, but in a currency that we do not know it is null.
    select
        account_currencies.source_relation,
        account_currencies.currency,
        case
            when known_currencies.currency is not null then cast(0 as {{ exact() }})
        end as zero_amount,
        case
            when known_currencies.currency is not null
                then sources_delivered.zero_amount
        end as zero_volume_amount
    from account_currencies
    left join known_currencies
        on account_currencies.currency = known_currencies.currency
    left join sources_delivered
        on account_currencies.source_relation = sources_delivered.source_relation
    where account_currencies.currency is not null

),

accounts as (

    select
        source_relation,
        min(first_day) as first_day
    from account_currencies
    group by source_relation

),

all_days as (

    {{ all_days() }}

),

final as (

    select
        currencies.source_relation,
        currencies.currency,
        currencies.zero_amount,
        currencies.zero_volume_amount,
        all_days.day as reporting_date
    from currencies
    inner join accounts
        on currencies.source_relation = accounts.source_relation
    inner join all_days
        on accounts.first_day <= all_days.day

)

select * from final
