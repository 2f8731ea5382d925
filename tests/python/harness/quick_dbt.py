"""What dbt does for each node that no test looks at costs a quarter of a build.

It tells of itself eighteen times, writes two files, and prepares to read dates in
words. So what it says at the level of debugging is neither made nor told, files are
written where a command is to compile, and such a reader of dates is made once.
What depends on what is found once for a manifest, not by each command.
"""

from __future__ import annotations

from functools import cache

import parsedatetime
from dbt.compilation import Compiler
from dbt.contracts.graph.nodes import ParsedNode
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager


def apply() -> None:
    """Once for each process; dbt's own names stay."""
    EventManager.fire_event = without_debugging(EventManager.fire_event)
    BaseEvent.__init__ = when_asked(BaseEvent.__init__)
    BaseEvent.__setattr__ = assigned
    parsedatetime.Constants = cache(parsedatetime.Constants)
    Compiler.compile = once_for_each_manifest(Compiler.compile)


def write_files(is_told: bool) -> None:
    """Whether the SQL of each node goes into files."""
    ParsedNode.write_node = WRITE_NODE if is_told else lambda *_: None


WRITE_NODE = ParsedNode.write_node


def once_for_each_manifest(find_graph):
    graphs = {}

    def found(self, manifest, write=True, add_test_edges=False, catalogs=None):
        if self.config.args.which in ("compile", "show"):
            # What is given with --inline comes into the manifest as a node.
            return find_graph(self, manifest, write, add_test_edges, catalogs)
        # What is kept keeps its manifest, or another one could have its number.
        key = id(manifest), add_test_edges
        if key not in graphs:
            graph = find_graph(self, manifest, write, add_test_edges, catalogs)
            graphs[key] = graph, manifest
        self.initialize()
        return graphs[key][0]

    return found


def without_debugging(fire_event):
    def fire(self, e, level=None, **more):
        if (level or e.level_tag()) != EventLevel.DEBUG:
            fire_event(self, e, level, **more)

    return fire


def when_asked(make):
    """An event keeps what it is made of, and becomes a message where one is read."""

    def keep(self, *args, **kwargs):
        object.__setattr__(self, "made_of", (args, kwargs))

    def read(self, name):
        if name == "pb_msg":
            args, kwargs = object.__getattribute__(self, "made_of")
            make(self, *args, **kwargs)
            return object.__getattribute__(self, name)
        return getattr(self.pb_msg, name)

    BaseEvent.__getattr__ = read
    return keep


def assigned(event, name, value):
    if name == "pb_msg":
        object.__setattr__(event, name, value)
    else:
        setattr(event.pb_msg, name, value)
