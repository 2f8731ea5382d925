"""Faults in the SQL and the data of subscriptions and recurring revenue."""

from __future__ import annotations

from faults.records import DataFault, Fault, ModelFault

PRICED = "a_price_is_brought_to_a_month"
VALUED = "an_item_is_worth_its_price_less_its_share_of_the_coupon"
MOVED = "a_customer_has_one_movement_a_month"
ESTIMATED = "recurring_lines_stand_in_until_the_subscription_is_known"
KNOWN = "the_own_plan_stands_in_only_where_there_is_no_item"
VERSIONS = "the_row_as_it_is_now_follows_what_the_snapshot_holds"

RECURRING_FAULTS: tuple[Fault, ...] = (
    ModelFault(
        "plans: a day is a thirtieth of a month",
        "int_subscriptions__plans_normalized",
        "when 'day' then 365",
        "when 'day' then 360",
        (PRICED,),
    ),
    ModelFault(
        "plans: a year is counted whole",
        "int_subscriptions__plans_normalized",
        "when 'year' then 1",
        "when 'year' then 12",
        (PRICED,),
    ),
    ModelFault(
        "plans: every quarter is a month",
        "int_subscriptions__plans_normalized",
        "coalesce(nullif(plans.interval_count, 0), 1)",
        "1",
        (PRICED,),
    ),
    ModelFault(
        "items: quantity ignored",
        "int_subscriptions__items_valued",
        "coalesce(items.quantity, 1)",
        "1",
        (VALUED,),
    ),
    ModelFault(
        "items: coupon ignored",
        "int_subscriptions__items_valued",
        "and summed.subscription_id = discounts.subscription_id",
        "and summed.subscription_id = discounts.coupon_id",
        (VALUED,),
    ),
    ModelFault(
        "items: an amount off taken from every item",
        "int_subscriptions__items_valued",
        "basis, source_relation, subscription_id, reporting_month, currency\n",
        "basis, source_relation, subscription_id, reporting_month, item_id\n",
        (VALUED,),
    ),
    ModelFault(
        "items: an amount off in another currency",
        "int_subscriptions__items_valued",
        "discounts.off_currency = summed.currency",
        "discounts.off_currency is not null",
        (VALUED,),
    ),
    ModelFault(
        "coupons: every duration lowers MRR",
        "int_subscriptions__discounts_applied",
        "{{ is_one_of('staged.duration', var('mrr_coupon_durations')) }}",
        "true",
        ("the_subscriptions_latest_discount_applies_before_its_customers",),
    ),
    ModelFault(
        "discounts: the customer's before the subscription's",
        "int_subscriptions__discounts_applied",
        "found.owner_rank asc",
        "found.owner_rank desc",
        ("the_subscriptions_latest_discount_applies_before_its_customers",),
    ),
    ModelFault(
        "discounts: one that ended applies",
        "int_subscriptions__discounts_applied",
        "        and coalesce(discounts.end_date > found.last_date, true)\n",
        "",
        ("the_subscriptions_latest_discount_applies_before_its_customers",),
    ),
    ModelFault(
        "items: both the items and the own plan",
        "int_subscriptions__items_known",
        "when items.subscription_id is null then states.plan_id else items.plan_id",
        "when true then states.plan_id",
        (KNOWN,),
    ),
    ModelFault(
        "items: fan-out, every version that ever was",
        "int_subscriptions__items_known",
        "        and states.last_date < items.valid_to_date\n",
        "",
        (KNOWN,),
    ),
    ModelFault(
        "subscriptions: every status counts",
        "int_subscriptions__subscription_versions",
        "{{ is_one_of('status', var('mrr_statuses')) }}\n        and ",
        "",
        (VERSIONS,),
    ),
    ModelFault(
        "subscriptions: a deleted one is kept",
        "int_subscriptions__subscription_versions",
        "\n        and not coalesce(is_deleted, false) as is_counted",
        " as is_counted",
        (VERSIONS,),
    ),
    ModelFault(
        "subscriptions: versions overlap",
        "int_subscriptions__subscription_versions",
        "{{ reporting_date(earlier_of('valid_to', 'next_valid_from')) }}",
        "{{ reporting_date('valid_to') }}",
        (VERSIONS,),
    ),
    ModelFault(
        "lines: the seam doubled, estimated beside what is known",
        "int_subscriptions__lines_estimated",
        "when first_known.known_from_date < billed.period_end_date",
        "when first_known.known_from_date is null",
        (ESTIMATED,),
    ),
    ModelFault(
        "lines: prorations recur",
        "int_subscriptions__lines_estimated",
        "        and not coalesce(invoice_lines.is_proration, false)\n",
        "",
        (ESTIMATED,),
    ),
    ModelFault(
        "lines: drafts and voids were paid",
        "int_subscriptions__lines_estimated",
        "not in ('draft', 'void')",
        "not in ('none')",
        (ESTIMATED,),
    ),
    ModelFault(
        "lines: of every invoice of the period",
        "int_subscriptions__items_estimated",
        "    where invoice_rank = 1\n",
        "",
        ("the_newest_invoice_that_pays_for_the_months_end_wins",),
    ),
    ModelFault(
        "movements: churn has the wrong sign",
        "fct_customer_mrr",
        "{{ mrr_movement('churn') }}",
        "-{{ mrr_movement('churn') }}",
        ("assert_customer_mrr_rolls_forward", MOVED),
    ),
    ModelFault(
        "movements: a reactivation is new",
        "fct_customer_mrr",
        "opening_mrr_amount = 0 and reporting_month = first_month",
        "opening_mrr_amount = 0",
        (MOVED,),
    ),
    ModelFault(
        "movements: currencies mixed",
        "fct_customer_mrr",
        "partition by source_relation, customer_id, currency",
        "partition by source_relation, customer_id",
        (MOVED,),
    ),
    ModelFault(
        "customers: subscriptions that do not count",
        "int_subscriptions__customer_months",
        "    where basis <> 'current'\n",
        "    where basis is not null\n",
        ("assert_customers_sum_to_mrr",),
    ),
    ModelFault(
        "months: annual revenue of ten months",
        "mrr_monthly",
        "12 * closing_mrr_amount",
        "10 * closing_mrr_amount",
        ("assert_mrr_rolls_forward",),
    ),
    ModelFault(
        "months: expansion is lost",
        "mrr_monthly",
        "{{ amount_figure('expansion_mrr_amount', '0') }}",
        "{{ amount_figure('new_mrr_amount', '0') }}",
        ("assert_mrr_rolls_forward",),
    ),
    ModelFault(
        "months: excluded items of no customer",
        "int_subscriptions__currency_months",
        "excluded.excluded_item_count,\n        months",
        "excluded.excluded_item_count + 1 as excluded_item_count,\n        months",
        ("assert_excluded_items_are_counted",),
    ),
    ModelFault(
        "subscriptions now: every item twice",
        "int_subscriptions__items_current",
        "            sum(\n                case\n",
        "            2 * sum(\n                case\n",
        (
            "assert_current_mrr_equals_as_of_month",
            "a_subscription_has_the_currency_of_its_first_plan_that_is_known",
        ),
    ),
    DataFault(
        "a subscription without a customer",
        (
            "update stripe.subscriptions set customer_id = null where id = "
            "(select min(id) from stripe.subscriptions where status = 'active')",
        ),
        caught_by=("assert_subscriptions_have_a_customer",),
    ),
    DataFault(
        "subscriptions delivered twice",
        (
            "insert into stripe.subscriptions select * from stripe.subscriptions",
            "insert into stripe.subscription_items "
            "select * from stripe.subscription_items",
        ),
        handled="the latest version of a row counts once",
        unchanged=("fct_subscriptions", "fct_customer_mrr", "mrr_monthly"),
    ),
)
