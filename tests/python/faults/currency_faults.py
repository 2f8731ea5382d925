"""Faults in what is converted to the reporting currency."""

from __future__ import annotations

from faults.records import ModelFault

CURRENCY_FAULTS = (
    ModelFault(
        "converted: gross charges keep their own currency",
        "executive_summary_daily_converted",
        "{{ converted('gross_charge_amount') }} as gross_charge_amount",
        "gross_charge_amount",
        ("assert_converted_totals_equal_their_parts",),
    ),
    ModelFault(
        "converted: net volume at the rate of its month's first day",
        "executive_summary_daily_converted",
        "and days.reporting_date = rates.reporting_date",
        "and days.reporting_month = rates.reporting_date",
        ("assert_converted_totals_equal_their_parts",),
    ),
    ModelFault(
        "converted: customers at the rate of the as-of day",
        "int_lifetime_value__flows_converted",
        "and days.reporting_date = rates.reporting_date",
        "and rates.reporting_date = {{ as_of_date() }}",
        ("assert_converted_days_equal_customers",),
    ),
    ModelFault(
        "converted: a customer's cohorts have the first of its days alone",
        "int_lifetime_value__cohorts_converted",
        "{{ whole_sum('net_volume_amount') }}",
        "min(net_volume_amount)",
        ("assert_converted_cohorts_equal_customers",),
    ),
    ModelFault(
        "converted: people count once a currency",
        "lifetime_value_cohorts_converted",
        "max(user_count) as user_count",
        "max(user_count) * count(*) as user_count",
        ("assert_converted_cohorts_equal_customers",),
    ),
    ModelFault(
        "converted: a month opens in its own currency",
        "receivables_monthly_converted",
        "{{ opening_converted('original_opening_amount', 'closing_amount') }}",
        "original_opening_amount",
        ("assert_converted_months_roll_forward",),
    ),
    ModelFault(
        "converted: the currency's effect forgets what was paid",
        "receivables_monthly_converted",
        "- invoiced_amount + paid_amount",
        "- invoiced_amount",
        ("assert_converted_months_roll_forward",),
    ),
    ModelFault(
        "converted: a rate is of its own day alone",
        "int_summaries__exchange_rates_daily",
        "where reporting_date <= {{ as_of_date() }}",
        "where age = 0 and reporting_date <= {{ as_of_date() }}",
        ("assert_exchange_rates_are_there",),
    ),
)
