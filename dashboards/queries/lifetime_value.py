"""SQL of Lifetime Value: cohorts, channels, the funnel, and what customers cost.

People acquired are of no currency, and of no account unless they are customers of one
alone: the marts repeat them in each, so those are never added up. Everything else of
united accounts is.
"""

from __future__ import annotations

from dashboards.address.scope import Scope
from dashboards.queries.shared import listed, of_others, offered, ratio
from dashboards.warehouse import Statement

# Figures of a cohort's curve: what is divided by what.
CURVES = {
    "net_amount_per_user": ("cumulative_net_amount", "user_count"),
    "net_amount_per_customer": ("cumulative_net_amount", "customer_count"),
    "conversion_rate": ("converted_user_count", "user_count"),
}
AGES = (0, 1, 2, 3, 6, 9, 12, 18, 24, 36)
NAMED_CHANNELS = 5
NAMED_COMPANIES = 10
SCOPE = offered("lifetime_value_cohorts", "acquisition_month", "customer_count")


def cohorts(scope: Scope) -> Statement:
    """CTE: a row for each acquisition month, channel and age, over the accounts.

    Of how many accounts it is not known what they brought, for want of a rate or of
    balance transactions of customers, is the `missing_count`.
    """
    condition, values = scope.within("acquisition_month")
    missing = f"cumulative_net_amount is null and {lacks(scope)}"
    sql = f"""
cohorts as (

    select
        acquisition_month,
        channel,
        months_since,
        reporting_month,
        sum(account_user_count) + max(user_count - account_user_count) as user_count,
        sum(converted_user_count) as converted_user_count,
        sum(customer_count) as customer_count,
        sum(cumulative_net_amount) as cumulative_net_amount,
        sum(case when {missing} then 1 else 0 end) as missing_count
    from {scope.mart("lifetime_value_cohorts")}
    where {condition}
    group by acquisition_month, channel, months_since, reporting_month

)"""
    return sql, values


def channels(scope: Scope) -> Statement:
    """A row for each channel as of today, with what its customers may yet bring."""
    cte, values = cohorts(scope)
    condition, more = scope.within("acquisition_month")
    sql = f"""
with
{cte},

acquired as (

    select
        channel,
        {SUMS}
    from cohorts
    where reporting_month = (select max(reporting_month) from cohorts)
    group by channel

),

customers as (

    select
        first_touch_channel as channel,
        {predicted(scope)} as predicted_amount,
        avg({once(scope, "days_to_first_payment")}) as days_to_first_payment
    from {scope.mart("customer_lifetime_value")}
    where {condition}
    group by first_touch_channel

)

select
    acquired.*,
    cast(? as varchar(3)) as currency,
    customers.predicted_amount,
    cast(customers.days_to_first_payment as decimal(38, 6)) as days_to_first_payment,
    {RATES}
from acquired
left join customers
    on acquired.channel = customers.channel
order by acquired.user_count desc, acquired.channel
"""
    return sql, [*values, *more, scope.currency]


def totals(scope: Scope) -> Statement:
    """One row: all channels together as of today."""
    cte, values = cohorts(scope)
    condition, more = scope.within("acquisition_month")
    sql = f"""
with
{cte},

acquired as (

    select {SUMS}
    from cohorts
    where reporting_month = (select max(reporting_month) from cohorts)

),

customers as (

    select {predicted(scope)} as predicted_amount
    from {scope.mart("customer_lifetime_value")}
    where {condition}

)

select
    acquired.*,
    customers.predicted_amount,
    {RATES}
from acquired
cross join customers
"""
    return sql, [*values, *more]


def not_converted(scope: Scope) -> Statement:
    """A row for each currency in which customers brought what has no rate, and how many
    of them."""
    condition, values = scope.within("acquisition_month")
    sql = f"""
select
    original_currency as currency,
    count(*) as customer_count
from {scope.mart("customer_lifetime_value")}
where is_rate_missing and {condition}
group by original_currency
order by original_currency
"""
    return sql, values


def unspent(scope: Scope) -> Statement:
    """A row for each channel with spend that has no rate: in which months."""
    sql = f"""
select
    channel,
    min(acquisition_month) as first_month,
    max(acquisition_month) as last_month
from {scope.mart("acquisition_cost")}
where
    spend_amount is null
    and currency = ?
    and acquisition_month between ? and ?
group by channel
order by channel
"""
    return sql, [scope.currency, scope.first, scope.last]


def in_others(scope: Scope) -> Statement:
    """Lifetime value to date of these months in each other currency."""
    mart, value = "lifetime_value_cohorts", "net_amount"
    return of_others(scope, mart, value, "acquisition_month", scope.first)


def curves(scope: Scope) -> Statement:
    """A row for each channel and age: at each age, of the cohorts that are that old,
    as long as these hold a quarter of the channel's people.

    Channels beyond the five that most people came by are taken together. People
    without a known visit are left out, where anybody has one.
    """
    cte, values = cohorts(scope)
    sql = f"""
with
{cte},

visited as (

    select max(case when channel <> 'untracked' then 1 else 0 end) as is_any
    from cohorts

),

sized as (

    select
        cohorts.channel,
        row_number() over (
            order by sum(cohorts.user_count) desc, cohorts.channel
        ) as place
    from cohorts
    cross join visited
    where cohorts.months_since = 0
        and (cohorts.channel <> 'untracked' or visited.is_any = 0)
    group by cohorts.channel

),

named as (

    select
        cohorts.*,
        case when sized.place <= {NAMED_CHANNELS} then cohorts.channel
            else 'other' end as shown_channel,
        case when sized.place <= {NAMED_CHANNELS} then sized.place
            else {NAMED_CHANNELS + 1} end as place
    from cohorts
    inner join sized
        on cohorts.channel = sized.channel

),

acquired as (

    select
        shown_channel as channel,
        place,
        months_since,
        {SUMS}
    from named
    group by shown_channel, place, months_since

),

whole as (

    select
        place,
        sum(user_count) as all_user_count
    from named
    where months_since = 0
    group by place

)

select
    acquired.*,
    {RATES}
from acquired
inner join whole
    on acquired.place = whole.place
where acquired.user_count * 4 >= whole.all_user_count
order by acquired.place, acquired.months_since
"""
    return sql, values


def triangle(scope: Scope, figure: str) -> Statement:
    """A row for each acquisition month and age: a figure of CURVES over all channels,
    and how it compares with the best of that age, as a fraction."""
    cte, values = cohorts(scope)
    shown = ratio(*CURVES[figure])
    sql = f"""
with
{cte},

acquired as (

    select
        acquisition_month,
        months_since,
        {SUMS}
    from cohorts
    where months_since in ({", ".join(map(str, AGES))})
    group by acquisition_month, months_since

),

rated as (

    select
        acquisition_month,
        months_since,
        user_count,
        {shown} as figure
    from acquired

)

select
    *,
    {ratio("figure", "max(figure) over (partition by months_since)")} as heat
from rated
order by acquisition_month desc, months_since
"""
    return sql, values


def funnel(scope: Scope) -> Statement:
    """A row for each channel: who came, signed up and paid first in these months."""
    sql = f"""
with

summed as (

    select
        channel,
        {FUNNEL_SUMS}
    from acquisition_funnel_daily
    where reporting_month between ? and ?
    group by channel

)

select
    *,
    {FUNNEL_RATES}
from summed
order by visitor_count desc, channel
"""
    return sql, [scope.first, scope.last]


def funnel_stages(scope: Scope) -> Statement:
    """One row: the people whose first visit is known, and beside them the others."""
    sql = f"""
with

summed as (

    select
        {FUNNEL_SUMS}
    from acquisition_funnel_daily
    where reporting_month between ? and ? and channel <> 'untracked'

),

untracked as (

    select
        coalesce(sum(visitor_count), 0) as untracked_visitor_count,
        coalesce(sum(sign_up_count), 0) as untracked_sign_up_count,
        coalesce(sum(first_payment_count), 0) as untracked_first_payment_count
    from acquisition_funnel_daily
    where reporting_month between ? and ? and channel = 'untracked'

)

select
    *,
    {FUNNEL_RATES}
from summed
cross join untracked
"""
    return sql, [scope.first, scope.last, scope.first, scope.last]


def funnel_steps(scope: Scope) -> Statement:
    """A row for each step that is listed, in order: its people whose first visit is
    known, these as a fraction of the first step's, and the others."""
    sql = f"""
with

listed as (

    select
        step,
        min(step_number) as step_number
    from acquisition_steps_daily
    group by step

),

reached as (

    select
        step,
        sum(case when channel <> 'untracked' then person_count else 0 end)
            as person_count,
        sum(case when channel = 'untracked' then person_count else 0 end)
            as untracked_person_count
    from acquisition_steps_daily
    where reporting_month between ? and ?
    group by step

),

counted as (

    select
        listed.step,
        listed.step_number,
        coalesce(reached.person_count, 0) as person_count,
        coalesce(reached.untracked_person_count, 0) as untracked_person_count
    from listed
    left join reached
        on listed.step = reached.step

)

select
    *,
    {ratio("person_count", "first_value(person_count) over (order by step_number)")}
        as rate
from counted
order by step_number
"""
    return sql, [scope.first, scope.last]


def companies(scope: Scope) -> Statement:
    """A row for each of the companies that brought most in this currency, ever."""
    sql = f"""
select
    coalesce(company_name, company_id) as company,
    currency,
    customer_count,
    user_count,
    lifetime_value_amount,
    mrr_amount
from {scope.mart("company_lifetime_value")}
where currency = ?
order by lifetime_value_amount desc nulls last, company_id
limit {NAMED_COMPANIES}
"""
    return sql, [scope.currency]


def funnel_months(scope: Scope) -> Statement:
    """A row for each month: the funnel of all channels."""
    sql = f"""
select
    reporting_month,
    {FUNNEL_SUMS}
from acquisition_funnel_daily
where reporting_month between ? and ?
group by reporting_month
order by reporting_month
"""
    return sql, [scope.first, scope.last]


def costs(scope: Scope) -> Statement:
    """A row for each acquisition month and channel with spend, as in the mart."""
    sql = f"""
select *
from {scope.mart("acquisition_cost")}
where currency = ? and acquisition_month between ? and ?
order by acquisition_month desc, spend_amount desc, channel
"""
    return sql, [scope.currency, scope.first, scope.last]


def cost_totals(scope: Scope) -> Statement:
    """One row: all spend, and what it won."""
    sql = f"""
with

summed as (

    select
        count(*) as spend_count,
        {known(scope, "spend_amount")} as spend_amount,
        sum(customer_count) as customer_count,
        {whole("lifetime_value_amount", lacks(scope))} as lifetime_value_amount
    from {scope.mart("acquisition_cost")}
    where currency = ? and acquisition_month between ? and ?

)

select
    *,
    {ratio("spend_amount", "customer_count")} as customer_acquisition_cost_amount,
    {ratio("lifetime_value_amount", "spend_amount")} as lifetime_value_to_cost_ratio
from summed
"""
    return sql, [scope.currency, scope.first, scope.last]


def known(scope: Scope, figure: str, made_of: str | None = None) -> str:
    """SQL of a sum; none where a converted amount lacks a rate: it is null then, or
    what it is `made_of` is."""
    if not scope.is_converted:
        return f"sum({figure})"
    return whole(figure, "is_rate_missing", made_of)


def whole(figure: str, lacking: str, made_of: str | None = None) -> str:
    """SQL of a sum; none where a part is null because it is `lacking` something."""
    unknown = f"{lacking} and {made_of or figure} is null"
    return (
        f"case when max(case when {unknown} then 1 else 0 end) = 0 "
        f"then sum({figure}) end"
    )


def lacks(scope: Scope) -> str:
    """Whether what people brought is not known where it is null: for want of a rate, or
    of the balance transactions of an account that they paid."""
    if not scope.is_converted:
        return "customer_count > 0"
    return "(is_rate_missing or customer_count > 0)"


def predicted(scope: Scope) -> str:
    return known(scope, "predicted_lifetime_value_amount", made_of="mrr_amount")


def once(scope: Scope, figure: str) -> str:
    """SQL of a figure that a customer has in each of its currencies: at home alone."""
    if not scope.is_converted:
        return figure
    return f"case when original_currency = home_currency then {figure} end"


SUMS = """sum(user_count) as user_count,
        sum(converted_user_count) as converted_user_count,
        sum(customer_count) as customer_count,
        case when sum(missing_count) = 0 then sum(cumulative_net_amount) end
            as cumulative_net_amount"""
FUNNEL_SUMS = """sum(visitor_count) as visitor_count,
        sum(sign_up_count) as sign_up_count,
        sum(first_payment_count) as first_payment_count"""
FUNNEL_RATES = listed(
    f"{ratio(f'{stage}_count', 'visitor_count')} as {stage}_rate"
    for stage in ("sign_up", "first_payment")
)
RATES = listed(f"{ratio(*parts)} as {name}" for name, parts in CURVES.items())
