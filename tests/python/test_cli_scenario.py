# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""`corridor scenario`: a book as it is and under a stress."""
import csv
import io

import h5py
import numpy as np
import pytest

import small_book
from corridor_program import (BAD_DATA, CANNOT_CREATE, MISSING_INPUT, OK, ROOT, SAMPLE, USAGE, corridor,
                              entries)

SCENARIOS = sorted((ROOT / "data" / "scenarios").glob("*.toml"))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.good(tmp_path_factory.mktemp("scenario") / "book.h5")


def stress(folder, text):
    path = folder / "stress.toml"
    path.write_text(text)
    return path


def rows(outcome, table="changes"):
    assert outcome.code == OK, outcome.why
    return outcome.json()["tables"][table]


def changes(outcome):
    return {(row["metric"], row["figure"]): row for row in rows(outcome)}


def test_the_list_names_every_file_of_the_library():
    done = corridor("scenario", "--list")
    assert done.code == OK, done.why
    for path in SCENARIOS:
        assert f"{path.stem} " in done.out
    listed = corridor("scenario", "--list", "--json").json()
    assert [each["name"] for each in listed] == [path.stem for path in SCENARIOS]
    assert all(each["source"] for each in listed)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_stress_of_the_library_runs_on_the_sample_book(path):
    named = corridor("scenario", SAMPLE, path.stem, "--years", 1000, "--method", "simulate", "--json")
    table = changes(named)
    assert any(row["change_usd"] != 0 for row in table.values())
    assert table["ground_up", "mean"]["exact_change_usd"] is not None
    if path.stem == "trend_plus_4":
        read = corridor("scenario", SAMPLE, path, "--years", 1000, "--method", "simulate", "--json")
        assert changes(read) == table


def test_nothing_stressed_changes_nothing(book, tmp_path):
    done = corridor("scenario", book, stress(tmp_path, 'name = "nothing"'), "--years", 500,
                    "-o", tmp_path / "out.h5", "--json")
    assert all(row["change_usd"] == 0 and row["change_se_usd"] in (0, None) for row in rows(done))
    with h5py.File(tmp_path / "out.h5") as file:
        assert file.attrs["schema"].decode() == "corridor.scenario"
        assert (file["losses/base_gross"][:] == file["losses/stressed_gross"][:]).all()
        assert len(file["losses/base_net"]) == 500


def test_a_trend_is_felt_above_deductibles_more_than_below(book, tmp_path):
    done = corridor("scenario", book, stress(tmp_path, 'name = "t"\n[trend]\nshock = 0.08\n'),
                    "--years", 5000, "--json")
    table = changes(done)
    ratio = {metric: table[metric, "mean"]["ratio"] for metric in ("ground_up", "retained", "specific")}
    assert ratio["retained"] < ratio["ground_up"] < ratio["specific"]
    assert ratio["ground_up"] == pytest.approx(1.08, abs=2e-3)
    for (metric, figure), row in table.items():
        if row["z"] is not None:
            assert abs(row["z"]) < 4.5, (metric, figure, row)


def test_results_carry_the_stress(book, tmp_path):
    path = stress(tmp_path, 'name = "own"\nsource = "me"\nreprice = true\n[trend]\nshock = 0.01\n')
    done = corridor("scenario", book, path, "--years", 100, "-o", tmp_path / "o.json", "-q")
    assert done.code == OK, done.why
    text = (tmp_path / "o.json").read_text()
    for part in ('"own"', '"me"', '"reprice"', "corridor.scenario"):
        assert part in text


def test_tables_are_written_as_csv(book, tmp_path):
    path = stress(tmp_path, 'name = "t"\n[trend]\nshock = 0.08\n')
    for table in ("changes", "loss_ratio", "exceedance", "groups"):
        done = corridor("scenario", book, path, "--years", 200, "--csv", "-", "--table", table)
        assert done.code == OK, done.why
        assert len(list(csv.DictReader(io.StringIO(done.out)))) >= 1
    assert {row["group_id"] for row in csv.DictReader(io.StringIO(done.out))} == {"G1", "G2", "G3"}


def test_the_screen_fits_a_screen(book, tmp_path):
    path = stress(tmp_path, 'name = "t"\ndescription = "dear"\n[trend]\nshock = 0.08\n')
    done = corridor("scenario", book, path, "--years", 500)
    assert done.code == OK, done.why
    lines = done.out.splitlines()
    assert len(lines) < 40 and max(map(len, lines)) < 160
    assert "t: dear" in done.out and "TVaR 99" in done.out and "loss ratio" in done.out


def test_return_periods_and_levels_are_asked_for(book, tmp_path):
    path = stress(tmp_path, 'name = "t"\n[trend]\nshock = 0.08\n')
    done = corridor("scenario", book, path, "--years", 1000, "--levels", "0.9,0.995", "--return-periods",
                    "5,20", "--json")
    figures = {figure for _, figure in changes(done)}
    assert {"var_90", "tvar_99_5"} <= figures
    assert {row["return_period_years"] for row in rows(done, "exceedance")} == {5, 20}


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_years_that_memory_cannot_hold_are_refused(book, tmp_path, dry):
    path = stress(tmp_path, 'name = "t"\n[trend]\nshock = 0.08\n')
    refused = corridor("scenario", book, path, "--years", 5_000_000, "--memory-limit", "104MB",
                       "-o", tmp_path / "o.json", *dry)
    assert refused.code == USAGE and "at most 500000 years" in refused.err, refused.why
    assert entries(tmp_path) == ["stress.toml"]


def test_a_dry_run_checks_the_stress_and_writes_nothing(book, tmp_path):
    path = stress(tmp_path, 'name = "t"\n[[mix]]\nfrom = "plain"\nto = "buckets"\nshare = 0.5\n')
    done = corridor("scenario", book, path, "--dry-run", "-o", tmp_path / "out.h5")
    assert done.code == OK and "fits the book" in done.out, done.why
    assert entries(tmp_path) == ["stress.toml"]


@pytest.mark.parametrize("text, said", [
    ('name = "t"\n[trend]\nshok = 1\n', "line 3, column 1: there is no such key"),
    ('name = "t"\n[trend]\nshock = "4%"\n', "is not a number"),
    ('[trend]\nshock = 0.1\n', "name: line 1"),
    ('name = "t"\n[[mix]]\nfrom = "plan"\nto = "buckets"\nshare = 1\n', "Did you mean 'plain'?"),
    ('name = "t"\n[[therapy]]\nname = "a"\nfrequency_per_million = 1\nlaw = "gene"\n',
     "line 5, column 7: the book has no law of this name"),
    ('name = "t"\n[[therapy]]\nname = "a"\nfrequency_per_million = 1\nlaw = { kind = "lognorm" }\n',
     "there is no such kind of law"),
    ('name = "t"\n[effects]\ngroup_cv = 3\n', "from 0 to 2"),
    ('name = "t"\n[effects]\nfactor = 10\n', "larger than 2"),
    ('name = t\n', "line 1"),
])
def test_a_bad_stress_is_one_clear_message(book, tmp_path, text, said):
    text = text if "factor = 10" not in text else text.replace("[effects]", "[effects]\nbook_cv = 0.1")
    target = book
    if "larger than 2" in said:
        content = small_book.content()
        content["groups"]["effect_cv"] = np.array([0.5, 0.5, 0.5])
        target = small_book.write(tmp_path / "wide.h5", content)
    done = corridor("scenario", target, stress(tmp_path, text), "--years", 20_000_000)
    assert done.code == BAD_DATA, done.why
    assert said in done.err and "stress.toml" in done.err, done.why


@pytest.mark.parametrize("arguments, code, said", [
    ((), USAGE, "which book?"),
    (("BOOK",), USAGE, "which stress?"),
    (("BOOK", "gene_therapy"), USAGE, "Did you mean 'gene_therapies'?"),
    (("BOOK", "no_such.toml"), MISSING_INPUT, "cannot open stress"),
    (("no_such.h5", "trend_plus_4"), MISSING_INPUT, "no_such.h5"),
    (("BOOK", "trend_plus_4", "--years", "1"), USAGE, "Give 2 or more"),
    (("BOOK", "trend_plus_4", "--table", "groups"), USAGE, "Give --csv FILE too"),
    (("BOOK", "trend_plus_4", "--csv", "-", "--table", "group"), USAGE, "groups"),
    (("BOOK", "trend_plus_4", "--quiet"), USAGE, "go nowhere"),
    (("BOOK", "trend_plus_4", "--method", "exact"), USAGE, "--method"),
    (("BOOK", "trend_plus_4", "-o", "out.csv"), USAGE, ".h5, .json"),
    (("BOOK", "trend_plus_4", "-o", "/no/such/folder/out.h5"), CANNOT_CREATE, "folder"),
])
def test_a_bad_command_line_is_one_clear_message(book, tmp_path, arguments, code, said):
    done = corridor("scenario", *(str(book) if each == "BOOK" else each for each in arguments), cwd=tmp_path)
    assert done.code == code and said in done.err, done.why
    assert entries(tmp_path) == []
