# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""One year again by the program: a run's totals to the cent, persons that add up, and what is refused."""
import csv
import io

import h5py
import numpy as np
import pytest

import small_book
from corridor_program import BAD_DATA, CANNOT_CREATE, OK, SAMPLE, USAGE, corridor, entries

YEARS = 12
NAN = np.nan


def content():
    """Three groups with nearly every term: bases, limit, share, ASD, lasers, families, frequency."""
    book = small_book.content()
    lasers = np.full(small_book.MEMBERS, NAN)
    lasers[[2, 15, 40]] = [60000.0, np.inf, 100000.0]
    book["members"]["scale"][[2, 15, 35, 40]] = 10.0
    families = np.zeros(small_book.MEMBERS, np.uint32)
    families[30:54] = np.arange(24) // 4 + 1
    book["members"] |= {"laser_usd": lasers, "family": families}
    book["groups"] |= {"specific_limit_usd": np.array([np.inf, 40000.0, np.inf]),
                       "specific_reimbursement": np.array([1.0, 0.9, 1.0]),
                       "aggregating_specific_usd": np.array([0.0, 7000.0, 0.0]),
                       "specific_family_deductible_usd": np.array([np.inf, np.inf, 60000.0]),
                       "run_in_months": np.array([0, 12, 0], np.uint8),
                       "run_out_months": np.array([255, 3, 255], np.uint8),
                       "aggregate_run_in_months": np.array([0, 3, 0], np.uint8),
                       "aggregate_run_out_months": np.array([255, 0, 255], np.uint8),
                       "aggregate_limit_usd": np.array([np.inf, np.inf, 50000.0]),
                       "aggregate_counts": np.array([1, 4, 0], np.uint8),
                       "effect_frequency_share": np.array([0.5, 0.0, 0.0])}
    return book


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.write(tmp_path_factory.mktemp("replay") / "book.h5", content())


def replayed(book, *arguments, year=3):
    done = corridor("replay", book, "--year", year, "--json", "-q", *arguments)
    assert done.code == OK, done.why
    return done.json()["tables"]


def cents(usd):
    return round(usd * 100)


def total(rows, column):
    return sum(cents(row[column]) for row in rows)


def sums_of_years(book, *arguments):
    groups = [replayed(book, *arguments, year=year)["groups"] for year in range(YEARS)]
    return {column: [sum(cents(year[g][column]) for year in groups) for g in range(small_book.GROUPS)]
            for column in ("counted_usd", "specific_before_asd_usd", "specific_usd", "aggregate_usd",
                           "carrier_usd")}


def sums_of_run(book, *arguments):
    done = corridor("price", book, "--years", YEARS, "--method", "simulate", "--csv", "-", "-q", *arguments)
    assert done.code == OK, done.why
    rows = list(csv.DictReader(io.StringIO(done.out)))
    names = {"counted_usd": "retained_mean_usd", "specific_before_asd_usd": "specific_before_asd_mean_usd",
             "specific_usd": "specific_mean_usd", "aggregate_usd": "aggregate_mean_usd",
             "carrier_usd": "total_mean_usd"}
    return {column: [round(float(row[name]) * YEARS * 100) for row in rows] for column, name in names.items()}


@pytest.mark.parametrize("contract", [[], ["--specific", "25000", "--corridor", "1.0", "--seed", "9"]])
def test_the_years_of_a_run_add_up_to_its_means_to_the_cent(book, contract):
    years = sums_of_years(book, *contract)
    assert years == sums_of_run(book, *contract)
    assert all(sum(values) > 0 for values in years.values())


def test_a_year_is_that_of_the_books_run(book, tmp_path):
    done = corridor("tail", book, "-o", tmp_path / "tail.h5", "-q", "--years", 400)
    assert done.code == OK, done.why
    with h5py.File(tmp_path / "tail.h5") as file:
        losses = {name: file["losses"][name][:] for name in ("ground_up", "specific", "aggregate", "gross")}
    for year in (0, 17, 251, 399):
        totals = replayed(book, year=year)["totals"][0]
        for name in ("ground_up", "specific", "aggregate"):
            assert totals[f"{name}_cents"] == losses[name][year], (year, name)
        assert cents(totals["carrier_usd"]) == losses["gross"][year]


def test_a_group_alone_is_its_row_of_the_book(book):
    for year in (0, 99999):
        whole = replayed(book, year=year)
        for row in whole["groups"]:
            assert replayed(book, "--group", row["group_id"], year=year)["group"] == [row]
        totals = whole["totals"][0]
        for column in ("ground_up_usd", "specific_usd", "aggregate_usd", "carrier_usd", "employer_usd"):
            assert cents(totals[column]) == total(whole["groups"], column)
        assert totals["members"] == small_book.MEMBERS


@pytest.mark.parametrize("floor", ["0", "10000", "1e12"])
def test_persons_and_the_rest_add_up_to_the_group(book, floor):
    seen = set()
    for year in range(4):
        for name in ("G1", "G2", "G3"):
            tables = replayed(book, "--group", name, "--floor", floor, year=year)
            group, persons = tables["group"][0], tables["members"]
            families = tables.get("families", [])
            assert total(persons, "claim_usd") == cents(group["ground_up_usd"])
            assert total(persons, "run_in_usd") == cents(group["run_in_usd"])
            assert total(persons, "countable_usd") == cents(group["below_deductible_usd"])
            assert total(persons, "excess_usd") == cents(group["excess_usd"]) - cents(group["laser_band_usd"])
            assert total(families, "covered_usd") == cents(group["family_usd"])
            assert total(persons, "covered_usd") + total(families, "covered_usd") == cents(group["covered_usd"])
            assert sum(row["persons"] for row in persons) == group["members"]
            rest = persons.pop()
            assert rest["flags"] == "REST" and rest["excess_usd"] == 0 and rest["covered_usd"] == 0
            assert all(row["claim_usd"] > float(floor) or row["excess_usd"] > 0 for row in persons)
            assert persons == sorted(persons, key=lambda row: -row["claim_usd"])
            seen |= {flag for row in persons for flag in row["flags"].split(";")}
            seen |= {column for column in ("family_usd", "laser_band_usd", "over_limit_usd", "asd_absorbed_usd",
                                           "run_in_usd", "also_counted_usd") if group[column] > 0}
    assert {"LASER", "FAMILY", "laser_band_usd", "family_usd", "over_limit_usd", "asd_absorbed_usd",
            "run_in_usd", "also_counted_usd"} <= seen | ({"LASER", "FAMILY"} if floor == "1e12" else set())


def test_covers_follow_from_the_persons_by_hand(book):
    for year in range(4):
        tables = replayed(book, "--group", "G2", year=year)
        group, persons = tables["group"][0], tables["members"][:-1]
        covered = sum(min(max(cents(row["claim_usd"]) - cents(row["deductible_usd"]), 0), round(40000e2 / 0.9))
                      for row in persons if row["deductible_usd"] != "inf")
        before = round(0.9 * covered)
        assert abs(cents(group["specific_before_asd_usd"]) - before) <= 1
        specific = max(cents(group["specific_before_asd_usd"]) - 700000, 0)
        assert cents(group["specific_usd"]) == specific
        counted = cents(group["counted_usd"])
        aggregate = max(counted - cents(group["aggregate_attachment_usd"]), 0)
        assert cents(group["aggregate_usd"]) == aggregate
        assert cents(group["employer_usd"]) == cents(group["ground_up_usd"]) - specific - aggregate


def test_each_person_is_who_the_book_says(book):
    lasers = content()["members"]["laser_usd"]
    offsets = content()["groups"]["member_offset"]
    for number, name in enumerate(("G1", "G2", "G3")):
        deductible = content()["groups"]["specific_deductible_usd"][number]
        persons = replayed(book, "--group", name, "--floor", "0")["members"][:-1]
        for row in persons:
            member = int(row["member_row"])
            assert member == offsets[number] + row["member"] < offsets[number + 1]
            own = deductible if np.isnan(lasers[member]) else lasers[member]
            assert row["deductible_usd"] == ("inf" if np.isinf(own) else own)


def test_effects_multiply_to_the_years(book):
    tables = replayed(book, "--group", "G1")
    effects = tables["effects"]
    together = [row for row in effects if row["source"] == "together"][0]
    for factor in ("severity_factor", "frequency_factor"):
        product = np.prod([row[factor] for row in effects if row["source"] != "together"])
        assert together[factor] == pytest.approx(product, rel=1e-6)
        assert tables["group"][0][factor] == together[factor] != 1


def test_a_basis_shows_the_years_before(book):
    years = {row["years_before"] for row in replayed(book, "--group", "G2")["effects"]}
    assert years == {0, 1}


def test_the_books_grid_is_not_replayed(book, tmp_path):
    more = content()
    more["more"] = {"quote/specific_deductible_usd": np.array([5000.0, 90000.0]),
                    "quote/aggregate_corridor": np.array([1.1, 1.5])}
    assert replayed(small_book.write(tmp_path / "grid.h5", more)) == replayed(book)


def test_a_year_is_the_same_however_many_the_run_has(book):
    assert replayed(book, "--years", 4) == replayed(book, "--years", 4_000_000) != replayed(book, "--seed", 2)


def test_files_hold_the_tables(book, tmp_path):
    for name in ("year.h5", "year.json", "year.csv"):
        done = corridor("replay", book, "--group", "G3", "--year", 5, "-q", "-o", tmp_path / name)
        assert done.code == OK and done.out == "", done.why
    tables = replayed(book, "--group", "G3", year=5)
    with h5py.File(tmp_path / "year.h5") as file:
        assert file.attrs["schema"] in (b"corridor.replay", "corridor.replay")
        assert list(file["members"]["claim_usd"]) == [row["claim_usd"] for row in tables["members"]]
        assert file["group"]["ground_up_cents"][0] == cents(tables["group"][0]["ground_up_usd"])
        assert {"effects", "run"} <= set(file)
    with open(tmp_path / "year.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["claim_usd"]) for row in rows] == [row["claim_usd"] for row in tables["members"]]
    again = corridor("replay", book, "--year", 5, "-q", "-o", tmp_path / "year.h5")
    assert again.code == CANNOT_CREATE and "--force" in again.err
    assert corridor("replay", book, "--year", 5, "-q", "--csv", "-").out.startswith("group_id,")


def test_people_can_read_it():
    done = corridor("replay", SAMPLE, "--group", "65981d9d69b9ed1a034b", "--year", 4711)
    assert done.code == OK, done.why
    for text in ("Group 65981d9d69b9ed1a034b, 84 members: year 4,711 of 100,000", "book", "together",
                 "all others", "= paid by the specific", "= employer"):
        assert text in done.out, text
    book = corridor("replay", SAMPLE, "--year", 4711)
    assert book.code == OK and "all groups" in book.out and "8 groups more" in book.out


@pytest.mark.parametrize("arguments, words", [
    (["--year", "100000"], "0 to 99999"),
    (["--year", "5", "--years", "5"], "0 to 4"),
    (["--year", "-1"], "--year"),
    ([], "--year"),
    (["--year", "1", "--group", "G33"], "Did you mean 'G3'"),
    (["--year", "1", "--group", ""], "--group"),
    (["--year", "1", "--specific", "10000,20000"], "one"),
    (["--year", "1", "--corridor", "1.1,1.2"], "one"),
    (["--year", "1", "--floor", "-5"], "--floor"),
    (["--year", "1", "--floor", "ten"], "--floor"),
    (["--year", "1", "-q"], "nowhere"),
    (["--year", "1", "-o", "year.txt"], ".h5"),
    (["--year", "1", "--json", "--csv", "-"], "standard output"),
])
def test_wrong_use_is_said_and_leaves_nothing(book, tmp_path, arguments, words):
    done = corridor("replay", book, *arguments, cwd=tmp_path)
    assert done.code == USAGE and words in done.err, done.why
    assert not entries(tmp_path)


def test_a_bad_book_is_said(tmp_path):
    bad = content()
    bad["members"]["scale"][7] = -1
    done = corridor("replay", small_book.write(tmp_path / "bad.h5", bad), "--year", 1)
    assert done.code == BAD_DATA and "/members/scale[7]" in done.err, done.why
