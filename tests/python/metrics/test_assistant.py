"""make mcp: an assistant lists, explains and asks, and learns from what is refused."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal

import pytest
from harness.project import ROOT, Project
from mcp import ClientSession, StdioServerParameters, stdio_client

from assistant.offered import is_personal, offered, personal_columns
from assistant.server import in_tool_words
from assistant.tools import Tools
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from semantic_layer.errors import MetricError
from semantic_layer.layer import SemanticLayer
from semantic_layer.manifest import Manifest

BY_MONTH = {"metrics": ["net_charges"], "group_by": ["metric_time__month"]}
OF_AUGUST = {"start": "2026-08-01", "end": "2026-08-31"}
STATE = "State at the end of 20 Oct 2026; last activity 20 Oct 2026; days are of zone"


@pytest.fixture(scope="session")
def tools(on_duckdb: SemanticLayer, shown: DuckdbCopy) -> Tools:
    return Tools(on_duckdb.manifest, on_duckdb.profile, shown)


@pytest.fixture
def in_august(shown: DuckdbCopy) -> Callable[[str], Decimal]:
    """A column of the monthly summary in US dollars, August 2026."""

    def figure(column: str) -> Decimal:
        (row,) = shown.query(
            f"select {column} as figure from executive_summary_monthly "
            "where reporting_month = ? and currency = ?",
            ["2026-08-01", "usd"],
        )
        return row["figure"]

    return figure


@dataclass
class Answer:
    is_refused: bool
    text: str


async def talk(
    server: StdioServerParameters, *questions: tuple[str, dict]
) -> tuple[str, dict[str, bool], list[Answer]]:
    """What a server says of itself, its tools (whether they only read), and answers."""
    async with stdio_client(server) as (read, write), ClientSession(read, write) as s:
        told = await s.initialize()
        listed = (await s.list_tools()).tools
        tools = {tool.name: tool.annotations.read_only_hint for tool in listed}
        answers = [await s.call_tool(*question) for question in questions]
        said = [Answer(a.is_error, a.content[0].text) for a in answers]
        return told.instructions, tools, said


def test_a_client_lists_explains_asks_and_is_refused_mixed_currencies(
    project: Project, shown: DuckdbCopy, in_august: Callable[[str], Decimal]
) -> None:
    assert project.manifest
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant"],
        cwd=ROOT,
        env={
            "DBT_PROFILES_DIR": str(project.workspace),
            "DBT_TARGET_PATH": str(project.workspace / "target"),
            "SEGMENT_STRIPE_SERVING": str(shown.path),
        },
    )
    conversation = talk(
        server,
        ("list_metrics", {"domain": "payments"}),
        ("explain_metric", {"name": "net_charges"}),
        (
            "query_metrics",
            BY_MONTH
            | OF_AUGUST
            | {"group_by": [*BY_MONTH["group_by"], "currency"], "exact": True},
        ),
        ("query_metrics", BY_MONTH | OF_AUGUST),
        ("query_metrics", BY_MONTH | OF_AUGUST | {"currency": "usd"}),
    )
    # A browser of other tests leaves its loop running in this thread.
    with ThreadPoolExecutor(1) as apart:
        said, names, answers = apart.submit(asyncio.run, conversation).result()
    listed, explained, answer, refused, again = answers
    assert "never added over currencies" in said
    assert names == dict.fromkeys(
        ["list_metrics", "explain_metric", "query_metrics", "read_definition"], True
    )
    assert listed.text.startswith(STATE)
    assert "net_charges" in listed.text
    assert "Gross charges less refunds by the date of the refund" in explained.text
    assert "executive_summary_monthly.net_charge_amount" in explained.text
    net = in_august("net_charge_amount")
    assert f"2026-08-01,usd,{net:f}\n" in answer.text
    assert refused.is_refused
    assert refused.text.endswith(
        "net_charges is, through gross_charges, money of several currencies, which are "
        "never added together: add currency to group_by, or currency usd for one of "
        "them."
    )
    assert not again.is_refused
    assert f"{net:,.2f}" in again.text
    assert STATE in again.text


def test_no_dimension_holds_personal_data(manifest: Manifest) -> None:
    assert {"email", "description", "shipping_name", "last4"} <= personal_columns()
    everything = {
        f"{model['name']}.{dimension['name']}": is_personal(dimension)
        for model in manifest.models.values()
        for dimension in model["dimensions"]
    }
    personal = {name for name, is_one in everything.items() if is_one}
    assert personal >= {"dim_customers.email", "dim_customers.description"}
    shown = {
        f"{model['name']}.{dimension['name']}"
        for model in offered(manifest, "analytics").models.values()
        for dimension in model["dimensions"]
    }
    assert len(shown) > 80
    assert not personal & shown


def test_what_reads_no_marts_is_not_offered(tools: Tools, manifest: Manifest) -> None:
    left_out = manifest.metrics.keys() - tools.layer.manifest.metrics
    assert left_out
    assert {
        model["node_relation"]["schema_name"]
        for name in left_out
        for part in manifest.parts(name)
        if part.model and (model := manifest.models[part.model])
    } >= {"analytics_intermediate"}
    assert len(tools.layer.manifest.metrics) > 200


def test_rows_are_cut_where_the_answer_says_so(tools: Tools) -> None:
    by_day = {"metrics": ["gross_charges"], "group_by": ["metric_time__day"]}
    cut = tools.query_metrics(**by_day, currency="usd", limit=3)
    assert len(cut.splitlines()) == 2 + 3 + 4
    assert "There are more rows than 3: narrow" in cut
    whole = tools.query_metrics(**by_day, currency="usd", limit=1000)
    assert "more rows" not in whole


def test_filters_keep_rows_that_have_one_of_the_values(
    tools: Tools, shown: DuckdbCopy
) -> None:
    reasons = ["fraudulent", "requested_by_customer"]
    (row,) = shown.query(
        "select sum(refund_amount) as figure from fct_refunds "
        "where currency = 'usd' and reason in (?, ?)",
        reasons,
    )
    answer = tools.query_metrics(
        ["refunds"], currency="usd", filters={"refund__reason": reasons}, exact=True
    )
    assert answer.splitlines()[1] == f"{row['figure']:f}"
    fixed = tools.query_metrics(["refunds"], filters={"currency": "usd"}, exact=True)
    assert fixed.startswith("refunds\n")
    flagged = tools.query_metrics(
        ["refund_count"],
        filters={"refund__reason": "o'hara or 1 = 1", "refund__is_counted": "true"},
    )
    assert flagged.splitlines()[2].strip() == "0"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ({"metrics": ["net_charge"]}, "no metric net_charge; near it: net_charges"),
        ({"limit": 5_000}, "limit is 5000: it may be 1 to 1,000."),
        ({"limit": 0}, "limit is 0: it may be 1 to 1,000."),
        ({"start": "August"}, "start is no day: August; write it as 2026-09-01."),
        ({"group_by": ["customer__email"]}, "is personal data, which is not offered"),
        ({"filters": {"customer__email": "a"}}, "is personal data"),
        ({"filters": {"charge__statu": "a"}}, "near it: charge__status"),
        ({"filters": {"metric_time__month": "a"}}, "is a date: say start and end"),
        ({"filters": {"charge__status": "{{ 1 }}"}}, "No value has braces"),
        ({"filters": {"charge__status": []}}, "A filter has no value"),
        ({"filters": {"customer__is_deleted": "maybe"}}, "Could not convert string"),
        ({"filters": {"currency": ["usd", "eur"]}}, "never added together"),
        ({"metrics": ["sign_up_count"]}, "tables that are not marts"),
    ],
)
def test_an_error_teaches(question: dict, sentence: str, tools: Tools) -> None:
    filters = question.get("filters", {})
    asked = {"metrics": ["net_charges"], "filters": {"currency": "usd"} | filters}
    with pytest.raises(MetricError, match=sentence):
        tools.query_metrics(**asked | question | {"filters": asked["filters"]})


def test_definitions_are_those_of_the_marts(tools: Tools) -> None:
    whole = tools.read_definition("executive_summary_monthly")
    one = tools.read_definition("executive_summary_monthly", "net_charge_amount")
    assert "cash of the period" in one
    assert one.partition(": ")[2] in whole
    with pytest.raises(MetricError, match="near it: executive_summary_monthly"):
        tools.read_definition("executive_summary_month")
    with pytest.raises(MetricError, match="near it: net_charge_amount"):
        tools.read_definition("executive_summary_monthly", "net_charges_amount")


def test_errors_of_the_command_line_are_said_in_words_of_the_tools() -> None:
    assert in_tool_words("(make metrics ARGS='explain refunds' lists all)") == (
        "(explain_metric lists all)"
    )
    assert in_tool_words("(make metrics lists all)") == "(list_metrics lists all)"
