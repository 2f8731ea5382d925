-- Of the revenue that customers began with, how much is left after so many months, with
-- all they took and gave up since? A cohort is the month of a customer's first MRR.
with

customers as (

    select
        *,
        min(reporting_month) over (
            partition by source_relation, customer_id, currency
        ) as cohort_month
    from {{ ref('fct_customer_mrr') }}

),

started as (

    select
        source_relation,
        currency,
        cohort_month,
        sum(mrr_amount) as starting_mrr_amount,
        count(*) as starting_customer_count
    from customers
    where reporting_month = cohort_month
    group by source_relation, currency, cohort_month

),

months as (

    select
        source_relation,
        currency,
        cohort_month,
        reporting_month,
        sum(mrr_amount) as mrr_amount,
        sum(case when mrr_amount > 0 then 1 else 0 end) as customer_count
    from customers
    group by source_relation, currency, cohort_month, reporting_month

),

final as (

    select
        months.source_relation,
        months.currency,
        months.cohort_month,
        months.reporting_month,
        (
            extract(year from months.reporting_month)
            - extract(year from months.cohort_month)
        ) * 12
        + extract(month from months.reporting_month)
        - extract(month from months.cohort_month) as months_since_start,
        started.starting_customer_count,
        months.customer_count,
        started.starting_mrr_amount,
        months.mrr_amount,
        {{ ratio('months.mrr_amount', 'started.starting_mrr_amount') }}
            as revenue_retention,
        {{ ratio('months.customer_count', 'started.starting_customer_count') }}
            as customer_retention
    from months
    inner join started
        on months.source_relation = started.source_relation
        and months.currency = started.currency
        and months.cohort_month = started.cohort_month

)

select * from final
order by
    source_relation asc,
    currency asc,
    cohort_month asc,
    reporting_month asc
