"""What can be wrong with a request, in a sentence for its reader."""

from __future__ import annotations


class NotFound(Exception):
    """The address names something that is not there."""


class NoData(Exception):
    """There is nothing to show; the message says why and what to do."""
