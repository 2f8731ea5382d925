"""A client of the dashboards that asks for pages as a browser does, without drawing."""

from __future__ import annotations

import http.client
import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

# The application draws a page in one callback: from the address to its content.
PAGE_CALLBACK = "page.children"
STATE = re.compile(r'"data-state": ?"([a-z-]+)"')


class PageError(Exception):
    """A page was not shown; the message has the address and why."""


@dataclass(frozen=True)
class Shown:
    """What a request for a page gave: its content as JSON, and the bytes of it all.

    `state` is None where there are figures, else `empty` or `not-found`.
    """

    content: str
    size: int
    state: str | None


class PageClient:
    """One visitor, on one connection."""

    def __init__(self, address: str, seconds: float = 60) -> None:
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(
            parts.hostname, parts.port, timeout=seconds
        )
        self.callbacks = json.loads(self.get("/_dash-dependencies"))

    def close(self) -> None:
        self.connection.close()

    def get(self, path: str) -> str:
        return self.answered("GET", path)

    def open(self, address: str) -> Shown:
        """The HTML of an address and the callback that draws its page."""
        parts = urlsplit(address)
        html = self.get(address)
        content = self.call(
            PAGE_CALLBACK,
            {"address.pathname": parts.path, "address.search": search(parts.query)},
        )
        state = found[1] if (found := STATE.search(content)) else None
        if state == "error":
            raise PageError(f"{address} shows an error: {content[:2000]}")
        return Shown(content, len(html) + len(content), state)

    def call(self, output: str, values: dict[str, object]) -> str:
        """Run the callback with this output; `values` are of its inputs and states."""
        callback = next(c for c in self.callbacks if output in c["output"])

        def given(dependencies: list[dict]) -> list[dict]:
            return [
                {
                    "id": identifier(each["id"]),
                    "property": each["property"],
                    "value": values.get(f"{each['id']}.{each['property']}"),
                }
                for each in dependencies
            ]

        names = callback["output"].strip(".").split("...")
        outputs = [
            {"id": identifier(name), "property": property}
            for name, _, property in (each.rpartition(".") for each in names)
        ]
        several = callback["output"].startswith("..")
        body = {
            "output": callback["output"],
            "outputs": outputs if several else outputs[0],
            "inputs": given(callback["inputs"]),
            "changedPropIds": [
                f"{each['id']}.{each['property']}" for each in callback["inputs"]
            ],
            "state": given(callback["state"]),
        }
        return self.answered("POST", "/_dash-update-component", json.dumps(body))

    def answered(self, method: str, path: str, body: str | None = None) -> str:
        headers = {"Content-Type": "application/json"} if body else {}
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        if response.status >= 400:
            raise PageError(f"{path}: {response.status} {text[:500]}")
        return text


def identifier(text: str) -> str | dict:
    """The id of a component; those of a kind have several parts."""
    return json.loads(text) if text.startswith("{") else text


def search(query: str) -> str:
    return f"?{query}" if query else ""
