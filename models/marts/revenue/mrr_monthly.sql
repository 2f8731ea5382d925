with

months as (

    select * from {{ ref('int_subscriptions__currency_months') }}

),

figures as (

    select
        source_relation,
        currency,
        {{ amount_figure('opening_mrr_amount', '0') }} as opening_mrr_amount,
        {{ amount_figure('new_mrr_amount', '0') }} as new_mrr_amount,
        {{ amount_figure('reactivation_mrr_amount', '0') }} as reactivation_mrr_amount,
        {{ amount_figure('expansion_mrr_amount', '0') }} as expansion_mrr_amount,
        {{ amount_figure('contraction_mrr_amount', '0') }} as contraction_mrr_amount,
        {{ amount_figure('churn_mrr_amount', '0') }} as churn_mrr_amount,
        {{ amount_figure('voluntary_churn_mrr_amount', '0') }}
            as voluntary_churn_mrr_amount,
        {{ amount_figure('failed_payment_churn_mrr_amount', '0') }}
            as failed_payment_churn_mrr_amount,
        {{ amount_figure('other_churn_mrr_amount', '0') }} as other_churn_mrr_amount,
        {{ amount_figure('closing_mrr_amount', '0') }} as closing_mrr_amount,
        {{ amount_figure('estimated_mrr_amount', '0') }} as estimated_mrr_amount,
        {{ count_figure('opening_customer_count') }} as opening_customer_count,
        {{ count_figure('new_paying_customer_count') }} as new_paying_customer_count,
        {{ count_figure('reactivated_customer_count') }} as reactivated_customer_count,
        {{ count_figure('expanded_customer_count') }} as expanded_customer_count,
        {{ count_figure('contracted_customer_count') }} as contracted_customer_count,
        {{ count_figure('churned_customer_count') }} as churned_customer_count,
        {{ count_figure('voluntary_churned_customer_count') }}
            as voluntary_churned_customer_count,
        {{ count_figure('failed_payment_churned_customer_count') }}
            as failed_payment_churned_customer_count,
        {{ count_figure('other_churned_customer_count') }}
            as other_churned_customer_count,
        {{ count_figure('closing_customer_count') }} as closing_customer_count,
        {{ count_figure('subscription_count') }} as subscription_count,
        {{ count_figure('excluded_item_count') }} as excluded_item_count,
        reporting_month
    from months

),

final as (

    select
        source_relation,
        currency,
        opening_mrr_amount,
        new_mrr_amount,
        reactivation_mrr_amount,
        expansion_mrr_amount,
        contraction_mrr_amount,
        churn_mrr_amount,
        voluntary_churn_mrr_amount,
        failed_payment_churn_mrr_amount,
        other_churn_mrr_amount,
        closing_mrr_amount,
        estimated_mrr_amount,
        cast(12 * closing_mrr_amount as {{ exact() }}) as arr_amount,
        {{ ratio('closing_mrr_amount', 'closing_customer_count') }} as arpa_amount,
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
        {{ ratio('churned_customer_count', 'opening_customer_count') }}
            as customer_churn_rate,
        {{ ratio('churn_mrr_amount', 'opening_mrr_amount') }} as mrr_churn_rate,
        {{ ratio('voluntary_churned_customer_count', 'opening_customer_count') }}
            as voluntary_customer_churn_rate,
        {{ ratio('voluntary_churn_mrr_amount', 'opening_mrr_amount') }}
            as voluntary_mrr_churn_rate,
        {{ ratio('failed_payment_churned_customer_count', 'opening_customer_count') }}
            as failed_payment_customer_churn_rate,
        {{ ratio('failed_payment_churn_mrr_amount', 'opening_mrr_amount') }}
            as failed_payment_mrr_churn_rate,
        {{ ratio(
            '(new_mrr_amount + reactivation_mrr_amount + expansion_mrr_amount)',
            '(contraction_mrr_amount + churn_mrr_amount)'
        ) }} as quick_ratio,
        {{ ratio(
            '(opening_mrr_amount + expansion_mrr_amount - contraction_mrr_amount '
            ~ '- churn_mrr_amount)',
            'opening_mrr_amount'
        ) }} as net_revenue_retention,
        {{ ratio(
            '(opening_mrr_amount - contraction_mrr_amount - churn_mrr_amount)',
            'opening_mrr_amount'
        ) }} as gross_revenue_retention,
        estimated_mrr_amount <> 0 as is_estimated,
        reporting_month
    from figures

)

select * from final
