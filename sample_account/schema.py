"""What Segment delivers: every collection with its columns and their types.

One letter per column: s string, i integer in minor units, n exact decimal,
b boolean, t timestamp (UTC), d date.
"""

from __future__ import annotations

import pyarrow as pa

TYPES = {
    "s": pa.string(),
    "i": pa.int64(),
    "n": pa.decimal128(38, 6),
    "b": pa.bool_(),
    "t": pa.timestamp("us"),
    "d": pa.date32(),
}

STRIPE = {
    "accounts": """
        id:s received_at:t uuid_ts:t business_logo:s business_name:s
        business_url:s charges_enabled:b country:s debit_negative_balances:b
        default_currency:s details_submitted:b display_name:s email:s
        metadata_region:s statement_descriptor:s support_address_city:s
        support_address_country:s support_address_line1:s
        support_address_line2:s support_address_postal_code:s
        support_address_state:s support_email:s support_phone:s support_url:s
        timezone:s transfers_enabled:b product_description:s type:s
    """,
    "application_fee_refunds": """
        id:s received_at:t uuid_ts:t amount:i created:t currency:s fee_id:s
        metadata_reason:s
    """,
    "application_fees": """
        id:s received_at:t uuid_ts:t account_id:s amount_refunded:i amount:i
        application_id:s available:t balance_transaction_id:s charge_id:s
        created:t currency:s metadata_campaign:s originating_transaction:s
        refunded:b transfer_id:s
    """,
    "balance_transactions": """
        id:s received_at:t uuid_ts:t amount:i currency:s description:s fee:i
        metadata_batch:s net:i source:s status:s type:s created:t available:t
    """,
    "balance_transaction_fee_details": """
        id:s received_at:t uuid_ts:t amount:i application:s
        balance_transaction_id:s currency:s description:s type:s
    """,
    "bank_accounts": """
        id:s received_at:t uuid_ts:t bank_name:s country:s currency:s
        default_for_currency:b is_deleted:b metadata_purpose:s status:s
    """,
    "cards": """
        id:s received_at:t uuid_ts:t address_city:s address_country:s
        address_line1_check:s address_line1:s address_line2:s address_state:s
        address_zip_check:s address_zip:s brand:s country:s cvc_check:s
        dynamic_last4:s exp_month:i exp_year:i fingerprint:s funding:s last4:s
        metadata_origin:s name:s tokenization_method:s customer_id:s
        is_deleted:b
    """,
    "charges": """
        id:s received_at:t uuid_ts:t amount_refunded:i amount:i
        application_fee:i balance_transaction_id:s captured:b currency:s
        customer_id:s description:s destination:s failure_code:s
        failure_message:s fraud_details_stripe_report:s
        fraud_details_user_report:s invoice_id:s metadata_order_id:s
        metadata_channel:s paid:b payment_intent_id:s payment_method_id:s
        receipt_email:s receipt_number:s refunded:b shipping_address_city:s
        shipping_address_country:s shipping_address_line1:s
        shipping_address_line2:s shipping_address_postal_code:s
        shipping_address_state:s shipping_carrier:s shipping_name:s
        shipping_phone:s shipping_tracking_number:s statement_descriptor:s
        status:s created:t livemode:b
    """,
    "coupons": """
        id:s received_at:t uuid_ts:t amount_off:i currency:s
        duration_in_months:i duration:s max_redemptions:i metadata_campaign:s
        percent_off:n percent_off_precise:n times_redeemed:i valid:b created:t
    """,
    "customers": """
        id:s received_at:t uuid_ts:t balance:i currency:s default_source:s
        delinquent:b description:s email:s metadata_user_id:s metadata_segment:s
        created:t is_deleted:b
    """,
    "discounts": """
        id:s received_at:t uuid_ts:t coupon_id:s customer_id:s end:t start:t
        subscription:s
    """,
    "disputes": """
        id:s received_at:t uuid_ts:t amount:i charge_id:s currency:s created:t
        evidence_customer_email_address:s evidence_product_description:s
        evidence_details_due_by:t evidence_details_has_evidence:b
        evidence_details_submission_count:i is_charge_refundable:b
        metadata_case_id:s reason:s status:s
    """,
    "invoice_items": """
        id:s received_at:t uuid_ts:t amount:i currency:s customer_id:s date:t
        description:s discountable:b invoice_id:s metadata_project:s
        period_start:t period_end:t proration:b quantity:i subscription_id:s
    """,
    "invoices": """
        id:s received_at:t uuid_ts:t amount_due:i application_fee:i
        attempt_count:i attempted:b billing_reason:s charge_id:s currency:s
        customer_id:s description:s due_date:t ending_balance:i
        metadata_purchase_order:s paid:b period_end:t period_start:t
        receipt_number:s starting_balance:i statement_descriptor:s
        subscription_id:s subtotal:i tax:i total:i auto_advance:b status:s
        created:t
    """,
    "invoice_lines": """
        id:s received_at:t uuid_ts:t amount:i currency:s description:s
        discountable:b invoice_id:s item_id:s period_end:t period_start:t
        plan_id:s proration:b quantity:i subscription_id:s tax_rates:s type:s
    """,
    "order_shipping_methods": """
        id:s received_at:t uuid_ts:t amount:i currency:s
        delivery_estimate_type:s delivery_estimate_date:s description:s
        order_id:s shipping_id:s
    """,
    "payment_intents": """
        id:s received_at:t uuid_ts:t amount_capturable:i amount_received:i
        amount:i application_fee_amount:i application_id:s canceled_at:t
        cancellation_reason:s capture_method:s confirmation_method:s created:t
        currency:s customer_id:s description:s invoice_id:s livemode:b
        metadata_order_id:s on_behalf_of:s payment_method_id:s receipt_email:s
        review_id:s statement_descriptor:s status:s transfer_data_amount:i
        transfer_data_destination:s transfer_group:s
    """,
    "payment_methods": """
        id:s received_at:t uuid_ts:t billing_details_address_city:s
        billing_details_address_country:s billing_details_address_line1:s
        billing_details_address_line2:s billing_details_address_postal_code:s
        billing_details_address_state:s billing_details_email:s
        billing_details_name:s billing_details_phone:s card_networks_available:s
        created:t customer_id:s livemode:b metadata_origin:s type:s
    """,
    "plans": """
        id:s received_at:t uuid_ts:t amount:i currency:s interval_count:i
        interval:s product:s metadata_tier:s trial_period_days:i created:t
        active:b nickname:s
    """,
    "products": """
        id:s received_at:t uuid_ts:t active:b attributes:s caption:s
        deactivate_on:s description:s images:s livemode:b metadata_line:s name:s
        package_dimensions_height:n package_dimensions_weight:n shippable:b
        url:s created:t
    """,
    "refunds": """
        id:s received_at:t uuid_ts:t amount:i balance_transaction_id:s
        charge_id:s currency:s metadata_agent:s reason:s receipt_number:s
        created:t
    """,
    "skus": """
        id:s received_at:t uuid_ts:t active:b attributes_size:s
        attributes_color:s created:t currency:s image:s inventory_type:s
        inventory_quantity:i is_deleted:b livemode:b metadata_warehouse:s
        package_dimensions_height:n package_dimensions_weight:n price:i
        product_id:s updated:t
    """,
    "subscriptions": """
        id:s received_at:t uuid_ts:t application_fee_percent:n
        cancel_at_period_end:b canceled_at:t collection_method:s created:t
        current_period_end:t current_period_start:t customer_id:s discount_id:s
        ended_at:t is_deleted:b plan_id:s quantity:i start_date:t status:s
        trial_end:t trial_start:t livemode:b
    """,
    "subscription_items": """
        id:s received_at:t uuid_ts:t created:t metadata_seat_group:s plan_id:s
        quantity:i subscription_id:s tax_rates:s
    """,
    "tax_rates": """
        id:s received_at:t uuid_ts:t active:b country:s description:s
        display_name:s inclusive:b jurisdiction:s percentage:n state:s
        tax_type:s
    """,
    "transfer_reversals": """
        id:s received_at:t uuid_ts:t amount:i balance_transaction_id:s created:t
        currency:s metadata_reason:s transfer_id:s
    """,
    "transfers": """
        id:s received_at:t uuid_ts:t amount_reversed:i amount:i
        balance_transaction_id:s bank_account_id:s created:t currency:s
        description:s destination_id:s destination_payment:s metadata_batch:s
        reversed:b source_transaction:s status:s
    """,
}

# What every call has, and what it has where it comes from a page.
CALL = """
    id:s received_at:t uuid_ts:t anonymous_id:s user_id:s sent_at:t
    timestamp:t original_timestamp:t context_campaign_source:s
    context_campaign_medium:s context_campaign_name:s
    context_campaign_content:s context_campaign_term:s
"""
PAGE = """
    context_page_referrer:s context_page_url:s context_page_path:s
    context_page_title:s context_ip:s context_user_agent:s
    context_library_name:s
"""
WEBSITE = {
    "tracks": f"""
        {CALL} {PAGE} event:s event_text:s
    """,
    "pages": f"""
        {CALL} {PAGE} name:s url:s path:s referrer:s title:s search:s
    """,
    "screens": f"""
        {CALL}
        context_ip:s context_user_agent:s context_library_name:s name:s
    """,
    "identifies": f"""
        {CALL} {PAGE} email:s name:s stripe_customer_id:s
    """,
    "signed_up": f"""
        {CALL} {PAGE} event:s event_text:s plan:s
    """,
    "invited_teammate": f"""
        {CALL} {PAGE} event:s event_text:s role:s
    """,
    "groups": f"""
        {CALL} {PAGE} group_id:s name:s
    """,
    "users": """
        id:s received_at:t uuid_ts:t email:s name:s created_at:t
        stripe_customer_id:s context_campaign_source:s context_page_referrer:s
        context_ip:s context_user_agent:s context_library_name:s
    """,
}

TRUTH = {
    "people": """
        person_id:s user_id:s signed_up_at:t first_touch_at:t channel:s
        campaign:s is_tracked:b
    """,
    "identities": """
        anonymous_id:s person_id:s user_id:s customer_id:s is_shared_device:b
    """,
    "person_customers": """
        person_id:s user_id:s customer_id:s is_tracked:b has_metadata:b
        has_trait:b has_same_email:b first_touch_at:t signed_up_at:t
        first_paid_at:t
    """,
    "customer_mrr": """
        customer_id:s currency:s month_end:d mrr_amount:n mrr_known_amount:n
    """,
    "subscriptions": """
        subscription_id:s customer_id:s status:s created:t trial_end:t
        canceled_at:t ended_at:t
    """,
    "charges": """
        charge_id:s payment_key:s status:s authorized_amount:i captured_amount:i
        captured_at:t refunded_amount:i is_first_attempt:b attempt_number:i
        is_test:b
    """,
    "payments": """
        payment_key:s attempt_count:i is_succeeded:b is_recovered:b
        first_attempted_at:t succeeded_at:t
    """,
    "refunds": """
        refund_id:s charge_id:s kind:s amount:i is_failed:b created:t
        failed_at:t
    """,
    "disputes": """
        dispute_id:s charge_id:s status:s amount:i withdrawn_amount:i
        reinstated_amount:i currency:s
    """,
    "invoices": """
        invoice_id:s status:s subtotal:i discount:i tax:i total:i amount_due:i
        amount_paid:i amount_remaining:i is_paid_out_of_band:b created:t
        finalized_at:t paid_at:t voided_at:t uncollectible_at:t
    """,
    "late_rows": """
        collection:s id:s created:t received_at:t is_delivered:b
    """,
}


def columns(spec: str) -> dict[str, pa.DataType]:
    """Names and types of one of the texts above."""
    pairs = (word.split(":") for word in spec.split())
    return {name: TYPES[kind] for name, kind in pairs}
