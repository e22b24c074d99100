#!/usr/bin/python3
# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Row 25: files of former releases. Run as a program it keeps those of this release.

usage: scripts/reliability/formats.py --keep VERSION [PROGRAM]
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from reliability import books  # noqa: E402
from reliability.card import ROOT, Result, Row, pytest  # noqa: E402


def kept(bench):
    releases = sorted(path.name for path in (ROOT / "tests" / "compat").iterdir() if path.is_dir())
    done = pytest(bench, ["test_compat.py"])
    return Result(done.kept, f"{done.figure} on the files of {', '.join(releases)}")


def keep(version, program):
    folder = ROOT / "tests" / "compat" / version
    folder.mkdir(parents=True)
    books.small(folder / "book.h5")
    for command in (["seal", "book.h5"], ["price", "book.h5", "-o", "quotes.h5", "--years", "2000",
                                          "--method", "simulate", "--quiet"]):
        subprocess.run([program, *command], cwd=folder, check=True)


ROWS = [Row(25, "files of former releases", "read and priced as then; open in h5py, pandas and R", kept)]

if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[1] != "--keep":
        sys.exit(__doc__)
    keep(sys.argv[2], sys.argv[3] if len(sys.argv) == 4 else ROOT / "build" / "cpu" / "corridor")
