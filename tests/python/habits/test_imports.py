"""Python's rooms: scripts are commands, packages are found as they lie, no circles."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from harness.project import ROOT

PACKAGES = [path.parent for path in sorted(ROOT.glob("[a-z]*/__init__.py"))]
SCRIPTS = sorted((ROOT / "scripts").rglob("*.py"))
# Where a folder could be named to Python by hand.
BY_HAND = re.compile(r"\bsys\.path\b|PYTHON[P]ATH|^pythonpath", re.M)
TEXTS = ["Makefile", "pyproject.toml", ".ci/run", "*.md", "docs/*.md"]

Edges = dict[str, set[str]]


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """What a module names in its imports, anywhere in it: `a.b` and `a.b.name`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = path.relative_to(ROOT).parts[: -node.level] if node.level else ()
            origin = ".".join([*above, *filter(None, [node.module])])
            found |= {origin} | {f"{origin}.{alias.name}" for alias in node.names}
    return found


def imports(paths: Iterable[Path]) -> Edges:
    """Each module with those it imports; a package that it names only on the way to a
    module within it does not count."""
    modules = {module(path): path for path in paths}
    edges: Edges = {}
    for name, path in modules.items():
        found = imported(path) & modules.keys()
        edges[name] = {
            other
            for other in found - {name}
            if not any(within.startswith(f"{other}.") for within in found)
        }
    return edges


def between_folders(edges: Edges, folders: dict[str, str]) -> Edges:
    found: Edges = {}
    for name, others in edges.items():
        reached = {folders[other] for other in others} - {folders[name]}
        found.setdefault(folders[name], set()).update(reached)
    return found


def circle(edges: Edges) -> list[str]:
    """One circle of imports, as it goes round; empty where there is none."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def python_files() -> list[Path]:
    return [path for package in PACKAGES for path in sorted(package.rglob("*.py"))]


def test_no_module_and_no_folder_imports_itself_in_a_circle() -> None:
    paths = python_files()
    edges = imports(paths)
    folders = {module(path): str(path.parent.relative_to(ROOT)) for path in paths}
    assert len(edges) > 100
    assert sum(map(len, edges.values())) > 200
    assert circle(edges) == []
    assert circle(between_folders(edges, folders)) == []


def test_a_circle_shows() -> None:
    edges = {"a.one": {"b.two"}, "b.two": set(), "b.three": {"a.four"}, "a.four": set()}
    folders = {name: name.split(".")[0] for name in edges}
    assert circle(edges) == []
    assert sorted(set(circle(between_folders(edges, folders)))) == ["a", "b"]
    edges["a.four"] = {"b.three"}
    assert sorted(set(circle(edges))) == ["a.four", "b.three"]


def test_scripts_are_commands() -> None:
    assert {path.parent.name for path in SCRIPTS} == {"scripts"}
    command = re.compile(r"^def main\(.*^if __name__ == \"__main__\":\n", re.M | re.S)
    assert [p.name for p in SCRIPTS if not command.search(p.read_text())] == []


def test_no_package_imports_a_script_or_a_test() -> None:
    beside = {path.name for path in (ROOT / "tests" / "python").iterdir()}
    barred = {"scripts", "tests", *beside} - {package.name for package in PACKAGES}
    assert [
        module(path)
        for path in python_files()
        if any(name.split(".")[0] in barred for name in imported(path))
    ] == []


def test_no_folder_is_named_to_python_by_hand() -> None:
    texts = [path for pattern in TEXTS for path in ROOT.glob(pattern)]
    texts += [*python_files(), *SCRIPTS, *(ROOT / "tests" / "python").rglob("*.py")]
    assert len(texts) > 200
    assert [str(path) for path in texts if BY_HAND.search(path.read_text())] == []
    assert BY_HAND.search("import sys\nsys.path.append('scripts')\n")
