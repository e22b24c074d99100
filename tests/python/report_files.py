# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Results files for tests of reports: the program's own, and some changed or made by hand."""

import pathlib
import shutil
import subprocess
import sys

import h5py
import numpy as np
from corridor_program import PROGRAM, ROOT, SAMPLE, Outcome, corridor

# The package of the build that is tested, or where a build has none, its sources.
BUILT = pathlib.Path(PROGRAM).resolve().parent / "python"
PACKAGE = BUILT if (BUILT / "corridor" / "reporting").is_dir() else ROOT / "host" / "python"
TREATIES = SAMPLE.with_name("treaties.h5")
HOSTILE = b"</script><img onerror=x>"
if str(PACKAGE) not in sys.path:
    sys.path.insert(0, str(PACKAGE))


def report(*arguments, cache, cwd=None):
    """Runs the command as its own program; `cache` keeps the charting library between runs."""
    environment = {
        "PYTHONPATH": str(PACKAGE),
        "XDG_CACHE_HOME": str(cache),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
    }
    command = [sys.executable, "-m", "corridor.reporting", *map(str, arguments)]
    return Outcome(
        subprocess.run(
            command,
            cwd=cwd,
            env=environment,
            text=True,
            capture_output=True,
            timeout=300,
            check=False,
        )
    )


def groups_of(book=SAMPLE, count=2):
    with h5py.File(book) as file:
        return [group.decode() for group in file["groups/group_id"][:count]]


def group_of(book=SAMPLE):
    return groups_of(book, 1)[0]


def make(folder, kind):
    """A results file of the program, short: quotes, tail, scenario, employer, layers, replay, replay-book or maturity."""
    path = pathlib.Path(folder) / f"{kind}.h5"
    common = ["-o", path, "--quiet"]
    arguments = {
        "quotes": ["price", SAMPLE, "--years", "600", "--method", "simulate"],
        "tail": ["tail", TREATIES, "--years", "2500"],
        "scenario": [
            "scenario",
            TREATIES,
            "trend_plus_4",
            "--years",
            "1500",
            "--method",
            "simulate",
        ],
        "employer": [
            "employer",
            SAMPLE,
            "--group",
            group_of(),
            "--specific",
            "50000,100000",
            "--corridor",
            "1.25",
            "--monthly",
            "--years",
            "1500",
        ],
        "layers": [
            "layers",
            SAMPLE,
            "--layer",
            "1000000:1000000,2000000:inf",
            "--groups",
            ",".join(groups_of()),
            "--years",
            "500",
        ],
        "replay": ["replay", SAMPLE, "--group", group_of(), "--year", "11"],
        "replay-book": ["replay", SAMPLE, "--year", "11"],
        "maturity": ["maturity", SAMPLE],
    }[kind]
    outcome = corridor(*arguments, *common)
    assert outcome.code in (0, 1), outcome.why
    return path


def changed(source, target, column, change, table="summary"):
    """A copy of a results file in which `change` of the values of one column takes their place."""
    shutil.copy(source, target)
    with h5py.File(target, "r+") as file:
        node = file[table]
        rows, attributes = node[:], dict(node.attrs)
        values = change(rows[column])
        dtype = [
            (name, values.dtype if name == column else rows.dtype[name])
            for name in rows.dtype.names
        ]
        made = np.empty(rows.shape, dtype)
        for name in rows.dtype.names:
            made[name] = values if name == column else rows[name]
        del file[table]
        file[table] = made
        file[table].attrs.update(attributes)
    return target


def many_groups(source, target, groups):
    """A quotes file of many groups, copies of those of `source` under names of their own."""
    with h5py.File(source) as old:
        rows = old["summary"][:]
        options = int((rows["group_id"] == rows["group_id"][0]).sum())
        copies = -(-groups * options // len(rows))
        rows = np.tile(rows, copies)[: groups * options]
        names = np.repeat(
            np.char.add("G", np.char.zfill(np.arange(groups).astype("U"), 6)), options
        ).astype("S8")
        with h5py.File(target, "w") as file:
            file.attrs.update({k: v for k, v in old.attrs.items()})
            for name in ("gate", "warnings", "run"):
                old.copy(name, file)
            dtype = [
                (name, "S8" if name == "group_id" else rows.dtype[name])
                for name in rows.dtype.names
            ]
            made = np.empty(rows.shape, dtype)
            for name in rows.dtype.names:
                made[name] = names if name == "group_id" else rows[name]
            file["summary"] = made
            file["summary"].attrs.update(dict(old["summary"].attrs))
    return target
