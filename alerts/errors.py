"""What stands in the way, in sentences."""

from __future__ import annotations


class AlertError(Exception):
    """One sentence: what is wrong and what to do."""


class LeftOut(Exception):
    """A rule has nothing to ask here: why, as the end of a sentence."""
