"""Make dbt start sooner, keep a setting, and say in one sentence that a file is locked.

A third of a parse is spent on what changes nothing: the garbage collector walks over
hundreds of thousands of objects that stay (a third of what sqlfluff does, too),
mashumaro builds a class to write down each default value of a JSON schema, and Jinja
compiles words that hold no Jinja, and the same `{{ doc("currency") }}` for every
column. A fifth of a data test goes into a copy of all macros, and some into lines of a
log that nobody writes. An eighth of a short command is the search for what can be freed
before the process ends, and some goes into writing the manifest word by word.

dbt reads `fill_nulls_with` of a metric and drops it on the way to MetricFlow (dbt-core
issue 13037). Its partial parse keeps what was dropped: `dbt parse --no-partial-parse`.

dbt and sqlfluff of .venv call `start()`, which `make setup` sees to; programs that run
dbt within themselves call `save_time()` and `keep_zeros()`. SEGMENT_STRIPE_PLAIN_DBT=1
leaves dbt as it is. A version of a library that looks different is left alone.
"""

from __future__ import annotations

import atexit
import gc
import inspect
import logging
import os
import re
from collections.abc import Callable
from typing import Any

COLLECT_AFTER = (500_000, 10, 10)
DEFAULT_PARAMETERS = ["f_type", "f_value", "config_cls"]
METRIC_PARAMETERS = ["self", "unparsed_metric"]
METRIC_PARAMETERS += ["generated_from", "default_agg_time_dimension"]
CONNECT_PARAMETERS = ["creds", "plugins"]
CONTEXT_PARAMETERS = ["self", "vars", "shared", "locals"]
ENCODE_PARAMETERS = ["self", "o", "_one_shot"]
COMPILE_PARAMETERS = ["self", "source", "name", "filename", "raw", "defer_init"]


def start(program: str) -> None:
    """What dbt, sqlfluff and its processes ("-c") do before anything else."""
    if os.environ.get("SEGMENT_STRIPE_PLAIN_DBT"):
        return
    gc.set_threshold(*COLLECT_AFTER)
    if program != "-c":
        atexit.register(gc.freeze)
        save_time()
        keep_zeros()
        explain_lock()


def save_time() -> None:
    """Take the shortcuts, once."""
    gc.set_threshold(*COLLECT_AFTER)
    try:
        from dbt.clients import jinja
        from dbt_common.events.logger import _Logger
        from dbt_common.utils.encoding import JSONEncoder
        from jinja2 import Environment, Template
        from mashumaro.jsonschema import schema
    except ImportError:
        return
    replace(schema, "_default", DEFAULT_PARAMETERS, written_as_it_is)
    replace(Environment, "compile", COMPILE_PARAMETERS, compiled_once)
    replace(Template, "new_context", CONTEXT_PARAMETERS, not_copied)
    replace(JSONEncoder, "iterencode", ENCODE_PARAMETERS, in_one_piece)
    replace(_Logger, "write_line", ["self", "msg"], if_it_is_wanted)
    if type(getattr(jinja, "_render_cache", None)) is dict:
        jinja._render_cache = PlainText(jinja._render_cache)


class PlainText(dict):
    """dbt's cache of YAML values without Jinja: a line of text stands for itself."""

    def __contains__(self, text: object) -> bool:
        return super().__contains__(text) or (
            type(text) is str and "\n" not in text and "\r" not in text
        )

    def __missing__(self, text: str) -> str:
        return text


def replace(
    owner: Any, name: str, parameters: list[str], around: Callable[[Any], Any]
) -> None:
    """Put a shortcut before a function that has just these parameters."""
    plain = getattr(owner, name, None)
    if plain and list(inspect.signature(plain).parameters) == parameters:
        setattr(owner, name, around(plain))


def written_as_it_is(plain: Callable) -> Callable:
    """The default of a field in a JSON schema: a plain value stands for itself."""

    def default(type_, value, config):
        if value is None or type(value) in (bool, int, str):
            return value
        return plain(type_, value, config)

    return default


def compiled_once(plain: Callable) -> Callable:
    """The code of a template without a name, kept for each kind of environment."""
    kept: dict[tuple[type, str], Any] = {}

    def compile_template(self, source, *more, **options):
        if more or options or not isinstance(source, str):
            return plain(self, source, *more, **options)
        key = (type(self), source)
        if key not in kept:
            kept[key] = plain(self, source)
        return kept[key]

    return compile_template


def not_copied(plain: Callable) -> Callable:
    """The context of a template that is given just what it knows already."""

    def new_context(self, vars=None, shared=False, locals=None):
        known = getattr(self.globals, "maps", ())
        if known and vars is known[0] and not shared and not locals:
            return plain(self, self.globals, True)
        return plain(self, vars, shared, locals)

    return new_context


def in_one_piece(plain: Callable) -> Callable:
    """An artifact as JSON: the same text, of json's own encoder in C."""

    def iterencode(self, o, _one_shot=False):
        return plain(self, o, True)

    return iterencode


def if_it_is_wanted(plain: Callable) -> Callable:
    """A line of a log; those of debugging are not even made where they are left out."""

    def write_line(self, msg):
        log = self._python_logger
        if msg.info.level != "debug" or not log or log.isEnabledFor(logging.DEBUG):
            plain(self, msg)

    return write_line


def keep_zeros() -> None:
    """What a metric is in a group without data reaches MetricFlow, as YAML says it."""
    try:
        from dbt.parser.schema_yaml_readers import MetricParser
    except ImportError:
        return
    replace(MetricParser, "_get_metric_type_params", METRIC_PARAMETERS, filled)


def filled(plain: Callable) -> Callable:
    """The parameters of a metric; where dbt filled them itself, they stay."""

    def type_params(self, metric, *more, **options):
        parameters = plain(self, metric, *more, **options)
        if getattr(parameters, "fill_nulls_with", 0) is None:
            parameters.fill_nulls_with = getattr(metric, "fill_nulls_with", None)
        return parameters

    return type_params


def explain_lock() -> None:
    """Another program that holds the DuckDB file is no fault of dbt: no traceback."""
    try:
        from dbt.adapters.duckdb.environments import Environment
    except ImportError:
        return
    replace(Environment, "initialize_db", CONNECT_PARAMETERS, connected)


def connected(plain: Callable) -> Callable:
    """Opening the DuckDB file, with one sentence where another program has it."""
    from dbt.adapters.exceptions import FailedToConnectError
    from duckdb import IOException

    def initialize_db(creds, plugins=None):
        try:
            return plain(creds, plugins)
        except IOException as error:
            if not is_lock(error):
                raise
            raise FailedToConnectError(locked(creds.path, error)) from None

    return staticmethod(initialize_db)


def is_lock(error: Exception) -> bool:
    return "Could not set lock" in str(error)


def locked(path: object, error: Exception) -> str:
    """One sentence on a DuckDB file that another program has open."""
    holder = re.search(r"\(PID (\d+)\)", str(error))
    process = f" (process {holder[1]})" if holder else ""
    return (
        f"{path} is open in another program{process}: wait until that ends or close "
        "it, or name another file in SEGMENT_STRIPE_DUCKDB."
    )
