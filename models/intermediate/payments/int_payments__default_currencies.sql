-- The account's default currency; where Segment delivers no account, the currency of
-- the account's first charge.
with

accounts as (

    select * from {{ ref('stg_stripe__accounts') }}

),

charges as (

    select * from {{ ref('int_payments__charges_captured') }}

),

first_accounts as (

    select
        source_relation,
        min(account_id) as account_id
    from accounts
    where default_currency is not null
    group by source_relation

),

ranked_charges as (

    select
        source_relation,
        currency,
        row_number() over (
            partition by source_relation
            order by created_at, {{ binary_order('charge_id') }}
        ) as charge_rank
    from charges
    where currency is not null
        and created_at is not null

),

account_currencies as (

    select
        accounts.source_relation,
        accounts.default_currency as currency
    from accounts
    inner join first_accounts
        on accounts.source_relation = first_accounts.source_relation
        and accounts.account_id = first_accounts.account_id

),

final as (

    select * from account_currencies
    union all
    select
        ranked_charges.source_relation,
        ranked_charges.currency
    from ranked_charges
    left join account_currencies
        on ranked_charges.source_relation = account_currencies.source_relation
    where ranked_charges.charge_rank = 1
        and account_currencies.source_relation is null

)

select * from final
