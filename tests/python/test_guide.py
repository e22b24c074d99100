# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Every command of the user guide, in its order, in a folder with the sample books."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

from corridor_program import PROGRAM, ROOT

GUIDE = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The reader's folder, after all shell commands: file names that the guide promises are there."""
    folder = tmp_path_factory.mktemp("guide")
    for book in (ROOT / "data" / "books").glob("*.h5"):
        shutil.copy(book, folder)
    run_shell(folder)
    return folder


def environment():
    package = pathlib.Path(PROGRAM).parent / "python"
    programs = f"{pathlib.Path(PROGRAM).parent}:{package / 'bin'}:{pathlib.Path(sys.executable).parent}"
    return {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(package)}


def run_shell(folder):
    for block in blocks("sh"):
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=folder, timeout=600,
                              env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{block}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


def test_shell_commands_do_what_the_guide_says(folder):
    made = {path.name for path in folder.iterdir()}
    named = set(re.findall(r"(?:-o|--csv|--excel|--map) (\S+\.(?:h5|csv|html|xlsx|toml))",
                           "\n".join(blocks("sh"))))
    assert named and named <= made


def test_python_examples_run(folder):
    for block in blocks("python"):
        done = subprocess.run([sys.executable, "-c", block], cwd=folder, timeout=600,
                              env=environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{block}\n{done.stderr}"
        assert "100000.0" in done.stdout


def has_rhdf5():
    if shutil.which("Rscript") is None:
        return False
    asked = "quit(status = !requireNamespace('rhdf5', quietly = TRUE))"
    return subprocess.run(["Rscript", "-e", asked], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not has_rhdf5(), reason="R with rhdf5 is not installed")
def test_r_example_runs(folder):
    done = subprocess.run(["Rscript", "-e", blocks("r")[0]], cwd=folder, timeout=600,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "99%" in done.stdout


def test_every_file_that_the_guide_names_exists():
    for path in re.findall(r"`((?:data|docs|scripts|host|tests)/[\w./]+)`", GUIDE):
        assert (ROOT / path).exists(), path
