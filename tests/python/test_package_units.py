# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Python plans, works on and merges runs in units, to the bits of one process and of the command line."""
import json
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from corridor_program import OK, ROOT, SAMPLE, corridor as program
from test_package_runs import unequal_tables

corridor = pytest.importorskip("corridor")
child = pytest.importorskip("corridor.child")

TREATIES = ROOT / "data" / "books" / "treaties.h5"
GROUPS = ["65981d9d69b9ed1a034b"]
ARGUMENTS = {
    "price": {"specific": [50_000, float("inf")], "corridor": np.float64(1.15), "levels": [0.9, "0.995"],
              "principles": ["wang_transform", "tvar"], "loads": {"expense": 0.09, "aggregate.theta": 0.2},
              "years": 100, "seed": 2**63 + 1, "method": "simulate", "target_se": 0.2, "max_years": 300,
              "control_variates": True, "memory_limit_bytes": 2_000_000_001},
    "tail": {"levels": 0.95, "return_periods": [10, 50], "contributions": "gross", "members": 3,
             "marginal": GROUPS, "treaties": False, "years": 3_000, "seed": 7}}


def recorded(folder):
    return json.loads((folder / "manifest.json").read_text())["arguments"]


@pytest.mark.parametrize("command", ARGUMENTS)
def test_a_merged_run_is_the_run_of_one_process(command, tmp_path):
    book, run = {"price": SAMPLE, "tail": TREATIES}[command], tmp_path / "run"
    plan, one_process = {"price": (corridor.plan_price, corridor.price),
                         "tail": (corridor.plan_tail, corridor.tail)}[command]
    units = plan(book, run, units=4, **ARGUMENTS[command]).units
    report = corridor.work(run, threads=2, progress=False)
    assert (report.computed, report.done, report.bad, report.finished) == (4, 4, 0, True) and units == 4
    merged = corridor.merge(run, tmp_path / "merged.h5", progress=False)
    whole = one_process(book, progress=False, **ARGUMENTS[command])
    assert list(unequal_tables(merged, whole)) == [] and len(merged.table()) > 0
    assert merged.gate == whole.gate and merged.run.seed == ARGUMENTS[command]["seed"]
    again = corridor.read_results(tmp_path / "merged.h5")
    assert list(unequal_tables(again, whole)) == []


def test_a_plan_of_python_is_the_command_line_s_and_either_goes_on_with_it(tmp_path):
    flags = ["--years", 200, "--seed", 7, "--method", "simulate", "--specific", "50000,100000.01"]
    theirs = program("plan", "price", SAMPLE, *flags, "-o", tmp_path / "theirs", "--units", 2)
    assert theirs.code == OK, theirs.why
    ours = corridor.plan_price(SAMPLE, tmp_path / "ours", units=2, years=200, seed=7, method="simulate",
                               specific=[50_000, 100_000.01])
    assert ours == corridor.PlannedRun(str(tmp_path / "ours"), 2, 0, 0)
    assert corridor.plan_price(SAMPLE, tmp_path / "theirs", units=2, years=200, seed=7, method="simulate",
                               specific=[50_000, 100_000.01]).units == 2  # the same run: no refusal
    assert program("work", tmp_path / "ours", "-q").code == OK
    assert corridor.work(tmp_path / "theirs", progress=False).computed == 2
    both = [corridor.merge(tmp_path / name, progress=False) for name in ("ours", "theirs")]
    assert list(unequal_tables(*both)) == []


def test_arguments_are_recorded_to_their_last_bit(tmp_path):
    corridor.plan_price(SAMPLE, tmp_path / "run", specific=[0.01, 123_456.78, float("inf")],
                        loads={"expense": 0.1 + 0.2}, years=200)
    assert {"--specific=0.01,123456.78,inf", "--load=expense=0.30000000000000004"} <= set(
        recorded(tmp_path / "run"))


def test_what_is_missing_is_incomplete_and_what_is_there_is_not_written_over(tmp_path):
    corridor.plan_price(SAMPLE, tmp_path / "run", units=2, years=100, method="simulate")
    with pytest.raises(corridor.IncompleteError, match="2 of 2 units are missing"):
        corridor.merge(tmp_path / "run", progress=False)
    left = corridor.work(tmp_path / "run", max_hours=1e-9, progress=False)
    assert not left.finished and left.done < 2
    with pytest.raises(corridor.CannotCreateError):
        corridor.plan_price(SAMPLE, tmp_path / "run", units=2, years=101, method="simulate")
    assert corridor.plan_price(SAMPLE, tmp_path / "run", restart=True, years=101, method="simulate").units
    (tmp_path / "there.h5").write_text("mine")
    with pytest.raises(corridor.CannotCreateError):
        corridor.merge(tmp_path / "run", tmp_path / "there.h5", progress=False)
    with pytest.raises(corridor.MissingInputError):
        corridor.work(tmp_path / "none", progress=False)


@pytest.mark.parametrize("arguments, words", [
    ({"specific": [1e5, 5e4]}, "comes after"), ({"principles": "wang_transfrm"}, "Did you mean"),
    ({"loads": {"expens": 0.1}}, "expens"), ({"pricing": {"expense": 0.1}}, "TOML file"),
    ({"units": 0}, "units"), ({"target_se": 0.05}, "memory")])
def test_a_plan_that_cannot_be_is_refused_before_it_is_one(arguments, words, tmp_path):
    with pytest.raises(corridor.UsageError, match=words):
        corridor.plan_price(SAMPLE, tmp_path / "run", **arguments)
    assert not (tmp_path / "run" / "manifest.json").exists()


def test_a_book_in_memory_is_no_book_of_workers(tmp_path):
    from frames_book import frames
    with pytest.raises(corridor.UsageError, match="Write it first"):
        corridor.plan_price(corridor.Book.from_frames(**frames()), tmp_path / "run")


def test_problems_of_a_book_come_along(tmp_path):
    (tmp_path / "text.h5").write_text("no HDF5")
    with pytest.raises(corridor.BadDataError) as caught:
        corridor.plan_price(tmp_path / "text.h5", tmp_path / "run")
    assert caught.value.exit_code == 65 and str(tmp_path / "text.h5") in str(caught.value)


def test_ctrl_c_ends_a_worker_after_its_unit(tmp_path):
    # Units long enough that the signal finds most of them undone on a busy machine too.
    corridor.plan_price(SAMPLE, tmp_path / "run", units=48, years=2_000_000, method="simulate")
    script = (f"import corridor\ntry:\n corridor.work({str(tmp_path / 'run')!r}, threads=1, progress=False)\n"
              "except KeyboardInterrupt:\n print('stopped')")
    worker = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True,
                              env={"PYTHONPATH": str(child.PROGRAM.parent.parent.parent)})
    units = tmp_path / "run" / "units"
    while not list(units.glob("*.unit")) and worker.poll() is None:
        time.sleep(0.02)
    worker.send_signal(signal.SIGINT)
    out, _ = worker.communicate(timeout=120)
    assert out == "stopped\n"
    done = len(list(units.glob("*.unit")))
    assert 0 < done < 48
    time.sleep(0.5)
    assert len(list(units.glob("*.unit"))) == done and not list(units.glob("*.tmp*"))
