"""What macros say on purpose for each warehouse."""

from __future__ import annotations

import re

from harness.project import ROOT

MACRO = re.compile(r"{%-?\s*macro (\w+?)__(\w+)\(")
# dbt's own, for roles; rights are told by the same catalog on both.
BOTH = {"create_schema", "check_rights_to_read", "check_rights_to_write"}
# Of builds of a part, which Redshift refuses (check_switches).
PARTS = {"id_hash", "commit_now", "index_links"}


def test_redshift_takes_nothing_of_postgresql_by_accident() -> None:
    """dbt has Redshift inherit every macro that PostgreSQL has and it has not."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "macros").rglob("*.sql"):
        for engine, name in MACRO.findall(path.read_text()):
            found.setdefault(name, set()).add(engine)
    of_postgresql = {name for name, engines in found.items() if "postgres" in engines}
    inherited = {name for name in of_postgresql if "redshift" not in found[name]}
    assert inherited == BOTH | PARTS
