# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What is wrong with input or output is said in one line, with the program's exit codes."""

import os
import shutil
import sys

import h5py
import numpy as np
import pytest
import report_files as files
from corridor_program import (
    BAD_DATA,
    CANNOT_CREATE,
    MISSING_INPUT,
    OK,
    SAMPLE,
    USAGE,
    corridor,
    entries,
)

pytest.importorskip("vl_convert", reason="reports need the packages of scripts/setup")
from corridor.reporting import command  # noqa: E402


@pytest.fixture(scope="module")
def replay(tmp_path_factory):
    return files.make(tmp_path_factory.mktemp("results"), "replay")


def run(capsys, *arguments):
    """(exit code, stderr) of the command in this process."""
    code = command.main([str(argument) for argument in arguments])
    return code, capsys.readouterr().err


def one_line(err):
    return (
        err.startswith("corridor report: error: ")
        and err.count("\n") == 1
        and "Traceback" not in err
    )


def test_a_missing_file_is_no_input(capsys, tmp_path):
    code, err = run(capsys, tmp_path / "none.h5", "-o", tmp_path / "r.html")
    assert code == MISSING_INPUT and one_line(err) and "none.h5" in err and entries(tmp_path) == []


@pytest.mark.parametrize("content", [b"", b"no HDF5 at all", b"\x89HDF\r\n\x1a\n" + b"\x00" * 300])
def test_a_file_that_is_no_hdf5_is_bad_data(capsys, tmp_path, content):
    (tmp_path / "a.h5").write_bytes(content)
    code, err = run(capsys, tmp_path / "a.h5", "-o", tmp_path / "r.html")
    assert code == BAD_DATA and one_line(err) and entries(tmp_path) == ["a.h5"]


def test_a_book_is_not_results(capsys, tmp_path):
    code, err = run(capsys, SAMPLE, "-o", tmp_path / "r.html")
    assert code == BAD_DATA and one_line(err) and "book" in err


@pytest.mark.parametrize(
    "schema, version, said",
    [
        ("someone.else", [1, 0], "holds no results"),
        ("corridor.future", [1, 0], "holds corridor.future"),
        ("corridor.quotes", [2, 0], "version 2"),
    ],
)
def test_a_schema_that_is_not_known_is_bad_data(capsys, tmp_path, schema, version, said):
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.attrs["schema"] = np.bytes_(schema)
        file.attrs["schema_version"] = np.array(version, "i4")
    code, err = run(capsys, tmp_path / "a.h5", "-o", tmp_path / "r.html")
    assert code == BAD_DATA and one_line(err) and said in err


def test_results_without_their_table_are_bad_data(capsys, tmp_path):
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.attrs["schema"], file.attrs["schema_version"] = np.bytes_("corridor.tail"), np.array(
            [1, 0], "i4"
        )
    code, err = run(capsys, tmp_path / "a.h5", "-o", tmp_path / "r.html")
    assert code == BAD_DATA and one_line(err) and "/metrics" in err


def test_results_without_a_column_are_bad_data(capsys, tmp_path):
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file.attrs["schema"], file.attrs["schema_version"] = np.bytes_("corridor.quotes"), np.array(
            [1, 0], "i4"
        )
        file["summary"] = np.zeros(3, [("group_id", "S4"), ("members", "u8")])
    code, err = run(capsys, tmp_path / "a.h5", "-o", tmp_path / "r.html")
    assert (
        code == BAD_DATA
        and one_line(err)
        and "specific_deductible_usd" in err
        and entries(tmp_path) == ["a.h5"]
    )


def test_an_output_that_is_there_stays_unless_forced(capsys, tmp_path, replay):
    page = tmp_path / "r.html"
    page.write_text("mine")
    code, err = run(capsys, replay, "-o", page)
    assert (
        code == CANNOT_CREATE and one_line(err) and "--force" in err and page.read_text() == "mine"
    )
    assert run(capsys, replay, "-o", page, "--force")[0] == OK and page.read_text().startswith(
        "<!DOCTYPE html>"
    )


def test_an_output_without_a_folder_cannot_be_created(capsys, tmp_path, replay):
    code, err = run(capsys, replay, "-o", tmp_path / "none" / "r.html")
    assert code == CANNOT_CREATE and one_line(err) and "folder" in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--excel", "a.xlsx"],
        ["{}", "-o", "r.pdf"],
        ["{}", "--excel", "a.csv"],
        ["{}", "--no-html"],
        ["{}", "--what"],
    ],
)
def test_flags_that_make_no_sense_are_usage(capsys, tmp_path, monkeypatch, replay, arguments):
    monkeypatch.chdir(tmp_path)
    code, err = run(capsys, *[a.format(replay) for a in arguments])
    assert code == USAGE and one_line(err) and "--help" in err
    assert entries(tmp_path) == []


def test_the_page_is_named_for_the_results_and_readable_as_the_umask_says(
    capsys, tmp_path, monkeypatch, replay
):
    monkeypatch.chdir(tmp_path)
    assert run(capsys, replay)[0] == OK and entries(tmp_path) == ["replay.html"]
    mask = os.umask(0)
    os.umask(mask)
    assert os.stat("replay.html").st_mode & 0o777 == 0o666 & ~mask


def test_the_program_runs_the_command_from_the_path(tmp_path):
    script = tmp_path / "corridor-report"
    script.write_text(
        f"#!/bin/sh\nPYTHONPATH={files.PACKAGE} exec {sys.executable} -m corridor.reporting \"$@\"\n"
    )
    script.chmod(0o755)
    path = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    outcome = corridor("report", tmp_path / "none.h5", env=path)
    assert outcome.code == MISSING_INPUT and one_line(outcome.err), outcome.why
    assert "--excel" in corridor("report", "--help", env=path).out


def test_results_that_keep_no_warnings_claim_none(tmp_path, replay, capsys):
    from corridor.reporting.source import read_results

    assert read_results(replay).keeps_warnings
    shutil.copy(replay, tmp_path / "a.h5")
    with h5py.File(tmp_path / "a.h5", "r+") as file:
        del file["warnings"]
    assert run(capsys, tmp_path / "a.h5", "-o", tmp_path / "a.html")[0] == OK
    page = (tmp_path / "a.html").read_text()
    assert "Warnings are not in this file" in page and "nothing odd" not in page
