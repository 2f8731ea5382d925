{#
    The counts and amounts of executive_summary_daily that executive_summary_monthly
    sums, compares with the month before and tells the change of.
#}
{% macro executive_figures() %}
    {{ return([
        'attempted_charge_count',
        'attempted_charge_amount',
        'succeeded_charge_count',
        'gross_charge_count',
        'gross_charge_amount',
        'failed_charge_count',
        'failed_charge_amount',
        'pending_charge_count',
        'pending_charge_amount',
        'refund_count',
        'refund_amount',
        'refunded_charge_count',
        'refunded_charge_amount',
        'dispute_count',
        'dispute_amount',
        'net_charge_amount',
        'net_charge_cohort_amount',
        'net_volume_amount',
        'succeeded_payment_count',
        'failed_payment_count',
        'new_customer_count',
        'days_to_payment_total',
    ]) }}
{% endmacro %}
