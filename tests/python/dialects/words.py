"""Words of each warehouse, as words.yml lists them with their pages."""

from __future__ import annotations

from pathlib import Path

import yaml

LISTS = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text())
ANYWHERE = {*LISTS["syntax"].split(), *LISTS["shared"].split()}
FUNCTIONS = {
    name: {*text.split(), *ANYWHERE} for name, text in LISTS["functions"].items()
}
TYPES = {name: {*text.split()} for name, text in LISTS["types"].items()}
RESERVED = {name: {*text.split()} for name, text in LISTS["reserved"].items()}
