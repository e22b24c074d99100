# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows 19 and 28: sanitizers, valgrind, and which lines the tests reach; each needs a build of its own."""
import json
import shutil
import subprocess

from reliability import books
from reliability.card import ROOT, Bench, NotHere, Result, Row, ctest, pytest, run


def tree(preset, *flags):
    """Configures build/PRESET and builds everything in it."""
    subprocess.run(["cmake", "--preset", preset, "-DCORRIDOR_BENCH=OFF", "-DCORRIDOR_PYTHON=OFF", *flags],
                   cwd=ROOT, check=True, capture_output=True)
    return ROOT / "build" / preset


def sanitizers(bench):
    said = [valgrind(bench)]
    if bench.long:
        asan = Bench(tree("asan"), bench.folder, True, bench.seed)
        said.append(named("ASan and UBSan", ctest(asan, ["all"], "-LE", "slow|budget|package|emulation")))
        said.append(named("pytest under both", pytest(asan, ["test_cli_bad_books.py", "test_cli_usage.py"])))
        said.append(threads(Bench(tree("tsan"), bench.folder, True, bench.seed)))
    return Result(all(one.kept for one in said), "; ".join(one.figure for one in said)
                  + ("" if bench.long else "; ASan, UBSan and TSan in the long form"))


def named(name, result):
    return Result(result.kept, f"{name}: {result.figure}")


THREE = ["--threads", "3", "--quiet", "--force"]

# What has threads: the pass over groups, exact laws, the book's years with treaties and contributions,
# layers, paired years of a stress, an employer's passes, units, and the watch over a run.
THREADED = {
    "price": ["price", "book.h5", "--years", "3000", "-o", "price.h5", "--joint", *THREE],
    "price, no exact laws": ["price", "book.h5", "--years", "3000", "--method", "simulate", "--target-se", "3%",
                             "--max-years", "20000", "-o", "target.h5", "--log-file", "log.jsonl", *THREE],
    "contracts": ["price", "contracts.h5", "--years", "200", "--method", "simulate", "-o", "contracts-out.h5", *THREE],
    "tail": ["tail", "treaties.h5", "--years", "2000", "--members", "3", "-o", "tail.h5", *THREE],
    "layers": ["layers", "book.h5", "--layer", "100000:100000", "-o", "layers.h5", *THREE],
    "scenario": ["scenario", "book.h5", "trend_plus_4", "--years", "2000", "-o", "scenario.h5", *THREE],
    "employer": ["employer", "book.h5", "--group", "G1", "--years", "2000", "-o", "employer.h5", *THREE],
    "plan": ["plan", "tail", "treaties.h5", "--years", "2000", "--units", "4", "-o", "run", "--quiet"],
    "work": ["work", "run", "--threads", "3", "--self-check", "100%", "--quiet"],
    "merge": ["merge", "run", "-o", "merged.h5", "--quiet"]}


def threads(bench):
    """Commands on three threads, and a run that is stopped from outside, under ThreadSanitizer."""
    bench.needs("corridor_cli")
    books.small(bench.folder / "book.h5")
    for name in ("contracts.h5", "treaties.h5"):
        shutil.copy(ROOT / "data" / "books" / name, bench.folder)
    findings, wrong = 0, []
    for name, command in THREADED.items():
        done = bench.run(*command, timeout=3600, env={"TSAN_OPTIONS": "exitcode=96"})
        findings += done.stderr.count("WARNING: ThreadSanitizer")
        if done.returncode not in (0, 1):
            wrong.append(f"{name}: exit {done.returncode}")
    stopped = run(["timeout", "-s", "TERM", "5", bench.program, "price", "treaties.h5", "--years", "100000000",
                   "--method", "simulate", "--threads", "3"], cwd=bench.folder,
                  env={"TSAN_OPTIONS": "exitcode=96"})
    findings += stopped.stderr.count("WARNING: ThreadSanitizer")
    return Result(findings == 0 and not wrong,
                  f"TSan: {findings} findings in {len(THREADED) + 1} commands of three threads"
                  + (f"; {', '.join(wrong)}" if wrong else ""))


def valgrind(bench):
    if shutil.which("valgrind") is None:
        raise NotHere("apt-get install valgrind")
    bench.needs("corridor_cli")
    books.small(bench.folder / "book.h5")
    done = run(["valgrind", "-q", "--error-exitcode=99", bench.program, "price", "book.h5", "--years", "20",
                "--method", "simulate", "--instruction-set", "scalar", "--threads", "1", "-o", "out.h5",
                "--quiet"], cwd=bench.folder, timeout=1800)
    found = done.stderr.count("== Invalid") + done.stderr.count("== Conditional") + done.stderr.count("== Use of")
    return Result(done.returncode in (0, 1), f"valgrind: {found} findings in a run (exit {done.returncode})")


CORE = ["host/price/", "host/reduce/", "host/plan/", "host/portfolio/", "host/h5/", "kernels/lane/"]


def lines(bench):
    if shutil.which("gcovr") is None:
        raise NotHere("apt-get install gcovr")
    if not bench.long:
        raise NotHere("in the long form: it needs a build and all tests with counters")
    build = ROOT / "build" / "gcov"
    subprocess.run(["cmake", "-S", ROOT, "-B", build, "-G", "Ninja", "-DCORRIDOR_CUDA=OFF",
                    "-DCORRIDOR_BENCH=OFF", "-DCORRIDOR_PYTHON=OFF", "-DCMAKE_BUILD_TYPE=Debug",
                    "-DCMAKE_CXX_FLAGS=--coverage -O1 -fprofile-update=atomic"], check=True,
                   capture_output=True)
    counted = Bench(build, bench.folder, True, bench.seed)
    tests = ctest(counted, ["all"], "-LE", "slow|budget|package|emulation")
    pytest(counted, ["test_cli_bad_books.py", "test_cli_outputs.py", "test_cli_results.py"])
    filters = [part for name in CORE for part in ("--filter", f"{ROOT}/{name}")]
    done = run(["gcovr", "-r", ROOT, build, *filters, "--exclude-throw-branches", "--json-summary"],
               timeout=3600)
    facts = json.loads(done.stdout)
    return Result(facts["line_percent"] >= 95 and facts["branch_percent"] >= 90,
                  f"{facts['line_percent']}% of lines, {facts['branch_percent']}% of branches in "
                  f"{', '.join(CORE)} ({tests.figure})")


ROWS = [Row(19, "undefined behaviour, races, wild memory", "0 findings", sanitizers),
        Row(28, "lines that no test reaches", "95% of lines, 90% of branches of the core", lines)]
