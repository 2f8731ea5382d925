"""What PostgreSQL's planner is told while models are built."""

from __future__ import annotations

from collections import defaultdict

from harness.postgres import execute, read_query
from harness.project import EVENTS, Project

from dashboards.warehouse.serving import INDEXES

# Writes down under which setting each table, view or index is made, and whether readers
# of a mart have to wait for it.
NOTE = """
    create table noted (tag text, name text, nested_loops text, is_locked bool);
    create function note() returns event_trigger language plpgsql as $$
        begin
            insert into noted
            select tg_tag, object_identity, current_setting('enable_nestloop'), exists (
                select from pg_locks
                where pid = pg_backend_pid() and mode = 'AccessExclusiveLock'
                    and relation = to_regclass('analytics.dim_customers')
            )
            from pg_event_trigger_ddl_commands();
        end
    $$;
    create event trigger note on ddl_command_end
    when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'CREATE VIEW', 'CREATE INDEX')
    execute function note();
"""
FORGET = "drop event trigger note; drop function note(); drop table noted"
SELECTED = ["stg_stripe__refunds", "dim_customers", "int_payments__charges_captured"]


def test_tables_are_joined_without_nested_loops_and_indexed_once_they_are_there(
    built_postgres: Project,
) -> None:
    execute(NOTE)
    try:
        run = built_postgres.run(["run", "--select", *SELECTED], variables=EVENTS)
        assert run.success, run.text
        noted = read_query("select * from noted")
    finally:
        execute(FORGET)
    settings = {
        name.split(".")[1].removesuffix("__dbt_tmp"): setting
        for tag, name, setting, _ in noted
        if tag != "CREATE INDEX" and "_pkey" not in name
    }
    assert settings == {
        "stg_stripe__refunds": "on",
        "dim_customers": "off",
        "int_payments__charges_captured": "off",
    }
    assert [
        (name.split(".")[1].rstrip("0123456789"), is_locked)
        for tag, name, _, is_locked in noted
        if tag == "CREATE INDEX"
    ] == [("dim_customers_customer_id_idx", False)]


def test_every_table_was_counted_as_soon_as_it_was_built(
    built_postgres: Project,
) -> None:
    counted = dict(
        read_query(
            "select relname, last_analyze is not null from pg_stat_user_tables"
            " where schemaname in ('analytics', 'analytics_intermediate',"
            " 'analytics_snapshots') and relname not like all"
            " (array['%__dbt_backup', 'sync_%', '%__touched', 'dashboard_%'])"
        )
    )
    assert counted["fct_charges"]
    assert [name for name, is_counted in counted.items() if not is_counted] == []


def test_what_is_looked_up_has_the_indexes_of_the_serving_copy(
    built_postgres: Project,
) -> None:
    found = defaultdict(set)
    for table, definition in read_query(
        "select tablename, indexdef from pg_indexes where schemaname = 'analytics'"
        " and tablename not like '%__dbt_backup' and indexname not like '%_pkey%'"
    ):
        found[table].add(definition.rpartition("(")[2].rstrip(")"))
    assert found == {table: set(ids) for table, ids in INDEXES.items()}
