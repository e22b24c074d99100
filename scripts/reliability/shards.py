# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows 1, 9, 10 and 13: work in pieces that are killed, spoilt or lost with their node."""
from reliability.card import ROOT, NotHere, Row, pytest

SUITE = ROOT / "tests" / "python"


def tests_of(name, selection):
    """A row that the tests in `name` measure."""
    def measure(bench):
        return pytest(bench, [name], "-k", selection)
    return measure


def lost_node(bench):
    """A real Slurm and MPI on this machine, where their tests and programs are."""
    files = [path.name for word in ("slurm", "mpi") for path in sorted(SUITE.glob(f"test_*{word}*.py"))]
    if not files:
        raise NotHere("there are no tests of Slurm or MPI yet")
    if not bench.long:
        raise NotHere("in the long form: a real scheduler takes minutes")
    return pytest(bench, files)


ROWS = [Row(1, "kill -9 at a random time, begun again", "same results as without",
            tests_of("test_cli_shards.py", "kills or one_process")),
        Row(9, "bit flip in a unit's result", "seen, computed again, counted",
            tests_of("test_cli_shards.py", "damaged_results or changed_manifest")),
        Row(10, "silent error in computing", "seen where units are computed twice",
            tests_of("test_cli_shards.py", "wrong_bit")),
        Row(13, "a worker or node is lost", "the rest finishes, same digest", lost_node)]
