"""Text that recurs stands once: docs blocks for columns, a comment atop each macro."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml
from harness.project import ROOT

from habits.yaml_schema import yaml_files

MOST_REPEATS = 3
DOCS_CALL = re.compile(r"\{\{ *doc\(.*?\) *\}\}")
COMMENT = re.compile(r"\{#-?\s*\S[\s\S]*?#\}\s*\{%-? (?:macro|materialization) ")
MACROS = sorted((ROOT / "macros").rglob("*.sql"))


def column_descriptions(content: dict) -> list[tuple[str, str]]:
    """(resource.column, description as written) of all resources in a YAML file."""
    return [
        (f"{resource['name']}.{column['name']}", column.get("description", ""))
        for resources in content.values()
        if isinstance(resources, list)
        for resource in resources
        if isinstance(resource, dict)
        for column in resource.get("columns", [])
    ]


def repeated(descriptions: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Descriptions that stand too often, with the columns that have them.

    A docs block may recur as often as it likes, alone or with another.
    """
    places = defaultdict(list)
    for place, text in descriptions:
        own_words = " ".join(DOCS_CALL.sub("", text).split())
        if own_words:
            places[" ".join(text.split())].append(place)
    return {text: seen for text, seen in places.items() if len(seen) > MOST_REPEATS}


def test_a_description_that_recurs_is_a_docs_block() -> None:
    descriptions = []
    for path in yaml_files():
        descriptions += column_descriptions(yaml.safe_load(path.read_text()))
    assert len(descriptions) > 100
    assert repeated(descriptions) == {}


def test_a_fourth_copy_of_a_description_shows() -> None:
    copies = [(f"model_{n}.name", "What it\n is called.") for n in range(4)]
    blocks = [
        (f"model_{n}.id", '{{ doc("id") }} {{ doc("absent") }}') for n in range(9)
    ]
    assert repeated(copies[:3] + blocks) == {}
    assert list(repeated(copies + blocks)) == ["What it is called."]


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.stem)
def test_a_comment_says_what_the_macro_does(path: Path) -> None:
    assert COMMENT.match(path.read_text()), "begin the file with {# what it does #}"


def test_a_macro_without_a_comment_shows() -> None:
    assert COMMENT.match("{# Adds. #}\n{% macro add() %}")
    assert not COMMENT.match("{% macro add() %}{# Adds. #}")
    assert not COMMENT.match("{# #}\n{% macro add() %}")
