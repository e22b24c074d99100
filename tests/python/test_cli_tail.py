# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The whole book year by year by the program: what adds up, what price says too, what is refused."""
import csv
import io
import json
import shutil

import h5py
import numpy as np
import pytest

import small_book
from corridor_program import (BAD_DATA, CANNOT_CREATE, MISSING_INPUT, OK, SAMPLE, USAGE, corridor,
                              entries)

YEARS = 4000


def with_treaties(path):
    """A quota share of 30% and, on what it leaves, a layer of the year's total."""
    content = small_book.content()
    content["more"] = {"treaties/kind": np.array([0, 2], np.uint8),
                       "treaties/order": np.array([0, 1], np.uint8),
                       "treaties/share": np.array([0.3, 1.0]),
                       "treaties/attachment_usd": np.array([0.0, 60000.0]),
                       "treaties/limit_usd": np.array([np.inf, 50000.0])}
    return small_book.write(path, content)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return with_treaties(tmp_path_factory.mktemp("tail") / "book.h5")


@pytest.fixture(scope="module")
def results(book, tmp_path_factory):
    path = tmp_path_factory.mktemp("results") / "tail.h5"
    done = corridor("tail", book, "-o", path, "-q", "--years", YEARS)
    assert done.code == OK, done.why
    return path


def years_of(path):
    with h5py.File(path) as file:
        return {name: series[:] for name, series in file["losses"].items()}


def shown(book, *arguments):
    done = corridor("tail", book, "--json", "-q", "--years", YEARS, *arguments)
    assert done.code == OK, done.why
    return done.json()


def test_every_year_adds_up_to_the_cent(results):
    years = years_of(results)
    assert all(len(series) == YEARS and series.dtype == np.int64 for series in years.values())
    assert (years["retained"] + years["gross"] == years["ground_up"]).all()
    assert (years["specific"] + years["aggregate"] == years["gross"]).all()
    assert (years["gross"] - years["ceded"] == years["net"]).all()


def test_treaties_take_what_their_terms_say(results):
    years = years_of(results)
    left = 0.7 * years["gross"]
    layer = np.clip(left - 6000000, 0, 5000000)
    assert 0 < np.count_nonzero(layer) < YEARS
    assert np.abs(years["net"] - (left - layer)).max() <= 1


def test_years_are_those_of_price_on_bound_terms(book, results):
    done = corridor("price", book, "--years", YEARS, "--method", "simulate", "--csv", "-", "-q")
    assert done.code == OK, done.why
    rows = list(csv.DictReader(io.StringIO(done.out)))
    years = years_of(results)
    for cover in ("specific", "aggregate"):
        cents = sum(round(float(row[f"{cover}_mean_usd"]) * 100 * YEARS) for row in rows)
        assert cents == years[cover].sum(), cover


def test_tables_are_of_the_years_in_the_file(results):
    years = years_of(results)
    with h5py.File(results) as file:
        metrics = {row["metric"].decode(): row for row in file["metrics"][:]}
        risk = file["risk"][:]
    for name in ("ground_up", "specific", "aggregate", "gross", "net"):
        assert metrics[name]["mean_usd"] == pytest.approx(years[name].mean() / 100, rel=1e-12), name
        assert metrics[name]["sd_usd"] == pytest.approx(years[name].std(ddof=1) / 100, rel=1e-9), name
        assert metrics[name]["hits"] == np.count_nonzero(years[name]), name
    assert {row["metric"] for row in risk} >= {b"gross", b"net"}
    for row in risk[risk["metric"] == b"net"]:
        ordered = np.sort(years["net"])
        rank = int(np.ceil(round(row["level"] * YEARS, 6)))
        assert row["var_usd"] == ordered[rank - 1] / 100
        excess = np.maximum(ordered - ordered[rank - 1], 0).sum() / ((1 - row["level"]) * YEARS)
        assert row["tvar_usd"] == pytest.approx((ordered[rank - 1] + excess) / 100, rel=1e-12)


def test_contributions_of_the_groups_make_the_tvar(results):
    with h5py.File(results) as file:
        rows, risk = file["contributions"][:], file["risk"][:]
    groups = rows[rows["by"] == b"group"]
    assert sorted(set(groups["key"])) == [b"G1", b"G2", b"G3"]
    for level in set(groups["level"]):
        whole = risk[(risk["metric"] == b"net") & (risk["level"] == level)]["tvar_usd"][0]
        assert groups[groups["level"] == level]["tvar_usd"].sum() == pytest.approx(whole, rel=1e-9)
        assert groups[groups["level"] == level]["share"].sum() == pytest.approx(1)


def test_without_treaties_net_is_gross(book, tmp_path):
    done = corridor("tail", book, "--no-treaties", "-o", tmp_path / "tail.h5", "-q", "--years", YEARS)
    assert done.code == OK, done.why
    years = years_of(tmp_path / "tail.h5")
    assert (years["net"] == years["gross"]).all()
    assert not years["ceded"].any() and years["gross"].any()


def content_of(path):
    """All but /run, where two equal runs may differ."""
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and not name.startswith("run"):
            found[name] = item[()].tobytes()

    with h5py.File(path) as file:
        file.visititems(visit)
    return found


def test_results_have_the_same_bits_on_any_machine(book, results, tmp_path):
    for name, arguments in {"one": ["--threads", 1], "two": ["--threads", 2],
                            "scalar": ["--instruction-set", "scalar", "--threads", 3]}.items():
        path = tmp_path / f"{name}.h5"
        done = corridor("tail", book, "-o", path, "-q", "--years", YEARS, *arguments)
        assert done.code == OK, done.why
        assert content_of(path) == content_of(results), name


def test_a_longer_run_begins_with_the_shorter_one(book, results, tmp_path):
    done = corridor("tail", book, "-o", tmp_path / "long.h5", "-q", "--years", YEARS + 1000)
    assert done.code == OK, done.why
    long = years_of(tmp_path / "long.h5")
    for name, series in years_of(results).items():
        assert (long[name][:YEARS] == series).all(), name


def test_json_and_csv_hold_the_tables_of_the_file(book, results, tmp_path):
    document = shown(book)
    assert document["schema"] == "corridor.tail"
    with h5py.File(results) as file:
        tables = [name for name, item in file.items() if isinstance(item, h5py.Dataset)]
        assert sorted([*document["tables"], "warnings"]) == sorted(tables)
        net = [row for row in document["tables"]["risk"] if row["metric"] == "net"]
        table = file["risk"][:]
        assert [row["tvar_usd"] for row in net] == table[table["metric"] == b"net"]["tvar_usd"].tolist()
    done = corridor("tail", book, "--csv", tmp_path / "t.csv", "--table", "treaties", "-q", "--years", YEARS)
    assert done.code == OK, done.why
    with open(tmp_path / "t.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["ceded_mean_usd"]) for row in rows] == [
        row["ceded_mean_usd"] for row in document["tables"]["treaties"]]
    printed = corridor("tail", book, "--csv", "-", "--table", "metrics", "-q", "--years", YEARS)
    assert next(csv.reader(io.StringIO(printed.out)))[:2] == ["metric", "mean_usd"]


def test_pandas_reads_the_tables(results):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("tables")
    frame = pandas.read_hdf(results, "risk")
    assert {"metric", "level", "tvar_usd"} <= set(frame.columns)


def test_the_screen_speaks_of_the_book_and_its_tail(book):
    done = corridor("tail", book, "--years", YEARS)
    assert done.code == OK, done.why
    assert done.out.startswith("3 groups, 60 members, 4,000 years, seed 1; USD a policy year\n"), done.why
    for words in ("TVaR", "net", "quota share", "one year in", "Exact means", "G3"):
        assert words in done.out, done.why
    assert max(map(len, done.out.splitlines())) <= 132
    assert len(done.out.splitlines()) <= 70


def test_levels_and_return_periods_are_those_asked_for(book):
    tables = shown(book, "--levels", "0.9,0.95", "--return-periods", "4,50")["tables"]
    assert {row["level"] for row in tables["risk"]} == {0.9, 0.95}
    periods = {row["return_period_years"] for row in tables["exceedance"] if row["metric"] == "gross"}
    assert periods == {4, 50}


def test_contributions_are_of_the_metric_asked_for(book):
    for metric in ("gross", "net"):
        rows = shown(book, "--contributions", metric)["tables"]["contributions"]
        assert {row["metric"] for row in rows if row["by"] != "member"} == {metric}


def test_persons_who_make_the_tail_come_largest_first(book):
    rows = shown(book, "--members", "3")["tables"]["contributions"]
    members = [row for row in rows if row["by"] == "member"]
    assert len(members) == 3 and {row["metric"] for row in members} == {"specific_before_asd"}
    amounts = [row["tvar_usd"] for row in members]
    assert amounts == sorted(amounts, reverse=True) and amounts[-1] > 0
    rows = shown(book, "--members", "0")["tables"]["contributions"]
    assert not [row for row in rows if row["by"] == "member"]


def test_a_group_adds_to_the_tail_what_the_book_without_it_lacks(book):
    rows = shown(book, "--marginal", "G2,G3")["tables"]["marginal"]
    assert {row["group_id"] for row in rows} == {"G2", "G3"}
    again = shown(book, "--marginal", "G2", "--marginal", "G3")["tables"]["marginal"]
    assert again == rows


def test_a_group_whose_id_has_commas_is_named_as_it_stands(book, tmp_path):
    path = shutil.copy(book, tmp_path / "book.h5")
    with h5py.File(path, "r+") as file:
        ids = file["groups/group_id"][:].astype("S8")
        ids[1] = b"G1,X"
        del file["groups/group_id"]
        file["groups/group_id"] = ids
        file.attrs.pop("content_sha256", None)
    rows = shown(path, "--marginal", "G1,X", "--marginal", "G3")["tables"]["marginal"]
    assert [row["group_id"] for row in rows] == ["G1,X", "G3"]


def test_contributions_are_left_out_where_nobody_asks_for_them(book):
    document = shown(book, "--contributions", "none")
    assert "contributions" not in document["tables"]
    settings = document["run"]["settings"]
    assert settings["contributions"] == "none" and settings["levels"] == "0.99"


REFUSED = {
    "level of 1": (["--levels", "1"], ["--levels 1"]),
    "level as a percentage": (["--levels", "99.5"], ["write 0.995"]),
    "no years": (["--years", "0"], ["--years 0"]),
    "return period beyond the run": (["--years", "500", "--return-periods", "1000"],
                                     ["--return-periods 1000", "500 years"]),
    "more years than memory holds": (["--years", "5000000", "--memory-limit", "64MB"],
                                     ["1 GB", "at most 380952 years"]),
    "a dry run of them": (["--years", "5000000", "--memory-limit", "64MB", "--dry-run"],
                          ["1 GB", "at most 380952 years"]),
    "unknown table": (["--csv", "-", "--table", "riks"], ["Did you mean risk?"]),
    "table that is not made": (["--csv", "-", "--table", "marginal"], ["--marginal"]),
    "unknown flag": (["--no-treaty"], ["Did you mean --no-treaties?"]),
    "unknown principle": (["--principles", "tvarr"], ["Did you mean tvar?"]),
    "principle of a group's tail": (["--principles", "tvar"], ["tvar"]),
    "unknown load": (["--load", "expens=0.1"], ["expens"]),
    "unknown metric": (["--contributions", "ceded"], ["gross, net"]),
    "unknown group": (["--marginal", "G22"], ["no group 'G22'"]),
    "group named twice": (["--marginal", "G2", "--marginal", "G1,G2"], ["'G2' is there twice"]),
    "marginal without a metric": (["--marginal", "G2", "--contributions", "none"], ["gross or net"]),
    "ending": (["-o", "tail.txt"], [".h5, .json"]),
    "nowhere": (["--quiet"], ["would go nowhere"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_mistake_is_named_and_nothing_is_written(name, book, tmp_path):
    arguments, fragments = REFUSED[name]
    refused = corridor("tail", book, *arguments, cwd=tmp_path)
    assert refused.code == USAGE, refused.why
    for fragment in fragments:
        assert fragment in refused.err, refused.why
    assert refused.out == "" and refused.err.count("\n") == 1, refused.why
    assert entries(tmp_path) == []


def test_a_table_that_the_book_has_nothing_for_is_refused_before_the_study(tmp_path):
    for table in ("treaties", "captives"):
        refused = corridor("tail", SAMPLE, "--csv", "t.csv", "--table", table, "--years", 10000000,
                           cwd=tmp_path)
        assert refused.code == USAGE and f"has no {table}" in refused.err, refused.why
    assert entries(tmp_path) == []


def test_outputs_are_checked_before_the_book(book, tmp_path):
    (tmp_path / "tail.h5").write_text("mine")
    refused = corridor("tail", "none.h5", "-o", "tail.h5", cwd=tmp_path)
    assert refused.code == CANNOT_CREATE, refused.why
    assert (tmp_path / "tail.h5").read_text() == "mine"
    assert corridor("tail", "none.h5", "-o", "other.h5", cwd=tmp_path).code == MISSING_INPUT
    assert entries(tmp_path) == ["tail.h5"]
    done = corridor("tail", book, "-o", "tail.h5", "--force", "--years", 200, cwd=tmp_path)
    assert done.code == OK, done.why


def test_a_book_with_a_bad_treaty_is_refused_by_its_row(tmp_path):
    path = with_treaties(tmp_path / "book.h5")
    with h5py.File(path, "r+") as file:
        file["treaties/share"][0] = 1.5
    refused = corridor("tail", path, "-o", tmp_path / "tail.h5")
    assert refused.code == BAD_DATA, refused.why
    assert "/treaties/share[0]" in refused.err, refused.why
    assert entries(tmp_path) == ["book.h5"]


def test_a_dry_run_writes_nothing(book, tmp_path):
    said = corridor("tail", book, "-o", "tail.h5", "--dry-run", cwd=tmp_path)
    assert said.code == OK, said.why
    for fragment in ("3 groups", "100000 years", "memory", "would write tail.h5", "nothing was written"):
        assert fragment in said.out, said.why
    facts = json.loads(corridor("tail", book, "--dry-run", "--json").out)
    assert facts["member_years"] == 60 * 100000
    assert entries(tmp_path) == []


def test_the_sample_book_passes_its_gate():
    document = corridor("tail", SAMPLE, "--json", "-q", "--years", 2000).json()
    assert document["gate"]["passed"] and document["gate"]["checked"] > 0
