"""News in words, as JSON, and to an address."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from alerts.alert import Alert
from alerts.errors import AlertError
from alerts.memory import News
from alerts.watch import Watched
from dashboards.text.formatting import counted, day

SECONDS = 10


def in_words(news: News, watched: Watched) -> str:
    """All that stands, what is over, and what was not asked, for a terminal."""
    blocks = [
        *lines("New", news.new),
        *lines("Still", news.again),
        *lines("Known", news.known),
        *lines("Silenced", news.silenced),
        *(f"Over: {said}" for said in news.over),
        *(f"Left out: {name}, for {why}." for name, why in watched.left_out.items()),
    ]
    count = counted(len(news.standing), "alert")
    return "\n".join([f"{count} as of {day(news.as_of)}.", *blocks])


def lines(word: str, alerts: list[Alert]) -> list[str]:
    return [
        f"{word}: {alert.says}" + (f"\n  {alert.address}" if alert.address else "")
        for alert in alerts
    ]


def in_json(news: News, watched: Watched) -> dict[str, Any]:
    return {
        "as_of": news.as_of.isoformat(),
        "new": [alert.to_json() for alert in news.new],
        "again": [alert.to_json() for alert in news.again],
        "known": [alert.to_json() for alert in news.known],
        "silenced": [alert.to_json() for alert in news.silenced],
        "over": news.over,
        "left_out": watched.left_out,
    }


def message(news: News) -> dict[str, Any]:
    """What is posted: a text, which chats show, and the alerts for programs."""
    said = [
        *lines("New", news.new),
        *lines("Still", news.again),
        *(f"Over: {said}" for said in news.over),
    ]
    return {
        "text": "\n".join(said),
        "as_of": news.as_of.isoformat(),
        "alerts": [alert.to_json() for alert in (*news.new, *news.again)],
        "over": news.over,
    }


def post(address: str, content: dict[str, Any]) -> None:
    """Post JSON. Raises AlertError, which does not say the address: it is a secret."""
    request = urllib.request.Request(
        address,
        data=json.dumps(content).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):
            pass
    except (OSError, ValueError) as error:
        why = getattr(error, "reason", None) or error
        raise AlertError(
            f"The alerts could not be posted ({why}): check SEGMENT_STRIPE_ALERTS_URL; "
            "they are said again with the next run."
        ) from error
