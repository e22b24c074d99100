# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A run that is stopped leaves nothing behind and says what stopped it."""
import json
import signal
import subprocess
import time

import numpy as np
import pytest

import small_book
from corridor_program import PATIENCE_S, PROGRAM, SAMPLE, entries, wait_for_phase


@pytest.fixture
def log(tmp_path_factory):
    """A log file outside the folder that a stopped run must leave empty."""
    return tmp_path_factory.mktemp("log") / "run.log"


def long_run(log, years=1_000_000, threads=2, method="simulate"):
    """Few threads whatever the machine, so that the run still goes on when the signal comes."""
    return [PROGRAM, "price", str(SAMPLE), "-o", "out.h5", "--years", str(years), "--device", "cpu",
            "--threads", str(threads), "--method", method, "--log-file", str(log)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGUSR1])
@pytest.mark.parametrize("phase", ["load", "exact laws", "simulate"])
def test_a_signal_ends_the_run_with_128_and_its_number(number, phase, log, tmp_path):
    method = "both" if phase == "exact laws" else "simulate"
    run = subprocess.Popen([*long_run(log, method=method), "--csv", "out.csv", "--json"], cwd=tmp_path,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for_phase(run, log, phase)
    run.send_signal(number)
    out, err = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 128 + number, err
    assert f"stopped by {signal.Signals(number).name}" in err
    assert entries(tmp_path) == []
    assert f'"exit_code": {128 + number}' in out


def test_a_second_signal_ends_at_once(log, tmp_path):
    run = subprocess.Popen(long_run(log), cwd=tmp_path, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    wait_for_phase(run, log, "simulate")
    for _ in range(2):
        run.send_signal(signal.SIGTERM)
        time.sleep(0.05)
    assert run.wait(PATIENCE_S) in (-signal.SIGTERM, 128 + signal.SIGTERM)
    assert entries(tmp_path) == []


@pytest.fixture(scope="module")
def one_large_group(tmp_path_factory):
    members = 200_000
    book = small_book.content()
    book["groups"] = {"group_id": np.array([b"G1"], "S32"),
                      "member_offset": np.array([0, members], np.uint64),
                      "employees": np.array([[members // 2, 0, 0, 0]], np.uint32),
                      "specific_deductible_usd": np.array([1e5]),
                      "aggregate_corridor": np.array([1.25])}
    book["members"] = {"distribution": np.zeros(members, np.uint16), "scale": np.ones(members)}
    return small_book.write(tmp_path_factory.mktemp("large") / "book.h5", book)


@pytest.mark.parametrize("command", [["price"], ["employer", "--group", "G1"], ["tail"]])
def test_a_signal_ends_a_run_in_the_middle_of_a_large_group(command, one_large_group, log, tmp_path):
    """All its years would take minutes; the one group is the whole run."""
    run = subprocess.Popen([PROGRAM, command[0], str(one_large_group), *command[1:], "-o", "out.h5",
                            "--years", "1000000", "--device", "cpu", "--threads", "2", "--log-file", str(log)],
                           cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    wait_for_phase(run, log, "simulate")
    time.sleep(0.2)
    run.send_signal(signal.SIGTERM)
    _, err = run.communicate(timeout=100)
    assert run.returncode == 128 + signal.SIGTERM, err
    assert entries(tmp_path) == []


def test_a_kill_leaves_no_output(log, tmp_path):
    run = subprocess.Popen(long_run(log), cwd=tmp_path, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    wait_for_phase(run, log, "simulate")
    run.kill()
    run.wait(PATIENCE_S)
    assert entries(tmp_path) == []


def test_off_a_terminal_progress_is_one_json_event_every_ten_seconds(log, tmp_path):
    run = subprocess.Popen(long_run(log, years=4_000_000, threads=1), cwd=tmp_path, stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE, text=True)
    events = []
    for line in run.stderr:
        if line.startswith("{"):
            events.append(json.loads(line))
            break
    run.send_signal(signal.SIGTERM)
    run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 128 + signal.SIGTERM
    assert len(events) == 1
    event = events[0]
    assert event["event"] == "progress" and event["phase"] == "simulate"
    assert event["elapsed_s"] >= 10
    assert 0 < event["done"] < event["total"] == 12669 * 4000000
    assert event["eta_s"] == pytest.approx(event["elapsed_s"] * (event["total"] / event["done"] - 1))
