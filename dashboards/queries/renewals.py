"""SQL of what renews after today, and of the cards that do not last until then."""

from __future__ import annotations

from datetime import date

from dashboards.address.scope import Scope
from dashboards.warehouse import Statement

MART = "upcoming_renewals"
CARDS = "customer_lookup_cards"
MOST_CARDS = 100


def months(scope: Scope) -> Statement:
    """A row for each month ahead in which anything renews."""
    condition, values = scope.of_account()
    sql = f"""
select
    currency,
    renewal_month,
    count(*) as renewal_count,
    sum(renewal_amount) as renewal_amount,
    sum(case when is_card_out_by_renewal then 1 else 0 end) as card_out_count,
    sum(case when is_card_out_by_renewal then renewal_amount else 0 end)
        as card_out_amount,
    sum(excluded_item_count) as excluded_item_count
from {MART}
where {condition}
group by currency, renewal_month
order by renewal_month
"""
    return sql, values


def expiring_cards(scope: Scope, until: date) -> Statement:
    """A row for each card of upcoming renewals that is valid no longer after a day:
    those first whose customer renews next."""
    condition, values = scope.of_account()
    sql = f"""
with

cards as (

    select
        source_relation,
        customer_id,
        card_id,
        currency,
        email,
        customer_description as description,
        card_brand as brand,
        card_last4 as last4,
        card_expiry_date,
        is_card_expired,
        count(*) as renewal_count,
        min(renewal_date) as renewal_date,
        sum(renewal_amount) as renewal_amount,
        sum(mrr_amount) as mrr_amount
    from {MART}
    where {condition} and card_expiry_date <= ?
    group by
        source_relation,
        customer_id,
        card_id,
        currency,
        email,
        customer_description,
        card_brand,
        card_last4,
        card_expiry_date,
        is_card_expired

)

select
    cards.*,
    saved.is_default,
    count(*) over () as card_count
from cards
inner join {CARDS} as saved
    on cards.source_relation = saved.source_relation
    and cards.card_id = saved.card_id
order by cards.renewal_date, cards.mrr_amount desc, cards.card_id
limit {MOST_CARDS}
"""
    return sql, [*values, until]
