# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""--control-variates: surer means where a contract has no closed form, with errors that are true."""
import csv
import io
import math

import numpy as np
import pytest

import small_book
from corridor_program import OK, corridor

COVERS = ("specific", "aggregate", "total")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """G1 has families; what G2's and G3's aggregating specifics absorb counts to their aggregates."""
    content = small_book.content()
    groups = content["groups"]
    del groups["aggregate_corridor"]
    groups["aggregate_attachment_usd"] = np.array([45000.0, 120000.0, 200000.0])
    groups["specific_family_deductible_usd"] = np.array([30000.0, np.inf, np.inf])
    groups["aggregating_specific_usd"] = np.array([0.0, 30000.0, 20000.0])
    groups["aggregate_counts"] = np.array([0, 2, 2], np.uint8)
    content["members"]["family"] = np.where(np.arange(60) < 10, 1 + np.arange(60) // 4, 0).astype(np.uint32)
    return small_book.write(tmp_path_factory.mktemp("controls") / "book.h5", content)


def priced(book, *arguments):
    done = corridor("price", book, "--csv", "-", *arguments)
    assert done.code == OK, done.why
    return list(csv.DictReader(io.StringIO(done.out)))


def controlled(row, cover):
    return float(row[f"{cover}_controlled_mean_usd"]), float(row[f"{cover}_controlled_se_usd"])


def open_covers(row):
    return [cover for cover in COVERS if row[f"{cover}_exact_usd"] == ""]


def test_means_agree_with_a_run_of_a_hundred_times_the_years(book):
    long = priced(book, "--years", 4_000_000, "--seed", 99)
    compared = 0
    for row, truth in zip(priced(book, "--years", 40_000, "--control-variates"), long):
        for cover in open_covers(row):
            mean, error = controlled(row, cover)
            wide = math.hypot(error, float(truth[f"{cover}_se_usd"]))
            assert abs(mean - float(truth[f"{cover}_mean_usd"])) < 4 * wide, (row["group_id"], cover)
            compared += 1
    assert compared >= 4


def test_standard_errors_are_those_of_runs_with_other_seeds(book):
    runs = [priced(book, "--years", 20_000, "--seed", seed, "--control-variates") for seed in range(60)]
    for group in range(3):
        for cover in open_covers(runs[0][group]):
            means, errors = np.array([controlled(run[group], cover) for run in runs]).T
            ratio = means.var(ddof=1) / (errors ** 2).mean()
            assert 0.5 < ratio < 1.75, (group, cover, ratio)  # chi-square of 59 degrees, 4 in 10,000 a side


def test_payouts_like_the_neighbours_gain_tenfold(book):
    for row in priced(book, "--years", 40_000, "--control-variates"):
        for cover in open_covers(row):
            _, error = controlled(row, cover)
            gain = (float(row[f"{cover}_se_usd"]) / error) ** 2
            assert math.isclose(float(row[f"{cover}_controlled_gain"]), gain, rel_tol=1e-9)
            if cover != "aggregate":
                assert gain > 10, (row["group_id"], cover)


def test_threads_change_no_bit(book):
    runs = [priced(book, "--years", 20_000, "--control-variates", "--threads", threads) for threads in (1, 3)]
    assert runs[0] == runs[1]


def test_nothing_is_estimated_where_there_is_a_closed_form_or_few_years(tmp_path, book):
    plain = small_book.good(tmp_path / "plain.h5")
    for row in priced(plain, "--years", 2_000, "--control-variates"):
        assert row["specific_exact_usd"] != "" and row["specific_controlled_mean_usd"] == ""
    assert all(row[f"{cover}_controlled_mean_usd"] == "" for cover in COVERS
               for row in priced(book, "--years", 50, "--control-variates"))


def test_columns_are_there_only_when_asked_for(book):
    assert not any("controlled" in name for name in priced(book, "--years", 1_000)[0])
