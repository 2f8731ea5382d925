-- In the reporting currency, too, a month opens as the month before it closed, opening,
-- what moved and the currency's effect make the closing, and that is what stood in its
-- own currency at the rate of the day. Months without a rate are unknown.
{% call if_built() %}
with

revenue as (

    select * from {{ rows_of(
        'subscriptions', 'mrr_monthly_converted',
        string=['source_relation', 'original_currency'],
        numeric=[
            'opening_mrr_amount', 'new_mrr_amount', 'reactivation_mrr_amount',
            'expansion_mrr_amount', 'contraction_mrr_amount', 'churn_mrr_amount',
            'currency_effect_amount', 'closing_mrr_amount',
        ],
        date=['reporting_month'],
    ) }}

),

receivables as (

    select * from {{ rows_of(
        'receivables', 'receivables_monthly_converted',
        string=['source_relation', 'original_currency'],
        numeric=[
            'opening_amount', 'invoiced_amount', 'paid_amount', 'written_off_amount',
            'currency_effect_amount', 'closing_amount',
        ],
        date=['reporting_month'],
    ) }}

),

balances as (

    select * from {{ rows_of(
        'balances', 'balance_summary_monthly_converted',
        string=['source_relation', 'original_currency'],
        numeric=[
            'opening_balance_amount', 'activity_amount', 'payout_amount',
            'currency_effect_amount', 'closing_balance_amount',
        ],
        date=['reporting_month'],
    ) }}

),

months as (

    select
        'mrr_monthly_converted' as mart,
        source_relation,
        original_currency,
        opening_mrr_amount as opening_amount,
        new_mrr_amount + reactivation_mrr_amount + expansion_mrr_amount
        - contraction_mrr_amount - churn_mrr_amount + currency_effect_amount
            as moved_amount,
        closing_mrr_amount as closing_amount,
        reporting_month
    from revenue

    union all

    select
        'receivables_monthly_converted' as mart,
        source_relation,
        original_currency,
        opening_amount,
        invoiced_amount - paid_amount - written_off_amount + currency_effect_amount
            as moved_amount,
        closing_amount,
        reporting_month
    from receivables

    union all

    select
        'balance_summary_monthly_converted' as mart,
        source_relation,
        original_currency,
        opening_balance_amount as opening_amount,
        activity_amount - payout_amount + currency_effect_amount as moved_amount,
        closing_balance_amount as closing_amount,
        reporting_month
    from balances

),

rolled as (

    select
        *,
        lag(closing_amount) over (
            partition by mart, source_relation, original_currency
            order by reporting_month
        ) as previous_closing_amount
    from months

)

select * from rolled
where opening_amount <> previous_closing_amount
    or opening_amount + moved_amount <> closing_amount
{% endcall %}
