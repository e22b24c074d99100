# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Runs the program as a user would, and says what it left behind."""
import json
import os
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("CORRIDOR", str(ROOT / "build" / "cpu" / "corridor"))
SAMPLE = ROOT / "data" / "books" / "sample.h5"

OK, GATE_FAILED, USAGE, BAD_DATA, MISSING_INPUT, DEVICE = 0, 1, 64, 65, 66, 69
CANNOT_CREATE, IO = 73, 74

PATIENCE_S = 300
"""After which a test gives up: no measure of speed, as a machine may have others to serve."""


class Outcome:
    """Exit code, stdout and stderr of one run; `why` puts them into a failing test's message."""

    def __init__(self, completed):
        self.code, self.out, self.err = completed.returncode, completed.stdout or "", completed.stderr or ""
        self.why = f"exit {self.code}\nstdout: {self.out[:3000]}\nstderr: {self.err[:3000]}"

    def json(self):
        return json.loads(self.out)


def corridor(*arguments, cwd=None, env=None, prefix=(), timeout=PATIENCE_S, **options):
    """Runs `corridor ARGUMENTS`; `prefix` goes before the program, as in setpriv or sh -c."""
    command = [*prefix, PROGRAM, *map(str, arguments)]
    environment = {**os.environ, **(env or {})}
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return Outcome(subprocess.run(command, cwd=cwd, env=environment, text=True, timeout=timeout,
                                  check=False, **streams))


def wait_for_phase(run, log, phase):
    """Waits until the log file of a run under way (a Popen) says that a phase has begun."""
    mark, deadline = f'"event":"phase_begun","phase":"{phase}"', time.monotonic() + PATIENCE_S
    while not (log.exists() and mark in log.read_text()):
        assert run.poll() is None, f"the run was over before {phase}: {run.returncode}"
        assert time.monotonic() < deadline, f"no {phase} after {PATIENCE_S} s: {log.read_text()}"
        time.sleep(0.01)


def entries(folder):
    """Names in a folder, hidden ones too: what a run must not add to."""
    return sorted(os.listdir(folder))
