# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows 5, 6 and 7: books cut short, books with a bit flipped, books made to do harm."""
import json
import os

from reliability import books, hostile
from reliability.card import Result, Row, run

LONGEST_S = 5.0
MEMORY_MIB = 2048 + 64  # of the helper: what it may have for itself, and for a book this small


def damaged(bench, kind, count, files, *flags):
    """What tests/mutants says became of `count` damaged copies of `files`."""
    bench.needs("corridor_cli", "corridor_mutants")
    done = run([bench.tool("corridor_mutants"), kind, count, bench.seed, *flags, *files], timeout=7200,
               env={"CORRIDOR_READER": str(bench.program)})
    if done.returncode != 0:
        raise RuntimeError(f"corridor_mutants ended with {done.returncode}: {done.stderr[-500:]}")
    return json.loads(done.stdout)


def sealed(bench):
    path = books.middling(bench.folder / "book.h5")
    assert bench.run("seal", "book.h5").returncode == 0
    return path


def truncated(bench):
    said = damaged(bench, "cut", 2000, [sealed(bench)])
    refused = said["refused"] + said["program"]["refused"]
    return Result(refused == said["mutants"] == 2000,
                  f"{refused} of {said['mutants']} random cuts refused (seed {bench.seed})")


def flipped(bench):
    path = sealed(bench)
    priced = damaged(bench, "bit", 2000 if bench.long else 200, [path], "--price")
    read = damaged(bench, "bit", 10000 if bench.long else 1500, [path])
    program = {key: priced["program"][key] + read["program"][key] for key in read["program"]}
    mutants = priced["mutants"] + read["mutants"]
    refused = priced["refused"] + read["refused"] + program["refused"]
    same = priced["same"] + read["same"] + program["same"]
    wrong = program["changed"] + program["repriced"]
    return Result(wrong == 0 and program["died"] == 0 and refused + same == mutants,
                  f"{mutants:,} mutants: {refused:,} refused, {same:,} harmless, {wrong} wrong, "
                  f"{program['died']} crashes (parser died in {priced['parser_died'] + read['parser_died']}"
                  f", contained); {priced['mutants']} of them priced")


def malformed(bench):
    """Mutants of a good book and of every hostile one; then the hostile ones as a user meets them."""
    bench.needs("corridor_cli")
    corpus = hostile.write_all(bench.folder / "corpus")
    count = 50000 if bench.long else 1500
    files = [sealed(bench), *(path for path in corpus if path.stat().st_size < 60_000)]
    said = damaged(bench, "structure", count, files, "--unsealed")
    crashes = said["program"]["died"]
    longest = max(said["longest_s"], said["program"]["longest_s"])
    results = [meet(bench, path) for path in corpus]
    wrong = [text for _, _, text in results if text]
    slowest = max(seconds for seconds, _, _ in results)
    most = max(mib for _, mib, _ in results)
    return Result(crashes == 0 and not wrong and max(longest, slowest) < LONGEST_S and most < MEMORY_MIB,
                  f"{said['mutants']:,} mutants: {crashes} crashes (parser died in {said['parser_died']}, "
                  f"contained), slowest {longest:.2f} s; {len(corpus)} hostile files: slowest "
                  f"{slowest:.2f} s, {most:.0f} MiB" + (f"; {wrong[0]}" if wrong else ""))


def meet(bench, path):
    """Processor seconds, MiB and what is wrong with how the program takes a hostile file."""
    child = os.spawnv(os.P_NOWAIT, "/bin/sh", ["sh", "-c", 'exec "$0" "$@" >/dev/null 2>&1',
                                               str(bench.program), "price", str(path), "--years", "10"])
    _, status, usage = os.wait4(child, 0)
    seconds = usage.ru_utime + usage.ru_stime  # of the processor, the helper's too
    most = usage.ru_maxrss / 1024
    code = os.waitstatus_to_exitcode(status)
    return seconds, most, "" if code in (0, 1, 65) else f"{path.name}: exit {code}"


ROWS = [Row(5, "truncated book", "exit 65, 100%", truncated),
        Row(6, "one bit of a sealed book flipped", "0 wrong prices, 0 crashes of the program", flipped),
        Row(7, "malformed and hostile HDF5", "0 crashes, under 5 s, within the memory limit", malformed)]
