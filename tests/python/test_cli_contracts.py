# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Contracts by the program: bases that are one another, limits, and what a run can no longer check."""
import csv
import io

import numpy as np
import pytest

import small_book
from corridor_program import BAD_DATA, OK, corridor

YEARS = 3000
MEANS = ("retained_mean_usd", "specific_mean_usd", "aggregate_mean_usd", "total_sd_usd")
SIMULATED = ("retained_mean_usd", "specific_simulated_usd", "aggregate_simulated_usd", "total_sd_usd")


def book(tmp_path, name="book.h5", **columns):
    content = small_book.content()
    for column, (value, kind) in columns.items():
        content["groups"][column] = np.full(small_book.GROUPS, value, kind)
    content["groups"]["aggregate_attachment_usd"] = np.array([40e3, 90e3, 170e3])
    del content["groups"]["aggregate_corridor"]
    return small_book.write(tmp_path / name, content)


def priced(path, *arguments):
    done = corridor("price", path, "--years", YEARS, "--csv", "-", "-q", *arguments)
    assert done.code == OK, done.why
    return list(csv.DictReader(io.StringIO(done.out)))


def months(run_in, run_out):
    return {"run_in_months": (run_in, "u1"), "run_out_months": (run_out, "u1")}


@pytest.fixture(name="immature")
def twelve_twelve(tmp_path):
    return priced(book(tmp_path, "immature.h5", **months(0, 0)))


def test_paid_in_the_first_year_is_12_12(tmp_path, immature):
    first = priced(book(tmp_path, **months(255, 0), months_since_original_effective=(0, "u2")))
    assert first == immature


def test_run_in_of_which_nothing_counts_is_none(tmp_path, immature):
    limited = priced(book(tmp_path, **months(12, 0), run_in_limit_person_usd=(0.0, "f8")))
    for row, plain in zip(limited, immature):
        assert row["specific_method"] == "simulated" and plain["specific_method"] == "exact"
        assert [row[name] for name in SIMULATED] == [plain[name] for name in SIMULATED]
        assert row["retained_z"] == "" and row["specific_z"] == ""
        assert float(row["expected_retained_usd"]) > float(plain["expected_retained_usd"])


def test_run_in_limits_cut_what_is_paid(tmp_path):
    whole = priced(book(tmp_path, "whole.h5", **months(12, 0)))
    person = priced(book(tmp_path, "person.h5", **months(12, 0), run_in_limit_person_usd=(2000.0, "f8")))
    group = priced(book(tmp_path, "group.h5", **months(12, 0), run_in_limit_group_usd=(2000.0, "f8")))
    for all_of_it, a_person, a_group in zip(whole, person, group):
        assert float(a_person["specific_mean_usd"]) < float(all_of_it["specific_mean_usd"])
        assert float(a_group["retained_mean_usd"]) < float(all_of_it["retained_mean_usd"])
        assert a_group["specific_mean_usd"] == all_of_it["specific_mean_usd"]


def test_the_lag_decides_nothing_where_all_is_paid_at_once(tmp_path):
    content = small_book.content()
    content["more"] = {"lag/paid_fraction": np.array([1.0])}
    content["groups"]["run_out_months"] = np.zeros(small_book.GROUPS, "u1")
    at_once = priced(small_book.write(tmp_path / "at_once.h5", content))
    mature = priced(small_book.write(tmp_path / "mature.h5", small_book.content()))
    assert at_once == mature


def test_a_family_deductible_only_adds_to_the_specific(tmp_path):
    content = small_book.content()
    content["members"]["family"] = np.repeat(np.arange(1, 31, dtype=np.uint32), 2)
    simulated = ("--method", "simulate")
    without = priced(small_book.write(tmp_path / "without.h5", content), *simulated)
    content["groups"]["specific_family_deductible_usd"] = 1.2 * content["groups"]["specific_deductible_usd"]
    families = priced(small_book.write(tmp_path / "families.h5", content), *simulated)
    for row, plain in zip(families, without):
        more = float(row["specific_mean_usd"]) - float(plain["specific_mean_usd"])
        assert more > 0
        assert float(plain["retained_mean_usd"]) - float(row["retained_mean_usd"]) == pytest.approx(more)
        assert row["aggregate_attachment_usd"] == plain["aggregate_attachment_usd"]


def test_a_family_deductible_never_lies_below_the_quoted_one(tmp_path):
    content = small_book.content()
    content["members"]["family"] = np.repeat(np.arange(1, 31, dtype=np.uint32), 2)
    without = priced(small_book.write(tmp_path / "without.h5", content), "--specific", "100000,inf",
                     "--method", "simulate")
    content["groups"]["specific_family_deductible_usd"] = np.full(small_book.GROUPS, 60e3)
    families = priced(small_book.write(tmp_path / "families.h5", content), "--specific", "60000,100000,inf",
                      "--method", "simulate")
    for row, plain in zip((row for row in families if row["specific_deductible_usd"] != "60000"), without):
        if plain["specific_deductible_usd"] == "inf":
            assert float(row["specific_mean_usd"]) == 0
        else:
            assert float(row["specific_mean_usd"]) > float(plain["specific_mean_usd"])
            assert "FAMILY_BELOW_DEDUCTIBLE" in row["flags"]
    by_group = {}
    for row in families:
        by_group.setdefault(row["group_id"], []).append(float(row["specific_mean_usd"]))
    assert all(means == sorted(means, reverse=True) for means in by_group.values())


@pytest.mark.parametrize("columns, place", [
    (months(255, 255), "/groups/run_in_months"),
    ({"specific_family_deductible_usd": (100e3, "f8")}, "/groups/specific_family_deductible_usd"),
    ({**months(12, 0), "effect_frequency_share": (0.5, "f8")}, "/groups/effect_frequency_share"),
    ({"policy_months": (13, "u1")}, "/groups/policy_months"),
])
def test_contradictory_contracts_are_refused_with_their_column(tmp_path, columns, place):
    done = corridor("price", book(tmp_path, **columns), "--years", 100)
    assert done.code == BAD_DATA, done.why
    assert place in done.err and "(group G1)" in done.err
    validated = corridor("validate", tmp_path / "book.h5")
    assert validated.code == BAD_DATA and place in validated.out
