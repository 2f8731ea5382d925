"""The dbt models, run on one account after another, fast."""

from engine.compiled import Engine
from engine.schema import Created, collections

__all__ = ["Created", "Engine", "collections"]
