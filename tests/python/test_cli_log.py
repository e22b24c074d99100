# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Events of a run, its account, and that neither a clock nor a full disk nor a closed stream stops it."""
import json
import os
import pathlib
import shutil
import subprocess

import h5py
import pytest

import small_book
from corridor_program import BAD_DATA, CANNOT_CREATE, OK, PATIENCE_S, PROGRAM, USAGE, corridor

YEARS = ["--years", "500", "--device", "cpu"]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.write(tmp_path_factory.mktemp("log") / "book.h5", small_book.content())


def events(text):
    return [json.loads(line) for line in text.splitlines()]


def named(found, name):
    return [event for event in found if event["event"] == name]


@pytest.fixture(scope="module")
def run_events(book):
    done = corridor("price", book, *YEARS, "--seed", 7, "--json", "--log-format", "json")
    assert done.code == OK, done.why
    return events(done.err), done.json()


def test_every_line_of_stderr_is_an_event_in_order(run_events):
    found, _ = run_events
    names = [event["event"] for event in found]
    assert names[:2] == ["started", "settings"] and names[-1] == "finished"
    assert names.index("input") < names.index("device") < names.index("gate")
    times = [event["time"] for event in found]
    assert times == sorted(times)
    begun = [event["phase"] for event in named(found, "phase_begun")]
    ended = [event["phase"] for event in named(found, "phase_ended")]
    assert begun == [phase for phase in ended if phase != "results"]
    assert "load" in begun and "simulate" in begun


def test_events_say_what_ran_on_what(run_events, book):
    found, document = run_events
    [started], [settings] = named(found, "started"), named(found, "settings")
    [read], [device], [end] = named(found, "input"), named(found, "device"), named(found, "finished")
    assert started["command"] == "price" and started["command_line"].startswith("corridor price ")
    assert settings["seed"] == 7 and settings["years"] == 500
    assert read["digest"] == document["run"]["input_digest"] and read["groups"] == 3
    assert device["device"] == document["run"]["device"]
    assert end["exit_code"] == 0 and end["peak_memory_bytes"] > 1e6


def test_events_fit_their_schema(run_events, book):
    schemas = pytest.importorskip("json_schemas")
    refused = corridor("price", book, "--pricing", "none.toml", "--log-format", "json")
    for event in run_events[0] + events(refused.err):
        schemas.check(event, "log")


def test_a_mistake_is_an_event_too(book):
    refused = corridor("price", book, "--yeers", 10, "--log-format=json")
    assert refused.code == USAGE
    error, end = events(refused.err)
    assert error["event"] == "error" and error["kind"] == "usage" and "--years" in error["message"]
    assert error["level"] == "error" and end["exit_code"] == USAGE


def test_a_bad_format_is_refused_with_the_nearest(book):
    refused = corridor("price", book, "--log-format", "jsn")
    assert refused.code == USAGE and "Did you mean json?" in refused.err


def test_problems_of_a_file_are_in_the_error_event(tmp_path, book):
    (tmp_path / "loads.toml").write_text("expens = 0.2\n")
    refused = corridor("price", book, "--pricing", tmp_path / "loads.toml", "--log-format", "json")
    assert refused.code == BAD_DATA
    [error] = named(events(refused.err), "error")
    assert error["problems"][0]["code"] == "E_UNKNOWN_KEY"


def test_a_log_file_is_appended_to_and_stderr_stays_for_people(tmp_path, book):
    for _ in range(2):
        done = corridor("price", book, *YEARS, "--log-file", tmp_path / "run.log")
        assert done.code == OK and not done.err.startswith("{")
    found = events((tmp_path / "run.log").read_text())
    assert len(named(found, "started")) == 2 and len(named(found, "finished")) == 2


def test_quiet_keeps_the_file_whole(tmp_path, book):
    done = corridor("price", book, *YEARS, "--json", "-q", "--log-format", "json",
                    "--log-file", tmp_path / "run.log")
    assert done.code == OK and done.err == ""
    assert named(events((tmp_path / "run.log").read_text()), "finished")


def test_a_full_disk_for_the_log_is_said_once_and_the_run_goes_on(book):
    done = corridor("price", book, *YEARS, "--json", "--log-file", "/dev/full")
    assert done.code == OK and done.json()["rows"]
    assert done.err.count("--log-file /dev/full: cannot be written (No space left on device)") == 1


def test_no_log_goes_behind_a_book_or_into_a_missing_folder(tmp_path, book):
    copy = shutil.copy(book, tmp_path / "copy.h5")
    before = pathlib.Path(copy).read_bytes()
    refused = corridor("price", book, *YEARS, "--log-file", copy)
    assert refused.code == CANNOT_CREATE and "is no log" in refused.err
    assert pathlib.Path(copy).read_bytes() == before
    refused = corridor("price", book, *YEARS, "--log-file", tmp_path / "none" / "run.log")
    assert refused.code == CANNOT_CREATE and "No such file" in refused.err


def test_verbose_accounts_for_the_time(book):
    done = corridor("price", book, *YEARS, "-v")
    assert done.code == OK
    rows = {line[:20].strip(): line for line in done.err.splitlines()}
    for phase in ("load", "simulate", "results", "all"):
        assert phase in rows, done.err
    assert "100.0%" in rows["all"] and "million" in rows["simulate"]
    assert "memory at most" in done.err


COMMANDS = [["price", "BOOK"], ["tail", "BOOK"], ["scenario", "BOOK", "trend_plus_4"],
            ["layers", "BOOK", "--layer", "100000:inf"], ["employer", "BOOK", "--group", "G1"]]


@pytest.mark.parametrize("command", COMMANDS, ids=[command[0] for command in COMMANDS])
def test_every_study_accounts_for_itself_in_its_results(command, book, tmp_path):
    arguments = [book if part == "BOOK" else part for part in command]
    done = corridor(*arguments, "--years", "500", "--json", "-o", tmp_path / "out.h5")
    assert done.code == OK, done.why
    run = done.json()["run"]
    phases = {phase["phase"]: phase for phase in run["cost"]["phases"]}
    assert list(phases)[0] == "load" and phases["load"]["read_bytes"] > 1000
    total = sum(phase["seconds"] for phase in phases.values())
    assert 0.5 * run["cost"]["elapsed_s"] < total <= run["cost"]["elapsed_s"]
    assert sum(phase["member_years"] for phase in phases.values()) > 0
    assert run["cost"]["reader_peak_memory_bytes"] > 1e6
    with h5py.File(tmp_path / "out.h5") as file:
        assert file["run"].attrs["elapsed_s"] == run["cost"]["elapsed_s"]
        stored = {row["phase"].decode(): row["seconds"] for row in file["run/timings"][:]}
    assert stored == run["timings_s"]


def test_what_differs_between_equal_runs_is_in_run_alone(book, tmp_path):
    documents = []
    for threads in (1, 2):
        done = corridor("price", book, *YEARS, "--threads", threads, "--json",
                        "--log-file", tmp_path / "log")
        documents.append({key: value for key, value in done.json().items() if key != "run"})
    assert documents[0] == documents[1]


JUMPING = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
static long jump(void) { static long calls; return ++calls % 2 ? -86400L * 400 : 3600L; }
int clock_gettime(clockid_t clock, struct timespec* now) {
  static int (*real)(clockid_t, struct timespec*);
  if (!real) real = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
  int result = real(clock, now);
  if (clock == CLOCK_REALTIME) now->tv_sec += jump();
  return result;
}
time_t time(time_t* out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (out) *out = now.tv_sec;
  return now.tv_sec;
}
"""


def is_sanitized():
    return b"libasan" in subprocess.run(["ldd", PROGRAM], capture_output=True, check=False).stdout


@pytest.mark.skipif(shutil.which("cc") is None or is_sanitized(), reason="needs a C compiler, no sanitizer")
def test_a_clock_that_jumps_disturbs_nothing(book, tmp_path):
    (tmp_path / "jumping.c").write_text(JUMPING)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", "jumping.so", "jumping.c", "-ldl"], cwd=tmp_path,
                   check=True)
    plain = corridor("price", book, *YEARS, "--json").json()
    done = corridor("price", book, *YEARS, "--json", env={"LD_PRELOAD": str(tmp_path / "jumping.so")})
    assert done.code == OK, done.why
    jumped = done.json()
    assert {**jumped, "run": 0} == {**plain, "run": 0}
    cost = jumped["run"]["cost"]
    assert abs(cost["clock_step_s"]) > 1000, "the clock did not jump"
    assert 0 < cost["elapsed_s"] < 100 and all(part["seconds"] >= 0 for part in cost["phases"])


def shell(script, book):
    environment = {**os.environ, "P": PROGRAM, "B": str(book)}
    return subprocess.run(["bash", "-c", f"set -o pipefail; {script}"], env=environment, text=True,
                          capture_output=True, timeout=PATIENCE_S, check=False)


@pytest.mark.parametrize("script", [
    '"$P" price "$B" --years 500 --csv - --log-format json | head -1 >&2',
    '"$P" info "$B" | head -1 >&2',
    '"$P" man price | head -1 >&2',
    '"$P" price "$B" --years 500 --log-format json 2>&- >/dev/null',
    '"$P" price "$B" --years 500 -v >&- 2>&-',
    '"$P" price "$B" --years 500 --log-format json 2>&1 >/dev/null | head -1 >&2',
    '"$P" price "$B" --years 500 -v 2>/dev/full >/dev/null',
])
def test_a_closed_or_full_stream_of_messages_changes_no_exit_code(script, book):
    done = shell(script, book)
    assert done.returncode == 0, (script, done.stderr)


def test_color_is_as_asked_for(book):
    always = corridor("price", book, "--years", 0, "--color", "always")
    assert "\033[1;31m" in always.err
    assert "\033[" not in corridor("price", book, "--years", 0, "--color", "always", "--no-color").err
    table = corridor("price", book, *YEARS, "--method", "simulate", "--color=always",
                     env={"NO_COLOR": "1"}).out
    assert "\033[1;32magreed\033[0m" in table
    assert "\033[" not in corridor("price", book, *YEARS).out
