"""Identity, visits and lifetime value of the reference against figures by hand."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from reference import Settings, compute
from reference.identity import call_of
from reference.journeys import channel_of, host_of, is_like, referring_host, visits
from reference.lifetime_value import days_after, month_after, spends

SETTINGS = Settings(as_of=date(2026, 4, 10))
NINE = datetime(2026, 3, 1, 9)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MICROSECOND = timedelta(microseconds=1)


def page(number: int, moment: datetime | None, **columns) -> dict:
    """A page call of device a_1, unless told."""
    row = {"id": f"p_{number}", "anonymous_id": "a_1", "timestamp": moment}
    return row | columns


def customer(number: int = 1, **columns) -> dict:
    """A customer in usd."""
    return {"id": f"cus_{number}", "currency": "usd", "created": NINE} | columns


def charge(number: int, moment: datetime, **columns) -> dict:
    """10.00 usd of cus_1."""
    row = {"id": f"ch_{number}", "customer_id": "cus_1", "amount": 1000}
    row |= {"currency": "usd", "status": "succeeded", "created": moment}
    return row | columns


def values(account: dict, events: dict | None = None, settings=SETTINGS) -> dict:
    """Rows of customer_lifetime_value of one account, by customer."""
    found = compute({"stripe": account}, settings, {"website": events or {}})
    return {row["customer_id"]: row for row in found["customer_lifetime_value"]}


@pytest.mark.parametrize(
    ("gap", "count"), [(30 * MINUTE, 1), (30 * MINUTE + MICROSECOND, 2)]
)
def test_a_visit_ends_after_more_than_the_idle_minutes(gap, count):
    calls = [call_of("pages", "w", page(n, NINE + n * gap)) for n in range(2)]
    assert len(visits(calls, 30 * MINUTE)) == count


def test_only_a_campaign_unlike_the_one_before_begins_a_visit():
    said = [("a", "x"), ("a", "y"), (None, None), ("A", None), ("a", None)]
    calls = [
        call_of(
            "pages",
            "w",
            page(n, NINE, context_campaign_source=source, context_campaign_term=term),
        )
        for n, (source, term) in enumerate(said)
    ]
    assert [len(visit) for visit in visits(calls, 30 * MINUTE)] == [3, 1, 1]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Google.com/search", "google.com"),
        ("//shop.example:8080", "shop.example"),
        ("https://shop.example?a=//b", "shop.example"),
        ("https://shop.example#x", "shop.example"),
        ("android-app://com.app/", "com.app"),
        ("shop.example/a", None),
        ("https://", None),
        (None, None),
    ],
)
def test_a_host_is_what_stands_after_the_slashes(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("referrer", "host"),
    [
        ("https://www.shop.example/", None),
        ("https://blog.shop.example/", None),
        ("https://example/", None),
        ("https://myshop.example/", "myshop.example"),
    ],
)
def test_the_shop_itself_is_no_referrer(referrer, host):
    row = page(1, NINE, referrer=referrer, url="https://shop.example/")
    assert referring_host(call_of("pages", "w", row)) == host


def test_patterns_are_those_of_like():
    assert is_like("paid-social_x", "paid_social%")
    assert not is_like("a.b", "a.c")
    assert is_like("a+b\nc", "a+b%")
    assert not is_like("xgoogle.com", "google.%")


def test_the_lowest_priority_that_fits_gives_the_channel():
    assert channel_of("campaign", "facebook", "cpc", "") == "paid_social"
    assert channel_of("campaign", "google", "cpc", "") == "paid_search"
    assert channel_of("campaign", "", "x", "google.com") == "other_campaign"
    assert channel_of("referrer", "", "", "google.com") == "organic_search"
    assert channel_of("none", "", "", "") == "direct"


def test_stronger_evidence_decides_and_weaker_breaks_no_tie():
    settings = Settings(as_of=SETTINGS.as_of, identity_metadata_column="metadata_user")
    account = {
        "customers": [
            customer(1, email="x@example.com", metadata_user=" u_9 "),
            customer(2, email=" X@example.com"),
            customer(3, email="x@example.com"),
            customer(4, email=" "),
        ]
    }
    users = [
        {"id": "u_1", "email": "x@example.com "},
        {"id": "u_2", "email": " ", "stripe_customer_id": "cus_3"},
        {"id": "u_3", "stripe_customer_id": "cus_3"},
        {"id": "u_4", "stripe_customer_id": "cus_1", "created_at": NINE + 90 * DAY},
    ]
    found = values(account, {"users": users}, settings)
    assert {name: (r["user_id"], r["match_method"]) for name, r in found.items()} == {
        "cus_1": ("u_9", "metadata"),
        "cus_2": ("u_1", "email"),
        "cus_3": (None, None),
        "cus_4": (None, None),
    }
    without = values(account, {"users": users})
    assert without["cus_1"]["match_method"] == "email"


def test_visits_count_up_to_the_first_payment_of_any_customer_of_the_person():
    users = [{"id": "u_1", "stripe_customer_id": f"cus_{n}"} for n in (1, 2)]
    pages = [
        page(1, NINE, user_id="u_1", context_campaign_medium="email"),
        page(2, NINE + DAY, user_id="u_1"),
        page(3, NINE + DAY + MICROSECOND, user_id="u_1", context_campaign_source="x"),
        page(4, NINE - DAY, anonymous_id=None, user_id="u_1"),
        page(5, None, user_id="u_1"),
    ]
    events = {"users": users[:1], "pages": pages}
    events["identifies"] = [users[1] | {"id": "i_1", "user_id": "u_1"}]
    account = {
        "customers": [customer(1), customer(2)],
        "charges": [
            charge(1, NINE + 2 * DAY),
            charge(2, NINE + DAY, customer_id="cus_2"),
            charge(3, NINE - 5 * DAY, status="failed"),
        ],
    }
    found = values(account, events)
    assert found["cus_1"]["first_touch_channel"] == "email"
    assert found["cus_1"]["last_touch_channel"] == "direct"
    assert found["cus_1"]["days_to_first_payment"] == 2
    assert found["cus_2"]["days_to_first_payment"] == 1
    assert found["cus_1"]["signed_up_at"] == NINE - DAY
    assert found["cus_1"]["days_to_sign_up"] is None
    assert found["cus_1"]["tenure_days"] == 38


def test_what_is_dated_before_the_cohort_counts_in_its_first_month():
    moved = {"id": "txn_1", "source": "ch_1", "type": "charge", "currency": "usd"}
    moved |= {"amount": 1000, "fee": 100, "net": 900}
    account = {
        "customers": [customer(created=datetime(2026, 3, 1))],
        "charges": [charge(1, datetime(2026, 3, 1))],
        "balance_transactions": [moved | {"created": datetime(2026, 2, 28, 23)}],
    }
    rows = compute({"stripe": account}, SETTINGS)["lifetime_value_cohorts"]
    assert [(r["months_since"], r["cumulative_net_amount"]) for r in rows] == [
        (0, Decimal(9)),
        (1, Decimal(9)),
    ]


def test_spend_without_date_channel_or_currency_is_left_out():
    row = {"date": NINE.date(), "channel": " TV ", "currency": "USD", "spend": None}
    rows = [row, *[row | {name: None} for name in ("date", "channel", "currency")]]
    rows.append(row | {"spend": Decimal("1.5")})
    rows.append(row | {"date": date(2026, 4, 11), "spend": Decimal(1)})
    assert spends(rows, SETTINGS) == {(date(2026, 3, 1), "tv", "usd"): Decimal("1.5")}


def test_days_are_not_negative():
    assert days_after(NINE, NINE + DAY / 3) == Decimal("0.333333")
    assert days_after(NINE, NINE - MICROSECOND) is None
    assert days_after(None, NINE) is None


def test_months_go_over_the_end_of_a_year():
    assert month_after(date(2025, 11, 1), 2) == date(2026, 1, 1)
