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

first_charges as (

    select
        source_relation,
        min(created_at) as created_at
    from charges
    group by source_relation

),

charge_currencies as (

    select
        charges.source_relation,
        min(charges.currency) as currency
    from charges
    inner join first_charges
        on charges.source_relation = first_charges.source_relation
        and charges.created_at = first_charges.created_at
    group by charges.source_relation

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
    select charge_currencies.*
    from charge_currencies
    left join account_currencies
        on charge_currencies.source_relation = account_currencies.source_relation
    where account_currencies.source_relation is null

)

select * from final
