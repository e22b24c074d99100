# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows 16 and 17: memory as books grow, and bits on any number of threads and any instruction set."""
import os

from reliability import books
from reliability.card import ROOT, Result, Row, run

SAMPLE = ROOT / "data" / "books" / "sample.h5"
SIZES = [(1, 100), (10, 1000), (100, 10000)]
MEMBERS_A_GROUP = 25
LIMIT_MB = 128


# A child's peak counts what its parent held when it was forked, so that a small parent starts it.
WATCH = ("import os, sys; child = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:]); "
         "_, status, usage = os.wait4(child, 0); print(status, usage.ru_maxrss)")


def peak_bytes(bench, *arguments):
    """Most memory of the program or its helper; it ends with exit 0 or 1."""
    done = run(["/usr/bin/python3", "-S", "-E", "-c", WATCH, bench.program, *arguments, "--quiet"])
    status, kib = map(int, done.stdout.split()[-2:])
    assert os.waitstatus_to_exitcode(status) in (0, 1), done.stderr
    return kib * 1024


def memory(bench):
    """One limit for every size; a tail holds the largest book's members and plan in it."""
    bench.needs("corridor_cli")
    peaks = {"price": [], "tail": []}
    for times, groups in SIZES:
        book = books.of_groups(bench.folder / f"book{times}.h5", groups, MEMBERS_A_GROUP)
        for command, more in (("price", ["--method", "simulate"]), ("tail", [])):
            output = bench.folder / f"{command}{times}.h5"
            peaks[command].append(peak_bytes(bench, command, book, "--years", 1000, "--threads", 2,
                                             "--memory-limit", f"{LIMIT_MB}MB", "-o", output, *more))
    most = max(max(found) for found in peaks.values())
    sizes = "/".join(f"{groups * MEMBERS_A_GROUP:,}" for _, groups in SIZES)
    said = "; ".join(f"{command} " + ", ".join(f"{peak / 1e6:.0f}" for peak in found) + " MB"
                     for command, found in peaks.items())
    return Result(most <= 1.1e6 * LIMIT_MB, f"{sizes} members within {LIMIT_MB} MB: {said}")


def bits(bench):
    """Equal digests of everything outside /run."""
    bench.needs("corridor_cli")
    known = [name for name in ("scalar", "avx2", "avx512") if bench.run(
        "price", SAMPLE, "--years", 1, "--method", "simulate", "--instruction-set", name, "--quiet",
        "--csv", f"try-{name}.csv").returncode in (0, 1)]
    threads = [1, 2, 3, 8] if bench.long else [1, 3]
    said = []
    for command, years in (("price", 5000), ("tail", 2000)):
        digests, runs = set(), 0
        for name in known:
            for count in threads:
                output = bench.folder / f"{command}-{name}-{count}.h5"
                done = bench.run(command, SAMPLE, "--years", years, "--instruction-set", name,
                                 "--threads", count, "-o", output, "--quiet",
                                 *(["--method", "simulate"] if command == "price" else []))
                assert done.returncode in (0, 1), done.stderr
                digests.add(books.digest(output))
                runs += 1
        said.append((len(digests), f"{command} {len(digests)} digest of {runs} runs"))
    return Result(all(count == 1 for count, _ in said), "; ".join(text for _, text in said)
                  + f" ({', '.join(known)}; threads {', '.join(map(str, threads))})")


ROWS = [Row(16, "a book of 10 and 100 times the size",
            "at most the memory limit and a tenth", memory),
        Row(17, "other threads, other instruction sets", "equal digests outside /run", bits)]
