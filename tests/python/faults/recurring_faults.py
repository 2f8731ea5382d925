"""Faults in the SQL and the data of subscriptions and recurring revenue."""

from __future__ import annotations

from faults.records import DataFault, Fault, ModelFault

PRICED = "a_price_is_brought_to_a_month"
COSTED = "an_item_costs_its_plan_times_its_quantity_with_the_tax_inside"
DISCOUNTED = "each_discount_takes_from_what_the_ones_before_left"
VALUED = "an_item_is_worth_what_is_left_of_its_price_a_month"
ORDERED = "discounts_of_a_subscription_apply_in_the_order_of_their_starts"
FOUND = "older_discounts_than_the_named_one_were_replaced"
DELETED = "a_deleted_discount_stood_while_a_version_says_so"
MOVED = "a_customer_has_one_movement_a_month"
ESTIMATED = "recurring_lines_stand_in_until_the_subscription_is_known"
KNOWN = "the_own_plan_stands_in_only_where_there_is_no_item"
ITEM_VERSIONS = "an_item_is_gone_from_the_first_version_that_says_so"
CHURNED = "a_customer_left_for_the_first_reason_that_fits"
ASKED = "an_invoice_is_paid_failed_or_open_on_the_as_of_day"
TRIED = "a_trial_converts_when_an_invoice_after_it_is_paid"
RENEWED = "a_renewal_counts_from_its_period_and_nothing_after_the_end"
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
        "int_subscriptions__items_priced",
        "coalesce(items.quantity, 1)",
        "1",
        (COSTED,),
    ),
    ModelFault(
        "items: tax in the price is revenue",
        "int_subscriptions__items_priced",
        "and items.tax_rates = inclusive_rates.tax_rates",
        "and items.tax_rates = inclusive_rates.source_relation",
        (COSTED,),
    ),
    ModelFault(
        "items: tax on top taken out",
        "int_subscriptions__items_priced",
        "    where is_inclusive\n        and percentage > 0\n",
        "    where percentage > 0\n",
        (COSTED,),
    ),
    ModelFault(
        "items: coupon ignored",
        "int_subscriptions__items_valued",
        "and items.subscription_id = discounted.subscription_id",
        "and items.subscription_id = discounted.currency",
        (VALUED,),
    ),
    ModelFault(
        "items: a billing period costs the full price",
        "int_subscriptions__items_valued",
        "'price_minor * left_numerator', 'left_denominator * minor_units'",
        "'price_minor', 'minor_units'",
        (VALUED,),
    ),
    ModelFault(
        "items: tax ignored after the discount",
        "int_subscriptions__items_valued",
        " * net_numerator",
        "",
        (VALUED,),
    ),
    ModelFault(
        "items: an amount off taken from every item",
        "int_subscriptions__prices_discounted",
        "cast(sum(price_minor) as {{ exact(0) }})",
        "cast(max(price_minor) as numeric(38, 0))",
        (DISCOUNTED,),
    ),
    ModelFault(
        "items: an amount off in another currency",
        "int_subscriptions__prices_discounted",
        "'discounts.off_currency = prices.currency'",
        "'discounts.off_currency is not null'",
        (DISCOUNTED,),
    ),
    ModelFault(
        "discounts: more off than there is",
        "int_subscriptions__prices_discounted",
        "when discounted_price < 0 then 0",
        "when discounted_price < 0 then discounted_price",
        (DISCOUNTED,),
    ),
    ModelFault(
        "discounts: of several only the first",
        "int_subscriptions__prices_discounted",
        "shares_multiplied('numerator', most_discounts())",
        "shares_multiplied('numerator', 1)",
        (DISCOUNTED,),
    ),
    ModelFault(
        "coupons: every duration lowers MRR",
        "int_subscriptions__discounts_applied",
        "{{ is_one_of('staged.duration', var('mrr_coupon_durations')) }}",
        "true",
        (ORDERED,),
    ),
    ModelFault(
        "discounts: of several the last alone",
        "int_subscriptions__discounts_applied",
        "and (owner_rank = 1 or latest_rank = 1)",
        "and latest_rank = 1",
        (ORDERED,),
    ),
    ModelFault(
        "discounts: amounts and shares in any order",
        "int_subscriptions__discounts_applied",
        "order by start_at asc nulls first",
        "order by start_at desc nulls last",
        (ORDERED,),
    ),
    ModelFault(
        "discounts: the customer's stack",
        "int_subscriptions__discounts_applied",
        "and (owner_rank = 1 or latest_rank = 1)",
        "",
        (ORDERED,),
    ),
    ModelFault(
        "discounts: the customer's beside the subscription's",
        "int_subscriptions__discounts_applied",
        "    where owner_rank = first_owner_rank\n        and ",
        "    where ",
        (ORDERED,),
    ),
    ModelFault(
        "discounts: one that ended applies",
        "int_subscriptions__discounts_found",
        "        and coalesce(discounts.end_date > owned.last_date, true)\n",
        "",
        (FOUND,),
    ),
    ModelFault(
        "discounts: one that was deleted applies",
        "int_subscriptions__discounts_found",
        "        and coalesce(discounts.deleted_date > owned.last_date, true)\n",
        "",
        (FOUND,),
    ),
    ModelFault(
        "discounts: a replaced one applies beside its successor",
        "int_subscriptions__discounts_found",
        "    where not month_ends.has_discount_ids\n        or ",
        "    where true\n        or ",
        (FOUND,),
    ),
    ModelFault(
        "discounts: those that begin after the named one do not apply",
        "int_subscriptions__discounts_found",
        "        or discounts.start_at >= named.start_at\n",
        "",
        (FOUND,),
    ),
    ModelFault(
        "discounts: a deleted one never was",
        "int_subscriptions__discounts_dated",
        "when dated.first_kept_at < dated.deleted_at",
        "when false",
        (DELETED,),
    ),
    ModelFault(
        "discounts: one that was deleted before anything was kept applied then",
        "int_subscriptions__discounts_dated",
        "when dated.deleted_at is not null then cast('1970-01-01' as date)",
        "when dated.deleted_at is not null then cast('9999-12-31' as date)",
        (DELETED,),
    ),
    ModelFault(
        "discounts: the snapshot says what the row still is",
        "int_subscriptions__discounts_dated",
        "or history.valid_from <> discounts.received_at",
        "or true",
        (DELETED,),
    ),
    ModelFault(
        "items: a deleted one recurs",
        "int_subscriptions__item_versions",
        "    where not coalesce(is_deleted, false)\n",
        "",
        (ITEM_VERSIONS,),
    ),
    ModelFault(
        "items: a deleted one is the subscription's as it is now",
        "int_subscriptions__items_known",
        "        and not coalesce(is_deleted, false)\n",
        "",
        (KNOWN,),
    ),
    ModelFault(
        "lines: a renewal at midnight counts from its invoice",
        "int_subscriptions__lines_estimated",
        "> 3 * 86400000000",
        "> 0",
        (RENEWED,),
    ),
    ModelFault(
        "lines: revenue goes on after the end",
        "int_subscriptions__lines_estimated",
        "reporting_date('subscriptions.ended_at')",
        "'cast(null as date)'",
        (RENEWED,),
    ),
    ModelFault(
        "lines: an invoice of after the as-of day is known",
        "int_subscriptions__lines_estimated",
        "    where is_by_as_of\n",
        "",
        (RENEWED,),
    ),
    ModelFault(
        "lines: those of test-mode invoices count",
        "int_subscriptions__lines_estimated",
        "{{ touched('int_payments__invoices_live') }}\n    where is_by_as_of\n",
        "{{ touched('stg_stripe__invoices') }}\n",
        (ESTIMATED,),
    ),
    ModelFault(
        "subscriptions: one that was made after the as-of day counts",
        "int_subscriptions__subscription_versions",
        "    where {{ is_by_as_of('created_at') }}\n",
        "",
        (VERSIONS,),
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
        "subscriptions: the snapshot gives the version that the row still is alone",
        "int_subscriptions__subscription_versions",
        "history.valid_from <> subscriptions.received_at",
        "history.valid_from = subscriptions.received_at",
        (VERSIONS,),
    ),
    ModelFault(
        "subscriptions: closed months are the customer's whom the row names now",
        "int_subscriptions__subscription_versions",
        "select history.*",
        "select history.* replace (subscriptions.customer_id as customer_id)",
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
        "'first_known.known_from_date'",
        "'cast(null as date)'",
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
        "int_subscriptions__items",
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
        "int_subscriptions__items_valued",
        "        basis <> 'current'\n",
        "        basis is not null\n",
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
        "churn: who was canceled for a failed payment asked to leave",
        "int_subscriptions__churn_causes",
        "            when is_failed then 'unpaid_invoice'\n",
        "",
        (CHURNED,),
    ),
    ModelFault(
        "churn: a cancellation that came later tells",
        "int_subscriptions__churn_causes",
        "<= lost.last_date,",
        "is not null,",
        (CHURNED,),
    ),
    ModelFault(
        "churn: void invoices tell though nobody tried to collect them",
        "int_subscriptions__invoices_billed",
        " or invoices.is_tried)",
        " or not invoices.is_tried)",
        (ASKED,),
    ),
    ModelFault(
        "trials: what later charges paid converts one",
        "int_subscriptions__invoices_billed",
        "captures.later_captured_amount_minor > 0",
        "captures.later_captured_amount_minor < 0",
        (ASKED,),
    ),
    ModelFault(
        "churn: judged by what was worth least",
        "int_subscriptions__customers_lost",
        "valued.mrr_amount desc",
        "valued.mrr_amount",
        ("a_lost_customer_is_judged_by_what_was_worth_most",),
    ),
    ModelFault(
        "churn: all of it has another reason, too",
        "mrr_monthly",
        "{{ amount_figure('other_churn_mrr_amount', '0') }}",
        "{{ amount_figure('churn_mrr_amount', '0') }}",
        ("assert_mrr_rolls_forward",),
    ),
    ModelFault(
        "trials: what was paid during the trial converts it",
        "int_subscriptions__trials",
        "when paid.last_paid_at >= trials.trial_ended_at then",
        "when paid.last_paid_at is not null then",
        (TRIED,),
    ),
    ModelFault(
        "trials: a canceled trial still runs",
        "int_subscriptions__trials",
        "{{ earlier_of('trial_end_at', 'ended_at') }}",
        "trial_end_at",
        (TRIED,),
    ),
    ModelFault(
        "subscriptions now: every item twice",
        "int_subscriptions__items_current",
        "sum(case when is_counted",
        "2 * sum(case when is_counted",
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
