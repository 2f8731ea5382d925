"""The one error that people see."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class MetricError(Exception):
    """One sentence: what is wrong and what to do."""


def nearest(name: str, names: Iterable[str]) -> str:
    """The names that somebody may have meant, for the end of a sentence."""
    known = list(names)
    close = difflib.get_close_matches(name, known, n=5, cutoff=0.5)
    within = [other for other in known if name in other and other not in close]
    found = (close + within)[:5]
    return f"; near it: {', '.join(found)}" if found else ""
