# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Files of former releases stay readable: a book prices to the figures of its release, results open.

tests/compat/VERSION holds one small book and its results each; `scripts/reliability/formats.py
--keep VERSION` writes them when a release is made.
"""
import shutil
import subprocess

import h5py
import numpy as np
import pandas
import pytest

from corridor_program import OK, PATIENCE_S, ROOT, corridor

RELEASES = sorted(path.name for path in (ROOT / "tests" / "compat").iterdir() if path.is_dir())
COLUMNS = ["group_id", "specific_deductible_usd", "aggregate_corridor", "total_mean_usd", "specific_mean_usd"]


def folder(release):
    return ROOT / "tests" / "compat" / release


def test_a_release_is_kept():
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES)
def test_a_book_of_a_release_still_prices_to_its_figures(release, tmp_path):
    shutil.copy(folder(release) / "book.h5", tmp_path / "book.h5")
    done = corridor("price", "book.h5", "-o", "out.h5", "--years", 2000, "--method", "simulate", cwd=tmp_path)
    assert done.code == OK, done.why
    with h5py.File(tmp_path / "out.h5") as now, h5py.File(folder(release) / "quotes.h5") as then:
        for name in COLUMNS[1:]:
            assert np.allclose(now["summary"][name], then["summary"][name], rtol=1e-12), name


@pytest.mark.parametrize("release", RELEASES)
def test_results_of_a_release_open_with_h5py_and_pandas(release):
    path = folder(release) / "quotes.h5"
    with h5py.File(path) as file:
        assert file.attrs["schema"] == b"corridor.quotes"
        rows = len(file["summary"])
    table = pandas.read_hdf(path, "summary")
    assert len(table) == rows == 3
    for name in COLUMNS:
        assert name in table.columns, name


@pytest.mark.parametrize("release", RELEASES)
def test_results_of_a_release_open_in_r(release):
    script = (f"library(hdf5r); f <- H5File$new('{folder(release) / 'quotes.h5'}', 'r'); t <- f[['summary']][]; "
              "cat(nrow(t), sum(t$total_mean_usd))")
    try:
        done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, timeout=PATIENCE_S)
    except FileNotFoundError:
        pytest.skip("R is not installed")
    if "there is no package" in done.stderr:
        pytest.skip("R has no hdf5r")
    assert done.returncode == 0, done.stderr
    with h5py.File(folder(release) / "quotes.h5") as file:
        assert done.stdout.split()[0] == "3"
        assert float(done.stdout.split()[1]) == pytest.approx(file["summary"]["total_mean_usd"].sum(), rel=1e-5)
