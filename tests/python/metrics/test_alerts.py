"""make alerts: each rule on both sides of its threshold, said once, and to whom."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest
from harness.project import ROOT

import alerts.__main__ as command
from alerts.alert import Alert
from alerts.errors import AlertError
from alerts.memory import Memory, News, compare
from alerts.rules import OURS, Rules, read_rules
from alerts.telling import in_words
from alerts.watch import Watch, Watched, every_metric
from dashboards.address import read_state
from dashboards.address.selection import read_selection
from dashboards.queries import explore
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from semantic_layer.layer import SemanticLayer
from semantic_layer.shown import run_in

AS_OF = date(2026, 10, 20)
Put = Callable[..., None]


def day(ago: int) -> date:
    return AS_OF - timedelta(days=ago)


def over(on_duckdb: SemanticLayer, warehouse: DuckdbCopy) -> SemanticLayer:
    """The metrics over another file, with what is compiled already."""
    layer = SemanticLayer(on_duckdb.manifest, on_duckdb.profile, run_in(warehouse))
    layer.compiler = on_duckdb.compiler
    return layer


@pytest.fixture(scope="session")
def empty(shown: DuckdbCopy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marts of a serving copy, without a row."""
    path = tmp_path_factory.mktemp("alerts") / "empty.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"attach '{shown.path}' as shown (read_only)")
        found = connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where database_name = 'shown'"
        ).fetchall()
        connection.execute("create schema analytics; create schema analytics_reference")
        for schema, table in found:
            connection.execute(
                f"create table {schema}.{table} as from shown.{schema}.{table} limit 0"
            )
    return path


@pytest.fixture
def written(empty: Path, tmp_path: Path) -> Path:
    """Where this test's rows are written."""
    return Path(shutil.copy(empty, tmp_path / "written.duckdb"))


@pytest.fixture
def put(written: Path) -> Put:
    """Write rows by hand: put("fct_charges", 3, is_failed=True) writes three alike."""

    def write(table: str, count: int = 1, **columns: Any) -> None:
        columns = {"source_relation": "stripe", "currency": "usd"} | columns
        if table in ("data_freshness", "dim_accounts"):
            del columns["currency"]
        values = ", ".join("?" for _ in columns)
        with duckdb.connect(str(written)) as connection:
            connection.execute(
                f"insert into analytics.{table} ({', '.join(columns)}) "
                f"select {values} from range({count})",
                list(columns.values()),
            )

    return write


def as_written(written: Path) -> DuckdbCopy:
    """The rows so far, in a file that nobody writes to."""
    copy = written.with_name("copy.duckdb")
    copy.unlink(missing_ok=True)
    return DuckdbCopy(Path(shutil.copy(written, copy)))


@pytest.fixture
def stands(
    put: Put, on_duckdb: SemanticLayer, written: Path, tmp_path: Path
) -> Callable[..., list[Alert]]:
    """The alerts of one of our rules, or of a changed one, over the written rows."""

    def look(rule: str, **changed: Any) -> list[Alert]:
        put("data_freshness", as_of_date=AS_OF, last_activity_date=AS_OF)
        (ours,) = [one for one in read_rules(OURS).rules if one.name == rule]
        rules = Rules(OURS, [replace(ours, **changed)], [])
        copy = as_written(written)
        return Watch(over(on_duckdb, copy), copy, rules, tmp_path).look().alerts

    return look


def charges(put: Put, succeeded: int, failed: int, **columns: Any) -> None:
    put("fct_charges", succeeded, is_succeeded=True, is_failed=False, **columns)
    put("fct_charges", failed, is_succeeded=False, is_failed=True, **columns)


def test_a_success_rate_falls_below_its_own_weeks(
    put: Put, stands: Callable[..., list[Alert]]
) -> None:
    for currency in ("usd", "eur", "gbp", "cad"):
        charges(put, 90, 10, currency=currency, reporting_date=day(7))
    charges(put, 85, 15, currency="usd", reporting_date=day(6))
    charges(put, 84, 16, currency="eur", reporting_date=day(6))
    charges(put, 0, 49, currency="gbp", reporting_date=day(0))
    charges(put, 0, 50, currency="cad", reporting_date=day(0))
    # Nothing to compare with.
    charges(put, 0, 60, currency="jpy", reporting_date=day(0))
    canada, europe = stands("success_rate")
    assert canada.groups["currency"] == "cad"
    assert europe.says == (
        "The charge success rate is below its own last weeks (stripe, EUR): 84.0% (84 "
        "of 100) on 14–20 Oct 2026, after 90.0% (90 of 100) in the 8 weeks before."  # noqa: RUF001
    )


def test_weeks_before_are_eight(put: Put, stands: Callable[..., list[Alert]]) -> None:
    charges(put, 100, 0, reporting_date=day(7 + 56))
    charges(put, 50, 50, reporting_date=day(0))
    assert stands("success_rate") == []
    charges(put, 100, 0, reporting_date=day(6 + 56))
    assert len(stands("success_rate")) == 1


def test_disputes_are_above_their_share_of_a_month(
    put: Put, stands: Callable[..., list[Alert]]
) -> None:
    for source, disputes, successful, when in (
        ("above", 16, 2_000, day(0)),
        ("equal", 15, 2_000, day(19)),
        ("few", 4, 10, day(0)),
        ("last_month", 16, 2_000, day(20)),
    ):
        account = {"source_relation": source, "reporting_date": when}
        charges(put, successful, 0, **account)
        put("fct_disputes", disputes, dispute_count=1, **account)
    (alert,) = stands("disputes")
    assert alert.says == (
        "Disputes are above their share of successful charges (above): 0.8% (16 of "
        "2,000) on 1–20 Oct 2026, more than 0.75%."  # noqa: RUF001
    )
    (half,) = stands("disputes", above=Decimal("0.0079"))
    assert half.groups == {"source_relation": "above"}
    assert stands("disputes", above=Decimal("0.008")) == []


def test_receivables_are_over_90_days(
    put: Put, stands: Callable[..., list[Alert]]
) -> None:
    for currency, bucket, amount in (
        ("usd", "over_90", "0.01"),
        ("eur", "days_61_90", "500"),
        ("jpy", "over_90", "1000"),
        ("kwd", "over_90", "0"),
    ):
        put(
            "fct_invoices",
            currency=currency,
            ageing_bucket=bucket,
            outstanding_amount=Decimal(amount),
        )
    yen, dollars = stands("receivables_over_90_days")
    assert yen.says.endswith("(stripe, JPY): 1,000 JPY.")
    assert dollars.says.endswith("(stripe, USD): 0.01 USD.")
    limits = {"jpy": Decimal(999), "other": Decimal("0.01")}
    (yen,) = stands("receivables_over_90_days", above=limits)
    assert yen.says.endswith("(stripe, JPY): 1,000 JPY, more than 999 JPY.")
    assert stands("receivables_over_90_days", above=Decimal(1000)) == []


def test_nothing_was_delivered_for_a_day(
    put: Put, stands: Callable[..., list[Alert]]
) -> None:
    for source, ago in (("today", 0), ("yesterday", 1), ("before", 2)):
        account = {"source_relation": source, "last_activity_date": day(ago)}
        put("data_freshness", as_of_date=AS_OF, **account)
    put("dim_accounts", source_relation="before", account_name="Acme EU")
    (alert,) = stands("nothing_delivered")
    assert alert.groups == {"source_relation": "before"}
    assert alert.says == (
        "Nothing was delivered (Acme EU): last activity 18 Oct 2026, as of 20 Oct 2026."
    )
    assert stands("nothing_delivered", days=2) == []


def test_a_failure_code_is_new(put: Put, stands: Callable[..., list[Alert]]) -> None:
    for code, ago in (
        ("new", 6),
        ("of_the_week_before", 7),
        ("back_again", 0),
        ("back_again", 7 + 90),
        ("known", 0),
        ("known", 6 + 90),
        (None, 0),
    ):
        charges(put, 0, 2, failure_code=code, reporting_date=day(ago))
    back, new, unknown = stands("new_failure_code")
    assert back.groups["failure_code"] == "back_again"
    assert new.says == (
        "Charges failed for a reason that is new (stripe): new, 2 on 14–20 Oct 2026, "  # noqa: RUF001
        "none in the 90 days before."
    )
    assert unknown.rows and "failure_code%3Ain%3Aunknown%7C" in unknown.rows
    assert stands("new_failure_code", at_least={"failed_charge_count": 3}) == []


def results(folder: Path, which: str = "build", **statuses: str) -> None:
    """What dbt leaves of a run, by test."""
    tests = [f"test.segment_stripe.{name}" for name in statuses]
    found = [
        {"unique_id": test, "status": status, "failures": 3}
        for test, status in zip(tests, statuses.values(), strict=True)
    ]
    content = {"args": {"which": which}, "results": found}
    (folder / "run_results.json").write_text(json.dumps(content))
    models = ["model.segment_stripe.int_balances", "model.segment_stripe.fct_charges"]
    node = {"description": "Look at the fees.", "depends_on": {"nodes": models}}
    (folder / "manifest.json").write_text(json.dumps({"nodes": {tests[0]: node}}))


def test_a_reconciliation_broke(
    stands: Callable[..., list[Alert]], tmp_path: Path
) -> None:
    results(
        tmp_path,
        assert_net_is_amount_less_fee="warn",
        assert_balance_rolls_forward="fail",
        assert_mrr_rolls_forward="pass",
        assert_customers_have_a_date="warn",
    )
    fees, balance = stands("reconciliation")
    assert fees.says == (
        "A reconciliation broke: assert_net_is_amount_less_fee, a warning of 3 rows. "
        "Look at the fees."
    )
    assert fees.rows == "/explore?table=charges"
    assert balance.rows == "/month-end"
    results(tmp_path, which="compile", assert_mrr_rolls_forward="fail")
    assert stands("reconciliation") == []


def test_reconciliations_are_those_of_the_page() -> None:
    page = (ROOT / "docs" / "reconciliation.md").read_text()
    named = {word for word in page.split("`") if word.startswith("assert_")}
    (rule,) = [one for one in read_rules(OURS).rules if one.name == "reconciliation"]
    assert len(named) > 10
    assert [n for n in named if not any(fnmatchcase(n, p) for p in rule.tests)] == []
    tests = [path.stem for path in (ROOT / "tests" / "dbt").glob("assert_*.sql")]
    assert [p for p in rule.tests if not any(fnmatchcase(t, p) for t in tests)] == []


STANDS = Alert("disputes", "Too many.", {"source_relation": "stripe"})
PASSES = Alert("new_failure_code", "Lost card.", {"failure_code": "x"}, None, True)


@pytest.fixture
def later() -> Callable[..., News]:
    """What is said on a day of what stands then, by whom remembers the days before."""
    memory: Memory = {}
    rules = read_rules(OURS)

    def say(
        days: int,
        *standing: Alert,
        is_posted: bool = True,
        rules: Rules = rules,
        left_out: dict[str, str] | None = None,
    ) -> News:
        nonlocal memory
        watched = Watched(day(-days), list(standing), left_out or {})
        news, memory = compare(watched, rules, memory, is_posted)
        return news

    return say


def test_an_alert_is_said_once_again_after_a_week_and_when_it_is_over(
    later: Callable[..., News],
) -> None:
    assert later(0, STANDS).new == [STANDS]
    assert later(0, STANDS).to_say is False
    assert later(6, STANDS).known == [STANDS]
    assert later(7, STANDS).again == [STANDS]
    assert later(13, STANDS).known == [STANDS]
    assert later(14).over == ["Too many. (since 2026-10-20)"]
    assert later(15).to_say is False
    assert later(16, STANDS).new == [STANDS]


def test_what_passes_is_said_once(later: Callable[..., News]) -> None:
    assert later(0, PASSES).new == [PASSES]
    assert later(7, PASSES).known == [PASSES]
    assert later(8).to_say is False


def test_a_rule_that_was_not_asked_is_not_over(later: Callable[..., News]) -> None:
    later(0, STANDS)
    assert later(1, left_out={"disputes": "off"}).to_say is False
    assert later(2).over


def test_what_a_terminal_showed_is_still_new_to_those_far_away(
    later: Callable[..., News],
) -> None:
    assert later(0, STANDS, is_posted=False).new == [STANDS]
    assert later(0, STANDS, is_posted=False).known == [STANDS]
    assert later(0, STANDS).new == [STANDS]
    assert later(1, STANDS).known == [STANDS]


def test_a_silence_holds_through_its_day(
    later: Callable[..., News], tmp_path: Path
) -> None:
    file = tmp_path / "rules.yml"
    said = "silences:\n  - {rule: disputes, where: {%s}, until: 2026-10-21}\n"
    file.write_text(OURS.read_text().replace("silences: []", said % "currency: usd"))
    assert later(0, STANDS, rules=read_rules(file)).new == [STANDS]
    file.write_text(
        OURS.read_text().replace("silences: []", said % "source_relation: stripe")
    )
    quiet = later(1, STANDS, rules=read_rules(file))
    assert (quiet.silenced, quiet.standing, quiet.to_say) == ([STANDS], [], False)
    assert later(2, STANDS, rules=read_rules(file)).new == [STANDS]


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ("kind: new_value", "kind: new", "rule new_failure_code has kind new: it may"),
        ("    drop: 0.05\n", "", "rule success_rate does not say drop: add it."),
        ("drop: 0.05", "drop: a lot", "drop of rule success_rate is a lot: it is a nu"),
        ("weeks: 8", "weeks: 0", "weeks of rule success_rate is 0: it is a number of"),
        ("above: 0.0075", "over: 1", "rule disputes has an unknown over: it may have"),
        ("above: 0\n", "above: {usd: 1}\n", "names currencies: add other for the rest"),
        (
            "metric: outstanding_over_90",
            "by_metric: x",
            "rule receivables_over_90_days needs a metric or a share of two",
        ),
        ("tests:\n", "tests: all\n    rest:\n", "has an unknown rest"),
        ("period: month", "period: week", "is of a month or of days: say period: mon"),
        ("table: disputes, ", "", "rows of rule disputes names no table: add one"),
        ("silences: []", "silences: [{rule: x}]", "a silence is of rule x, which the"),
        (
            "silences: []",
            "silences: [{rule: disputes, until: soon}]",
            "the silence of disputes has no day until: add 2026-12-01.",
        ),
        ("rules:\n", "rules: []\nmore:\n", "has an unknown more"),
        ("rules:\n", "rules: [", "is no YAML"),
    ],
)
def test_a_wrong_file_is_one_sentence_with_the_fix(
    was: str, now: str, sentence: str, tmp_path: Path
) -> None:
    text = OURS.read_text()
    assert was in text
    file = tmp_path / "rules.yml"
    file.write_text(text.replace(was, now, 1))
    with pytest.raises(AlertError) as error:
        read_rules(file)
    assert sentence in str(error.value)
    assert str(error.value).startswith(str(file))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"metric": "outstanding_over"}, "no metric outstanding_over; near it: outst"),
        ({"by": ("source_relation",)}, "never added together: add by currency"),
        ({"by": ("currency", "plans")}, "cannot be grouped by plans; near it: plan"),
    ],
)
def test_a_wrong_name_is_one_sentence(
    changed: dict, sentence: str, stands: Callable[..., list[Alert]]
) -> None:
    with pytest.raises(AlertError, match="rule receivables_over_90_days: ") as error:
        stands("receivables_over_90_days", **changed)
    assert sentence in str(error.value)


def test_a_metric_of_a_domain_that_is_off_leaves_its_rule_out(
    put: Put,
    written: Path,
    on_duckdb: SemanticLayer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert set(on_duckdb.manifest.metrics) <= every_metric()
    put("data_freshness", as_of_date=AS_OF, last_activity_date=AS_OF)
    copy = as_written(written)
    kept = {k: v for k, v in on_duckdb.manifest.metrics.items() if "dispute" not in k}
    monkeypatch.setattr(on_duckdb.manifest, "metrics", kept)
    watched = Watch(over(on_duckdb, copy), copy, read_rules(OURS), tmp_path).look()
    assert watched.left_out == {
        "disputes": "metric dispute_count is of a domain that is off",
        "reconciliation": "dbt left no results of a build",
    }
    assert "Left out: disputes, for metric" in in_words(News(AS_OF), watched)


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[dict]]]:
    """An address on this machine, and what was posted there."""
    posted: list[dict] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posted.append(json.loads(body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", posted
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(
    on_duckdb: SemanticLayer,
    shown: DuckdbCopy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., int]:
    """The command over the sample account, with a memory of this test's own."""
    layer = over(on_duckdb, shown)
    monkeypatch.setattr(command, "shown_metrics", lambda _: (layer, shown))
    monkeypatch.setattr(command, "target_path", lambda: tmp_path)
    monkeypatch.setenv("SEGMENT_STRIPE_SERVING", str(tmp_path / "w.serving.duckdb"))
    monkeypatch.setenv("SEGMENT_STRIPE_DASHBOARDS", "https://stripe.example.com/")
    monkeypatch.delenv("SEGMENT_STRIPE_ALERTS_URL", raising=False)
    return lambda *given: command.main(given)


def test_the_sample_account_is_said_posted_and_remembered(
    run: Callable[..., int],
    receiver: tuple[str, list[dict]],
    shown: DuckdbCopy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address, posted = receiver
    monkeypatch.setenv("SEGMENT_STRIPE_ALERTS_URL", "http://127.0.0.1:9/hook")
    assert run("--fail") == 1
    assert "could not be posted" in capsys.readouterr().err
    monkeypatch.setenv("SEGMENT_STRIPE_ALERTS_URL", address)
    file = tmp_path / "alerts.json"
    assert run("--fail", "--json", str(file)) == 2
    found = json.loads(file.read_text())
    assert found["as_of"] == "2026-10-20"
    (message,) = posted
    assert message["alerts"] == found["new"]
    said = capsys.readouterr().out
    assert all(alert["says"] in said for alert in found["new"])
    assert all(alert["says"] in message["text"] for alert in found["new"])
    owed = [a for a in found["new"] if a["rule"] == "receivables_over_90_days"]
    assert owed
    for alert in owed:
        (row,) = shown.query(
            "select sum(over_90_amount) as amount "
            "from finance_operations_delinquent_customers where currency = ?",
            [alert["groups"]["currency"]],
        )
        rows = rows_behind(shown, alert["rows"])
        assert sum(one["outstanding_amount"] for one in rows) == row["amount"] > 0
    assert run("--fail") == 2
    assert run() == 0
    assert len(posted) == 1


def rows_behind(shown: DuckdbCopy, link: str) -> list[dict]:
    """What the dashboards show at the address of an alert."""
    assert link.startswith("https://stripe.example.com/explore?")
    selection = read_selection(shown, read_state(f"?{urlsplit(link).query}"))
    return shown.query(*explore.everything(shown, selection))


def test_the_example_of_a_rule_is_one(on_duckdb: SemanticLayer, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "alerts.md").read_text()
    file = tmp_path / "rules.yml"
    rule, silence = (part.split("```")[0] for part in page.split("```yaml\n")[1:])
    file.write_text(
        f"rules:\n{rule}  disputes: {{says: a, kind: nothing_delivered, "
        f"days: 1}}\n{silence}"
    )
    read = read_rules(file)
    assert read.rules[0].measured[0] in on_duckdb.manifest.metrics
    assert read.silences[0].until == date(2026, 12, 1)


def test_a_file_of_your_own_is_read_before_the_build(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command.main(["--check"]) == 0
    monkeypatch.setenv("SEGMENT_STRIPE_ALERTS", str(tmp_path / "none.yml"))
    assert command.main(["--check"]) == 1
    assert "correct SEGMENT_STRIPE_ALERTS" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("codes", "ran", "code"),
    [
        ("", ["alerts --check", "refresh.py", "alerts --target"], 0),
        # What failed is said too, and a refresh that was refused has nothing new.
        ("REFRESH=1", ["alerts --check", "refresh.py", "alerts --target"], 2),
        ("REFRESH=3", ["alerts --check", "refresh.py"], 2),
        ("ALERTS=1", ["alerts --check", "refresh.py", "alerts --target"], 2),
        ("CHECK=1", ["alerts --check"], 2),
    ],
)
def test_a_refresh_checks_the_rules_first_and_says_what_stands_out_last(
    codes: str, ran: list[str], code: int, tmp_path: Path
) -> None:
    python = tmp_path / "python"
    python.write_text(
        '#!/bin/sh\necho "$@"\ncase "$*" in *refresh.py*) exit $REFRESH;; '
        "*--check*) exit $CHECK;; *alerts*) exit $ALERTS;; esac\n"
    )
    python.chmod(0o755)
    told = subprocess.run(
        ["make", "--silent", "refresh", f"BIN={tmp_path}", "PYTHON=true"],
        cwd=ROOT,
        env=os.environ | dict([codes.split("=")] if codes else []),
        capture_output=True,
        text=True,
    )
    assert told.returncode == code
    lines = told.stdout.splitlines()
    assert [part in line for part, line in zip(ran, lines, strict=True)] == [
        True for _ in ran
    ]
