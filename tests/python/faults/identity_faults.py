"""Faults in what event sources deliver, in identity, journeys and lifetime value."""

from __future__ import annotations

from faults.records import DataFault, ModelFault

LIFETIME_VALUE_MARTS = (
    "customer_lifetime_value",
    "acquisition_funnel_daily",
    "lifetime_value_cohorts",
    "identity_ambiguities",
)
NEW_PAGE = (
    'insert into website.pages (id, received_at, "timestamp", anonymous_id, user_id, '
    "context_campaign_source, context_campaign_medium, url) values "
)

IDENTITY_FAULTS = (
    # Data
    DataFault(
        "events: delivered twice",
        (
            "insert into website.pages select * from website.pages",
            "insert into website.tracks select * from website.tracks",
            "insert into website.identifies select * from website.identifies",
        ),
        handled="versions of a call that are the same count once",
        unchanged=LIFETIME_VALUE_MARTS,
    ),
    DataFault(
        "events: e-mails in capitals, with blanks",
        (
            "update website.identifies set email = '  ' || upper(email) || ' '",
            "update website.users set email = upper(email)",
            "update stripe.customers set email = upper(email)",
        ),
        handled="e-mails are compared in lower case, trimmed",
        unchanged=LIFETIME_VALUE_MARTS,
    ),
    DataFault(
        "events: a call two months late",
        (
            NEW_PAGE + "('p_late', '2026-10-14 12:00:00+00', '2026-07-30 12:00:00+00', "
            "'d_plain', null, 'linkedin', 'cpc', 'https://shop.example/')",
        ),
        handled="a call counts when it happened, whenever it arrives",
        holds=(
            "select count(*) = 1 from analytics.customer_lifetime_value "
            "where customer_id = 'cus_plain' and currency = 'usd' "
            "and first_touch_at = timestamp '2026-07-30 12:00:00' "
            "and first_touch_channel = 'paid_social'",
        ),
    ),
    DataFault(
        "events: a call after the as-of day",
        (
            NEW_PAGE + "('p_tomorrow', '2026-10-17 12:00:00+00', "
            "'2026-10-16 12:00:00+00', 'd_tomorrow', null, null, null, null)",
        ),
        handled="calls after the as-of day are not known yet",
        unchanged=LIFETIME_VALUE_MARTS,
    ),
    DataFault(
        "events: a device whose clock is nine years ahead",
        (
            "update website.pages set \"timestamp\" = '2035-01-01 00:00:00+00' "
            "where id = 'p_visitor'",
        ),
        handled="calls after the as-of day are not known yet",
        holds=(
            "select count(*) = 0 from analytics_intermediate.int_journeys__people "
            "where person_id = 'device:d_visitor'",
        ),
    ),
    DataFault(
        "events: a call without a time",
        (
            'update website.pages set "timestamp" = null, original_timestamp = null '
            "where id = 'p_first'",
        ),
        caught_by=("assert_calls_have_a_date",),
    ),
    DataFault(
        "events: a call without an id",
        ("update website.pages set id = null where id = 'p_first'",),
        caught_by=("not_null_stg_segment__pages_page_id",),
    ),
    DataFault(
        "events: a user without an id",
        ("update website.users set id = null where id = 'u_mail'",),
        caught_by=("not_null_stg_segment__users_user_id",),
    ),
    DataFault(
        "events: an anonymous_id of blanks",
        ("update website.pages set anonymous_id = '  ' where id = 'p_visitor'",),
        handled="a call without a device is no visit",
        holds=(
            "select count(*) = 0 from analytics_intermediate.int_journeys__people "
            "where trim(person_id) in ('device:', 'device:d_visitor')",
        ),
    ),
    DataFault(
        "events: a device that another user takes over",
        (
            NEW_PAGE
            + "('p_taken', '2026-09-01 12:00:00+00', '2026-09-01 12:00:00+00', "
            "'d_trait', 'u_two', null, null, null)",
        ),
        handled="the device is reported; sessions that name their user stay theirs",
        holds=(
            "select count(*) = 2 from analytics.identity_ambiguities "
            "where anonymous_id = 'd_trait'",
            "select count(*) = 1 from analytics.customer_lifetime_value "
            "where customer_id = 'cus_by_invoice' and currency = 'usd' "
            "and first_touch_channel = 'organic_search'",
        ),
    ),
    DataFault(
        "events: two users say that they are one customer",
        (
            "insert into website.users (id, received_at, created_at, "
            "stripe_customer_id) values ('u_false', '2026-08-02 13:00:00+00', "
            "'2026-08-02 12:00:00+00', 'cus_by_invoice')",
        ),
        handled="nobody is guessed, both are reported",
        holds=(
            "select count(*) = 1 from analytics_intermediate.int_identity__customers "
            "where customer_id = 'cus_by_invoice' and user_id is null and is_ambiguous",
            "select count(*) > 0 from analytics.identity_ambiguities "
            "where customer_id = 'cus_by_invoice' and ambiguity_type = 'several_users'",
        ),
    ),
    DataFault(
        "events: a campaign that no rule knows",
        (
            "update website.pages set context_campaign_source = 'billboard', "
            "context_campaign_medium = 'qr' where id = 'p_first'",
        ),
        handled="it is in the channel other_campaign",
        holds=(
            "select count(*) = 1 from analytics.customer_lifetime_value "
            "where customer_id = 'cus_plain' and currency = 'usd' "
            "and first_touch_channel = 'other_campaign'",
        ),
    ),
    DataFault(
        "events: a step of the funnel under another name",
        ("update website.tracks set event = 'pricing' where event = 'viewed_pricing'",),
        caught_by=("assert_steps_are_reached",),
    ),
    # Identity
    ModelFault(
        "identity: the weakest evidence decides",
        "int_identity__customers",
        "min(method_rank) as method_rank",
        "max(method_rank) as method_rank",
        ("assert_customers_follow_their_evidence",),
    ),
    ModelFault(
        "identity: the metadata column ignored",
        "int_identity__claims",
        "where metadata_user_id is not null",
        "where metadata_user_id = ''",
        ("assert_customers_follow_their_evidence",),
    ),
    ModelFault(
        "identity: e-mails of customers keep their case",
        "int_identity__customers_found",
        "{{ clean_id('lower(staged.email)') }}",
        "{{ clean_id('staged.email') }}",
        ("assert_customers_follow_their_evidence",),
    ),
    ModelFault(
        "identity: e-mails of users keep their case",
        "int_identity__user_traits",
        "{{ clean_id('lower(email)') }}",
        "{{ clean_id('email') }}",
        ("assert_customers_follow_their_evidence",),
    ),
    ModelFault(
        "identity: any of several users is taken",
        "int_identity__claims",
        "{{ only_user() }}",
        "min(user_id) as user_id",
        ("assert_customers_follow_their_evidence",),
    ),
    ModelFault(
        "identity: fan-out over the users of an e-mail",
        "int_identity__claims",
        "    group by email\n",
        "    group by email, user_id\n",
        ("dbt_utils_unique_combination_of_columns_int_identity__claims",),
    ),
    ModelFault(
        "identity: ambiguous customers are not told",
        "int_identity__customers",
        "max(user_count) > 1 or count(distinct user_id) > 1",
        "max(user_count) > 2",
        ("the_strongest_evidence_decides_unless_it_names_several_users",),
    ),
    ModelFault(
        "identity: devices of two users are not told",
        "identity_ambiguities",
        "    where user_count > 1\n",
        "    where user_count > 2\n",
        ("assert_ambiguities_are_reported",),
    ),
    ModelFault(
        "identity: a shared device is everybody's",
        "int_identity__device_users",
        "count(*) over (partition by anonymous_id)",
        "count(*) over (partition by anonymous_id, user_id)",
        (
            "dbt_utils_unique_combination_of_columns_int_journeys__sessions",
            "assert_ambiguities_are_reported",
        ),
    ),
    # Journeys
    ModelFault(
        "journeys: visits before the log-in are nobody's",
        "int_journeys__sessions",
        "            when device_users.user_id is not null then 'user:' || "
        "device_users.user_id\n",
        "",
        ("assert_sessions_are_of_one_person",),
    ),
    ModelFault(
        "journeys: visits on a shared device are all the first user's",
        "int_journeys__sessions",
        "    where user_count = 1\n",
        "    where user_count = 1 or user_id = 'u_one'\n",
        ("assert_sessions_are_of_one_person",),
    ),
    ModelFault(
        "journeys: a pause of a day",
        "int_journeys__sessions_found",
        "{{ session_end('previous_at') }}",
        "{{ dbt.dateadd('day', 1, 'previous_at') }}",
        ("assert_sessions_begin_for_a_reason",),
    ),
    ModelFault(
        "journeys: another campaign begins nothing",
        "int_journeys__sessions_found",
        "when campaign <> coalesce(previous_campaign, '') then 1",
        "when campaign <> coalesce(previous_campaign, '') then 0",
        ("assert_sessions_begin_for_a_reason",),
    ),
    ModelFault(
        "journeys: every campaign begins a session, the same again too",
        "int_journeys__sessions_found",
        "when campaign <> coalesce(previous_campaign, '') then 1",
        "when campaign is not null then 1",
        ("assert_sessions_begin_for_a_reason",),
    ),
    ModelFault(
        "journeys: as_of ignored",
        "int_identity__touches",
        "    where {{ is_by_as_of('occurred_at') }}\n",
        "",
        ("assert_touches_precede_payment",),
    ),
    ModelFault(
        "screens: no visits",
        "int_identity__touches",
        "    from screens\n",
        "    from screens\n    where 1 = 0\n",
        ("a_screen_is_a_call_like_a_page_without_an_address",),
    ),
    ModelFault(
        "screens: later than a page of the same moment",
        "int_identity__touches",
        "call_columns('screen', 1,",
        "call_columns('screen', 4,",
        ("a_screen_is_a_call_like_a_page_without_an_address",),
    ),
    ModelFault(
        "journeys: the website refers to itself",
        "int_identity__touches",
        "when referrer_host = page_host then null",
        "when referrer_host = '' then null",
        ("referrers_become_hosts_and_the_website_itself_is_none",),
    ),
    ModelFault(
        "channels: the last rule that fits",
        "int_journeys__sessions",
        "order by channel_rules.priority",
        "order by channel_rules.priority desc",
        ("assert_channels_follow_their_rules",),
    ),
    ModelFault(
        "channels: the referrer before the campaign",
        "int_journeys__sessions",
        "            when campaign_source is not null or campaign_medium is not null\n",
        "            when referrer_host is null and campaign_source is not null\n",
        ("assert_channels_follow_their_rules",),
    ),
    ModelFault(
        "channels: the case of a campaign counts",
        "int_journeys__sessions",
        "coalesce(lower(sessions.campaign_source), '')",
        "coalesce(sessions.campaign_source, '')",
        ("not_null_int_journeys__sessions_channel",),
    ),
    ModelFault(
        "touches: those after the first payment count",
        "int_journeys__first_last_touches",
        "or sessions.started_at <= first_charges.first_payment_at",
        "or sessions.started_at is not null",
        ("assert_touches_precede_payment",),
    ),
    ModelFault(
        "touches: first and last confused",
        "int_journeys__first_last_touches",
        "                sessions.started_at,\n",
        "                sessions.started_at desc,\n",
        ("assert_touches_precede_payment",),
    ),
    ModelFault(
        "touches: who has not paid has a last one",
        "int_journeys__first_last_touches",
        "        and is_paid_for\n",
        "",
        ("assert_touches_precede_payment",),
    ),
    ModelFault(
        "first payment: failed ones count",
        "int_journeys__customers_charged",
        "min(case when is_gross then created_at end) as first_payment_at",
        "min(created_at) as first_payment_at",
        ("assert_touches_precede_payment",),
    ),
    ModelFault(
        "first payment: the last one",
        "int_journeys__customers_charged",
        "min(case when is_gross then created_at end) as first_payment_at",
        "max(case when is_gross then created_at end) as first_payment_at",
        ("assert_touches_precede_payment",),
    ),
    ModelFault(
        "people: fan-out over a user's customers",
        "int_journeys__people",
        "    where person_id not like 'user:%'\n    group by person_id\n",
        "    group by person_id, source_relation, customer_id\n",
        ("unique_int_journeys__people_person_id",),
    ),
    ModelFault(
        "people: acquired on a day of UTC",
        "int_journeys__people",
        "reporting_date('acquired_at')",
        "'cast(acquired_at as date)'",
        ("assert_touches_precede_payment",),
    ),
    ModelFault(
        "people: acquired when they paid",
        "int_journeys__people",
        "coalesce(touches.first_touch_at, people.known_at)",
        "coalesce(first_charges.first_payment_at, touches.first_touch_at)",
        ("assert_touches_precede_payment",),
    ),
    # Lifetime value
    ModelFault(
        "lifetime value: gross in place of net",
        "customer_lifetime_value",
        "figures.net_volume_amount as lifetime_value_amount",
        "figures.gross_charge_amount as lifetime_value_amount",
        ("assert_lifetime_values_equal_facts", "assert_lifetime_value_equals_net"),
    ),
    ModelFault(
        "lifetime value: refunds not taken off",
        "int_summaries__balances_by_customer",
        "    where is_net_volume\n",
        "    where is_net_volume and reporting_category <> 'refund'\n",
        ("assert_lifetime_values_equal_facts",),
    ),
    ModelFault(
        "lifetime value: only the home currency",
        "customer_lifetime_value",
        "        and figures.customer_id = customers.customer_id\n",
        "        and figures.customer_id = customers.customer_id\n"
        "        and figures.currency = customers.home_currency\n",
        ("assert_lifetime_values_equal_facts",),
    ),
    ModelFault(
        "lifetime value: fan-out over the churn of every currency",
        "customer_lifetime_value",
        "        and figures.currency = churn_rates.currency\n",
        "",
        ("dbt_utils_unique_combination_of_columns_customer_lifetime_value",),
    ),
    ModelFault(
        "cohorts: a month later",
        "int_lifetime_value__cohort_figures",
        "{{ months_since('people.acquisition_month', 'figures.reporting_date') }}",
        "1 + {{ months_since('people.acquisition_month', 'figures.reporting_date') }}",
        ("assert_lifetime_value_equals_net",),
    ),
    ModelFault(
        "cohorts: currencies mixed",
        "lifetime_value_cohorts",
        "        and cohort_months.currency = figures.currency\n",
        "",
        ("dbt_utils_unique_combination_of_columns_lifetime_value_cohorts",),
    ),
    ModelFault(
        "cohorts: channels mixed",
        "lifetime_value_cohorts",
        "        and cohort_months.channel = figures.channel\n",
        "",
        ("dbt_utils_unique_combination_of_columns_lifetime_value_cohorts",),
    ),
    ModelFault(
        "cohorts: who never paid is left out",
        "int_lifetime_value__cohort_months",
        "    where acquisition_month is not null\n",
        "    where first_payment_at is not null\n",
        ("assert_cohorts_hold_everyone",),
    ),
    ModelFault(
        "cohorts: value not added up",
        "lifetime_value_cohorts",
        "{{ running_total('net_amount') }}",
        "net_amount",
        ("assert_cohorts_hold_everyone",),
    ),
    ModelFault(
        "cohorts: customers counted by charge",
        "int_lifetime_value__cohort_figures",
        "        1 as customer_count,\n",
        "        2 as customer_count,\n",
        ("assert_cohorts_hold_everyone",),
    ),
    ModelFault(
        "funnel: sign-ups visit once more",
        "acquisition_funnel_daily",
        "        0 as visitor_count,\n        1 as sign_up_count,\n",
        "        1 as visitor_count,\n        1 as sign_up_count,\n",
        ("assert_funnel_equals_people",),
    ),
    ModelFault(
        "funnel: paid on the day of the sign-up",
        "acquisition_funnel_daily",
        "first_payment_date as reporting_date",
        "sign_up_date as reporting_date",
        ("assert_funnel_equals_people",),
    ),
    # Companies
    ModelFault(
        "companies: any call of a user, not the newest",
        "int_identity__user_companies",
        "    where by_user.call_rank = 1\n",
        "    where by_user.call_rank > 0\n",
        ("unique_int_identity__user_companies_user_id",),
    ),
    ModelFault(
        "companies: the oldest name",
        "int_identity__user_companies",
        "partition by company_id\n            order by {{ newest_call() }}",
        "partition by company_id\n            order by occurred_at",
        ("the_newest_call_names_the_company_of_a_user",),
    ),
    ModelFault(
        "companies: as_of ignored",
        "int_identity__user_companies",
        "    where {{ is_by_as_of('occurred_at') }}\n",
        "    where 1 = 1\n",
        ("the_newest_call_names_the_company_of_a_user",),
    ),
    ModelFault(
        "companies: a shared device speaks for its users",
        "int_identity__user_companies",
        "    where user_count = 1\n",
        "    where user_count > 0\n",
        ("the_newest_call_names_the_company_of_a_user",),
    ),
    ModelFault(
        "companies: devices say nothing",
        "int_identity__user_companies",
        "coalesce(group_calls.user_id, device_users.user_id)",
        "group_calls.user_id",
        ("the_newest_call_names_the_company_of_a_user",),
    ),
    ModelFault(
        "companies: a name of blanks is a name",
        "int_identity__user_companies",
        "{{ clean_id('name') }}",
        "name",
        ("the_newest_call_names_the_company_of_a_user",),
    ),
    ModelFault(
        "companies: customers of equal ids in two accounts are confused",
        "company_lifetime_value",
        "on customers.source_relation = companies.source_relation\n        and",
        "on",
        ("a_company_is_the_sum_of_its_customers_in_each_currency",),
    ),
    ModelFault(
        "companies: users are counted as customers",
        "company_lifetime_value",
        "count(distinct companies.user_id)",
        "count(companies.user_id)",
        ("a_company_is_the_sum_of_its_customers_in_each_currency",),
    ),
    ModelFault(
        "companies: a customer's company by anything but its user",
        "customer_companies",
        "on customers.user_id = companies.user_id",
        "on customers.customer_id = companies.user_id",
        ("assert_company_values_equal_customers",),
    ),
    # Steps of the funnel
    ModelFault(
        "steps: tracks of any event",
        "int_identity__touches",
        "'case when ' ~ is_own_step('event') ~ ' then event end'",
        "'event'",
        ("a_track_is_a_step_where_its_event_is_listed",),
    ),
    ModelFault(
        "steps: the event's own table ignored",
        "int_journeys__steps_reached",
        "    from step_events\n",
        "    from step_events\n    where 1 = 0\n",
        ("a_step_is_reached_at_the_first_call_of_the_person",),
    ),
    ModelFault(
        "steps: tracks ignored",
        "int_journeys__steps_reached",
        "    from touches\n",
        "    from touches\n    where 1 = 0\n",
        ("a_step_is_reached_at_the_first_call_of_the_person",),
    ),
    ModelFault(
        "steps: as_of ignored",
        "int_journeys__steps_reached",
        "    where {{ is_by_as_of('occurred_at') }}\n        and",
        "    where",
        ("a_step_is_reached_at_the_first_call_of_the_person",),
    ),
    ModelFault(
        "steps: reached at the last call",
        "int_journeys__steps_reached",
        "min(occurred_at)",
        "max(occurred_at)",
        ("a_step_is_reached_at_the_first_call_of_the_person",),
    ),
    ModelFault(
        "steps: calls of a device before it had a user are the device's",
        "int_journeys__steps_reached",
        "when device_users.user_id is not null",
        "when device_users.user_id = ''",
        ("a_step_is_reached_at_the_first_call_of_the_person",),
    ),
    ModelFault(
        "steps: a shared device's calls are of its users",
        "int_journeys__steps_reached",
        "    where user_count = 1\n",
        "    where user_count > 0\n",
        ("a_step_is_reached_at_the_first_call_of_the_person",),
    ),
    ModelFault(
        "steps: people whom only an event knows",
        "acquisition_steps_daily",
        "    inner join people\n",
        "    left join people\n",
        ("people_of_each_step_are_counted_on_its_day",),
    ),
    ModelFault(
        "steps: those not listed, too",
        "acquisition_steps_daily",
        "    inner join steps\n",
        "    left join steps\n",
        ("people_of_each_step_are_counted_on_its_day",),
    ),
    ModelFault(
        "steps: a visit on the day of the sign-up",
        "acquisition_steps_daily",
        "first_touch_date as reporting_date",
        "sign_up_date as reporting_date",
        ("assert_steps_equal_funnel",),
    ),
    ModelFault(
        "steps: what came before the first visit is in its month",
        "acquisition_steps_daily",
        "months_between(",
        "months_since(",
        ("people_of_each_step_are_counted_on_its_day",),
    ),
)
