# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows 3, 14 and 15: a disk that is full, two runs with one output, places that take no file."""
import os
import resource
import subprocess
import time

from reliability import books
from reliability.card import ROOT, NotHere, Result, Row, pytest, run

SAMPLE = ROOT / "data" / "books" / "sample.h5"
OLD = b"what was there before"
YEARS_NOBODY_WAITS_FOR = "4000000000"

COMMANDS = {"price": ["price", "../book.h5", "--years", "200", "--method", "simulate"],
            "tail": ["tail", "../book.h5", "--years", "20000"]}


def can_mount():
    return os.geteuid() == 0 and subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True,
        check=False).returncode == 0


def kept_the_old(folder, done, name="out.h5"):
    """What a refused run must leave: the old file and nothing else; and its words."""
    return (done.returncode == 74 and name in done.stderr and sorted(os.listdir(folder)) == [name]
            and (folder / name).read_bytes() == OLD)


def small_files(bench, steps):
    """`ulimit -f`: no file may be larger than some size below that of the results, which is above what
    the book takes."""
    books.small(bench.folder / "book.h5")
    kept = tried = 0
    for name, command in COMMANDS.items():
        folder = bench.folder / f"limit-{name}"
        folder.mkdir()
        run([bench.program, *command, "--quiet", "-o", "out.h5"], cwd=folder)
        size = (folder / "out.h5").stat().st_size
        for step in range(steps):
            (folder / "out.h5").write_bytes(OLD)
            limit = 6000 + (size - 6000) * step // steps
            done = run([bench.program, *command, "--quiet", "--force", "-o", "out.h5"], cwd=folder,
                       preexec_fn=lambda most=limit: resource.setrlimit(resource.RLIMIT_FSIZE,
                                                                        (most, most)))
            tried += 1
            kept += kept_the_old(folder, done)
    return kept, tried


FULL = """mount -t tmpfs -o size=600k none {folder} && cd {folder} && printf '{old}' > out.h5
head -c {ballast}k /dev/zero > ballast 2>/dev/null
{program} price {book} --years 200 --method simulate --quiet --force -o out.h5; code=$?
[ "$(cat out.h5)" = '{old}' ] || exit 98
[ "$(ls -A)" = "$(printf 'ballast\\nout.h5')" ] || exit 99
exit $code"""


def full_disks(bench, steps):
    """A tmpfs with less room than the results need, nobody else sees it."""
    folder = bench.folder / "disk"
    folder.mkdir()
    kept = 0
    for step in range(steps):
        script = FULL.format(folder=folder, old=OLD.decode(), program=bench.program, book=SAMPLE,
                             ballast=540 + 60 * step // steps)
        done = run(["unshare", "-m", "sh", "-c", script])
        kept += done.returncode == 74 and "No space left" in done.stderr and "out.h5" in done.stderr
    return kept, steps


def full_streams(bench):
    forms = [["--json"], ["--csv", "-"], []]
    kept = 0
    for form in forms:
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = run([bench.program, "price", SAMPLE, "--years", "100", "--method", "simulate", *form],
                       cwd=bench.folder, capture_output=False, stdout=full, stderr=subprocess.PIPE)
        kept += done.returncode == 74 and "standard output" in done.stderr
    return kept, len(forms)


def disk_full(bench):
    bench.needs("corridor_cli")
    steps = 20 if bench.long else 4
    parts = [("file size limits", small_files(bench, steps)), ("/dev/full", full_streams(bench))]
    if can_mount():
        parts.insert(0, ("full tmpfs", full_disks(bench, steps)))
    said = ", ".join(f"{kept}/{tried} {name}" for name, (kept, tried) in parts)
    workers = pytest(bench, ["test_cli_shards_disk.py"])
    said += f", workers on a full, read-only or removed folder: {workers.figure}"
    if not can_mount():
        said += "; no tmpfs could be mounted"
    return Result(workers.kept and all(kept == tried for _, (kept, tried) in parts), said)


def race(bench):
    """Three runs at once with one output; who wins is left to them."""
    bench.needs("corridor_cli")
    books.small(bench.folder / "book.h5")
    bench.run("price", "book.h5", "-o", "whole.h5", "--years", 2000, "--quiet")
    whole = books.digest(bench.folder / "whole.h5")
    (bench.folder / "whole.h5").unlink()
    races = 50
    kept = 0
    for _ in range(races):
        command = [bench.program, "price", "book.h5", "-o", "out.h5", "--years", "2000", "--quiet"]
        racers = [subprocess.Popen(command, cwd=bench.folder, stderr=subprocess.DEVNULL)
                  for _ in range(3)]
        codes = sorted(racer.wait(120) for racer in racers)
        names = sorted(os.listdir(bench.folder))
        kept += (codes == [0, 73, 73] and names == ["book.h5", "out.h5"]
                 and books.digest(bench.folder / "out.h5") == whole)
        (bench.folder / "out.h5").unlink(missing_ok=True)
    return Result(kept == races, f"{kept}/{races} races of three runs: one file, whole, two exits of 73")


PRICES = {"price": [], "tail": [], "layers": ["--layer", "100000:100000"],
          "employer": ["--group", "G1"], "scenario": ["trend_plus_4"]}


def places(bench):
    """Name, prefix of the command, output."""
    (bench.folder / "folder.h5").mkdir()
    (bench.folder / "there.h5").write_bytes(OLD)
    yield "missing folder", [], "no/out.h5"
    yield "name of a folder", [], "folder.h5"
    yield "file that is there", [], "there.h5"
    yield "below a file", [], "there.h5/out.h5"
    yield "/proc", [], "/proc/out.h5"
    if os.geteuid() != 0:
        return
    (bench.folder / "closed").mkdir(mode=0o755)
    for part in (bench.folder, *bench.folder.parents[:2]):
        part.chmod(part.stat().st_mode | 0o055)
    yield "somebody else's folder", ["setpriv", "--reuid", "65534", "--clear-groups"], "closed/out.h5"
    if can_mount():
        (bench.folder / "read-only").mkdir()
        mount = f"mount -t tmpfs -o ro none {bench.folder}/read-only && exec \"$@\""
        yield "read-only disk", ["unshare", "-m", "sh", "-c", mount, "sh"], "read-only/out.h5"


def refused_places(bench):
    bench.needs("corridor_cli")
    books.small(bench.folder / "book.h5").chmod(0o644)
    kept, tried, longest, wrong = 0, 0, 0.0, []
    for name, prefix, output in places(bench):
        for command, more in PRICES.items():
            begun = time.monotonic()
            done = run([*prefix, bench.program, command, "book.h5", *more, "-o", output, "--years",
                        YEARS_NOBODY_WAITS_FOR], cwd=bench.folder, timeout=60)
            longest = max(longest, time.monotonic() - begun)
            tried += 1
            if done.returncode == 73 and output.split("/")[0] in done.stderr:
                kept += 1
            else:
                wrong.append(f"{name}, {command}: exit {done.returncode}")
    if (bench.folder / "there.h5").read_bytes() != OLD:
        wrong.append("the file that was there is changed")
    said = f"{kept}/{tried} refused with 73 before simulating, the slowest in {longest:.1f} s"
    if os.geteuid() != 0:
        raise NotHere(said + "; the rest needs root to become somebody else")
    return Result(kept == tried and not wrong, said + (f"; {wrong[0]}" if wrong else ""))


ROWS = [Row(3, "disk full", "exit 74, old output intact, nothing left, path named", disk_full),
        Row(14, "two runs, same output", "one wins, others exit 73, file whole", race),
        Row(15, "read-only, missing or forbidden place", "exit 73 before simulating", refused_places)]
