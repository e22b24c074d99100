# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""When scripts/slurm/task.sbatch queues its task again: every way to end, against what Slurm would say."""
import os
import signal
import subprocess
import time

import pytest

from corridor_program import PATIENCE_S, ROOT

TASK = ROOT / "scripts" / "slurm" / "task.sbatch"
INCOMPLETE, KILLED_BY_TERM, KILLED_BY_USR1 = 75, 143, 138

RUNS = "JobId=7 JobState=RUNNING Reason=None Requeue=1"
CANCELLED = "JobId=7 JobState=COMPLETING Reason=None Requeue=1"
AT_LIMIT = "JobId=7 JobState=COMPLETING Reason=TimeLimit Requeue=1"
NO_ANSWER = ""


class Task:
    """The script with a program and a Slurm of a few lines of shell; `queued` is what it asked of Slurm."""

    def __init__(self, folder):
        self.folder, self.run = folder, folder / "run"
        (self.run / "units").mkdir(parents=True)

    def start(self, program, standing, command="work", restarts=0, array="5"):
        self._script("program", program)
        self._script("scontrol", f'[ "$1" = show ] || {{ echo "$*" >> "{self.folder}/queued"; exit 0; }}\n'
                                 + (f"echo '{standing}'" if standing else "exit 1"))
        self._script("sleep", "exit 0")  # what waits for Slurm to end it
        environment = {**os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}", "SLURM_JOB_ID": "7",
                       "SLURM_RESTART_COUNT": str(restarts)}
        if array:
            environment |= {"SLURM_ARRAY_JOB_ID": array, "SLURM_ARRAY_TASK_ID": "2"}
        return subprocess.Popen(["bash", TASK, self.folder / "program", command, self.run], env=environment,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def _script(self, name, body):
        (self.folder / name).write_text(f"#!/bin/bash\n{body}\n")
        (self.folder / name).chmod(0o755)

    def ended(self, *arguments, **options):
        """Exit code of the script."""
        started = self.start(*arguments, **options)
        started.communicate(timeout=PATIENCE_S)
        return started.returncode

    def told(self, name, program, standing, **options):
        """Exit code of a script that gets a signal while its program is under way."""
        started = self.start(f'{program}\n', standing, **options)
        deadline = time.monotonic() + PATIENCE_S
        while not (self.folder / "under_way").exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        started.send_signal(name)
        started.communicate(timeout=PATIENCE_S)
        return started.returncode

    @property
    def queued(self):
        path = self.folder / "queued"
        return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def task(tmp_path):
    return Task(tmp_path)


def under_way(task, then):
    """A program that says that it is under way and does `then`."""
    return f'touch "{task.folder}/under_way"; {then}'


def waits(trap):
    return f"{trap}\nfor i in $(seq 3000); do /bin/sleep 0.02; done"


DYING = {KILLED_BY_TERM: "kill -TERM $$", KILLED_BY_USR1: "kill -USR1 $$"}


@pytest.mark.parametrize("code", [INCOMPLETE, KILLED_BY_TERM, KILLED_BY_USR1])
@pytest.mark.parametrize("standing, again", [(RUNS, True), (CANCELLED, False), (AT_LIMIT, False),
                                             (NO_ANSWER, True)])
def test_units_left_and_signals_queue_again_what_slurm_has_not_ended(task, code, standing, again):
    assert task.ended(DYING.get(code, f"exit {code}"), standing) == code
    assert task.queued == (["requeue 5_2"] if again else [])


@pytest.mark.parametrize("code", [0, 1, 65, 74, 137])
def test_other_ends_are_final(task, code):
    assert task.ended(f"exit {code}", RUNS) == code
    assert task.queued == []


def test_a_merge_is_queued_again_after_a_signal_but_not_for_units_that_are_missing(task):
    assert task.ended(f"exit {INCOMPLETE}", RUNS, command="merge", array=None) == INCOMPLETE
    assert task.queued == []
    assert task.ended(DYING[KILLED_BY_TERM], RUNS, command="merge", array=None) == KILLED_BY_TERM
    assert task.queued == ["requeue 7"]


def test_a_task_that_comes_back_for_ever_is_given_up(task):
    assert task.ended(f"exit {INCOMPLETE}", RUNS, restarts=1000) == INCOMPLETE
    assert task.queued == []


@pytest.mark.parametrize("standing, again", [(RUNS, True), (CANCELLED, False), (NO_ANSWER, False)])
def test_a_program_told_to_end_before_it_listens_comes_back_unless_cancelled(task, standing, again):
    program = under_way(task, waits(""))
    assert task.told(signal.SIGTERM, program, standing) == KILLED_BY_TERM
    assert task.queued == (["requeue 5_2"] if again else [])


def test_the_program_s_exit_code_counts_not_the_signal_that_the_script_was_told_by(task):
    for name in ("USR1", "TERM"):
        number = getattr(signal, f"SIG{name}")
        program = f"trap 'exit {INCOMPLETE}' {name}\n" + under_way(task, waits(""))
        assert task.told(number, program, RUNS) == INCOMPLETE
        (task.folder / "under_way").unlink()
    assert task.queued == ["requeue 5_2"] * 2


@pytest.mark.parametrize("published, again", [(1, True), (0, False)])
def test_at_its_limit_a_task_comes_back_if_it_brought_the_run_further(task, published, again):
    """It is queued again while its unit still runs: Slurm does not wait for the unit's end."""
    (task.run / "units" / "000000.unit").touch()  # of others, before
    more = "".join(f'touch "{task.run}/units/00000{unit + 1}.unit"; ' for unit in range(published))
    still = f'[ -s "{task.folder}/queued" ]'
    program = (f"trap 'told=yes' TERM; {more}" + under_way(task, "") + "\n"
               f"while [ -z \"$told\" ] || {{ {'! ' + still if again else 'false'}; }}; do /bin/sleep 0.02; done\n"
               f"exit {INCOMPLETE}")
    assert task.told(signal.SIGTERM, program, AT_LIMIT) == INCOMPLETE
    assert bool(task.queued) == again and set(task.queued) <= {"requeue 5_2"}
