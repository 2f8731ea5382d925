"""Every macro reads variables by `setting`, which knows the defaults of the project.

In a model of a project that has this one as a package, dbt knows neither.
"""

from __future__ import annotations

import re

import yaml
from harness.project import ROOT
from jinja2 import Environment

SETTING = ROOT / "macros" / "checks" / "setting.sql"
CALL = re.compile(r"(?<![\w.])var\(")
DEFAULTS = re.compile(r"return\((\{.*?\})\) \}\}", re.DOTALL)


def test_macros_read_variables_by_setting() -> None:
    reading = {
        path.name
        for path in (ROOT / "macros").rglob("*.sql")
        if CALL.search(path.read_text())
    }
    assert reading == {SETTING.name}


def test_its_defaults_are_those_of_the_project() -> None:
    text = SETTING.with_name("default_settings.sql").read_text()
    (defaults,) = DEFAULTS.findall(text)
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text())
    assert Environment().compile_expression(defaults)() == project["vars"]


def test_codes_of_currencies_are_those_of_the_seed() -> None:
    macro = (ROOT / "macros" / "money" / "currency_codes.sql").read_text()
    codes = macro.split("set codes -%}")[1].split("{%-")[0].split()
    seed = (ROOT / "seeds" / "stripe_currencies.csv").read_text().splitlines()[1:]
    assert codes == [line.split(",")[0] for line in seed]
