-- Recurring revenue in the reporting currency. What moved is known at the month's close
-- and converts there; a month opens with what the one before closed with, so what
-- exchange rates did to it is an effect of its own.
with

months as (

    select
        *,
        {{ closing_date('reporting_month') }} as closing_date
    from {{ ref('mrr_monthly') }}
    where {{ has_reporting_currency() }}

),

rates as (

    select * from {{ ref('int_summaries__exchange_rates_daily') }}

),

figures as (

    select
        months.source_relation,
        months.currency as original_currency,
        months.opening_mrr_amount as original_opening_amount,
        {{ converted('months.new_mrr_amount', 'rates.exchange_rate') }}
            as new_mrr_amount,
        {{ converted('months.reactivation_mrr_amount', 'rates.exchange_rate') }}
            as reactivation_mrr_amount,
        {{ converted('months.expansion_mrr_amount', 'rates.exchange_rate') }}
            as expansion_mrr_amount,
        {{ converted('months.contraction_mrr_amount', 'rates.exchange_rate') }}
            as contraction_mrr_amount,
        {{ converted('months.churn_mrr_amount', 'rates.exchange_rate') }}
            as churn_mrr_amount,
        {{ converted('months.closing_mrr_amount', 'rates.exchange_rate') }}
            as closing_mrr_amount,
        {{ converted('months.estimated_mrr_amount', 'rates.exchange_rate') }}
            as estimated_mrr_amount,
        months.opening_customer_count,
        months.new_paying_customer_count,
        months.reactivated_customer_count,
        months.expanded_customer_count,
        months.contracted_customer_count,
        months.churned_customer_count,
        months.voluntary_churned_customer_count,
        months.failed_payment_churned_customer_count,
        months.other_churned_customer_count,
        months.closing_customer_count,
        months.subscription_count,
        months.excluded_item_count,
        rates.exchange_rate,
        {{ lacks_rate(
            ['months.closing_mrr_amount', 'months.churn_mrr_amount'],
            'rates.exchange_rate'
        ) }} as is_rate_missing,
        months.is_estimated,
        months.reporting_month
    from months
    left join rates
        on months.currency = rates.currency
        and months.closing_date = rates.reporting_date

),

opened as (

    select
        *,
        {{ opening_converted('original_opening_amount', 'closing_mrr_amount') }}
            as opening_mrr_amount
    from figures

),

final as (

    select
        source_relation,
        {{ reporting_currency() }} as currency,
        original_currency,
        opening_mrr_amount,
        new_mrr_amount,
        reactivation_mrr_amount,
        expansion_mrr_amount,
        contraction_mrr_amount,
        churn_mrr_amount,
        cast(
            closing_mrr_amount - opening_mrr_amount - new_mrr_amount
            - reactivation_mrr_amount - expansion_mrr_amount
            + contraction_mrr_amount + churn_mrr_amount as {{ exact() }}
        ) as currency_effect_amount,
        closing_mrr_amount,
        estimated_mrr_amount,
        cast(12 * closing_mrr_amount as {{ exact() }}) as arr_amount,
        opening_customer_count,
        new_paying_customer_count,
        reactivated_customer_count,
        expanded_customer_count,
        contracted_customer_count,
        churned_customer_count,
        voluntary_churned_customer_count,
        failed_payment_churned_customer_count,
        other_churned_customer_count,
        closing_customer_count,
        subscription_count,
        excluded_item_count,
        exchange_rate,
        is_rate_missing,
        is_estimated,
        reporting_month
    from opened

)

select * from final
