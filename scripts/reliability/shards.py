# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows 1, 9, 10 and 13: work in pieces that are killed, spoilt or lost with their node."""
import os
import shutil
import sys

from reliability.card import ROOT, NotHere, Result, Row, pytest, run


def tests_of(name, selection):
    """A row that the tests in `name` measure."""
    def measure(bench):
        return pytest(bench, [name], "-k", selection)
    return measure


def killed(bench):
    """The tests, then made-up nights of kills and damage: scripts/chaos says what came of them."""
    tests = pytest(bench, ["test_cli_shards.py", "test_cli_shards_tail.py"], "-k", "kills or one_process")
    nights = run([sys.executable, ROOT / "scripts" / "chaos", "--program", bench.program, "--seed", bench.seed,
                  "--rounds", 40 if bench.long else 4], timeout=7200)
    closing = (nights.stdout.strip() or nights.stderr.strip()).splitlines()[-1:]
    return Result(tests.kept and nights.returncode == 0,
                  f"{tests.figure}; {closing[0] if closing else 'scripts/chaos said nothing'}")


def lost_node(bench):
    """A real Slurm and MPI on this machine, where their tests and programs are."""
    if not bench.long:
        raise NotHere("in the long form: a real scheduler takes minutes")
    absent = [package for program, package in (("slurmctld", "slurm-wlm"), ("munged", "munge"),
                                               ("mpirun", "openmpi-bin"))
              if shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin") is None]
    if absent:
        raise NotHere("apt-get install " + " ".join(absent))
    return pytest(bench, ["test_slurm_mpi_kubernetes.py"])


ROWS = [Row(1, "kill -9 at a random time, begun again", "same results as without",
            killed),
        Row(9, "bit flip in a unit's result", "seen, computed again, counted",
            tests_of("test_cli_shards.py", "damaged_results or changed_manifest")),
        Row(10, "silent error in computing", "seen where units are computed twice",
            tests_of("test_cli_shards.py", "wrong_bit")),
        Row(13, "a worker or node is lost", "the rest finishes, same digest", lost_node)]
