"""The tools as a server of the Model Context Protocol, over stdin and stdout."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from assistant.tools import Tools
from semantic_layer.errors import MetricError

INSTRUCTIONS = """\
Figures of a Stripe account, each defined once: list the metrics, explain one before its
first use, then query. Money is never added over currencies: group by currency, or name
one. Say figures as they are given, with their currency and days; compute nothing that a
metric has. What is owed stands in the latest month only. There are no names and no
e-mail addresses here, but ids of customers.
"""
READS_ONLY = ToolAnnotations(
    read_only_hint=True,
    destructive_hint=False,
    idempotent_hint=True,
    open_world_hint=False,
)
Given = ParamSpec("Given")
# What the command line says, as a caller of tools understands it.
SPELLINGS = (
    (r"--group-by (\w+)", r"\1 to group_by"),
    (r"--currency (\w+)", r"currency \1"),
    (r"make metrics ARGS='explain \w+'", "explain_metric"),
    (r"make metrics\b", "list_metrics"),
)


def server(tools: Tools) -> MCPServer:
    """A server of these tools; `run()` serves until its input ends."""
    made = MCPServer("segment-stripe", instructions=INSTRUCTIONS, log_level="ERROR")
    offers = (
        tools.list_metrics,
        tools.explain_metric,
        tools.query_metrics,
        tools.read_definition,
    )
    for tool in offers:
        made.tool(annotations=READS_ONLY, structured_output=False)(teaching(tool))
    return made


def teaching(tool: Callable[Given, str]) -> Callable[Given, str]:
    """The tool, whose errors are sentences that its caller reads."""

    @wraps(tool)
    def call(*given: Given.args, **named: Given.kwargs) -> str:
        try:
            return tool(*given, **named)
        except MetricError as error:
            raise ToolError(in_tool_words(str(error))) from error

    return call


def in_tool_words(sentence: str) -> str:
    for spelled, said in SPELLINGS:
        sentence = re.sub(spelled, said, sentence)
    return sentence
