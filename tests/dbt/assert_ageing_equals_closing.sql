-- Receivables of every month by age sum to its closing amount, and in the as-of month
-- they are the open invoices by age. An invoice of which no amount due is known is not
-- in the roll-forward.
{% call if_built() %}
with

open_invoices as (

    select
        source_relation,
        currency,
        sum(case when ageing_bucket = 'current' then outstanding_amount else 0 end)
            as current_amount,
        sum(case when ageing_bucket = '1_30' then outstanding_amount else 0 end)
            as days_1_30_amount,
        sum(case when ageing_bucket = '31_60' then outstanding_amount else 0 end)
            as days_31_60_amount,
        sum(case when ageing_bucket = '61_90' then outstanding_amount else 0 end)
            as days_61_90_amount,
        sum(case when ageing_bucket = 'over_90' then outstanding_amount else 0 end)
            as over_90_amount
    from {{ ref('fct_invoices') }}
    where is_open
        and amount_due is not null
    group by
        source_relation,
        currency

)

select
    months.source_relation,
    months.currency,
    months.reporting_month,
    months.closing_amount,
    months.current_amount,
    months.days_1_30_amount,
    months.days_31_60_amount,
    months.days_61_90_amount,
    months.over_90_amount
from {{ ref('receivables_monthly') }} as months
left join open_invoices
    on months.source_relation = open_invoices.source_relation
    and months.currency = open_invoices.currency
where months.closing_amount
    <> months.current_amount + months.days_1_30_amount + months.days_31_60_amount
    + months.days_61_90_amount + months.over_90_amount
    or (
        months.reporting_month = {{ first_day_of('month', as_of_date()) }}
        and (
            months.is_ageing_estimated
            or months.current_amount <> coalesce(open_invoices.current_amount, 0)
            or months.days_1_30_amount <> coalesce(open_invoices.days_1_30_amount, 0)
            or months.days_31_60_amount <> coalesce(open_invoices.days_31_60_amount, 0)
            or months.days_61_90_amount <> coalesce(open_invoices.days_61_90_amount, 0)
            or months.over_90_amount <> coalesce(open_invoices.over_90_amount, 0)
        )
    )
{% endcall %}
