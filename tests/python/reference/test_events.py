"""Screens, companies and funnel steps of the reference against answers by hand."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from reference import Settings, compute

SETTINGS = Settings(as_of=date(2026, 4, 10))
NINE = datetime(2026, 3, 1, 9)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
USERS = [{"id": f"u_{n}", "stripe_customer_id": f"cus_{n}"} for n in (1, 2)]
ACCOUNT = {
    "customers": [
        {"id": f"cus_{n}", "currency": "usd", "created": NINE} for n in (1, 2, 3)
    ],
    "charges": [
        {"id": f"ch_{n}", "customer_id": f"cus_{n}", "amount": 1000, "created": NINE}
        | {"currency": "usd", "status": "succeeded"}
        for n in (1, 2, 3)
    ],
}


def call(call_id: str, moment: datetime | None = None, **columns) -> dict:
    """A call at that moment."""
    return {"id": call_id, "timestamp": moment} | columns


def marts(events: dict, settings: Settings = SETTINGS, **others) -> dict:
    """Every mart of one account and of event sources; website is the first of them."""
    sources = {"website": {"users": USERS} | events} | others
    return compute({"stripe": ACCOUNT}, settings, sources)


def companies(groups: list[dict], **tables) -> dict:
    """Company of each customer that has one: its id and name."""
    rows = marts({"groups": groups} | tables)["customer_companies"]
    return {r["customer_id"]: (r["company_id"], r["company_name"]) for r in rows}


def test_a_screen_is_a_visit_in_the_place_of_a_page():
    device = {"anonymous_id": "a_1"}
    campaign = {"context_campaign_medium": "email"}
    events = {
        "pages": [call("v_2", NINE, **device)],
        "tracks": [call("v_0", NINE, **device)],
        "screens": [call("v_1", NINE, **device, **campaign)],
        "identifies": [call("v_3", NINE, **device, user_id="u_1")],
    }
    (first, *_) = marts(events)["customer_lifetime_value"]
    assert first["first_touch_channel"] == "email"
    events["screens"][0]["id"] = "v_3"
    (first, *_) = marts(events)["customer_lifetime_value"]
    assert first["first_touch_channel"] == "direct"


def test_a_screen_alone_opens_visits_and_names_the_user_of_its_device():
    screens = [
        call("s_1", NINE - DAY, anonymous_id="a_1", context_page_referrer="//bing.com"),
        call("s_2", NINE, anonymous_id="a_1", user_id="u_1"),
    ]
    (first, *_) = marts({"screens": screens})["customer_lifetime_value"]
    assert first["first_touch_at"] == NINE - DAY
    assert first["first_touch_channel"] == "direct"


def test_the_newest_group_call_says_which_company():
    groups = [
        call("g_9", NINE, user_id="u_1", group_id="old", name="Old"),
        call("g_2", NINE + DAY, user_id=" u_1 ", group_id=" new ", name=" "),
        call("g_3", NINE + 2 * DAY, user_id="u_1", group_id=" ", name="Nobody"),
        call("g_4", None, user_id="u_1", group_id="undated"),
        call("g_5", NINE + 100 * DAY, user_id="u_1", group_id="later"),
        call("g_6", None, user_id="u_2", group_id="new", name="Undated"),
    ]
    assert companies(groups) == dict.fromkeys(("cus_1", "cus_2"), ("new", "Undated"))


def test_the_greatest_id_then_the_smallest_source_decides_at_one_moment():
    say = {"user_id": "u_1"}
    groups = [
        call("G_3", NINE, **say, group_id="c"),
        call("g_1", NINE, **say, group_id="a"),
        call("g_2", NINE, **say, group_id="b", name="of the website"),
    ]
    assert companies(groups) == {"cus_1": ("b", "of the website")}
    app = {"groups": [groups[2] | {"name": "of the app", "group_id": "b"}]}
    (row,) = marts({"groups": groups}, app=app)["customer_companies"]
    assert row["company_name"] == "of the app"


def test_a_device_of_one_user_speaks_for_it_and_a_shared_one_for_nobody():
    pages = [
        call("p_1", NINE, anonymous_id="a_1", user_id="u_1"),
        call("p_2", NINE, anonymous_id="a_2", user_id="u_1"),
        call("p_3", NINE, anonymous_id="a_2", user_id="u_2"),
    ]
    groups = [
        call("g_1", NINE, anonymous_id="a_1", group_id="acme", name="Acme"),
        call("g_2", NINE + DAY, anonymous_id="a_2", group_id="bolt"),
        # A group call does not say whose a device is.
        call("g_3", NINE, anonymous_id="a_3", user_id="u_2", group_id="core"),
        call("g_4", NINE + DAY, anonymous_id="a_3", group_id="dust"),
        call("g_5", NINE + DAY, group_id="acme", name="Acme Ltd"),
    ]
    assert companies(groups, pages=pages) == {
        "cus_1": ("acme", "Acme Ltd"),
        "cus_2": ("core", None),
    }


def test_a_company_is_worth_what_its_customers_are():
    groups = [
        call(f"g_{n}", NINE, user_id=f"u_{n}", group_id="acme") for n in (1, 2, 9)
    ]
    (row,) = marts({"groups": groups})["company_lifetime_value"]
    assert (row["company_id"], row["company_name"], row["currency"]) == (
        "acme",
        None,
        "usd",
    )
    assert (row["customer_count"], row["user_count"]) == (2, 2)
    assert row["gross_amount"] == Decimal(20)
    assert row["lifetime_value_amount"] is None
    assert row["predicted_lifetime_value_amount"] is None


def steps(listed: list[str], events: dict) -> list[tuple]:
    """Rows of acquisition_steps_daily, in short."""
    settings = Settings(as_of=SETTINGS.as_of, funnel_steps=listed)
    return [
        (
            row["step_number"],
            row["step"],
            row["channel"],
            row["reporting_date"],
            row["person_count"],
            row["months_since_acquisition"],
        )
        for row in marts(events, settings)["acquisition_steps_daily"]
    ]


def test_only_listed_steps_are_shown_in_their_order():
    pages = [call("p_1", NINE - DAY, anonymous_id="a_1", user_id="u_1")]
    first, before = NINE.date(), (NINE - DAY).date()
    assert sorted(steps(["first_payment", "visit"], {"pages": pages})) == [
        (1, "first_payment", "direct", first, 1, 1),
        (1, "first_payment", "untracked", first, 2, 0),
        (2, "visit", "direct", before, 1, 0),
    ]


def test_the_first_dated_call_of_an_event_counts_for_people_known_otherwise():
    device = {"anonymous_id": "a_1"}
    events = {
        "pages": [
            call("p_1", NINE, **device, user_id="u_1"),
            call("p_2", NINE, anonymous_id="a_2"),
        ],
        "trial_started": [
            call("t_1", None, **device),
            call("t_2", NINE + 40 * DAY, **device),
            call("t_3", NINE + 3 * DAY, anonymous_id="a_2"),
            call("t_4", NINE, anonymous_id="never seen"),
            call("t_5", NINE, user_id="never seen"),
            call("t_6", NINE),
            call("t_7", NINE - 40 * DAY, user_id="u_2"),
            call("t_8", NINE + 100 * DAY, user_id="u_2"),
        ],
        "tracks": [
            call("t_9", NINE + 35 * DAY, user_id="u_1", event="trial_started"),
            call("t_0", NINE + 4 * DAY, user_id="u_1", event="Trial_Started"),
        ],
    }
    day = NINE.date()
    assert sorted(steps(["trial_started"], events)) == [
        (1, "trial_started", "direct", day + 3 * DAY, 1, 0),
        (1, "trial_started", "direct", day + 35 * DAY, 1, 1),
        (1, "trial_started", "untracked", day - 40 * DAY, 1, -2),
    ]
