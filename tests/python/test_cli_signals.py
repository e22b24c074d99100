# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A run that is stopped leaves nothing behind and says what stopped it."""
import signal
import subprocess
import time

import pytest

from corridor_program import PROGRAM, SAMPLE, entries

# Two threads whatever the machine, so that the run still goes on when the signal comes.
LONG_RUN = ["price", str(SAMPLE), "-o", "out.h5", "--years", "1000000", "--device", "cpu", "--threads", "2"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGUSR1])
@pytest.mark.parametrize("delay_s", [0.2, 2.0])
def test_a_signal_ends_the_run_with_128_and_its_number(number, delay_s, tmp_path):
    run = subprocess.Popen([PROGRAM, *LONG_RUN, "--csv", "out.csv", "--json"], cwd=tmp_path,
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
    run = subprocess.Popen([PROGRAM, *LONG_RUN], cwd=tmp_path, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    time.sleep(1.0)
    for _ in range(2):
        run.send_signal(signal.SIGTERM)
        time.sleep(0.05)
    assert run.wait(5) in (-signal.SIGTERM, 128 + signal.SIGTERM)
    assert entries(tmp_path) == []


def test_a_kill_leaves_no_output(tmp_path):
    run = subprocess.Popen([PROGRAM, *LONG_RUN], cwd=tmp_path, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
    time.sleep(1.0)
    run.kill()
    run.wait(5)
    assert entries(tmp_path) == []
