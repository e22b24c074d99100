# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Results files as Python users read them: h5py, pandas, the csv module."""

import csv
import math
import os
import subprocess

import h5py
import numpy as np
import pytest


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("results")
    subprocess.run([os.environ["CORRIDOR_WRITE_EXAMPLE"], str(path)], check=True)
    return path


def csv_rows(folder):
    with open(folder / "quotes.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_file_says_what_it_is(folder):
    with h5py.File(folder / "quotes.h5") as file:
        assert file.attrs["schema"] == b"corridor.quotes"
        assert list(file.attrs["schema_version"]) == [1, 0]
        assert file.attrs["currency"] == b"USD"


def test_summary_is_one_table_of_plain_types(folder):
    with h5py.File(folder / "quotes.h5") as file:
        summary = file["summary"]
        assert summary.shape == (6,)
        for name in summary.dtype.names:
            kind = summary.dtype[name].kind
            assert kind in "fuS", name
            assert summary.dtype[name] == (np.float64 if kind == "f" else summary.dtype[name])
        assert summary.dtype["members"] == np.uint64
        assert len(summary.attrs["units"]) == len(summary.dtype.names)
        assert all(len(text) > 0 for text in summary.attrs["description"])


def test_summary_and_csv_hold_the_same_values(folder):
    rows = csv_rows(folder)
    with h5py.File(folder / "quotes.h5") as file:
        summary = file["summary"][:]
    assert list(rows[0]) == list(summary.dtype.names)
    for name in summary.dtype.names:
        for row, value in zip(rows, summary[name]):
            text = row[name]
            if summary.dtype[name].kind == "S":
                assert text.removeprefix("'") == value.decode()
            elif text == "":
                assert math.isnan(value), name
            else:
                assert float(text) == value, name


def test_units_stand_beside_the_columns(folder):
    with h5py.File(folder / "quotes.h5") as file:
        summary = file["summary"]
        units = dict(zip(summary.dtype.names, summary.attrs["units"]))
    assert units["specific_mean_usd"] == b"USD"
    assert units["members"] == b"count"
    assert units["retained_z"] == b"1"


def test_run_says_where_results_come_from(folder):
    with h5py.File(folder / "quotes.h5") as file:
        run = file["run"].attrs
        assert run["device"] == b"cpu scalar, 1 thread"
        assert run["seed"] == 1 and run["years"] == 1000
        assert run["input_digest"] == b"0123"
        timings = {row["phase"]: row for row in file["run/timings"][:]}
        assert {name: row["seconds"] for name, row in timings.items()} == {b"load": 0.5,
                                                                           b"simulate": 12.25}
        assert timings[b"simulate"]["percent"] == 98 and timings[b"load"]["percent"] == 4
        assert timings[b"simulate"]["member_years_per_s"] == 4900 / 12.25
        assert run["cpu_model"] == b"Some CPU" and run["elapsed_s"] == 12.5
        settings = dict(file["run/settings"][:].tolist())
        assert settings[b"aggregate.expense"] == b"0.08"
        assert file["gate"].attrs["passed"] == 1
        assert file["warnings"][0]["code"] == b"W_NOT_SEALED"


def contents_outside_run(path):
    found = {}

    def visit(name, item):
        if name == "run" or name.startswith("run/"):
            return
        attributes = {key: np.asarray(value).tobytes() for key, value in item.attrs.items()}
        data = item[()].tobytes() if isinstance(item, h5py.Dataset) else b""
        found[name] = (attributes, data)

    with h5py.File(path) as file:
        found["/"] = {key: np.asarray(value).tobytes() for key, value in file.attrs.items()}
        file.visititems(visit)
    return found


def test_runs_that_differ_in_their_machine_differ_in_run_alone(folder):
    one, other = folder / "quotes.h5", folder / "other_run.h5"
    assert one.read_bytes() != other.read_bytes()
    assert contents_outside_run(one) == contents_outside_run(other)
    assert {"/", "summary", "gate", "warnings"} <= set(contents_outside_run(one))


def test_pandas_reads_the_summary(folder):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("tables")
    frame = pandas.read_hdf(folder / "quotes.h5", "summary")
    assert len(frame) == 6
    assert frame["members"].tolist() == [80, 80, 81, 81, 82, 82]
    assert frame["expected_claims_usd"].tolist() == [750000.25] * 6


def test_results_hold_tables_and_years(folder):
    with h5py.File(folder / "tail.h5") as file:
        assert file.attrs["schema"] == b"corridor.tail"
        assert list(file.attrs["schema_version"]) == [1, 0]
        assert set(file) == {"metrics", "risk", "loss_ratio", "exceedance", "treaties", "contributions",
                             "losses", "gate", "run", "warnings"}
        risk = file["risk"]
        assert risk.attrs["title"] == b"bad years"
        assert risk["tvar_usd"].tolist() == [22.5e6, 24e6, 19.1e6, 20.2e6]
        assert dict(zip(risk.dtype.names, risk.attrs["units"]))["tvar_usd"] == b"USD"
        assert math.isnan(risk["economic_capital_usd"][3])
        assert file["metrics"].dtype["hits"] == np.uint64
        assert file["gate"].attrs["checked"] == 2
        assert file["warnings"][0]["code"] == b"W_NOT_SEALED"
        assert file["run"].attrs["years"] == 1000


def test_years_are_whole_cents_in_checked_chunks(folder):
    with h5py.File(folder / "tail.h5") as file:
        gross = file["losses/gross"]
        assert gross.dtype == np.int64 and gross.shape == (1000,)
        assert gross.attrs["units"] == b"cents"
        assert gross.attrs["description"] == b"paid by the covers"
        assert gross.compression == "gzip" and gross.shuffle and gross.fletcher32
        expected = np.arange(1000) * 7919 * 101 % 1000003
        assert gross[:].tolist() == expected.tolist()
        assert (gross[:] - file["losses/net"][:] == 1234).all()


def test_pandas_reads_a_table_of_results(folder):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("tables")
    frame = pandas.read_hdf(folder / "tail.h5", "risk")
    assert frame["level"].tolist() == [0.99, 0.995, 0.99, 0.995]
