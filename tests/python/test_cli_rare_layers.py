# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Rare layers by the program: what adds up, what agrees with closed forms, what is refused."""
import csv
import io

import h5py
import numpy as np
import pytest

import small_book
from corridor_program import CANNOT_CREATE, BAD_DATA, OK, USAGE, corridor, entries

YEARS = 5000
LAYERS = "100000:100000,400000:inf"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.good(tmp_path_factory.mktemp("layers") / "book.h5")


def rows_of(book, *arguments):
    done = corridor("layers", book, "--layer", LAYERS, "--years", YEARS, "--csv", "-", "-q", *arguments)
    assert done.code == OK, done.why
    return list(csv.DictReader(io.StringIO(done.out)))


def test_a_row_a_group_and_layer_and_all_of_them_last(book):
    rows = rows_of(book)
    assert [row["group_id"] for row in rows] == ["G1", "G1", "G2", "G2", "G3", "G3", "all", "all"]
    for layer in (0, 1):
        exact = [float(row["exact_usd"]) for row in rows[layer::2]]
        assert sum(exact[:3]) == pytest.approx(exact[3], rel=1e-12)
    assert all(abs(float(row["z"])) < 5 for row in rows)


def test_columns_follow_from_one_another(book):
    for row in rows_of(book, "--levels", "0.9,0.999", "--principles", "variance,tvar"):
        value = {name: float(text) for name, text in row.items() if name != "group_id" and text}
        assert value["z"] == pytest.approx((value["mean_usd"] - value["exact_usd"]) / value["se_usd"])
        assert value["plain_se_usd"] == pytest.approx(value["sd_usd"] / YEARS ** 0.5)
        assert value["variance_ratio"] == pytest.approx((value["plain_se_usd"] / value["se_usd"]) ** 2)
        assert value["variance_ratio"] > 1
        assert 0 < value["largest_weight"] <= 1
        assert 0 < value["effective_sample_size"] <= value["hits"] <= YEARS
        assert value["var_99_9_usd"] <= value["tvar_99_9_usd"]
        premium = value["exact_usd"] + 1e-7 * value["sd_usd"] ** 2
        assert value["premium_variance_usd"] == pytest.approx(premium)
        if np.isfinite(value["limit_usd"]):
            assert value["rate_on_line"] == pytest.approx(premium / value["limit_usd"])
        else:
            assert row["rate_on_line"] == ""


def test_the_closed_form_is_that_of_price(book):
    done = corridor("price", book, "--years", 100, "--specific", "100000,200000", "--csv", "-", "-q")
    specific = {}
    for row in csv.DictReader(io.StringIO(done.out)):
        specific.setdefault(row["group_id"], []).append(float(row["specific_exact_usd"]))
    for row in rows_of(book)[:6:2]:
        above = specific[row["group_id"]]
        assert float(row["exact_usd"]) == pytest.approx(above[0] - above[1], rel=1e-6)


def test_named_groups_are_what_they_are_among_all(book):
    every = rows_of(book)
    some = rows_of(book, "--groups", "G3,G1", "--threads", "1")
    assert some[:2] == every[:2] and some[2:4] == every[4:6]
    assert float(some[4]["exact_usd"]) < float(every[6]["exact_usd"])


def test_the_file_and_the_screen(book, tmp_path):
    path = tmp_path / "layers.h5"
    done = corridor("layers", book, "--layer", LAYERS, "--years", YEARS, "-o", path)
    assert done.code == OK, done.why
    assert "Layers of each person's claims" in done.out and "agreed" in done.out
    with h5py.File(path) as file:
        assert file["layers"]["group_id"].shape == (8,)
    done = corridor("layers", book, "--layer", LAYERS, "--years", YEARS, "--dry-run")
    assert done.code == OK and "3 groups" in done.out, done.why
    assert entries(tmp_path) == ["layers.h5"]


@pytest.mark.parametrize("layer, words", [
    ("0:1000000", "not above 0"), ("1000000:0", "not above 0"), ("1000000", "no ':'"),
    ("inf:1", "infinite attachment"), ("1e6:x", "'x' is not a limit"), ("-5:1", "not above 0"),
    ("1:1.005", "whole cents"), ("1e6:1e6,1000000:1000000", "twice"),
    ("2e9:1", "above 1000000000"), ("nan:1", "not an attachment"),
    (",".join(f"{n}:1" for n in range(1, 18)), "room for 16")])
def test_layers_that_make_no_sense_are_refused(book, layer, words):
    done = corridor("layers", book, f"--layer={layer}")
    assert done.code == USAGE and words in done.err and "--layer" in done.err, done.why


@pytest.mark.parametrize("arguments, words", [
    (["--layer", "1e6:1e6", "--principles", "wang_transform"], "weighs a whole distribution"),
    (["--layer", "1e6:1e6", "--groups", "G9"], "G9"),
    (["--layer", "1e6:1e6", "--years", "1"], "no standard error"),
    ([], "--layer")])
def test_other_mistakes_are_refused(book, arguments, words):
    done = corridor("layers", book, *arguments)
    assert done.code == USAGE and words in done.err, done.why


def test_a_file_in_the_way_is_found_before_the_work(book, tmp_path):
    (tmp_path / "there.json").write_text("mine")
    done = corridor("layers", book, "--layer", "1e6:1e6", "-o", tmp_path / "there.json")
    assert done.code == CANNOT_CREATE, done.why


def test_groups_with_run_in_are_named_and_can_be_left_out(tmp_path):
    content = small_book.content()
    content["groups"]["run_in_months"] = np.array([0, 3, 0], np.uint8)
    content["groups"]["run_out_months"] = np.array([0, 0, 3], np.uint8)
    path = small_book.write(tmp_path / "book.h5", content)
    done = corridor("layers", path, "--layer", "1e5:1e6", "--years", YEARS)
    assert done.code == BAD_DATA and "1 of 3 groups (G2)" in done.err and "--groups" in done.err, done.why
    assert len(rows_of(path, "--groups", "G1,G3")) == 6
