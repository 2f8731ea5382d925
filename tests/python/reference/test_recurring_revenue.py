"""Recurring revenue of the reference against figures worked out by hand."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from reference import Settings, compute
from reference.subscriptions import end_of_day, major

SETTINGS = Settings(as_of=date(2026, 4, 10))
JANUARY = datetime(2026, 1, 10)
MARCH = datetime(2026, 3, 5)
DAY = timedelta(days=1)


def subscription(number: int = 1, **columns) -> dict:
    """An active one of cus_1 on the plan `monthly`, known since 2026-01-10."""
    row = {"id": f"sub_{number}", "customer_id": "cus_1", "status": "active"}
    row |= {"created": JANUARY, "received_at": JANUARY, "plan_id": "monthly"}
    return row | columns


def item(number: int = 1, **columns) -> dict:
    """One unit of the plan `monthly`, of sub_1."""
    row = {"id": f"si_{number}", "subscription_id": "sub_1", "plan_id": "monthly"}
    return row | {"received_at": JANUARY, "created": JANUARY, "quantity": 1} | columns


def plan(name: str = "monthly", **columns) -> dict:
    """10.00 usd a month, unless told."""
    row = {"id": name, "amount": 1000, "currency": "usd", "interval": "month"}
    return row | columns


def invoice(number: int = 1, **columns) -> dict:
    """A paid one of cus_1, of 2026-01-10."""
    row = {"id": f"in_{number}", "customer_id": "cus_1", "status": "paid"}
    return row | {"created": JANUARY, "currency": "usd"} | columns


def line(number: int = 1, **columns) -> dict:
    """A line of in_1 that bills `monthly` of sub_1 until 2026-02-10."""
    row = {"id": f"il_{number}", "invoice_id": "in_1", "type": "subscription"}
    row |= {"subscription_id": "sub_1", "plan_id": "monthly", "amount": 1000}
    row |= {"currency": "usd", "period_start": JANUARY}
    return row | {"period_end": datetime(2026, 2, 10)} | columns


def coupon(**columns) -> dict:
    """20 % off for ever."""
    return {"id": "co_1", "duration": "forever", "percent_off": 20} | columns


def discount(number: int = 1, **columns) -> dict:
    """co_1 on sub_1, without dates."""
    row = {"id": f"di_{number}", "coupon_id": "co_1", "subscription": "sub_1"}
    return row | columns


def run(settings: Settings = SETTINGS, **account):
    """The three marts of one source; plan `monthly` and sub_1 unless told."""
    account = {"plans": [plan()], "subscriptions": [subscription()]} | account
    return compute({"stripe": account}, settings)


def closing(marts: dict) -> dict[str, Decimal]:
    """Month -> closing revenue of all customers, where there is any."""
    return {
        f"{row['reporting_month']:%Y-%m}": row["closing_mrr_amount"]
        for row in marts["mrr_monthly"]
    }


def mrr(**account) -> Decimal:
    """Recurring revenue of sub_1 in the as-of month, by both routes."""
    marts = run(**account)
    (row,) = marts["fct_subscriptions"]
    by_month = closing(marts).get("2026-04", Decimal(0))
    assert row["mrr_amount"] == by_month
    return by_month


@pytest.mark.parametrize(
    ("terms", "amount"),
    [
        ({}, "10"),
        ({"interval": "day"}, "304.166667"),  # 10 x 365/12
        ({"interval": "week"}, "43.333333"),  # 10 x 52/12
        ({"interval": "year"}, "0.833333"),
        ({"interval_count": 3}, "3.333333"),
        ({"interval_count": 0}, "10"),
        ({"interval": "week", "interval_count": 2}, "21.666667"),
        ({"amount": None}, "0"),
        ({"amount": 0}, "0"),
        ({"interval": "decade"}, "0"),
        ({"currency": "jpy"}, "1000"),
        ({"currency": "kwd"}, "1"),
        ({"currency": "zzz"}, "0"),
    ],
)
def test_a_plan_is_worth_a_month(terms, amount):
    assert mrr(plans=[plan(**terms)]) == Decimal(amount)


def test_six_subscriptions_on_one_plan():
    plans = [plan(), plan("yearly", interval="year"), plan("daily", interval="day")]
    made = [
        subscription(1, customer_id="cus_1"),
        subscription(2, customer_id="cus_2", status="trialing"),
        subscription(3, customer_id="cus_3", status="unpaid"),
        subscription(4, customer_id="cus_4", status="incomplete_expired"),
        subscription(5, customer_id="cus_5", status="canceled", plan_id="yearly"),
        subscription(6, customer_id="cus_6", plan_id="daily"),
    ]
    marts = run(subscriptions=made, plans=plans)
    assert closing(marts)["2026-04"] == Decimal("314.166667")
    april = [r for r in marts["fct_customer_mrr"] if r["reporting_month"].month == 4]
    assert {row["customer_id"]: row["mrr_amount"] for row in april} == {
        "cus_1": Decimal(10),
        "cus_6": Decimal("304.166667"),
    }


def test_items_take_the_place_of_the_plan():
    two = [item(1, quantity=3), item(2, quantity=None)]
    assert mrr(subscription_items=two) == 40
    assert mrr(subscription_items=[item(quantity=0)]) == 0
    assert mrr(subscription_items=[item(subscription_id="sub_2")]) == 10
    assert mrr(subscriptions=[subscription(quantity=4)]) == 40


def test_a_subscription_is_in_the_currency_of_its_first_plan_that_is_known():
    plans = [plan(), plan("dinar", currency="kwd")]
    items = [item(1, plan_id="gone"), item(2), item(3, plan_id="dinar")]
    (row,) = run(plans=plans, subscription_items=items)["fct_subscriptions"]
    assert (row["currency"], row["mrr_amount"]) == ("usd", 10)
    # The one that was replaced stays, at quantity 0.
    swapped = [item(2, quantity=0), item(3, plan_id="dinar")]
    (row,) = run(plans=plans, subscription_items=swapped)["fct_subscriptions"]
    assert (row["currency"], row["mrr_amount"]) == ("kwd", 1)


def test_items_of_after_the_day_are_not_there_yet():
    items = [item(1), item(2, created=datetime(2026, 4, 11), quantity=9)]
    (row,) = run(subscription_items=items)["fct_subscriptions"]
    assert (row["item_count"], row["quantity"], row["mrr_amount"]) == (1, 1, 10)


def test_a_line_without_a_subscription_is_of_its_invoices():
    made = [invoice(subscription_id="sub_2")]
    lines = [line(subscription_id=None)]
    marts = run(subscriptions=[], invoice_lines=lines, invoices=made)
    assert closing(marts)["2026-01"] == 10
    assert (
        run(subscriptions=[], invoice_lines=lines, invoices=[invoice()])["mrr_monthly"]
        == []
    )


def test_what_cannot_be_valued_is_counted():
    plans = [plan(), plan("metered", amount=None)]
    items = [item(1), item(2, plan_id="metered"), item(3, plan_id="gone")]
    marts = run(plans=plans, subscription_items=items)
    (row,) = marts["fct_subscriptions"]
    assert (row["item_count"], row["excluded_item_count"]) == (3, 2)
    # The plan that is not delivered has no currency to be counted in.
    assert marts["mrr_monthly"][-1]["excluded_item_count"] == 1


@pytest.mark.parametrize(
    ("terms", "amount"),
    [
        ({}, "8"),
        ({"percent_off": 33, "percent_off_precise": Decimal("33.333333")}, "6.666667"),
        ({"percent_off": 120}, "0"),
        ({"duration": "once"}, "10"),
        ({"duration": "repeating"}, "10"),
        ({"percent_off": None, "amount_off": 250, "currency": "usd"}, "7.5"),
        ({"percent_off": None, "amount_off": 250, "currency": "eur"}, "10"),
        ({"percent_off": None, "amount_off": 2500, "currency": "usd"}, "0"),
        ({"amount_off": 250, "currency": "usd"}, "5.5"),
    ],
)
def test_a_coupon_lowers_revenue(terms, amount):
    account = {"coupons": [coupon(**terms)], "discounts": [discount()]}
    assert mrr(**account) == Decimal(amount)


def test_an_amount_off_is_shared_by_the_items():
    # 30.00 and 10.00 a year with 8.00 off: 32/40 of each, a twelfth of it a month.
    terms = coupon(percent_off=None, amount_off=800, currency="usd")
    plans = [plan(interval="year"), plan("metered", amount=None)]
    items = [item(1, quantity=3), item(2), item(3, plan_id="metered")]
    account = {"coupons": [terms], "discounts": [discount()], "plans": plans}
    # 30 x 0.8 / 12 = 2; 10 x 0.8 / 12 = 0.666667
    assert mrr(subscription_items=items, **account) == Decimal("2.666667")


def test_whose_discount_applies():
    half = coupon(id="co_2", percent_off=50)
    of_customer = discount(2, coupon_id="co_2", subscription=None, customer_id="cus_1")
    account = {"coupons": [coupon(), half]}
    assert mrr(discounts=[of_customer], **account) == 5
    assert mrr(discounts=[of_customer, discount()], **account) == 8
    ended = discount(end=datetime(2026, 4, 10))
    assert mrr(discounts=[of_customer, ended], **account) == 5
    assert mrr(discounts=[of_customer, discount(is_deleted=True)], **account) == 5
    named = [subscription(discount_id="di_3")]
    loose = discount(3, subscription=None)
    assert mrr(subscriptions=named, discounts=[of_customer, loose], **account) == 8
    customers = [{"id": "cus_1", "discount_id": "di_3"}]
    assert mrr(customers=customers, discounts=[loose], **account) == 8


@pytest.mark.parametrize(
    ("columns", "amount"),
    [
        ({}, "4.5"),
        ({"discount_id": "di_1"}, "4.5"),
        ({"discount_id": "di_2"}, "9"),
        ({"discount_id": "di_9"}, "10"),
        ({"discount_id": None}, "10"),
    ],
)
def test_discounts_of_one_subscription_stack_unless_replaced(columns, amount):
    # 5.00 off, then 10 %; the other way round it were 4.
    coupons = [coupon(percent_off=None, amount_off=500, currency="usd")]
    coupons.append(coupon(id="co_2", percent_off=10))
    discounts = [
        discount(2, coupon_id="co_2", start=datetime(2026, 2, 2)),
        discount(1, start=datetime(2026, 2, 1)),
    ]
    assert mrr(
        subscriptions=[subscription(**columns)],
        coupons=coupons,
        discounts=discounts,
    ) == Decimal(amount)


def test_discounts_of_one_start_apply_by_id():
    # 10.00 less 10 %, less 5.00; di_1 is the percentage.
    euros = {"percent_off": None, "amount_off": 500, "currency": "usd"}
    coupons = [coupon(percent_off=10), coupon(id="co_2", **euros)]
    both = [discount(10, coupon_id="co_2"), discount(1)]
    assert mrr(coupons=coupons, discounts=both) == 4
    # The first brings it to nothing, and it stays there.
    all_off = coupon(id="co_2", **euros | {"amount_off": 5000})
    assert mrr(coupons=[coupons[0], all_off], discounts=both) == 0


def test_of_a_customers_discounts_the_last_one_applies():
    half = coupon(id="co_2", percent_off=50)
    loose = {"subscription": None, "customer_id": "cus_1"}
    both = [
        discount(1, coupon_id="co_2", start=datetime(2026, 2, 1), **loose),
        discount(2, start=JANUARY, **loose),
    ]
    assert mrr(coupons=[coupon(), half], discounts=both) == 5


TAXES = [
    {"id": "txr_in", "inclusive": True, "percentage": 20},
    {"id": "txr_two", "inclusive": True, "percentage": Decimal("5.5")},
    {"id": "txr_on", "inclusive": False, "percentage": 20},
    {"id": "txr_odd", "percentage": 20},
]


@pytest.mark.parametrize(
    ("named", "amount"),
    [
        (None, "10"),
        ("txr_in", "8.333333"),
        ('["txr_in", "txr_two"]', "7.968127"),  # 10 / 1.255
        ("['txr_in','txr_on']", "8.333333"),
        ("txr_on", "10"),
        ("txr_odd", "10"),
        ("txr_gone", "10"),
    ],
)
def test_tax_inside_the_price_is_no_revenue(named, amount):
    account = {"tax_rates": TAXES, "subscription_items": [item(tax_rates=named)]}
    assert mrr(**account) == Decimal(amount)
    # 20 % off first, rounded once.
    less = {"coupons": [coupon()], "discounts": [discount()]}
    if named == "txr_in":
        assert mrr(**account, **less) == Decimal("6.666667")
    lines = [line(tax_rates=named)]
    billed = {"subscriptions": [], "invoice_lines": lines, "invoices": [invoice()]}
    assert closing(run(tax_rates=TAXES, **billed))["2026-01"] == Decimal(amount)


def test_a_discount_is_gone_from_the_first_version_that_says_so():
    kept = discount() | {"discount_id": "di_1", "dbt_valid_from": JANUARY}
    said = kept | {"dbt_valid_from": MARCH, "is_deleted": True, "dbt_valid_to": None}
    kept |= {"dbt_valid_to": MARCH}
    account = {"coupons": [coupon()]}
    account["discounts"] = [discount(is_deleted=True, received_at=MARCH)]
    for snapshot, after in (
        ([kept, said], ["8", "8", "10", "10"]),
        ([kept], ["8", "8", "10", "10"]),
        ([said], ["10"] * 4),
        ([], ["10"] * 4),
    ):
        marts = run(discounts_snapshot=snapshot, **account)
        assert list(closing(marts).values()) == [Decimal(each) for each in after]


def test_an_item_that_is_deleted_is_gone():
    gone = item(2, is_deleted=True, quantity=9)
    assert mrr(subscription_items=[item(), gone]) == 10
    # Where none is left its own plan stands in.
    assert mrr(subscription_items=[gone]) == 10
    # It was there until its snapshot said otherwise.
    old = item(2, quantity=4) | {"subscription_item_id": "si_2"}
    kept = [
        old | {"dbt_valid_from": JANUARY, "dbt_valid_to": MARCH},
        old | {"dbt_valid_from": MARCH, "dbt_valid_to": None, "is_deleted": True},
    ]
    current = [item(), item(2, quantity=4, is_deleted=True, received_at=MARCH)]
    marts = run(subscription_items_snapshot=kept, subscription_items=current)
    assert list(closing(marts).values()) == [50, 50, 10, 10]


def test_an_item_of_after_the_as_of_day_is_none_of_its_versions():
    later = item(quantity=7, created=datetime(2030, 1, 1), received_at=MARCH)
    kept = later | {"subscription_item_id": later["id"], "dbt_valid_to": None}
    kept |= {"created_at": later["created"], "dbt_valid_from": JANUARY}
    marts = run(subscription_items_snapshot=[kept], subscription_items=[later])
    assert set(closing(marts).values()) == {10}


@pytest.mark.parametrize(
    ("invoiced", "months"),
    [
        (timedelta(0), ["2026-01"]),
        (3 * DAY, ["2026-01"]),
        (3 * DAY + timedelta(microseconds=1), []),
        (-5 * DAY, ["2026-01"]),
    ],
)
def test_a_renewal_counts_from_its_period_where_it_is_invoiced_soon(invoiced, months):
    start = datetime(2026, 1, 31, 23, 50)
    lines = [line(period_start=start, period_end=datetime(2026, 2, 28))]
    made = [invoice(created=start + invoiced)]
    marts = run(subscriptions=[], invoice_lines=lines, invoices=made)
    assert [month for month, amount in closing(marts).items() if amount] == months


@pytest.mark.parametrize(
    ("ended", "last"),
    [(datetime(2026, 2, 28, 23), "2026-01"), (datetime(2026, 3, 1), "2026-02")],
)
def test_nothing_is_estimated_from_the_day_that_it_ended(ended, last):
    known = subscription(status="canceled", ended_at=ended, received_at=MARCH)
    lines = [line(period_end=datetime(2027, 1, 10))]
    marts = run(subscriptions=[known], invoice_lines=lines, invoices=[invoice()])
    assert max(month for month, amount in closing(marts).items() if amount) == last


def test_a_discount_runs_from_its_start_to_its_end():
    # Until the last moment of February, from the first one of March.
    for dates, after in (
        ({"end": datetime(2026, 3, 1)}, ["8", "8", "10", "10"]),
        ({"_end": datetime(2026, 2, 28, 23)}, ["8", "10", "10", "10"]),
        ({"start": datetime(2026, 3, 1)}, ["10", "10", "8", "8"]),
        ({"start": datetime(2026, 2, 28, 23)}, ["10", "8", "8", "8"]),
    ):
        marts = run(coupons=[coupon()], discounts=[discount(**dates)])
        assert list(closing(marts).values()) == [Decimal(each) for each in after]


def version(valid_from: datetime, valid_to: datetime | None = None, **columns) -> dict:
    """A version of sub_1 in the snapshot."""
    row = subscription(**columns) | {"subscription_id": "sub_1"}
    row |= {"dbt_valid_from": valid_from, "dbt_valid_to": valid_to}
    return row | {"received_at": valid_from}


LAST_OF_FEBRUARY = datetime(2026, 2, 28, 23, 59, 59)


def test_versions_of_the_snapshot():
    # Trialing at the end of January, active at that of February, canceled in March.
    snapshot = [
        version(JANUARY, LAST_OF_FEBRUARY, status="trialing"),
        version(LAST_OF_FEBRUARY, MARCH),
        version(MARCH, status="canceled"),
    ]
    current = [subscription(status="canceled", received_at=MARCH)]
    marts = run(subscriptions_snapshot=snapshot, subscriptions=current)
    assert [
        (row["movement"], row["mrr_amount"]) for row in marts["fct_customer_mrr"]
    ] == [("new", 10), ("churn", 0)]
    assert list(closing(marts)) == ["2026-02", "2026-03", "2026-04"]


def test_the_current_row_follows_the_snapshot():
    marts = run(
        subscriptions_snapshot=[version(JANUARY)],
        subscriptions=[subscription(status="unpaid", received_at=MARCH)],
    )
    assert list(closing(marts).values()) == [10, 10, 0, 0]
    other = run(
        subscriptions_snapshot=[version(JANUARY)],
        subscriptions=[subscription(2, customer_id="cus_2", received_at=MARCH)],
    )
    assert {row["customer_id"] for row in other["fct_customer_mrr"]} == {"cus_2"}


def test_the_current_row_says_what_the_version_that_it_still_is_was():
    # The snapshot kept it before it could keep deletions.
    marts = run(
        subscriptions_snapshot=[version(JANUARY, MARCH), version(MARCH)],
        subscriptions=[subscription(is_deleted=True, received_at=MARCH)],
    )
    assert list(closing(marts).values()) == [10, 10, 0, 0]
    old = item(2, quantity=4) | {"subscription_item_id": "si_2"}
    kept = [
        old | {"dbt_valid_from": JANUARY, "dbt_valid_to": MARCH},
        old | {"dbt_valid_from": MARCH, "dbt_valid_to": None},
    ]
    current = [item(), item(2, quantity=4, is_deleted=True, received_at=MARCH)]
    marts = run(subscription_items_snapshot=kept, subscription_items=current)
    assert list(closing(marts).values()) == [50, 50, 10, 10]


def test_a_row_of_an_older_copy_lasts_until_the_newer_version():
    marts = run(
        subscriptions_snapshot=[version(MARCH, quantity=3)],
        subscriptions=[subscription(received_at=JANUARY, quantity=2)],
    )
    assert list(closing(marts).values()) == [20, 20, 30, 30]


def test_item_swapped():
    plans = [plan(), plan("large", amount=5000)]
    old = item() | {"subscription_item_id": "si_1", "dbt_valid_from": JANUARY}
    marts = run(
        plans=plans,
        subscription_items_snapshot=[old | {"dbt_valid_to": None}],
        subscription_items=[item(plan_id="large", received_at=MARCH)],
    )
    assert list(closing(marts).values()) == [10, 10, 50, 50]


def test_invoice_lines_before_anything_was_known():
    known_in_march = [subscription(received_at=MARCH)]
    lines = [
        line(1),
        line(2, invoice_id="in_2", quantity=2, period_start=datetime(2026, 2, 10))
        | {"period_end": datetime(2026, 3, 1)},
        line(3, invoice_id="in_2", proration=True, period_end=datetime(2027, 1, 1)),
    ]
    invoices = [invoice(), invoice(2, created=datetime(2026, 2, 10))]
    marts = run(subscriptions=known_in_march, invoice_lines=lines, invoices=invoices)
    assert [
        (row["closing_mrr_amount"], row["estimated_mrr_amount"], row["is_estimated"])
        for row in marts["mrr_monthly"]
    ] == [(10, 10, True), (20, 20, True), (10, 0, False), (10, 0, False)]


@pytest.mark.parametrize(
    ("lines", "invoices", "count"),
    [
        ([line()], [invoice()], 1),
        ([line()], [invoice(status="draft")], 0),
        ([line()], [invoice(status="void")], 0),
        ([line()], [invoice(status=None, closed=True)], 0),
        ([line()], [invoice(status=None, paid=True)], 1),
        ([line()], [invoice(status=None)], 0),
        ([line()], [invoice(created=datetime(2026, 2, 1))], 0),
        ([line(type="invoiceitem")], [invoice()], 0),
        ([line(amount=0)], [invoice()], 0),
        ([line(period_end=datetime(2026, 1, 31))], [invoice()], 0),
        ([line(plan_id="gone")], [invoice()], 0),
        # Lines of the newest invoice alone.
        ([line(), line(2, invoice_id="in_2")], [invoice(), invoice(2)], 1),
        ([line(), line(2)], [invoice()], 2),
    ],
)
def test_which_lines_say_what_was_paid_monthly(lines, invoices, count):
    marts = run(subscriptions=[], invoice_lines=lines, invoices=invoices)
    assert closing(marts).get("2026-01", 0) == 10 * count


def test_movements_and_ratios():
    # Yearly lines of a customer's two subscriptions, known from March on.
    snapshot = [
        version(JANUARY, JANUARY + 25 * DAY, quantity=2),  # until 2026-02-04
        version(JANUARY + 25 * DAY, MARCH, status="canceled", quantity=2),
        version(MARCH, quantity=3),
    ]
    other = subscription(2, customer_id="cus_2", quantity=1)
    marts = run(
        subscriptions_snapshot=snapshot,
        subscriptions=[subscription(quantity=3, received_at=MARCH), other],
    )
    first, second, third, fourth = marts["mrr_monthly"]
    assert (first["new_mrr_amount"], first["new_paying_customer_count"]) == (30, 2)
    assert first["quick_ratio"] is None
    assert first["net_revenue_retention"] is None
    assert (second["churn_mrr_amount"], second["churned_customer_count"]) == (20, 1)
    assert second["customer_churn_rate"] == Decimal("0.5")
    assert second["mrr_churn_rate"] == Decimal("0.666667")
    assert second["gross_revenue_retention"] == Decimal("0.333333")
    assert second["quick_ratio"] == 0
    assert third["reactivation_mrr_amount"] == 30
    assert third["reactivated_customer_count"] == 1
    assert (third["arr_amount"], third["arpa_amount"]) == (480, 20)
    assert fourth["opening_mrr_amount"] == fourth["closing_mrr_amount"] == 40


def test_only_what_is_left_of_nothing_is_churn():
    # Two subscriptions of a customer, one of them canceled in March.
    snapshot = [version(JANUARY, MARCH), version(MARCH, status="canceled")]
    canceled = subscription(status="canceled", received_at=MARCH)
    marts = run(
        subscriptions_snapshot=snapshot,
        subscriptions=[canceled, subscription(2)],
    )
    march = marts["fct_customer_mrr"][2]
    assert (march["movement"], march["contraction_mrr_amount"]) == ("contraction", 10)
    assert (march["mrr_amount"], march["subscription_count"]) == (10, 1)


def test_who_is_in_no_figure():
    assert run(subscriptions=[subscription(customer_id=None)])["mrr_monthly"] == []
    assert run(subscriptions=[subscription(is_deleted=True)])["mrr_monthly"] == []
    assert run(subscriptions=[subscription(livemode=False)])["mrr_monthly"] == []
    late = subscription(created=datetime(2026, 4, 11))
    assert run(subscriptions=[late])["mrr_monthly"] == []
    test_lines = {"invoices": [invoice()], "invoice_lines": [line()]}
    testing = run(subscriptions=[subscription(livemode=False)], **test_lines)
    assert testing["mrr_monthly"] == []


def test_statuses_and_durations_can_be_chosen():
    chosen = Settings(
        as_of=SETTINGS.as_of,
        mrr_statuses=("trialing",),
        mrr_coupon_durations=("once",),
    )
    marts = run(
        chosen,
        subscriptions=[subscription(status=" Trialing"), subscription(2)],
        coupons=[coupon(duration="once")],
        discounts=[discount()],
    )
    assert closing(marts)["2026-04"] == 8


def test_the_end_of_a_day_in_the_reporting_zone():
    new_york = Settings(date(2026, 3, 31), reporting_timezone="America/New_York")
    assert end_of_day(date(2026, 3, 31), new_york) == datetime(2026, 4, 1, 4)
    assert end_of_day(date(2026, 2, 28), new_york) == datetime(2026, 3, 1, 5)


def test_rounding_is_half_away_from_zero():
    assert major(Fraction(1, 20000), "usd") == Decimal("0.000001")
    assert major(Fraction(1, 20001), "usd") == 0
