"""The ten figures look like a business."""

from __future__ import annotations

import pytest

from sample_account.report import FIGURES, report


@pytest.fixture(scope="module")
def figures(default_account):
    folder, _ = default_account
    return {figure.name: (figure, value) for figure, value in report(folder)}


def test_there_are_ten(figures):
    assert len(figures) == 10


@pytest.mark.parametrize("name", [figure.name for figure in FIGURES])
def test_figure_is_within_the_usual_range(figures, name):
    figure, value = figures[name]
    assert figure.low <= value <= figure.high, f"{value} ({figure.source})"
