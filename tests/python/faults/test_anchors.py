"""A fault is put in by its tokens: reformatting a model, or moving it, loses none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from faults.anchors import TOKEN, anchor, places, replaced, words
from faults.catalogue import CATALOGUE
from faults.records import ModelFault
from faults.signs import SIGNS

FAULTS = [fault for fault in (*CATALOGUE, *SIGNS) if isinstance(fault, ModelFault)]
MOVED = ModelFault("moved", "one", "sum(a)\n  as b", "sum(b) as b", ())


def on_one_line(text: str) -> str:
    """A model with one blank for all that lies between two tokens, if anything does."""
    return "".join(
        " " if found.lastgroup == "skipped" else found.group()
        for found in TOKEN.finditer(text)
    )


def token_by_token(text: str) -> str:
    """A model with each token on a line of its own, shouted, and remarks between."""
    return " -- it's\n{# a 'remark #}".join(
        found.group() if found.lastgroup == "string" else found.group().upper()
        for found in TOKEN.finditer(text)
        if found.lastgroup != "skipped"
    )


def test_every_fault_stands_in_the_model_it_names() -> None:
    moved = [fault.name for fault in FAULTS if anchor(fault).model != fault.model]
    assert moved == [], "it is found, but should say where it is"


@pytest.mark.parametrize("reformatted", [on_one_line, token_by_token])
def test_every_fault_goes_into_a_model_that_was_reformatted(reformatted) -> None:
    assert len(FAULTS) >= 240
    for fault in FAULTS:
        written = anchor(fault).path.read_text()
        other = reformatted(written)
        assert other != written
        assert len(places(fault.old, other)) == len(places(fault.old, written))
        faulty = words(replaced(written, fault.old, fault.new))
        assert faulty == words(replaced(other, fault.old, fault.new)), fault.name
        assert faulty != words(written), fault.name


def test_what_is_text_counts_to_the_letter() -> None:
    assert places("status = 'paid'", "Status='paid' -- status = 'paid'") == [(0, 13)]
    assert not places("status = 'paid'", "status = 'Paid'")
    assert not places("due < paid", "due <= paid")
    assert not places("amount", "net_amount + amounts")
    assert replaced("a+b, c + b", "c  +  b ", "c - b\n") == "a+b, c - b"


def write(project: Path, **models: str) -> None:
    for name, text in models.items():
        (project / "models").mkdir(exist_ok=True)
        (project / "models" / f"{name}.sql").write_text(text)


def test_a_fault_follows_its_text_to_the_one_model_that_has_it(tmp_path: Path) -> None:
    write(tmp_path, one="select a from t", two="select\n sum( a ) as b from t")
    assert anchor(MOVED, tmp_path).model == "two"


@pytest.mark.parametrize(
    ("models", "said"),
    [
        (
            {"two": "select sum(a) as b", "three": "select sum(a) as b"},
            "moved: one lacks 'sum(a) as b', which stands in three and two",
        ),
        (
            {"one": "select x", "two": "select\n  sum( a )\n  as c"},
            "moved: one lacks 'sum(a) as b'; its longest part, 'sum( a ) as', "
            "stands in models/two.sql:2",
        ),
        ({"one": "1"}, "moved: one lacks 'sum(a) as b'; nothing like it is left"),
    ],
)
def test_a_fault_that_lost_its_text_says_where_it_may_be(
    models: dict[str, str], said: str, tmp_path: Path
) -> None:
    write(tmp_path, **models)
    with pytest.raises(LookupError, match=f"^{re.escape(said)}$"):
        anchor(MOVED, tmp_path)
