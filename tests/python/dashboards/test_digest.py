"""make digest: the marts' figures in a letter that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from harness.project import Project
from metrics.conftest import manifest_of
from playwright.sync_api import BrowserContext

import digest.__main__ as command
from alerts.rules import read_rules
from alerts.watch import Watch
from dashboards.text import formatting
from dashboards.text.formatting import money, rate
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from digest.period import Period, PeriodError, read_month, read_week
from semantic_layer.layer import SemanticLayer
from semantic_layer.shown import run_in
from semantic_layer.warehouse import Profile

FIRST, AS_OF = date(2025, 8, 12), date(2026, 10, 20)


class Read(HTMLParser):
    """What a letter shows, and all that it names elsewhere."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.heading, self.cells, self.row = "", {}, []
        self.text, self.part = "", ""
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.add(tag)
        self.addresses += [v for name, v in attrs if name in ("href", "src", "action")]
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "h2":
            self.part = self.text
        if tag == "h3":
            self.heading = self.text.split(" as of")[0]
        if tag == "td":
            self.row.append(self.text)
        if tag == "tr" and self.row:
            name = self.row[0].split(" (")[0]
            self.cells[self.part, self.heading, name] = self.row[1:]
            self.row = []


@pytest.fixture(scope="module")
def layer(project: Project, warehouse: DuckdbCopy) -> SemanticLayer:
    settings = {"type": "duckdb", "schema": "analytics"}
    profile = Profile(project.workspace, "duckdb", settings)
    return SemanticLayer(manifest_of(project), profile, run_in(warehouse))


@pytest.fixture
def write(
    layer: SemanticLayer,
    warehouse: DuckdbCopy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Path]:
    """The command over the sample account; the HTML file that it wrote."""
    monkeypatch.setattr(command, "shown_metrics", lambda _: (layer, warehouse))
    monkeypatch.setattr(command, "target_path", lambda: tmp_path)
    monkeypatch.delenv("SEGMENT_STRIPE_DASHBOARDS", raising=False)

    def run(*given: str) -> Path:
        assert command.main([*given, "--output", str(tmp_path / "digests")]) == 0
        return max(
            (tmp_path / "digests").glob("*.html"), key=lambda f: f.stat().st_mtime_ns
        )

    return run


def test_figures_are_those_of_the_marts_of_a_month(
    write: Callable[..., Path], warehouse: DuckdbCopy
) -> None:
    read = Read(write("--month", "2026-09").read_text())
    months = warehouse.query(
        "select months.*, owed.closing_amount, owed.over_90_amount, "
        "mrr.closing_mrr_amount from executive_summary_monthly as months "
        "inner join receivables_monthly as owed on months.currency = owed.currency "
        "and months.reporting_month = owed.reporting_month "
        "left join mrr_monthly as mrr on months.currency = mrr.currency "
        "and months.reporting_month = mrr.reporting_month "
        "where months.reporting_month = ?",
        [date(2026, 9, 1)],
    )
    assert len({row["currency"] for row in months}) == len(months) > 3
    for row in months:
        currency, code = row["currency"], row["currency"].upper()
        for name, column in {
            "Gross charges": "gross_charge_amount",
            "Refunds": "refund_amount",
            "Net charges": "net_charge_amount",
            "Net volume": "net_volume_amount",
            "Failed charges": "failed_charge_amount",
            "Disputes": "dispute_amount",
        }.items():
            now, before, change = read.cells[code, "Headline", name]
            assert now == money(row[column], currency), name
            assert before == money(row[f"previous_{column}"], currency), name
            moved = row[f"{column}_change"]
            if moved is not None:
                assert change.split(" (")[0] == formatting.change(moved), name
        success, _, points = read.cells[code, "Headline", "Charge success rate"]
        assert success == rate(row["charge_success_rate"])
        if row["charge_success_rate_change"] is not None:
            told = formatting.points(row["charge_success_rate_change"])
            assert points.split(" (")[0] == told
        owed = read.cells[code, "Receivables", "Outstanding"]
        assert owed == [money(row["closing_amount"], currency)]
        old = read.cells[code, "Receivables", "Over 90 days late"]
        assert old == [money(row["over_90_amount"], currency)]
        if row["closing_mrr_amount"] is not None:
            mrr, *_ = read.cells[code, "Recurring revenue", "MRR"]
            assert mrr == money(row["closing_mrr_amount"], currency)


def test_failures_and_disputes_of_a_week_are_those_of_the_facts(
    write: Callable[..., Path], warehouse: DuckdbCopy
) -> None:
    file = write()
    assert file.name == "week-2026-10-12.html"
    read = Read(file.read_text())
    failed = warehouse.query(
        "select coalesce(failure_code, 'unknown') as code, count(*) as failed "
        "from fct_charges where is_failed and currency = 'usd' "
        "and reporting_date between ? and ? group by 1",
        [date(2026, 10, 12), date(2026, 10, 18)],
    )
    assert failed
    for row in failed:
        label = formatting.words(row["code"])
        count, *_ = read.cells["USD", "Why charges failed", label]
        assert count == str(row["failed"])
    (row,) = warehouse.query(
        "select count(*) as disputes from fct_disputes where is_counted "
        "and currency = 'usd' and reporting_date between ? and ?",
        [date(2026, 10, 5), date(2026, 10, 11)],
    )
    _, before, _ = read.cells["USD", "Disputes", "Disputes"]
    assert before == str(row["disputes"])


def test_the_letter_needs_nothing_from_elsewhere(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write("--month", "2026-09")
    html, read = file.read_text(), Read(file.read_text())
    assert read.addresses == []
    assert not read.tags & {"script", "link", "img", "iframe", "object", "form"}
    assert [w for w in ("http", "url(", "@import", "//") if w in html] == []
    # Some programs cut longer mail off.
    assert len(html.encode()) < 100_000
    monkeypatch.setenv("SEGMENT_STRIPE_DASHBOARDS", "https://stripe.example.com")
    linked = Read(write("--month", "2026-09").read_text()).addresses
    assert linked
    assert all(one.startswith("https://stripe.example.com/") for one in linked)


def test_text_says_the_same_and_both_say_the_alerts(
    write: Callable[..., Path],
    layer: SemanticLayer,
    warehouse: DuckdbCopy,
    tmp_path: Path,
) -> None:
    file = write("--month", "2026-09")
    html, text = file.read_text(), file.with_suffix(".txt").read_text()
    read = Read(html)
    assert len(read.cells) > 60
    assert [one for row in read.cells.values() for one in row if one not in text] == []
    standing = Watch(layer, warehouse, read_rules(), tmp_path).look().alerts
    assert standing
    assert [one.says for one in standing if one.says not in text] == []
    assert [one.says for one in standing if one.says not in html] == []


def test_the_letter_holds_no_person(
    write: Callable[..., Path], warehouse: DuckdbCopy
) -> None:
    text = write().with_suffix(".txt").read_text()
    people = warehouse.query(
        "select email, description, customer_id from dim_customers "
        "where email is not null and description is not null"
    )
    assert len(people) > 100
    assert [p for p in people if any(value in text for value in p.values())] == []


def test_it_fits_a_phone_and_paper(
    write: Callable[..., Path], context: BrowserContext
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(write("--month", "2026-09").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    page.emulate_media(media="print")
    broken = "getComputedStyle(document.querySelector('table')).breakInside"
    assert page.evaluate(broken) == "avoid"
    page.close()


@pytest.mark.parametrize(
    ("text", "days", "before"),
    [
        (None, ("2026-10-12", "2026-10-18"), ("2026-10-05", "2026-10-11")),
        ("2026-10-14", ("2026-10-12", "2026-10-18"), ("2026-10-05", "2026-10-11")),
        ("2026-10-20", ("2026-10-19", "2026-10-20"), ("2026-10-12", "2026-10-13")),
    ],
)
def test_weeks_are_compared_with_the_week_before(
    text: str | None, days: tuple, before: tuple
) -> None:
    found = read_week(text, FIRST, AS_OF)
    assert iso(found) == (days, before)
    assert read_week(None, FIRST, date(2026, 10, 18)).name == "week-2026-10-12"
    assert read_week(None, FIRST, date(2026, 10, 17)).name == "week-2026-10-05"


@pytest.mark.parametrize(
    ("text", "days", "before"),
    [
        ("2026-09", ("2026-09-01", "2026-09-30"), ("2026-08-01", "2026-08-31")),
        ("2026-10", ("2026-10-01", "2026-10-20"), ("2026-09-01", "2026-09-20")),
    ],
)
def test_months_are_compared_as_the_marts_do(
    text: str, days: tuple, before: tuple
) -> None:
    assert iso(read_month(text, FIRST, AS_OF)) == (days, before)


def iso(period: Period) -> tuple:
    return tuple(
        tuple(day.isoformat() for day in days) for days in (period.days, period.before)
    )


def test_days_that_there_are_not_are_one_sentence() -> None:
    with pytest.raises(PeriodError, match=r"go from 12 Aug 2025 to 20 Oct 2026\.$"):
        read_month("2026-11", FIRST, AS_OF)
    with pytest.raises(PeriodError, match="no figures"):
        read_week("2025-08-03", FIRST, AS_OF)
    with pytest.raises(PeriodError, match=r"--month 9 cannot be read: write 2026-09\."):
        read_month("9", FIRST, AS_OF)
    with pytest.raises(
        PeriodError, match="--week soon cannot be read: write 2026-10-12"
    ):
        read_week("soon", FIRST, AS_OF)
