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
from corridor_program import PROGRAM, SAMPLE, entries


def long_run(years=1_000_000):
    """Two threads whatever the machine, so that the run still goes on when the signal comes."""
    return [PROGRAM, "price", str(SAMPLE), "-o", "out.h5", "--years", str(years), "--device", "cpu",
            "--threads", "2"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGUSR1])
@pytest.mark.parametrize("delay_s", [0.2, 2.0])
def test_a_signal_ends_the_run_with_128_and_its_number(number, delay_s, tmp_path):
    run = subprocess.Popen([*long_run(), "--csv", "out.csv", "--json"], cwd=tmp_path,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(delay_s)
    assert run.poll() is None, "the run is over already: give it more years"
    run.send_signal(number)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 128 + number, err
    assert f"stopped by {signal.Signals(number).name}" in err
    assert entries(tmp_path) == []
    assert f'"exit_code": {128 + number}' in out


def test_a_second_signal_ends_at_once(tmp_path):
    run = subprocess.Popen(long_run(), cwd=tmp_path, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    time.sleep(1.0)
    for _ in range(2):
        run.send_signal(signal.SIGTERM)
        time.sleep(0.05)
    assert run.wait(5) in (-signal.SIGTERM, 128 + signal.SIGTERM)
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
def test_a_signal_ends_a_run_in_the_middle_of_a_large_group(command, one_large_group, tmp_path):
    """All its years would take minutes; the one group is the whole run."""
    run = subprocess.Popen([PROGRAM, command[0], str(one_large_group), *command[1:], "-o", "out.h5",
                            "--years", "1000000", "--device", "cpu", "--threads", "2"],
                           cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    time.sleep(3.0)
    assert run.poll() is None, run.communicate()[1]
    run.send_signal(signal.SIGTERM)
    sent = time.monotonic()
    _, err = run.communicate(timeout=60)
    assert run.returncode == 128 + signal.SIGTERM, err
    assert time.monotonic() - sent < 10, err
    assert entries(tmp_path) == []


def test_a_kill_leaves_no_output(tmp_path):
    run = subprocess.Popen(long_run(), cwd=tmp_path, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    time.sleep(1.0)
    run.kill()
    run.wait(5)
    assert entries(tmp_path) == []


def test_off_a_terminal_progress_is_one_json_event_every_ten_seconds(tmp_path):
    run = subprocess.Popen(long_run(years=4_000_000), cwd=tmp_path, stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE, text=True)
    events = []
    for line in run.stderr:
        if line.startswith("{"):
            events.append(json.loads(line))
            break
    run.send_signal(signal.SIGTERM)
    run.communicate(timeout=60)
    assert run.returncode == 128 + signal.SIGTERM
    assert len(events) == 1
    event = events[0]
    assert event["event"] == "progress" and event["phase"] == "simulate"
    assert event["elapsed_s"] >= 10
    assert 0 < event["done"] < event["total"] == 12669 * 4000000
    assert event["eta_s"] == pytest.approx(event["elapsed_s"] * (event["total"] / event["done"] - 1))
