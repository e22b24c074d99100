# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""`corridor maturity`: what each contract basis costs against a mature contract."""
import csv
import io
import json

import h5py
import numpy as np
import pytest

import small_book
from corridor_program import BAD_DATA, CANNOT_CREATE, MISSING_INPUT, OK, USAGE, corridor

SMALL = [.20, .56, .77, .865, .91, .937, .954, .966, .974, .980, .984, .987]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.write(tmp_path_factory.mktemp("maturity") / "book.h5", small_book.content())


def rows(*arguments):
    done = corridor("maturity", *arguments, "--json")
    assert done.code == OK, done.why
    return {row["basis"]: row for row in json.loads(done.out)["rows"]}


def test_every_named_basis_is_a_row(book):
    assert list(rows(book)) == ["12/12", "12/15", "12/18", "12/24", "15/12", "18/12", "24/12", "paid", "incurred"]


def test_a_longer_run_out_costs_more_and_a_mature_contract_most(book):
    table = rows(book, "--specific", "50000,100000,250000")
    for deductible in range(3):
        factors = [table[basis]["specific"][deductible] for basis in ("12/12", "12/15", "12/18", "12/24", "incurred")]
        assert factors == sorted(factors) and factors[-1] == 1


def test_run_in_lies_above_the_same_basis_without(book):
    table = rows(book, "--specific", "50000,250000")
    for before, after in (("12/12", "15/12"), ("15/12", "18/12"), ("18/12", "24/12"), ("24/12", "paid")):
        assert (np.array(table[before]["specific"]) < table[after]["specific"]).all(), (before, after)
        assert table[before]["ground_up"] < table[after]["ground_up"]


def test_immaturity_bites_harder_at_higher_deductibles(book):
    factors = rows(book, "--specific", "20000,100000,500000")["12/12"]["specific"]
    assert factors[0] > factors[1] > factors[2]


def test_one_curve_of_small_claims_gives_its_average(tmp_path):
    content = small_book.content()
    content["laws"] = {name: {"attributes": {"kind": small_book.text("lognormal"), "index": np.uint16(i),
                                             "mean_usd": 500.0, "cv": 0.5}, "columns": {}}
                       for i, name in enumerate(("one", "two"))}
    path = small_book.write(tmp_path / "book.h5", content)
    assert abs(rows(path)["12/12"]["ground_up"] - np.mean(SMALL)) < 2e-4


def test_the_books_own_lag_replaces_the_default(tmp_path):
    content = small_book.content()
    content["more"] = {"lag/paid_fraction": np.array([1.0])}
    path = small_book.write(tmp_path / "book.h5", content)
    table = rows(path, "--specific", "50000")
    assert table["12/12"]["specific"] == [1] and table["24/12"]["specific"] == [1]


def test_csv_holds_the_same_figures(book):
    done = corridor("maturity", book, "--specific", "50000,inf", "--csv")
    assert done.code == OK, done.why
    lines = list(csv.DictReader(io.StringIO(done.out)))
    table = rows(book, "--specific", "50000,inf")
    assert len(lines) == 2 * len(table)
    assert float(lines[0]["specific"]) == table["12/12"]["specific"][0]
    assert lines[1]["specific_deductible_usd"] == "inf" and lines[1]["specific"] == ""


def test_a_results_file_holds_the_table_and_where_it_comes_from(book, tmp_path):
    path = tmp_path / "maturity.h5"
    done = corridor("maturity", book, "--specific", "50000,inf", "-o", path, "--json")
    assert done.code == OK, done.why
    table = {row["basis"]: row for row in json.loads(done.out)["rows"]}
    with h5py.File(path) as file:
        assert file.attrs["schema"] == b"corridor.maturity"
        cells, run = file["maturity"][:], dict(file["run"].attrs)
        units = dict(zip(cells.dtype.names, file["maturity"].attrs["units"]))
        settings = dict(file["run/settings"][:].tolist())
    assert [(row["basis"].decode(), row["specific_deductible_usd"]) for row in cells] == [
        (basis, usd) for basis in table for usd in (50000, np.inf)]
    assert units["specific"] == b"1" and units["specific_usd"] == b"USD"
    mature = cells[cells["basis"] == b"incurred"][0]
    for row in cells[cells["specific_deductible_usd"] == 50000]:
        assert row["specific"] == table[row["basis"].decode()]["specific"][0]
        for name in ("ground_up", "specific", "retained"):
            assert np.isclose(row[name], row[name + "_usd"] / mature[name + "_usd"], rtol=1e-12)
    assert np.isclose(mature["specific_usd"] + mature["retained_usd"], mature["ground_up_usd"], rtol=1e-9)
    assert len(run["input_digest"]) == len(run["table_digest"]) == 64 and settings[b"groups"] == b"3"
    assert run["command_line"].decode().startswith("corridor maturity ") and run["years"] == 0


def test_csv_and_json_files_hold_the_rows_of_the_results(book, tmp_path):
    for ending in ("csv", "json"):
        assert corridor("maturity", book, "-o", tmp_path / f"m.{ending}", "--quiet").code == OK
    lines = list(csv.DictReader((tmp_path / "m.csv").read_text().splitlines()))
    document = json.loads((tmp_path / "m.json").read_text())["tables"]["maturity"]
    assert [float(line["retained_usd"]) for line in lines] == [row["retained_usd"] for row in document]


def test_a_results_file_is_never_written_over_unasked(book, tmp_path):
    path = tmp_path / "maturity.h5"
    path.write_text("mine")
    assert corridor("maturity", book, "-o", path).code == CANNOT_CREATE and path.read_text() == "mine"
    assert corridor("maturity", book, "-o", path, "--force", "--quiet").out == ""
    assert path.read_bytes()[1:4] == b"HDF"


def test_wrong_use_is_said(book, tmp_path):
    assert corridor("maturity", book, "--csv", "--json").code == USAGE
    assert corridor("maturity", book, "--quiet").code == USAGE
    assert corridor("maturity", book, "-o", tmp_path / "m.xlsx").code == USAGE
    assert corridor("maturity", book, "--specific", "50000,20000").code == USAGE
    assert corridor("maturity", tmp_path / "none.h5").code == MISSING_INPUT
    bad = tmp_path / "bad.h5"
    bad.write_bytes(b"not a book")
    assert corridor("maturity", bad).code == BAD_DATA
