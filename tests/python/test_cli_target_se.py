# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""--target-se: more years for the groups that need them, and a clear word about those that do not get there."""
import csv
import io
import math

import pytest

import small_book
from corridor_program import OK, USAGE, corridor

GRID = ("--specific", "30000,60000", "--corridor", "1.1,1.25", "--method", "simulate", "--years", 4000)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.good(tmp_path_factory.mktemp("target") / "book.h5")


def priced(book, *arguments):
    done = corridor("price", book, *GRID, "--csv", "-", *arguments)
    assert done.code == OK, done.why
    return list(csv.DictReader(io.StringIO(done.out)))


def errors(row):
    """Standard error over mean of each cover."""
    return [float(row[f"{cover}_se_usd"]) / float(row[f"{cover}_mean_usd"])
            for cover in ("specific", "aggregate", "total")]


def test_every_simulated_mean_becomes_as_sure_as_asked(book):
    rows = priced(book, "--target-se", "2%")
    assert all(error <= 0.02 for row in rows for error in errors(row))
    assert all("TARGET_SE_NOT_REACHED" not in row["flags"] for row in rows)
    assert all(float(row["years_for_target"]) <= int(row["years"]) for row in rows)


def test_groups_take_the_years_that_they_need_themselves(book):
    rows = priced(book, "--target-se", "2%")
    years = {row["group_id"]: {int(r["years"]) for r in rows if r["group_id"] == row["group_id"]}
             for row in rows}
    assert all(len(of_group) == 1 for of_group in years.values())
    assert len({next(iter(of_group)) for of_group in years.values()}) > 1
    assert all(next(iter(of_group)) > 4000 for of_group in years.values())


def test_a_group_has_the_figures_of_a_run_of_as_many_years(book):
    for row in priced(book, "--target-se", "3%"):
        plain = corridor("price", book, *GRID[:-1], int(row["years"]), "--csv", "-")
        assert plain.code == OK, plain.why
        same = next(other for other in csv.DictReader(io.StringIO(plain.out))
                    if all(other[key] == row[key] for key in ("group_id", "specific_deductible_usd",
                                                              "aggregate_corridor")))
        row = {name: value for name, value in row.items() if name != "years_for_target"}
        assert row == same


def test_threads_change_no_bit(book):
    assert priced(book, "--target-se", "2%", "--threads", 1) == priced(book, "--target-se", "2%", "--threads", 3)


def test_what_is_not_reached_is_flagged_and_said(book, tmp_path):
    done = corridor("price", book, *GRID, "--target-se", "0.1%", "--max-years", 9000, "--csv",
                    tmp_path / "quotes.csv")
    assert done.code == OK, done.why
    rows = list(csv.DictReader((tmp_path / "quotes.csv").open()))
    assert {int(row["years"]) for row in rows} == {9000}
    for row in rows:
        assert "TARGET_SE_NOT_REACHED" in row["flags"].split(";")
        needed = max(9000 * (error / 0.001) ** 2 for error in errors(row))
        assert math.isclose(float(row["years_for_target"]), needed, rel_tol=1e-9)
    assert "Standard errors at most 0.001 of the mean: 0 of 12 quotes; the others would take up to" in done.out
    assert "4,000" not in done.out.splitlines()[0] and "9,000 years" in done.out.splitlines()[0]
    assert "W_TARGET_SE" in done.err and "--max-years" in done.err


def test_the_memory_limit_holds_the_years_back(book):
    rows = priced(book, "--target-se", "0.02%", "--memory-limit", "64MB")
    years = {int(row["years"]) for row in rows}
    assert all(1_000_000 < each < 64_000_000 / 16 for each in years)
    assert all("TARGET_SE_NOT_REACHED" in row["flags"] for row in rows)


def test_exact_means_ask_for_no_years(book):
    done = corridor("price", book, "--years", 4000, "--target-se", "0.1%", "--csv", "-")
    assert done.code == OK, done.why
    for row in csv.DictReader(io.StringIO(done.out)):
        assert row["aggregate_method"] == "exact" and row["years"] == "4000", row
        assert float(row["years_for_target"]) == 0


def test_years_stand_in_every_row_without_a_target(book):
    rows = priced(book)
    assert {row["years"] for row in rows} == {"4000"}
    assert "years_for_target" not in rows[0]


@pytest.mark.parametrize("arguments, words", [
    (("--target-se", "0"), "--target-se 0: it is a part of the mean"),
    (("--target-se", "-1%"), "--target-se -1%"),
    (("--target-se", "100%"), "below 100%"),
    (("--target-se", "one"), "--target-se 0.5% or --target-se 0.005"),
    (("--target-se", "nan"), "--target-se nan"),
    (("--target-se", "1%", "--max-years", "100"), "--max-years"),
    (("--max-years", "100000"), "Give both"),
])
def test_values_that_make_no_sense_are_refused(book, arguments, words):
    refused = corridor("price", book, *GRID, *arguments)
    assert refused.code == USAGE, refused.why
    assert words in refused.err


def test_a_run_without_a_simulation_has_no_errors_to_lower(book):
    refused = corridor("price", book, "--method", "exact", "--target-se", "1%")
    assert refused.code == USAGE, refused.why
    assert "--method exact" in refused.err
