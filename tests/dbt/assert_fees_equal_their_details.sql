{{ config(severity='warn') }}

-- Balance transactions whose fee is not the sum of its details, by id, where any detail
-- is delivered; a detail in another currency is none of the fee.
{% call if_built() %}
with

transactions as (

    select * from {{ ref('fct_balance_transactions') }}

),

details as (

    select * from {{ ref('fct_balance_transaction_fees') }}

),

summed as (

    select
        transactions.source_relation,
        transactions.balance_transaction_id,
        transactions.currency,
        transactions.fee_amount,
        sum(
            case
                when details.currency = transactions.currency then details.fee_amount
                else 0
            end
        ) as detailed_amount
    from transactions
    inner join details
        on transactions.source_relation = details.source_relation
        and transactions.balance_transaction_id = details.balance_transaction_id
    group by
        transactions.source_relation,
        transactions.balance_transaction_id,
        transactions.currency,
        transactions.fee_amount

)

select
    *,
    fee_amount - detailed_amount as difference
from summed
where fee_amount <> detailed_amount
{% endcall %}
