-- Invoices recomputed from the rows that Segment delivered: status, what is owed of
-- them, since when, and which bucket of age that is. What a charge after the as-of day
-- paid was open on it, whatever the row says now.
{% call if_built() %}
with

currencies as (

    select * from {{ ref('stripe_currencies') }}

),

staged as (

    select
        invoices.source_relation,
        invoices.invoice_id,
        currencies.minor_unit,
        lower(trim(invoices.status)) as delivered_status,
        coalesce(invoices.is_paid, false) as is_paid,
        coalesce(invoices.is_forgiven, false) as is_forgiven,
        coalesce(invoices.is_closed, false) as is_closed,
        coalesce(invoices.is_attempted, false) as is_attempted,
        invoices.total_minor,
        invoices.amount_paid_minor,
        invoices.amount_remaining_minor,
        coalesce(invoices.amount_due_minor, invoices.total_minor) as due_minor,
        {{ reporting_date('coalesce(invoices.due_at, invoices.created_at)') }}
            as due_date,
        {{ reporting_date('invoices.created_at') }} as created_date,
        coalesce(captures.captured_amount_minor, 0) as captured_minor,
        coalesce(captures.later_captured_amount_minor > 0, false) as is_charged_later
    from {{ ref('stg_stripe__invoices') }} as invoices
    left join currencies
        on invoices.currency = currencies.currency
    left join {{ ref('int_payments__captures_summed') }} as captures
        on invoices.source_relation = captures.source_relation
        and invoices.invoice_id = captures.invoice_id
        and invoices.currency = captures.currency

),

facts as (

    select
        *,
        case ageing_bucket
            when 'current' then -100000
            when '1_30' then 1
            when '31_60' then 31
            when '61_90' then 61
            when 'over_90' then 91
        end as first_day_of_bucket,
        case ageing_bucket
            when 'current' then 0
            when '1_30' then 30
            when '31_60' then 60
            when '61_90' then 90
            when 'over_90' then 100000
        end as last_day_of_bucket
    from {{ ref('fct_invoices') }}

)

select
    facts.source_relation,
    facts.invoice_id,
    facts.status,
    staged.delivered_status,
    facts.amount_due,
    facts.amount_remaining,
    facts.outstanding_amount,
    facts.effective_due_date,
    facts.days_past_due,
    facts.ageing_bucket
from facts
inner join staged
    on facts.source_relation = staged.source_relation
    and facts.invoice_id = staged.invoice_id
where (not staged.is_charged_later and facts.status <> staged.delivered_status)
    or (
        staged.is_charged_later
        and facts.status <> staged.delivered_status
        and (facts.status <> 'open' or facts.outstanding_amount = 0)
    )
    or (
        staged.delivered_status is null
        and not staged.is_charged_later
        and facts.status not in (
            case when staged.is_paid then 'paid' else '' end,
            case when staged.is_forgiven and not staged.is_paid then 'uncollectible'
                when staged.is_closed and not staged.is_paid
                    then 'void'
                when staged.is_attempted and not staged.is_paid
                    then 'open'
                when not staged.is_paid then 'draft'
                else ''
            end
        )
    )
    or facts.total <> staged.total_minor * staged.minor_unit
    or facts.amount_due <> staged.due_minor * staged.minor_unit
    or (
        not staged.is_charged_later
        and facts.amount_paid
        <> coalesce(
            staged.amount_paid_minor,
            case when facts.status = 'paid' then staged.due_minor end,
            staged.due_minor - staged.amount_remaining_minor,
            case
                when facts.status not in ('open', 'uncollectible')
                    or staged.captured_minor < 0
                    then 0
                when staged.due_minor >= staged.captured_minor then staged.captured_minor
                when staged.due_minor > 0 then staged.due_minor
                else 0
            end
        ) * staged.minor_unit
    )
    or facts.outstanding_amount
    <> case
        when facts.status = 'open' then facts.amount_remaining - facts.bad_debt_amount
        else 0
    end
    or (
        not staged.is_charged_later
        and facts.bad_debt_amount
        <> case
            when facts.status = 'uncollectible' then facts.amount_remaining
            else 0
        end
    )
    or facts.effective_due_date <> staged.due_date
    or facts.created_date <> staged.created_date
    or facts.is_open <> (facts.status = 'open')
    or facts.is_paid <> (facts.status = 'paid')
    or facts.is_past_due
    <> (facts.status = 'open' and staged.due_date < {{ as_of_date() }})
    or facts.days_past_due
    <> {{ dbt.datediff('staged.due_date', as_of_date(), 'day') }}
    or facts.days_past_due < facts.first_day_of_bucket
    or facts.days_past_due > facts.last_day_of_bucket
    or (facts.ageing_bucket is null) = (facts.status = 'open')
    or facts.discount < 0
{% endcall %}
