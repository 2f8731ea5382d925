"""The rules of the layers: dbt-bouncer.yml, and those that it has no check for."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from harness.project import ROOT

RULES = ROOT / "dbt-bouncer.yml"
BREACHES = yaml.safe_load(Path(__file__).with_name("breaches.yml").read_text())
MACRO_LINES = 60
MACROS = sorted((ROOT / "macros").rglob("*.sql"))
DEFINED = re.compile(r"\{%-?\s*(?:macro|materialization)\s+(\w+)")


def bouncer_failures(target: Path) -> list[dict]:
    """What dbt-bouncer objects to in the artifacts of a target folder."""
    report = target.parent / "bouncer.json"
    report.unlink(missing_ok=True)
    command = [
        str(Path(sys.executable).with_name("dbt-bouncer")),
        "run",
        *("--config-file", str(RULES)),
        *("--output-file", str(report)),
        "--output-only-failures",
    ]
    environment = os.environ | {"DBT_PROJECT_DIR": str(target.parent)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert report.exists(), done.stdout + done.stderr
    return json.loads(report.read_text())


def rule(failure: dict) -> str:
    return failure["check_run_id"].split(":")[0]


def breach(manifest: dict, catalog: dict, number: int) -> str:
    """Add a copy of a resource with one fault; its unique id."""
    _, name, key, value = BREACHES[number]
    ((kind, found),) = [
        (kind, unique_id)
        for kind in ("nodes", "sources")
        for unique_id in manifest[kind]
        if unique_id.endswith(f".segment_stripe.{name}")
    ]
    faulty = f"{found}_{number}"
    place = node = copy.deepcopy(manifest[kind][found]) | {"unique_id": faulty}
    *outer, last = key.split(".")
    for part in outer:
        place = place[part]
    long = re.fullmatch(r"(\d+) lines", str(value))
    place[last] = "\n" * (int(long[1]) - 1) if long else value
    manifest[kind][faulty] = node
    if found in catalog[kind]:
        catalog[kind][faulty] = catalog[kind][found] | {"unique_id": faulty}
    return faulty


def test_the_project_keeps_the_rules(artifacts: Path) -> None:
    failures = bouncer_failures(artifacts)
    assert [f"{rule(f)}: {f['failure_message']}" for f in failures] == []


def test_every_rule_finds_its_breach(artifacts: Path, tmp_path: Path) -> None:
    manifest = json.loads((artifacts / "manifest.json").read_text())
    catalog = json.loads((artifacts / "catalog.json").read_text())
    faulty = [breach(manifest, catalog, number) for number in range(len(BREACHES))]
    target = tmp_path / "target"
    target.mkdir()
    (target / "manifest.json").write_text(json.dumps(manifest))
    (target / "catalog.json").write_text(json.dumps(catalog))
    found = {(rule(f), f["unique_id"]) for f in bouncer_failures(target)}
    missed = [
        line
        for line, unique_id in zip(BREACHES, faulty, strict=True)
        if (line[0], unique_id) not in found
    ]
    assert missed == []


def macro_faults(stem: str, text: str) -> list[str]:
    """A macro file holds one macro, named as the file, and what dispatch picks from."""
    names = DEFINED.findall(text)
    strays = [n for n in names if n != stem and not n.endswith(f"__{stem}")]
    faults = [f"{stem}.sql defines {name}" for name in strays]
    if stem not in names:
        faults.append(f"{stem}.sql does not define {stem}")
    if text.count("\n") > MACRO_LINES:
        faults.append(f"{stem}.sql has {text.count(chr(10))} lines")
    return faults


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.stem)
def test_a_macro_file_is_short_and_holds_one_macro(path: Path) -> None:
    assert macro_faults(path.stem, path.read_text()) == []


def test_a_macro_that_strays_shows() -> None:
    one = "{% macro one() %}{% endmacro %}\n"
    assert macro_faults("one", one + "{% macro spark__one() %}{% endmacro %}") == []
    assert macro_faults("one", one + "{%- macro two() %}") == ["one.sql defines two"]
    assert macro_faults("two", one.replace("one", "spark__two")) == [
        "two.sql does not define two"
    ]
    assert macro_faults("one", one + "\n" * 60) == ["one.sql has 61 lines"]


def folder_fault(path: str) -> bool:
    """Whether an intermediate model is named for another folder than its own."""
    *_, folder, file = path.split("/")
    return not file.startswith(f"int_{folder}__")


def test_an_intermediate_model_is_named_for_its_folder() -> None:
    folder = ROOT / "models" / "intermediate"
    files = [str(path.relative_to(ROOT)) for path in folder.rglob("*.sql")]
    assert [file for file in files if folder_fault(file)] == []
    assert folder_fault("models/intermediate/identity/int_payments__users.sql")


def test_rows_are_ranked_by_ids_in_one_order() -> None:
    """PostgreSQL sorts text as its database's collation says: binary_order does not."""
    by_id = re.compile(r"\border by\b[^)]*?\b\w+_id\b(?! *'\))", re.S)
    for path in (ROOT / "models").rglob("*.sql"):
        text = re.sub(r"\{\{ binary_order\([^}]*\}\}", "", path.read_text())
        assert not by_id.search(text), path.name
