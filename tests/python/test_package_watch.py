# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Runs from Python can be watched and stopped, and leave other threads alone."""
import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from corridor_program import PATIENCE_S, SAMPLE

corridor = pytest.importorskip("corridor")
progress_of = pytest.importorskip("corridor.progress")

LONG = 1_000_000
"""Years that take many seconds with two threads."""


def long_run(**changed):
    return corridor.price(SAMPLE, **{"years": LONG, "method": "simulate", "threads": 2,
                                     "progress": False, **changed})


def test_progress_comes_on_the_calling_thread_and_rises():
    seen = []

    def look(progress):
        seen.append((progress, threading.get_ident()))

    corridor.price(SAMPLE, years=20_000, method="simulate", threads=1, progress=look)
    assert seen and {thread for _, thread in seen} == {threading.get_ident()}
    done = [progress.done for progress, _ in seen if progress.phase == seen[-1][0].phase]
    assert done == sorted(done) and 0 < done[-1] <= seen[-1][0].total


def test_what_a_callback_raises_ends_the_run():
    class Enough(Exception):
        pass

    def stop(progress):
        raise Enough(progress.phase)

    started = time.monotonic()
    with pytest.raises(Enough):
        long_run(progress=stop)
    assert time.monotonic() - started < 60  # a million years take several times that


def test_other_threads_go_on_during_a_run():
    ticks, over = [0], threading.Event()

    def tick():
        while not over.is_set():
            ticks[0] += 1
            time.sleep(0.001)

    def halted(progress):
        if ticks[0] >= 20:
            raise StopIteration

    counter = threading.Thread(target=tick)
    counter.start()
    try:
        with pytest.raises(StopIteration):
            long_run(progress=halted)
    finally:
        over.set()
        counter.join()


def test_ctrl_c_stops_a_run(tmp_path):
    script = textwrap.dedent(f"""
        import sys, corridor
        def look(progress):
            print("running", flush=True)
        try:
            corridor.price({str(SAMPLE)!r}, years={LONG}, method="simulate", threads=2, progress=look)
        except KeyboardInterrupt:
            print("interrupted", flush=True)
            sys.exit(3)
    """)
    package = os.path.dirname(os.path.dirname(corridor.__file__))
    run = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True,
                           env={**os.environ, "PYTHONPATH": package}, cwd=tmp_path)
    assert run.stdout.readline() == "running\n"
    run.send_signal(signal.SIGINT)
    out, _ = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 3 and "interrupted" in out
    assert os.listdir(tmp_path) == []


def progress(done, elapsed_s, phase="simulate"):
    return corridor.Progress(phase, done, 1000, elapsed_s)


def test_a_bar_renews_its_line_and_takes_it_away():
    stream = io.StringIO()
    bar = progress_of.Bar(stream)
    bar(progress(100, 0.4))
    assert stream.getvalue() == ""  # a short run shows nothing
    bar(progress(250, 1.0))
    bar(progress(260, 1.1))  # too soon
    bar(progress(500, 2.0))
    shown = stream.getvalue().split("\r")[1:]
    assert [line.rstrip() for line in shown] == ["simulate  [######------------------]  25%  3s left",
                                                 "simulate  [############------------]  50%  2s left"]
    bar.clear()
    assert stream.getvalue().endswith("\r")


def test_a_message_stands_on_a_line_of_its_own():
    stream = io.StringIO()
    bar = progress_of.Bar(stream)
    bar(progress(250, 1.0))
    bar.message("no CUDA device")
    assert stream.getvalue().endswith("\rno CUDA device\n")


@pytest.mark.parametrize("seconds, text", [(0.2, "1s"), (45, "45s"), (90, "1m30s"), (9960, "2h46m")])
def test_durations_are_short(seconds, text):
    assert progress_of.duration_text(seconds) == text


def test_without_a_terminal_nothing_is_shown(capsys):
    corridor.price(SAMPLE, years=100, method="simulate", progress=True)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")
