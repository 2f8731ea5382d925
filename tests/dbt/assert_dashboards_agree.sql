-- What two dashboards show of one day is one figure, and rates are those of the figures
-- beside them, to half a millionth.
-- noqa: disable=LT02
{% call if_built() %}
select
    finance.source_relation,
    finance.currency,
    finance.reporting_date
from {{ ref('finance_operations_daily') }} as finance
left join {{ ref('executive_summary_daily') }} as executive
    on finance.source_relation = executive.source_relation
    and finance.currency = executive.currency
    and finance.reporting_date = executive.reporting_date
where executive.reporting_date is null
    {%- for figure in [
        'attempted_charge_count', 'attempted_charge_amount', 'succeeded_charge_count',
        'gross_charge_count', 'gross_charge_amount', 'failed_charge_count',
        'failed_charge_amount', 'pending_charge_count', 'pending_charge_amount',
        'refund_count', 'refund_amount', 'refunded_charge_count',
        'refunded_charge_amount', 'net_charge_amount', 'dispute_count',
        'dispute_amount', 'net_volume_amount', 'succeeded_payment_count',
        'failed_payment_count', 'charge_success_rate', 'payment_success_rate',
        'days_to_payment_total', 'mean_days_to_payment',
    ] %}
        or finance.{{ figure }} <> executive.{{ figure }}
    {%- endfor %}
    {%- for rate, part, whole in [
        ('refund_count_rate', 'refund_count', 'gross_charge_count'),
        ('refund_amount_rate', 'refund_amount', 'gross_charge_amount'),
        ('refunded_charge_count_rate', 'refunded_charge_count', 'gross_charge_count'),
        (
            'refunded_charge_amount_rate', 'refunded_charge_amount',
            'gross_charge_amount',
        ),
        ('dispute_rate', 'cohort_dispute_count', 'succeeded_charge_count'),
        ('dispute_activity_rate', 'dispute_count', 'succeeded_charge_count'),
        ('recovery_rate', 'recovered_payment_count', 'first_failed_payment_count'),
        (
            'recovery_amount_rate', 'recovered_payment_amount',
            'first_failed_payment_amount',
        ),
        ('mean_days_to_payment', 'days_to_payment_total', 'succeeded_charge_count'),
        ('mean_days_to_sync', 'days_to_sync_total', 'attempted_charge_count'),
    ] %}
        or abs(finance.{{ rate }} * finance.{{ whole }} - finance.{{ part }})
        > 0.0000005 * abs(finance.{{ whole }})
        or (finance.{{ rate }} is null) <> (finance.{{ whole }} = 0)
    {%- endfor %}
{% endcall %}
