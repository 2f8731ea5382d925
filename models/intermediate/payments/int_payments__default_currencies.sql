-- The account's default currency; where Segment delivers no account, the currency of
-- the account's first charge.
with

accounts as (

    select * from {{ ref('stg_stripe__accounts') }}

),

charges as (

    select * from {{ ref('int_payments__charges_captured') }}
    where currency is not null

),

first_accounts as (

    select
        source_relation,
        min(account_id) as account_id
    from accounts
    where default_currency is not null
    group by source_relation

),

first_moments as (

    select
        source_relation,
        min(created_at) as created_at
    from charges
    group by source_relation

),

first_charges as (

    select
        charges.source_relation,
        charges.currency,
        row_number() over (
            partition by charges.source_relation
            order by {{ binary_order('charges.charge_id') }}
        ) as charge_rank
    from charges
    inner join first_moments
        on charges.source_relation = first_moments.source_relation
        and charges.created_at = first_moments.created_at

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
        first_charges.source_relation,
        first_charges.currency
    from first_charges
    left join account_currencies
        on first_charges.source_relation = account_currencies.source_relation
    where first_charges.charge_rank = 1
        and account_currencies.source_relation is null

)

select * from final
