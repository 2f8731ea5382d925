"""Every key in the project's YAML is one that dbt knows; the rest passes silently."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import yaml
from harness.project import ROOT

from habits.yaml_schema import faults, yaml_files

PROJECT = "dbt_project.yml"
PACKAGES = "packages.yml"
MODEL = "models/marts/core/fct_charges.yml"
UNIT_TEST = "models/marts/core/fct_charges__unit_tests.yml"
SOURCES = "models/staging/stripe/_stripe__sources.yml"
SEED = "seeds/stripe_currencies.yml"
COLUMN_TEST = ["seeds", 0, "columns", 1, "data_tests", 0, "accepted_values"]

STRAY_KEYS = [
    (PROJECT, []),
    (PROJECT, ["models", "segment_stripe"]),
    (PROJECT, ["models", "segment_stripe", "marts"]),
    (PACKAGES, []),
    (PACKAGES, ["packages", 0]),
    (MODEL, []),
    (MODEL, ["models", 0]),
    (MODEL, ["models", 0, "columns", 0]),
    (MODEL, ["models", 0, "data_tests", 0]),
    (UNIT_TEST, ["unit_tests", 0]),
    (UNIT_TEST, ["unit_tests", 0, "given", 0]),
    (SOURCES, ["sources", 0]),
    (SOURCES, ["sources", 0, "tables", 0, "config"]),
    (SEED, COLUMN_TEST),
]


@pytest.mark.parametrize(
    "path", yaml_files(), ids=lambda path: str(path.relative_to(ROOT))
)
def test_dbt_knows_every_key_of(path: Path) -> None:
    assert faults(path) == []


@pytest.mark.parametrize(("file", "keys"), STRAY_KEYS)
def test_a_stray_key_is_named(file: str, keys: list) -> None:
    path = ROOT / file
    content = copy.deepcopy(yaml.safe_load(path.read_text()))
    place = content
    for key in keys:
        place = place[key]
    place["stray_key"] = 1
    said = " ".join(faults(path, content=content))
    assert file in said
    assert "stray_key" in said
