"""Every metric equals the mart columns that show it, and the reference computation."""

from __future__ import annotations

from datetime import date

import pytest
from harness.project import AS_OF
from semantic_layer.layer import SemanticLayer

from metrics.conftest import ENGINES
from metrics.equality import differences, pairs


@pytest.mark.parametrize("layer", ENGINES, indirect=True)
def test_metrics_equal_the_marts_of_the_sample_account(layer: SemanticLayer) -> None:
    said = unequal(layer, date.fromisoformat(AS_OF))
    if said:
        pytest.fail("\n".join(said), pytrace=False)


def unequal(layer: SemanticLayer, as_of: date) -> list[str]:
    """How metrics differ from the mart columns that they should equal."""
    found = []
    for metric, grain, column in pairs(layer):
        lines = differences(layer, metric, grain, column, as_of)
        found += lines[:3]
        if len(lines) > 3:
            found.append(f"... and {len(lines) - 3} more rows of that column")
    return found
