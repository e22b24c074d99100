# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Types of the package: its modules agree with them, uses are checked by them, the stub has all names."""
import ast
import importlib
import pathlib
import subprocess
import sys

import pytest

from corridor_program import ROOT

corridor = pytest.importorskip("corridor")
PACKAGE = pathlib.Path(corridor.__file__).parent


def test_package_and_uses_of_it_type_check():
    pytest.importorskip("mypy")
    cache = PACKAGE.parent.parent / "mypy"
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", ROOT / "pyproject.toml", "--cache-dir", cache,
         "corridor", ROOT / "tests" / "python" / "typed_use.py"],
        cwd=PACKAGE.parent, capture_output=True, text=True, timeout=300, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def stub_names():
    """{class or "": names} of the stub."""
    names = {"": set()}
    for node in ast.parse((PACKAGE / "_native.pyi").read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names[""].add(node.name)
        if isinstance(node, ast.ClassDef):
            names[node.name] = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
    return names


def public(held):
    return {name for name in vars(held) if not name.startswith("_")}


def test_the_stub_has_every_public_name_of_the_native_module():
    native = importlib.import_module("corridor._native")
    stub = stub_names()
    assert stub.pop("") == public(native) and {"price", "RunOptions"} <= public(native)
    assert {name: names - {"__init__"} for name, names in stub.items()} == {
        name: public(getattr(native, name)) for name in stub}


def test_every_public_name_has_a_docstring_and_stands_in_the_readme():
    readme = (ROOT / "host" / "python" / "README.md").read_text(encoding="utf-8")
    for name in corridor.__all__:
        assert getattr(corridor, name).__doc__, name
        assert name in readme, name
