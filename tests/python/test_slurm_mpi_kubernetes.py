# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A planned run under schedulers: Slurm loses a node, mpirun a rank, and the results are the same."""
import os
import pathlib
import shutil
import signal
import subprocess
import time

import pytest

import mini_slurm
from corridor_program import OK, PATIENCE_S, PROGRAM, ROOT, SAMPLE, corridor
from test_cli_results import contents

SUBMIT = ROOT / "scripts" / "slurm" / "submit"
INCOMPLETE = 75

# Long enough for a worker to be killed at it, some seconds of two cores.
STUDY = ("price", SAMPLE, "--years", 250_000, "--method", "simulate", "--seed", 11, "--threads", 1)


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """What one process makes of the study."""
    path = tmp_path_factory.mktemp("alone") / "tail.h5"
    done = corridor(*STUDY, "-o", path)
    assert done.code == OK, done.why
    return contents(path)


@pytest.fixture
def run(tmp_path):
    folder = tmp_path / "run"
    done = corridor("plan", *STUDY, "--units", 12, "-o", folder)
    assert done.code == OK, done.why
    return folder


def published(run):
    return sorted(path.name for path in (run / "units").glob("*.unit"))


def wait_until(condition, what):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, f"waited {PATIENCE_S} s for {what}"
        time.sleep(0.02)


def wait_for_units(run, count):
    wait_until(lambda: len(published(run)) >= count, f"{count} units in {run}")


# Slurm.

@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    reason = mini_slurm.missing()
    if reason:
        pytest.skip(reason)
    with mini_slurm.MiniSlurm(tmp_path_factory.mktemp("slurm")) as slurm:
        yield slurm


def submit(cluster, run, results, *flags, program=PROGRAM):
    done = subprocess.run([SUBMIT, run, "-o", results, "--corridor", program, *map(str, flags)],
                          env=cluster.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("job ")[1].split(",")[0]


def logs(run):
    return "".join(path.read_text() for path in sorted((run / "logs").glob("*.log")))


def log(run, name):
    return (run / "logs" / f"{name}.log").read_text()


def stand_in(folder, before):
    """The program, after lines of shell."""
    path = folder / "corridor"
    path.write_text(f'#!/bin/bash\n{before}\nexec {PROGRAM} "$@"\n')
    path.chmod(0o755)
    return path


def test_a_lost_node_costs_its_units_only(cluster, run, alone, tmp_path):
    results = tmp_path / "tail.h5"
    submit(cluster, run, results, "--workers", 2)
    wait_for_units(run, 1)
    cluster.kill_node("n1")
    cluster.wait_until_empty(PATIENCE_S)  # the other node does what was lost
    cluster.start_node("n1")
    cluster.wait_until_idle()
    assert results.exists(), logs(run)
    assert contents(results) == alone


def test_a_cancelled_worker_does_not_come_back(cluster, run):
    job = submit(cluster, run, run.parent / "tail.h5", "--workers", 1)
    wait_for_units(run, 1)
    cluster.run("scancel", job)
    cluster.wait_until_empty(PATIENCE_S)
    assert "queued again" not in logs(run)
    assert 1 <= len(published(run)) < 12


def test_a_worker_at_its_time_limit_is_queued_again_alone(cluster, run, alone, tmp_path):
    results = tmp_path / "tail.h5"
    job = submit(cluster, run, results, "--workers", 2)
    wait_for_units(run, 1)
    # What --signal=B:USR1 does before the limit, sooner than Slurm's least limit of a minute. The last
    # task's job id is the array's own.
    cluster.run("scancel", "--signal=USR1", "--batch", f"{job}_1")
    cluster.wait_until_empty(PATIENCE_S)
    assert "queued again" in log(run, "work-1")
    assert "CANCELLED" not in log(run, "work-0")
    assert contents(results) == alone


def test_tasks_that_are_killed_while_they_start_come_back(cluster, tmp_path):
    small = ("price", SAMPLE, "--years", 100, "--method", "simulate")
    planned, whole, results = (tmp_path / name for name in ("run", "whole.h5", "results.h5"))
    assert corridor("plan", *small, "--units", 2, "-o", planned).code == OK
    assert corridor(*small, "-o", whole).code == OK
    # Neither a worker nor the merge has its handlers when it is told to end.
    program = stand_in(tmp_path, '[ -n "${SLURM_RESTART_COUNT:-}" ] || kill -TERM $$')
    submit(cluster, planned, results, program=program)
    cluster.wait_until_empty(PATIENCE_S)
    assert "work: a signal ended it; queued again" in log(planned, "work-0")
    assert "merge: a signal ended it; queued again" in log(planned, "merge")
    assert contents(results) == contents(whole)


def test_a_worker_that_is_cancelled_while_it_starts_does_not_come_back(cluster, run, tmp_path):
    program = stand_in(tmp_path, f"touch {tmp_path}/starting; sleep {PATIENCE_S}")
    job = submit(cluster, run, tmp_path / "tail.h5", program=program)
    wait_until((tmp_path / "starting").exists, "the worker to start")
    cluster.run("scancel", job)
    cluster.wait_until_empty(PATIENCE_S)
    assert "CANCELLED" in log(run, "work-0") and "queued again" not in log(run, "work-0")


def test_every_worker_has_a_device_of_its_own(cluster, tmp_path):
    script = tmp_path / "device.sh"
    script.write_text("#!/bin/bash\necho $SLURMD_NODENAME $CUDA_VISIBLE_DEVICES > "
                      f"{tmp_path}/device.$SLURM_ARRAY_TASK_ID\nsleep 1\n")
    cluster.run("sbatch", "--array=0-1", "--gres=gpu:1", "-n1", "-o", "/dev/null", str(script))
    cluster.wait_until_empty(PATIENCE_S)
    said = sorted((tmp_path / f"device.{task}").read_text().split() for task in range(2))
    assert said == [["n1", "0"], ["n2", "0"]]


def test_submit_names_what_is_missing(tmp_path):
    def refused(*arguments):
        done = subprocess.run([SUBMIT, *map(str, arguments)], capture_output=True, text=True,
                              check=False)
        return done.returncode, done.stderr

    assert refused(tmp_path)[0] == 64
    code, said = refused(tmp_path, "-o", "x.h5", "--corridor", PROGRAM)
    assert code == 66 and "corridor plan" in said and str(tmp_path / "manifest.json") in said
    code, said = refused(tmp_path, "-o", "x.h5", "--workers", "many")
    assert code == 64 and "'many'" in said
    code, said = refused(tmp_path, "-o", "x.h5", "--wrokers", "4")
    assert code == 64 and "--wrokers" in said


# mpirun.

MPIRUN = ("mpirun", "--allow-run-as-root", "--oversubscribe", "-np", "3")


def ranks_of(parent):
    """Processes of the program below a process."""
    found = []
    for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text()
        except OSError:
            continue
        name, rest = text.split("(", 1)[1].rsplit(")", 1)
        if name.startswith("corridor") and int(rest.split()[1]) == parent:
            found.append(int(status.parent.name))
    return found


@pytest.mark.skipif(shutil.which("mpirun") is None, reason="mpirun of openmpi-bin not installed")
def test_a_killed_rank_leaves_a_run_that_goes_on(run, alone, tmp_path):
    launch = subprocess.Popen([*MPIRUN, PROGRAM, "work", str(run)], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    wait_for_units(run, 1)
    os.kill(ranks_of(launch.pid)[0], signal.SIGKILL)
    assert launch.wait(PATIENCE_S) != 0
    if len(published(run)) < 12:  # the others may have been done before they were told to end
        done = corridor("merge", run, "-o", tmp_path / "early.h5")
        assert done.code == INCOMPLETE, done.why
        assert not (tmp_path / "early.h5").exists()
    again = subprocess.run([*MPIRUN, PROGRAM, "work", str(run)], capture_output=True, text=True,
                           timeout=PATIENCE_S, check=False)
    assert again.returncode == 0, again.stderr
    done = corridor("merge", run, "-o", tmp_path / "tail.h5")
    assert done.code == OK, done.why
    assert contents(tmp_path / "tail.h5") == alone


# Kubernetes.

@pytest.mark.parametrize("name", ["work", "merge"])
def test_kubernetes_manifests_fit_their_schema(name):
    validate = pytest.importorskip("kubernetes_validate")
    import yaml
    manifest = yaml.safe_load((ROOT / "scripts" / "kubernetes" / f"{name}.yaml").read_text())
    validate.validate(manifest, "1.33", strict=True)
    manifest["spec"]["completion"] = 8
    with pytest.raises(validate.ValidationError):
        validate.validate(manifest, "1.33", strict=True)
