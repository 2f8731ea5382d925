"""The address is a page's whole state: read it, write it, link to it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

State = dict[str, str]

LONGEST_VALUE = 2_000
# What one chooses on a page and means on the next one too; also in assets/shell.js.
CHOICES = ("days", "currency", "account")
BACK = "from"  # the page that one came from


def read_state(search: str | None) -> State:
    """`?currency=usd` as {"currency": "usd"}; the last of several wins.

    NUL, which PostgreSQL does not take in text, and what is too long are cut off. A
    currency may be written as people do, `USD`.
    """
    pairs = parse_qsl((search or "").lstrip("?"), max_num_fields=None)
    state = {name: value.replace("\0", "")[:LONGEST_VALUE] for name, value in pairs}
    if "currency" in state:
        state["currency"] = state["currency"].lower()
    return state


def carried(state: State) -> State:
    """What stays in the addresses of a page that does not read it itself."""
    back = state.get(BACK, "")
    kept = {BACK: back} if 0 < len(back) < LONGEST_VALUE else {}
    return {name: state[name] for name in CHOICES if state.get(name)} | kept


def address(path: str, **state: object) -> str:
    """The address of a page in a state; what is None or empty is left out."""
    given = {
        name: str(value) for name, value in state.items() if value not in (None, "")
    }
    return f"{path}?{urlencode(given)}" if given else path
