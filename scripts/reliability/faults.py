# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Row 4: one call after the other fails, and every failure is told rightly and leaves nothing torn."""
import errno
import os
import random

from reliability import books
from reliability.card import Result, Row, run

OLD = b"what was there before"

# Kind of call, how it fails, where. Every call of these kinds is tried, one a run.
EVERY_CALL = [("open", errno.EACCES, "program"), ("write", errno.ENOSPC, "program"),
              ("fsync", errno.EIO, "program"), ("close", errno.EIO, "program"),
              ("rename", errno.EIO, "program"), ("link", errno.EIO, "program"),
              ("map", errno.ENOMEM, "program"), ("open", errno.EACCES, "reader"),
              ("write", errno.EIO, "reader"), ("close", errno.EIO, "reader"),
              ("map", errno.ENOMEM, "reader")]

# Exit codes that tell such a failure; 0 where the program can do without the call.
CODES = {"open": {0, 65, 66, 70, 73, 74}, "write": {70, 74}, "fsync": {0, 74}, "close": {0, 74},
         "rename": {73, 74}, "link": {0, 73, 74}, "map": {0, 70, 74},
         "allocate": {0, 65, 70}, "hdf5": {0, 65, 70}}

PRICE = ["price", "book.h5", "-o", "out.h5", "--csv", "out.csv", "--years", "50", "--quiet",
         "--threads", "1", "--device", "cpu"]
COMMANDS = {"price": [*PRICE, "--force"], "price, new files": PRICE, "seal": ["seal", "book.h5"]}


class Walk:
    """Runs `command` with one failing call; finds whatever is left torn."""

    def __init__(self, program, shim, folder, command):
        self.program, self.shim, self.folder, self.command = program, shim, folder, command
        self.book = books.small(folder / "book.h5").read_bytes()
        self.outputs = [name for name in ("out.h5", "out.csv") if name in command]
        self.old = OLD if "--force" in command else None
        self.whole = {}
        self.runs, self.wrong = 0, []

    def prepare(self):
        for path in self.folder.iterdir():
            path.unlink()
        (self.folder / "book.h5").write_bytes(self.book)
        for name in self.outputs:
            if self.old:
                (self.folder / name).write_bytes(self.old)

    def content(self, name):
        path = self.folder / name
        if not path.exists() or path.read_bytes() == self.old:
            return "as before"
        try:
            return books.digest(path) if name.endswith(".h5") else path.read_bytes()
        except OSError:
            return "torn"

    def learn(self):
        """What whole outputs say, from a run in which nothing fails."""
        self.prepare()
        done = run([self.program, *self.command], cwd=self.folder)
        assert done.returncode == 0, done.stderr
        self.whole = {name: self.content(name) for name in [*self.outputs, "book.h5"]}

    def fail(self, kind, number, error, process):
        """Returns whether there was such a call; notes what is wrong with what came of it."""
        self.prepare()
        unsealed = books.digest(self.folder / "book.h5")
        met = self.folder.parent / f"met-{os.getpid()}"
        met.unlink(missing_ok=True)
        done = run([self.program, *self.command], cwd=self.folder, timeout=60, env={
            "LD_PRELOAD": str(self.shim), "CORRIDOR_FAULT": f"{kind}:{number}:{error}",
            "CORRIDOR_FAULT_PROCESS": process, "CORRIDOR_FAULT_REPORT": str(met)})
        if not met.exists():
            return False
        self.runs += 1
        where = f"{process} {kind} {number} of {self.command[0]}"
        if done.returncode not in CODES[kind]:
            self.wrong.append(("code", f"{where}: exit {done.returncode}"))
        if done.returncode != 0 and "corridor: error: " not in done.stderr:
            self.wrong.append(("silent", f"{where}: says nothing"))
        allowed = {*self.outputs, "book.h5"}
        if extra := sorted(set(os.listdir(self.folder)) - allowed):
            self.wrong.append(("left", f"{where}: leaves {extra}"))
        self.look_at_files(done.returncode, unsealed, where)
        return True

    def look_at_files(self, code, unsealed, where):
        for name, whole in self.whole.items():
            now = self.content(name)
            before = unsealed if name == "book.h5" else "as before"
            if now != whole and (code == 0 or now != before):
                self.wrong.append(("torn", f"{where}: {name} is neither old nor whole"))

    def every(self, kind, error, process):
        number = 1
        while self.fail(kind, number, error, process):
            number += 1
        return number - 1

    def total(self, kind, process):
        """How many calls there are, found by halving."""
        low, high = 0, 1
        while self.fail(kind, high, errno.ENOMEM, process):
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            if self.fail(kind, middle, errno.ENOMEM, process):
                low = middle
            else:
                high = middle
        return low

    def some(self, kind, process, count, seed):
        total = self.total(kind, process)
        chosen = random.Random(seed).sample(range(1, total + 1), min(count, total))
        for number in chosen:
            self.fail(kind, number, errno.ENOMEM, process)
        return total


def walk(bench, name, shim):
    folder = bench.folder / name.replace(", ", "-").replace(" ", "-")
    folder.mkdir()
    one = Walk(bench.program, shim, folder, COMMANDS[name])
    one.learn()
    return one


def measure(bench):
    bench.needs("corridor_cli", "corridor_faults")
    shim = bench.tool("libcorridor_faults.so")
    walks, own = [], 0
    for name in COMMANDS:
        one = walk(bench, name, shim)
        for kind, error, process in EVERY_CALL:
            one.every(kind, error, process)
        walks.append(one)
    calls = sum(one.runs for one in walks)
    memory = walk_memory(bench, walks[0], 1000 if bench.long else 15)
    wrong = [text for one in walks for _, text in one.wrong]
    return Result(not wrong, f"{calls} failing calls, {memory}"
                  + (f"; WRONG: {len(wrong)}, first: {wrong[0]}" if wrong else ", and told"))


def walk_memory(bench, one, count):
    """The program's own allocations, then HDF5's, which is where 1.10 may end the process: it builds
    files in a child."""
    before = one.runs
    total = one.some("allocate", "program", count, bench.seed)
    one.some("allocate", "reader", count, bench.seed)
    own = one.runs - before
    library = one.some("hdf5", "program", count, bench.seed)
    return (f"{own} of {total:,} own allocations and {one.runs - before - own} of HDF5's {library:,} tried"
            + ("; old or whole files every time" if not one.wrong else ""))


ROWS = [Row(4, "write, fsync, rename, link, open, close, map or allocation fails at call k",
            "right code, never a partial output", measure)]
