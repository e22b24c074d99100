# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""scripts/check_layers.py finds an include that points the wrong way."""
import shutil
import subprocess

import pytest

from corridor_program import ROOT


@pytest.fixture
def tree(tmp_path):
    for part in ("host", "kernels"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


def check(tree):
    return subprocess.run(["/usr/bin/python3", str(ROOT / "scripts/check_layers.py"), str(tree)],
                          capture_output=True, text=True)


def test_this_tree_points_the_right_way(tree):
    checked = check(tree)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("file, include", [
    ("host/plan/x.cpp", "host/simulate/simulate.hpp"),
    ("kernels/lane/x.hpp", "corridor/error.hpp"),
    ("kernels/lane/x.hpp", "kernels/backend.hpp"),
    ("host/include/corridor/x.hpp", "kernels/lane/cents.hpp"),
    ("host/cli/x.cpp", "host/price/price.hpp"),
    ("host/price/x.cpp", "host/h5/image_file.hpp"),
    ("kernels/cuda/x.cu", "kernels/cpu/dispatch.hpp"),
])
def test_a_wrong_direction_is_named_with_its_line(tree, file, include):
    (tree / file).write_text(f'#pragma once\n#include "{include}"\n')
    checked = check(tree)
    assert checked.returncode == 1
    assert f"{file}:2" in checked.stdout and include in checked.stdout


def test_a_folder_without_a_layer_is_named(tree):
    (tree / "host" / "misc").mkdir()
    (tree / "host" / "misc" / "x.cpp").write_text("")
    assert "host/misc/x.cpp: belongs to no layer" in check(tree).stdout
