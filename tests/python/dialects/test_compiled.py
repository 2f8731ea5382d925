"""The project in the SQL of five more warehouses: nothing that they refuse.

Compiled as for a user without a connection (--no-introspect) and against warehouses
that answer in their own words; see refused.py for what is looked for.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dialects.job import DIALECTS, PYTHON, Compilation, Nodes, compile_for
from dialects.refused import refused
from dialects.settings import ALL, COMPILATIONS

CHARGES = "model.segment_stripe.stg_stripe__charges"
# How each warehouse reads charges.created: epoch seconds, and with a time zone.
EPOCH = {
    "snowflake": 'to_timestamp_ntz(cast("CREATED" * 1000000 as bigint), 6)',
    "bigquery": "timestamp_micros(cast(cast(`created` as bignumeric) "
    "* 1000000 as int64))",
    "redshift": "(timestamp 'epoch' + \"created\" * interval '1 second')",
    "databricks": "timestamp_seconds(`created`)",
    "trino": 'cast(from_unixtime_nanos(cast(cast("created" as decimal(38, 6)) '
    "* 1000000 as bigint) * 1000) at time zone 'UTC' as timestamp(6))",
}
ZONED = {
    "snowflake": "cast(convert_timezone('UTC', \"CREATED\") as timestamp_ntz)",
    "bigquery": "cast(`created` as timestamp)",
    "redshift": "(\"created\" at time zone 'UTC')",
    "databricks": "cast(`created` as timestamp)",
    "trino": "cast(\"created\" at time zone 'UTC' as timestamp(6))",
}
# A column whose name has a blank and capitals, in the type that it has.
OWN = {
    "snowflake": 'cast("Order Id" as VARCHAR(16777216))',
    "bigquery": "cast(`Order Id` as STRING)",
    "redshift": 'cast("Order Id" as character varying(512))',
    "databricks": "cast(`Order Id` as string)",
    "trino": 'cast("Order Id" as varchar)',
}
LAID_OUT = {
    "snowflake": "cluster_by",
    "bigquery": "cluster_by",
    "redshift": "sort",
    "databricks": "liquid_clustered_by",
}
MISSING = pytest.mark.skipif(
    not PYTHON.exists(), reason="needs make dialects, which installs the adapters"
)


def said(nodes: Nodes, dialect: str) -> dict[str, list[str]]:
    """Node -> what its warehouse refuses of it."""
    found = {key: refused(node["sql"], dialect) for key, node in nodes.items()}
    return {key: names for key, names in found.items() if names}


@pytest.mark.dialects
@pytest.mark.parametrize("dialect", DIALECTS)
def test_nothing_compiled_is_refused(dialect: str, tmp_path: Path) -> None:
    compiled = compile_for(dialect, list(COMPILATIONS.values()), tmp_path)
    nodes = dict(zip(COMPILATIONS, compiled, strict=True))
    assert len(nodes["all"]) > 600
    assert {name: said(one, dialect) for name, one in nodes.items()} == {
        name: {} for name in COMPILATIONS
    }
    epoch, zoned = nodes["epoch"][CHARGES]["sql"], nodes["zoned"][CHARGES]["sql"]
    assert f"{EPOCH[dialect]} as created_at" in epoch
    assert f"{ZONED[dialect]} as created_at" in zoned.replace("TIMESTAMP", "timestamp")
    assert OWN[dialect].lower() in zoned.lower()
    settings = [LAID_OUT[dialect]] if dialect in LAID_OUT else []
    assert nodes["all"]["model.segment_stripe.fct_charges"]["stored"] == {
        setting: ["reporting_date", "customer_id"] for setting in settings
    }


@MISSING
def test_a_few_models_of_one_warehouse(tmp_path: Path) -> None:
    """What make test has time for; make test-dialects compiles all."""
    select = ["--select", "stg_stripe__charges", "fct_charges", "fct_payments"]
    few = Compilation(ALL, select=select)
    (nodes,) = compile_for("redshift", [few], tmp_path)
    assert len(nodes) > 3 and said(nodes, "redshift") == {}
