# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""scripts/check_codes.py finds a problem code that users are not told of."""
import shutil
import subprocess

import pytest

from corridor_program import ROOT


@pytest.fixture
def tree(tmp_path):
    for part in ("host", "kernels"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / "data").mkdir()
    for page in ("README.md", "laws.md", "importing.md"):
        shutil.copy(ROOT / "data" / page, tmp_path / "data" / page)
    return tmp_path


def check(tree):
    return subprocess.run(["/usr/bin/python3", str(ROOT / "scripts/check_codes.py"), str(tree)],
                          capture_output=True, text=True, check=False)


def test_every_code_is_explained_and_every_explained_code_is_given(tree):
    checked = check(tree)
    assert (checked.returncode, checked.stdout) == (0, "")


def test_a_code_without_a_line_in_the_table_is_named_with_its_file(tree):
    (tree / "host/plan/new.cpp").write_text('problem.code = "E_NEVER_HEARD_OF";\n')
    checked = check(tree)
    assert checked.returncode == 1
    assert "E_NEVER_HEARD_OF (host/plan/new.cpp) is missing from data/README.md" in checked.stdout


def test_a_code_of_claim_laws_may_be_explained_with_them(tree):
    laws = (tree / "data/laws.md").read_text()
    assert "`E_CYCLE`" in laws
    (tree / "data/laws.md").write_text(laws.replace("`E_CYCLE`", ""))
    checked = check(tree)
    assert (checked.returncode, "E_CYCLE" in checked.stdout) == (1, True)


def test_a_line_of_the_table_that_no_source_gives_is_named(tree):
    page = tree / "data/README.md"
    page.write_text(page.read_text().replace("| `E_CHUNK` |", "| `E_CHUNK` `E_LONG_GONE` |"))
    checked = check(tree)
    assert (checked.returncode, "E_LONG_GONE" in checked.stdout) == (1, True)
