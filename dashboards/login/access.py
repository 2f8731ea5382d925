"""Who may see which page, where a proxy says who asks.

A file that SEGMENT_STRIPE_ACCESS names; without one, whoever reaches the dashboards
sees all of them. What is not known to be allowed is refused: files and callbacks belong
to a page, and pages that somebody may not see are not there for him.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from flask import Flask, Response, g, has_request_context, redirect, request

ALL = "all"
HEALTH = "/health"
# Dash's own, for everybody who is known: style, scripts, and the frame of the pages,
# which it answers to any other address.
COMMON = ("/assets/", "/_dash-component-suites/", "/_favicon")
FRAME = ("/_dash-layout", "/_dash-dependencies")
ANY_ADDRESS = ("/", "/<path:path>")
CALLBACKS = "/_dash-update-component"
# Where files belong that have an address of their own.
FILES = {"/explore.csv": "/explore", "/search.json": "/search"}
# These draw any page, and ask may_see for it themselves.
TABLES = "/table.csv"
PAGE_OUTPUT = "..page.children..."
# All other callbacks are of the Explore.
OTHER_OUTPUTS = "/explore"


class AccessError(Exception):
    """The file is wrong: one sentence with the fix."""


@dataclass(frozen=True)
class Access:
    """The headers by which a proxy names people, and the pages of each group."""

    user_header: str
    groups_header: str | None
    pages: Mapping[str, Collection[str]]
    users: Mapping[str, Collection[str]]
    everybody: Collection[str]

    def of(self, user: str, groups: Collection[str]) -> Collection[str]:
        """The paths that somebody may see."""
        mine = {*groups, *self.users.get(user.lower(), ()), *self.everybody}
        return {path for group in mine for path in self.pages.get(group, ())}


def read_access(paths: Collection[str]) -> Access | None:
    """The file, where one is named; `paths` are those of all pages."""
    named = os.environ.get("SEGMENT_STRIPE_ACCESS")
    if not named:
        return None
    try:
        content = yaml.safe_load(Path(named).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise AccessError(
            f"{named} cannot be read: correct SEGMENT_STRIPE_ACCESS or the file "
            f"({' '.join(str(error).split())})."
        ) from None
    return parsed(named, content, paths)


def parsed(file: str, content: Any, paths: Collection[str]) -> Access:
    known = {"user_header", "groups_header", "pages", "users", "everybody"}
    if not isinstance(content, dict) or set(content) - known:
        raise AccessError(f"{file} may have {', '.join(sorted(known))}, and no more.")
    if not content.get("user_header") or not isinstance(content.get("pages"), dict):
        raise AccessError(f"{file} needs user_header, and pages of each group.")
    pages = {}
    for group, listed in content["pages"].items():
        allowed = list(paths) if listed == ALL else listed
        wrong = [p for p in allowed or [] if p not in paths]
        if not isinstance(allowed, list) or wrong:
            raise AccessError(
                f"{file}: the pages of {group} are {ALL}, or some of "
                f"{', '.join(sorted(paths))}."
            )
        pages[group] = frozenset(allowed)
    users = {
        str(user).lower(): listed
        for user, listed in (content.get("users") or {}).items()
    }
    everybody = content.get("everybody") or []
    for named in [*users.values(), everybody]:
        if not isinstance(named, list) or set(named) - pages.keys():
            raise AccessError(
                f"{file}: users and everybody have lists of groups, which pages names."
            )
    header = content.get("groups_header")
    return Access(content["user_header"], header, pages, users, everybody)


def may_see(path: str) -> bool:
    """Whether the page of a path is there for whoever asks, if anybody does."""
    allowed = g.get("allowed") if has_request_context() else None
    return allowed is None or path in allowed


def guard(server: Flask, paths: Collection[str]) -> None:
    """Refuse, before anything is answered, what somebody may not see."""
    access = read_access(paths)
    if access is None:
        return

    @server.before_request
    def refuse() -> Response | None:
        if request.path == HEALTH:
            return None
        user = request.headers.get(access.user_header, "").strip()
        if not user:
            return said("Nobody is logged in: come by the address with the login.", 401)
        given = request.headers.get(access.groups_header or "", "")
        g.allowed = access.of(user, {one.strip() for one in given.split(",")})
        if not g.allowed:
            return said(f"{user} may see no page: ask who runs the dashboards.", 403)
        if request.path == "/" and "/" not in g.allowed:
            return redirect(min(g.allowed))
        if not is_allowed(paths):
            return said("There is no such page.", 404)
        return None


def is_allowed(paths: Collection[str]) -> bool:
    """Whether a request is of a page that may be seen, or of no page."""
    path = request.path
    if path == CALLBACKS:
        output = (request.get_json(silent=True) or {}).get("output", "")
        return str(output).startswith(PAGE_OUTPUT) or may_see(OTHER_OUTPUTS)
    if path in FILES:
        return may_see(FILES[path])
    if path in paths:
        return may_see(path)
    rule = request.url_rule.rule if request.url_rule else ""
    return path in (*FRAME, TABLES) or path.startswith(COMMON) or rule in ANY_ADDRESS


def said(text: str, status: int) -> Response:
    return Response(text, status, content_type="text/plain; charset=utf-8")
