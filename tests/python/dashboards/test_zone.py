"""All times of a page are in the reporting zone, and it says which that is."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from harness.browser import client_of, drawn_by_server

from dashboards.address.selection import Filter
from dashboards.app import freshness_text
from dashboards.pages.customer_details import next_day
from dashboards.queries.conditions import condition
from dashboards.text import formatting, zone
from dashboards.text.zone import in_zone
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.serving import publish

NEW_YORK = "America/New_York"


@pytest.fixture(scope="module")
def in_new_york(
    built_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> DuckdbCopy:
    """The sample account as it would be had its reporting zone been another."""
    folder = tmp_path_factory.mktemp("zone")
    built = Path(shutil.copy(built_sample, folder / "warehouse.duckdb"))
    with duckdb.connect(str(built)) as connection:
        connection.execute(
            "update analytics.data_freshness set reporting_timezone = ?", [NEW_YORK]
        )
    publish(built, folder / "warehouse.serving.duckdb")
    return DuckdbCopy(folder / "warehouse.serving.duckdb")


@pytest.mark.parametrize(
    ("name", "when", "shown"),
    [
        ("UTC", datetime(2026, 10, 2, 3, 4), "2 Oct 2026 03:04 UTC"),
        (NEW_YORK, datetime(2026, 10, 2, 3, 4), "1 Oct 2026 23:04 EDT"),
        (NEW_YORK, datetime(2026, 12, 2, 3, 4), "1 Dec 2026 22:04 EST"),
        ("Asia/Tokyo", datetime(2026, 10, 2, 23, 4), "3 Oct 2026 08:04 JST"),
        ("America/Sao_Paulo", datetime(2026, 10, 2, 3, 4), "2 Oct 2026 00:04 UTC-03"),
        ("Asia/Tokyo", datetime.max, "31 Dec 9999 23:59 UTC"),
    ],
)
def test_a_time_is_said_in_the_zone(name: str, when: datetime, shown: str) -> None:
    with in_zone(name):
        assert formatting.moment(when) == shown


def test_a_time_is_read_in_the_zone() -> None:
    with in_zone(NEW_YORK):
        clocks_went_back = Filter("created_at", "eq", "2026-11-01")
        at_noon = Filter("created_at", "ge", "2026-07-01T12:00")
        in_utc = Filter("created_at", "ge", "2026-07-01T12:00+00:00")

        _, hours = condition("created_at", "timestamp", clocks_went_back)
        assert hours == [datetime(2026, 11, 1, 4), datetime(2026, 11, 2, 5)]
        assert condition("created_at", "timestamp", at_noon)[1] == [
            datetime(2026, 7, 1, 16)
        ]
        assert condition("created_at", "timestamp", in_utc)[1] == [
            datetime(2026, 7, 1, 12)
        ]


def test_what_renews_on_one_day_there_is_said_together() -> None:
    late = {
        "current_period_end_at": datetime(2026, 11, 12, 23),
        "subscription_count": 1,
        "period_amount": 20,
        "excluded_item_count": 0,
    }
    after_midnight = late | {"current_period_end_at": datetime(2026, 11, 13, 1)}

    with in_zone(NEW_YORK):
        found = next_day([late, after_midnight])
    assert found["renewal_date"] == date(2026, 11, 12)
    assert (found["subscription_count"], found["period_amount"]) == (2, 40)
    assert next_day([late, after_midnight])["period_amount"] == 20
    assert next_day([]) is None


def test_pages_and_downloads_are_in_the_zone(in_new_york: DuckdbCopy) -> None:
    (charge,) = in_new_york.query(
        "select charge_id, created_at from fct_charges"
        " where extract(hour from created_at) < 4 and created_at >= '2026-04-01'"
        " order by created_at limit 1"
    )
    there = charge["created_at"] - timedelta(hours=4)
    filters = f"charge_id:eq:{charge['charge_id']};created_at:eq:{there.date()}"
    explore = f"/explore?table=charges&filter={quote(filters)}"

    page = drawn_by_server(in_new_york, explore)

    assert f"{formatting.day(there)} {there:%H:%M} EDT" in page
    assert " UTC" not in page
    with in_zone(in_new_york.zone()):
        foot = freshness_text(in_new_york)
    assert foot.endswith(f"days and times in {NEW_YORK}")
    assert " UTC" not in foot
    file = client_of(in_new_york).get(explore.replace("explore", "explore.csv", 1))
    assert charge["charge_id"] in file.get_data(as_text=True)


def test_outside_of_pages_it_is_utc() -> None:
    assert zone.local(datetime(2026, 10, 2)).tzinfo is UTC
