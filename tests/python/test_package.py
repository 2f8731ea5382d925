"""The project as a package of another one: examples/consumer, as docs/package.md says.

A real dbt in a process of its own builds it, for a project of another name shares
nothing with this one's.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import deepcopy
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml
from harness.consumer import OWN_COLUMNS, VARIABLES, Consumer
from harness.postgres import connect, execute
from harness.project import ROOT, Project

from dashboards.address.scope import read_scope
from dashboards.queries.executive_summary import DAILY
from dashboards.queries.own import by_column
from dashboards.queries.shared import SCOPE
from dashboards.warehouse.duckdb_copy import DuckdbCopy
from dashboards.warehouse.own import own_columns, own_tables
from dashboards.warehouse.serving import publish
from own_models.names import ENTITIES, OBJECT_KEYS, Names, OwnError, package_names
from scripts.write_own_models import files_of
from semantic_layer.compiler import Compiler, Query
from semantic_layer.errors import MetricError
from semantic_layer.manifest import Manifest

pytestmark = pytest.mark.xdist_group("package")
DOC = (ROOT / "docs" / "package.md").read_text()
OWN_MODELS = ("charges", "customers", "crm_accounts", "tickets", "tables")
PARSE = ("parse", "--vars", json.dumps(VARIABLES))
OWN_DISPATCH = r"adapter\.dispatch\(\s*'(\w+)', 'segment_stripe'"


@pytest.fixture(scope="module")
def ours(
    built_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    # dbt may have the file itself open in this process.
    copy = shutil.copy(built_sample, tmp_path_factory.mktemp("ours"))
    with duckdb.connect(str(copy), read_only=True) as connection:
        yield connection


@pytest.mark.long
def test_a_selection_is_built_into_an_empty_database(consumer: Consumer) -> None:
    exclude = ["--exclude", "revenue_by_plan_tier", "path:models/own"]
    own = consumer.build("--select", "acme", *exclude)
    assert own.returncode == 0, own.stdout
    some = consumer.build("--select", "+fct_refunds")
    assert some.returncode == 0, some.stdout
    assert "is not asked before these are built: " in some.stdout


@pytest.fixture(scope="module")
def built(consumer: Consumer) -> Consumer:
    """The example, built and tested."""
    run = consumer.build()
    assert run.returncode == 0, run.stdout
    return consumer


def test_the_example_builds_what_the_project_builds(
    built: Consumer, ours: duckdb.DuckDBPyConnection
) -> None:
    marts = ours.execute(
        "select table_name from information_schema.tables "
        "where table_schema = 'analytics' and table_name <> 'data_freshness'"
        # Seeds, which stand where the consumer's own do.
        " and table_name not like 'dashboard\\_%' escape '\\'"
    ).fetchall()
    assert len(marts) > 30
    for (mart,) in marts:
        rows = sorted(map(str, ours.execute(f"from analytics.{mart}").fetchall()))
        assert sorted(map(str, built.rows(f"from acme_stripe.{mart}"))) == rows, mart
    (count,) = built.rows("select count(*) from acme.dim_customers")[0]
    assert count == 3
    tiers = built.rows("select plan_tier from acme.revenue_by_plan_tier")
    assert ("none",) in tiers


@pytest.mark.long
def test_its_metrics_give_the_same_answers(
    built: Consumer, ours: duckdb.DuckDBPyConnection, project: Project
) -> None:
    assert project.manifest
    parsed = built.dbt(*PARSE)
    assert parsed.returncode == 0, parsed.stdout
    here = Manifest.read(project.workspace / "target" / "semantic_manifest.json")
    theirs = built.compiler
    there = theirs.manifest
    assert set(there.metrics) == {*here.metrics, "tickets_count"}
    asked = Compiler(here, "duckdb"), theirs
    months = ["metric_time__month"]
    answered = 0
    for metric in here.metrics:
        sql, other = (compiler.sql(Query([metric], months)) for compiler in asked)
        rows = sorted(map(str, ours.execute(sql).fetchall()))
        assert sorted(map(str, built.rows(other))) == rows, metric
        answered += bool(rows)
    assert answered > 150


@pytest.fixture(scope="module")
def asked(built: Consumer) -> Callable[[str, str], set[tuple]]:
    """The answer to a metric by a group and currency."""
    parsed = built.dbt(*PARSE)
    assert parsed.returncode == 0, parsed.stdout
    compiler = built.compiler

    def answer(metric: str, group: str) -> set[tuple]:
        rows = built.rows(compiler.sql(Query([metric], [group, "currency"])))
        return {row for row in rows if row[-1]}

    return answer


def test_metrics_are_grouped_by_own_columns(
    consumer: Consumer, asked: Callable[[str, str], set[tuple]]
) -> None:
    facts = "from acme_stripe.fct_charges where is_gross group by 1, 2"
    tier = "when charge_id < 'ch_I' then 'gold' when charge_id < 'ch_c' then 'silver'"
    tiers = consumer.rows(f"select case {tier} end, currency, count(*) {facts}")
    assert {tier for tier, _, _ in tiers} == {"gold", "silver", None}
    assert asked("gross_charge_count", "charge__plan_tier") == {*tiers}
    region = "when customer_id = 'cus_TcUNREcDhVccfD' then 'eu'"
    sums = consumer.rows(
        f"select case {region} end, currency, sum(gross_amount) {facts}"
    )
    assert {region for region, _, _ in sums} == {"eu", None}
    assert asked("gross_charges", "customer__metadata_region_code") == {*sums}


def test_an_own_object_groups_money_and_adds_none(
    consumer: Consumer, asked: Callable[[str, str], set[tuple]]
) -> None:
    facts = "from acme_stripe.fct_charges where is_gross group by 1, 2"
    gold, silver = "'cus_TcUNREcDhVccfD', 'cus_CJSeDeSTLDNYEC'", "'cus_XefQeNYHKhTDgQ'"
    tier = (
        f"case when customer_id in ({gold}) then 'gold' "
        f"when customer_id in ({silver}) then 'silver' end"
    )
    sums = consumer.rows(f"select {tier}, currency, sum(gross_amount) {facts}")
    assert {tier for tier, _, _ in sums} == {"gold", "silver", None}
    assert asked("gross_charges", "customer__account_tier") == {*sums}


def test_an_object_of_many_rows_is_counted_and_joins_no_money(
    consumer: Consumer, asked: Callable[[str, str], set[tuple]]
) -> None:
    compiler = consumer.compiler

    def count(*groups: str) -> set[tuple]:
        return {*consumer.rows(compiler.sql(Query(["tickets_count"], groups)))}

    # The ticket of nobody counts as a ticket; that without a customer is left out.
    assert count() == {(5,)}
    assert count("tickets__topic") == {("billing", 3), ("other", 2)}
    assert count("customer__account_tier") == {("gold", 4), (None, 1)}
    months = count("metric_time__month")
    assert {(str(month)[:7], number) for month, number in months} == {
        *(("2026-09", 3), ("2026-10", 2))
    }
    for group in ("tickets__topic", "customer__topic"):
        with pytest.raises(MetricError, match=f"cannot be grouped by {group}"):
            asked("gross_charges", group)


def test_a_key_with_several_rows_is_refused_before_its_table_is_replaced(
    consumer: Consumer,
) -> None:
    path = consumer.folder / "seeds" / "accounts.csv"
    text = path.read_text()
    path.write_text(text + "4,cus_TcUNREcDhVccfD,silver\n")
    try:
        run = consumer.build("--select", "accounts", "own_crm_accounts")
    finally:
        path.write_text(text)
    assert run.returncode == 1
    said = " ".join(run.stdout.split())
    assert "says rows: one, but has several for cus_TcUNREcDhVccfD (2 rows): " in said
    assert consumer.rows("select count(*) from acme_stripe.own_crm_accounts") == [(3,)]


@pytest.mark.long
@pytest.mark.parametrize(
    ("relation", "sentence"),
    [
        ("acme.tickets", ""),
        ("acme.tickts", "own_objects.tickets names .*, which does not exist"),
        ("acme.stripe_currencies", "has no column stripe_customer_id for its key"),
    ],
)
def test_an_own_object_may_be_a_table_of_any_schema(
    relation: str, sentence: str, consumer: Consumer
) -> None:
    path = consumer.folder / "dbt_project.yml"
    text = path.read_text()
    path.write_text(text.replace("model: tickets", f"relation: {relation}"))
    try:
        written_own = consumer.write_own()
        run = consumer.build("--select", "own_tickets")
    finally:
        path.write_text(text)
    assert written_own.returncode == 0, written_own.stderr
    assert (run.returncode == 0) == (not sentence), run.stdout
    assert re.search(sentence, " ".join(run.stdout.split()))
    assert consumer.write_own().returncode == 0


@pytest.mark.long
def test_with_several_accounts_an_object_says_whose_each_row_is(
    consumer: Consumer,
) -> None:
    several = {"stripe_sources": ["stripe", "acme"]}
    run = consumer.build("--select", "own_crm_accounts", variables=several)
    assert run.returncode == 1
    assert "own_objects.crm_accounts needs source_column" in run.stdout
    path = consumer.folder / "dbt_project.yml"
    text = path.read_text()
    path.write_text(
        text.replace("rows: one", "rows: one\n      source_column: plan_tier")
    )
    try:
        run = consumer.build("--select", "own_crm_accounts", variables=several)
    finally:
        path.write_text(text)
    assert run.returncode == 0, run.stdout
    crm = "acme_stripe.own_crm_accounts"
    found = consumer.rows(f"select distinct source_relation from {crm}")
    assert {*found} == {("gold",), ("silver",)}


@pytest.mark.long
def test_own_models_build_on_postgresql(consumer: Consumer, postgres: Project) -> None:
    assert postgres.target == "postgres"
    execute(OWN_COLUMNS)
    models = [f"own_{name}" for name in OWN_MODELS]
    select = ["--target", "postgres", "--select", *(f"+{name}" for name in models)]
    seeds = consumer.folder / "seeds" / "accounts.csv"
    text = seeds.read_text()
    try:
        run = consumer.build(*select)
        assert run.returncode == 0, run.stdout
        with closing(connect()) as connection, connection.cursor() as cursor:
            tickets = "acme_stripe.own_tickets"
            cursor.execute(f"select count(*), min(opened_on) from {tickets}")
            assert cursor.fetchall() == [(5, date(2026, 9, 1))]
        seeds.write_text(text + "4,cus_TcUNREcDhVccfD,silver\n")
        refused = consumer.build(*select)
    finally:
        seeds.write_text(text)
        execute(
            "drop schema acme cascade; drop schema acme_stripe cascade; "
            "drop schema acme_stripe_staging cascade; "
            "alter table stripe.charges drop column metadata_plan_tier; "
            "alter table stripe.customers drop column metadata_region_code"
        )
    assert refused.returncode == 1
    assert "has several for cus_TcUNREcDhVccfD (2 rows)" in " ".join(
        refused.stdout.split()
    )


@pytest.fixture(scope="module")
def our_names() -> Names:
    """Read from all our YAML, once."""
    return package_names()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"key": "custmer"}, "own_objects.crm.key is custmer: use one of"),
        ({"rows": 1}, "own_objects.crm.rows is 1: say one or many"),
        ({"colums": []}, "own_objects.crm has colums: write it as"),
        ({"relation": "crm.accounts"}, "needs either a model of yours or a relation"),
        ({"columns": [{"name": "x", "type": "text"}]}, "x the type 'text': use one of"),
        ({"label": "o'clock"}, "own_objects.crm.label is o'clock: use at most 60"),
        ({"label": "{{ x }}"}, "own_objects.crm.label is {{ x }}: use at most 60"),
        ({"label": ""}, "own_objects.crm.label is : use at most 60"),
        ({"columns": ["email"]}, "email has a name that the metrics of customer use"),
        ({"columns": ["order"]}, "order cannot name a dimension"),
        ({"rows": "many"}, "time must be one of its columns of type date"),
    ],
)
def test_a_wrong_object_is_one_sentence_before_anything_is_written(
    change: dict, sentence: str, our_names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "scripts.write_own_models.package_names", lambda: deepcopy(our_names)
    )
    crm = {"model": "accounts", "key": "customer", "key_column": "id", "rows": "one"}
    listed = {"crm": {**crm, "columns": ["owner"]} | change}
    with pytest.raises(OwnError, match=re.escape(sentence)):
        files_of({"columns": {}, "objects": listed})
    right = {"crm": {**crm, "columns": ["owner"]}}
    assert {*files_of({"columns": {}, "objects": right})} == {
        f"own_{name}.{end}" for name in ("crm", "tables") for end in ("sql", "yml")
    }


def test_a_label_stands_in_descriptions_and_names_the_count() -> None:
    calls = {"relation": "crm.calls", "key": "customer", "key_column": "id"}
    calls |= {"rows": "many", "time": "called_on", "label": "CRM calls, all (old)"}
    calls |= {"columns": [{"name": "called_on", "type": "date"}]}
    written = files_of({"columns": {}, "objects": {"calls": calls}})["own_calls.yml"]
    (model,) = yaml.safe_load(written)["models"]
    assert model["description"].startswith("CRM calls, all (old), by customer.")
    assert [one["label"] for one in model["metrics"]] == [
        "CRM calls, all (old) (number)"
    ]


def test_an_object_of_many_rows_keeps_the_names_of_its_own_columns() -> None:
    tickets = {"model": "tickets", "key": "customer", "key_column": "id"}
    tickets |= {"rows": "many", "time": "opened"}
    for name in ("row_id", "customer_id", "source_relation"):
        columns = [{"name": "opened", "type": "date"}, name]
        listed = {"tickets": {**tickets, "columns": columns}}
        with pytest.raises(OwnError, match=f"tickets.{name} has a name that"):
            files_of({"columns": {}, "objects": listed})
    listed = {"tables": {**tickets, "columns": []}}
    with pytest.raises(OwnError, match=r"own_objects\.tables: use another name"):
        files_of({"columns": {}, "objects": listed})


def test_dashboards_find_what_is_own_beside_the_marts(
    consumer: Consumer, tmp_path: Path
) -> None:
    """After what the tests above built: no setting says where own tables are."""
    built = Path(shutil.copy(consumer.database, tmp_path / "shop.duckdb"))
    publish(built, tmp_path / "copy.duckdb", "acme_stripe")
    copy = DuckdbCopy(tmp_path / "copy.duckdb", "acme_stripe")
    own = {table.relation: table for table in own_tables(copy)}
    assert {*own} == {f"own_{name}" for name in OWN_MODELS if name != "tables"}
    assert own["own_crm_accounts"].columns == {"account_tier": "string"}
    assert own["own_tickets"].columns == {"topic": "string", "opened_on": "date"}
    assert own["own_tickets"].has_many
    rows = copy.query("select row_id from own_tickets")
    assert sorted(int(row["row_id"]) for row in rows) == [1, 2, 3, 4, 5]
    columns = own_columns(copy, "fct_charges")
    assert {"charge__plan_tier", "customer__account_tier"} <= columns.keys()
    scope = read_scope({}, copy.query(SCOPE))[0]
    tiles = copy.query(*DAILY.totals(scope))[0]
    for column in columns.values():
        found = copy.query(*by_column(copy, scope, column))
        assert found[-1]["gross_charge_amount"] == tiles["gross_charge_amount"] > 0


def test_keys_of_own_models_are_those_of_the_facts(project: Project) -> None:
    primary = {
        entity.name: entity.expr
        for model in project.manifest.semantic_models.values()
        for entity in model.entities
        if entity.type.value == "primary"
    }
    # Nothing but foreign keys names these.
    keys = [*ENTITIES.values(), *((e, [key]) for e, key in OBJECT_KEYS.items())]
    foreign = ("plan", "product", "payment_intent")
    named = [(entity, key) for entity, key in keys if entity not in foreign]
    assert len(named) > 15
    for entity, key in named:
        assert primary[entity] == " || ':' || ".join(["source_relation", *key]), entity


@pytest.mark.long
def test_variables_may_stand_under_the_name_of_the_package(consumer: Consumer) -> None:
    """Own models, too, then know them; and the defaults of those that none says."""
    path = consumer.folder / "dbt_project.yml"
    text = path.read_text()
    project = yaml.safe_load(text)
    said = project["vars"] | {"segment_event_sources": ["website"]}
    path.write_text(yaml.safe_dump(project | {"vars": {"segment_stripe": said}}))
    (staged := consumer.folder / "models" / "stg_more.sql").write_text(
        "{{ segment_stripe.stage_collection('charges', columns="
        "{'charge_id': ['string', 'id'], 'description': ['personal']}) }}"
    )
    try:
        run = consumer.dbt("build", "--select", "+path:models/own", "stg_more")
    finally:
        path.write_text(text)
        staged.unlink()
    assert run.returncode == 0, run.stdout


@pytest.mark.long
def test_the_folder_is_current_or_is_said_not_to_be(consumer: Consumer) -> None:
    own = consumer.folder / "models" / "own"
    written_files = {path.name for path in own.iterdir()}
    assert written_files == {
        f"own_{name}.{end}" for name in OWN_MODELS for end in ("sql", "yml")
    }
    assert consumer.write_own("--check").returncode == 0
    path = consumer.folder / "dbt_project.yml"
    text = path.read_text()
    listed = "alias: plan_tier, type: string}"
    path.write_text(text.replace(listed, "alias: tier}"))
    try:
        checked = consumer.write_own("--check")
        run = consumer.build("--select", "own_charges", "stg_stripe__charges")
        path.write_text(text.replace(listed, "alias: is_gross}"))
        refused = consumer.write_own()
    finally:
        path.write_text(text)
    assert (checked.returncode, run.returncode, refused.returncode) == (1, 1, 1)
    assert "(own_charges.sql, own_charges.yml): run write_own_mod" in checked.stderr
    said = " ".join(run.stdout.split())
    assert "own_charges has plan_tier, which passthrough_columns.charges does" in said
    assert "is_gross has a name that the metrics of charge use" in refused.stderr


@pytest.mark.long
def test_a_folder_that_is_behind_builds_with_a_warning(consumer: Consumer) -> None:
    path = consumer.folder / "dbt_project.yml"
    text = path.read_text()
    listed = "- {name: metadata_plan_tier, alias: plan_tier, type: string}"
    path.write_text(text.replace(listed, f"{listed}\n      - metadata_order_id"))
    # The pattern finds this one no more.
    with duckdb.connect(str(consumer.database)) as connection:
        connection.execute("alter table stripe.customers drop metadata_region_code")
    staged = ("stg_stripe__charges", "stg_stripe__customers")
    try:
        run = consumer.build("--select", *staged, "own_charges", "own_customers")
    finally:
        path.write_text(text)
        with duckdb.connect(str(consumer.database)) as connection:
            connection.execute(OWN_COLUMNS.partition("'silver' else '' end;")[2])
    assert run.returncode == 0, run.stdout
    said = " ".join(run.stdout.split())
    assert "own_charges lacks metadata_order_id, which passthrough_columns." in said
    count = "count(*) > 100, count(metadata_region_code)"
    customers = "acme_stripe.own_customers"
    assert consumer.rows(f"select {count} from {customers}") == [(True, 0)]


@pytest.mark.long
def test_a_name_of_both_is_told_in_one_sentence(consumer: Consumer) -> None:
    path = consumer.folder / "dbt_project.yml"
    text = path.read_text()
    flag = "require_ref_searches_node_package_before_root: true"
    path.write_text(text.replace(flag, flag.replace("true", "false")))
    try:
        run = consumer.build("--select", "fct_refunds")
    finally:
        path.write_text(text)
    assert run.returncode != 0
    said = " ".join(run.stdout.split())
    own = r"\w+ would read (model|seed)\.acme\.\w+, which is not its own: add "
    assert re.search(own + flag, said), said


def test_every_line_of_the_page_stands_in_the_example() -> None:
    example = (ROOT / "examples" / "consumer" / "dbt_project.yml").read_text()
    said = re.findall(r"^  segment_stripe: \{.enabled: false\}$", DOC, re.M)
    assert len(said) == 4
    assert all(example.count(line) == len(said) for line in said)
    for block in re.findall(r"^(\w[\w-]*):\n  segment_stripe:", DOC, re.M):
        assert f"\n{block}:\n  segment_stripe:" in example, block
    (schemas,) = re.findall(r"^models:\n(?:.+\n)+", DOC, re.M)
    assert schemas.count("+schema: ") == 5
    assert f"\n{schemas}\n" in example
    local = (
        "packages:\n  - local: packages/segment_stripe\n  - local: packages/dbt_utils\n"
    )
    assert local in DOC
    assert (ROOT / "examples" / "consumer" / "packages.yml").read_text() == local


def test_the_page_lists_every_macro_that_may_be_overridden() -> None:
    dispatched = {
        name
        for path in (ROOT / "macros").rglob("*.sql")
        for name in re.findall(OWN_DISPATCH, path.read_text())
    }
    _, table = DOC.split("## Macros that you may override")
    rows = re.findall(r"^\| (`.+`) \|", table, re.M)
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert listed == dispatched
