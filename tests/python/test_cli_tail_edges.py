# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Books at the edge of sense in a study of the whole book: a right answer or one clear message."""
import csv

import h5py
import numpy as np
import pytest

import small_book
from corridor_program import BAD_DATA, IO, OK, corridor, entries

LAYER = {"treaties/kind": np.array([1], np.uint8), "treaties/attachment_usd": np.array([5e3]),
         "treaties/limit_usd": np.array([20e3])}


def tail(tmp_path, book, *arguments, years=300):
    path = small_book.write(tmp_path / "book.h5", book)
    done = corridor("tail", path, "-o", tmp_path / "tail.h5", "--years", years, *arguments)
    if done.code != OK:
        return done, {}
    with h5py.File(tmp_path / "tail.h5") as file:
        return done, {name: series[:] for name, series in file["losses"].items()}


def without_cover(book):
    for name in ("specific_deductible_usd", "aggregate_corridor"):
        book["groups"][name] = np.full(small_book.GROUPS, np.inf)


def without_claims(book):
    book["laws"]["plain"] = {"attributes": {"kind": np.bytes_("empirical"), "index": np.uint16(0)},
                             "columns": {"amount_usd": np.array([0.0]), "weight": np.array([1.0])}}
    book["members"]["distribution"][:] = 0


def with_everybody_excluded(book):
    book["members"]["laser_usd"] = np.full(small_book.MEMBERS, np.inf)
    book["groups"]["aggregate_corridor"] = np.full(small_book.GROUPS, np.inf)


@pytest.mark.parametrize("change", [without_cover, without_claims, with_everybody_excluded])
@pytest.mark.parametrize("treaties", [False, True])
def test_a_book_that_pays_nothing_is_studied(change, treaties, tmp_path):
    book = small_book.content()
    change(book)
    book["more"] = LAYER if treaties else {}
    done, years = tail(tmp_path, book)
    assert done.code == OK, done.why
    assert not years["gross"].any() and not years["ceded"].any()
    assert "nan" not in done.out.lower(), done.out


@pytest.mark.parametrize("years", [1, 2])
def test_one_member_and_hardly_a_year_are_studied(years, tmp_path):
    book = small_book.content()
    book["groups"] = {name: values[:1] for name, values in book["groups"].items()}
    book["groups"]["member_offset"] = np.array([0, 1], np.uint64)
    book["members"] = {name: values[:1] for name, values in book["members"].items()}
    done, amounts = tail(tmp_path, book, years=years)
    assert done.code == OK, done.why
    assert len(amounts["net"]) == years and "nan" not in done.out.lower(), done.out


def test_more_layers_than_thresholds_are_refused(tmp_path):
    book = small_book.content()
    book["more"] = {"treaties/kind": np.ones(20, np.uint8), "treaties/order": np.zeros(20, np.uint8),
                    "treaties/attachment_usd": 1e4 * np.arange(1, 21), "treaties/limit_usd": np.full(20, 1e4)}
    done, _ = tail(tmp_path, book)
    assert done.code == BAD_DATA and "room for 32" in done.err and "Join layers" in done.err, done.why
    assert entries(tmp_path) == ["book.h5"]


def test_points_of_a_premium_of_nothing_are_refused(tmp_path):
    book = small_book.content()
    without_cover(book)
    book["more"] = {"treaties/kind": np.array([2], np.uint8), "treaties/attachment_ratio": np.array([1.1])}
    done, _ = tail(tmp_path, book)
    assert done.code == BAD_DATA and "premium is not above 0" in done.err, done.why
    assert entries(tmp_path) == ["book.h5"]


def test_odd_group_ids_come_through(tmp_path):
    book, ids = small_book.content(), ['a b"c', "=1+1 '<x>", "%s\\n{}#/~"]
    book["groups"]["group_id"] = np.array([name.encode() for name in ids], "S32")
    done, _ = tail(tmp_path, book, "--csv", tmp_path / "t.csv", "--table", "contributions",
                   "--marginal", ids[2], "--members", 0)
    assert done.code == OK, done.why
    with open(tmp_path / "t.csv", newline="", encoding="utf-8") as file:
        keys = {row["key"] for row in csv.DictReader(file) if row["by"] == "group"}
    assert keys == {ids[0], "'" + ids[1], ids[2]}


def test_groups_in_another_order_have_the_same_years(tmp_path):
    book, other, order = small_book.content(), small_book.content(), [2, 0, 1]
    cuts = book["groups"]["member_offset"].astype(int)
    rows = np.concatenate([np.arange(cuts[g], cuts[g + 1]) for g in order])
    other["groups"] = {name: values[order] if name != "member_offset" else
                       np.array([0, *np.cumsum(np.diff(cuts)[order])], np.uint64)
                       for name, values in book["groups"].items()}
    other["members"] = {name: values[rows] for name, values in book["members"].items()}
    book["more"] = other["more"] = LAYER
    years = [tail(tmp_path, content, "--force")[1] for content in (book, other)]
    assert years[0]["gross"].any() and years[0]["ceded"].any()
    for name, series in years[0].items():
        assert (series == years[1][name]).all(), name


def test_a_full_standard_output_is_said_once(tmp_path):
    path = small_book.good(tmp_path / "book.h5")
    with open("/dev/full", "w") as full:
        done = corridor("tail", path, "--json", "-q", "--years", 100, stdout=full)
    assert done.code == IO and done.err.count("standard output") == 1, done.why
