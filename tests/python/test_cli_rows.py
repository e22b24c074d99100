# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Under --memory-limit rows of large results lie in a scratch file: the same results, no trace of it."""
import subprocess
import sys

import pytest

from corridor_program import IO, OK, PATIENCE_S, PROGRAM, ROOT, corridor, entries
from test_cli_outputs import in_a_tmpfs, needs_mounts
from test_cli_results import contents

WAY = ("--years", "20", "--method", "simulate")
LIMITED = (*WAY, "--memory-limit", "100MB", "-q")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """830 groups, 8,300 quotes: a part that could stay in memory and a second one."""
    path = tmp_path_factory.mktemp("large") / "book.h5"
    subprocess.run([sys.executable, ROOT / "scripts" / "make_book", path, "--groups", "830",
                    "--members-per-group", "3"], check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def in_memory(book, tmp_path_factory):
    """The folder of results priced without a limit, and the table on standard output."""
    folder = tmp_path_factory.mktemp("memory")
    done = corridor("price", book, *WAY, "-o", "quotes.h5", "--csv", "quotes.csv", cwd=folder)
    assert done.code == OK, done.why
    return folder, done.out


def test_every_output_is_that_of_a_run_in_memory(book, in_memory, tmp_path):
    (tmp_path / "scratch").mkdir()
    (tmp_path / "out").mkdir()
    done = corridor("price", book, *WAY, "--memory-limit", "100MB", "-o", "quotes.h5", "--csv", "quotes.csv",
                    cwd=tmp_path / "out", env={"TMPDIR": str(tmp_path / "scratch")})
    assert done.code == OK, done.why
    folder, table = in_memory
    assert contents(tmp_path / "out" / "quotes.h5") == contents(folder / "quotes.h5")
    assert (tmp_path / "out" / "quotes.csv").read_bytes() == (folder / "quotes.csv").read_bytes()
    assert done.out == table and "8,300 quotes" in table
    assert entries(tmp_path / "scratch") == []
    assert entries(tmp_path / "out") == ["quotes.csv", "quotes.h5"]


def test_units_merged_under_a_limit_make_the_same_results(book, in_memory, tmp_path):
    for command in (["plan", "price", book, *LIMITED, "-o", "run", "--units", "2"], ["work", "run", "-q"],
                    ["merge", "run", "--csv", "merged.csv", "-q"]):
        done = corridor(*command, cwd=tmp_path)
        assert done.code == OK, done.why
    assert (tmp_path / "merged.csv").read_bytes() == (in_memory[0] / "quotes.csv").read_bytes()


@needs_mounts
@pytest.mark.parametrize("where", ["scratch", "results"])
def test_a_full_disk_is_74_names_its_place_and_leaves_nothing(where, book, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    scratch, results = ("disk", "elsewhere") if where == "scratch" else ("elsewhere", "disk")
    script = (f"TMPDIR={scratch} {PROGRAM} price {book} {' '.join(LIMITED)} -o {results}/quotes.h5; code=$?;"
              "[ -z \"$(ls -A disk elsewhere | grep -v :)\" ] || exit 99; exit $code")
    full = in_a_tmpfs(tmp_path, "size=500k", script)
    assert full.returncode == IO, full.stderr
    assert full.stderr.count("error:") == 1 and "No space left on device" in full.stderr
    assert ("disk: cannot write a scratch file" if where == "scratch" else "disk/quotes.h5: cannot write") in full.stderr
    assert where == "results" or "TMPDIR" in full.stderr


def test_standard_output_that_is_full_or_goes_away_is_told_as_ever(book, tmp_path):
    with open("/dev/full", "w") as full:
        refused = corridor("price", book, *LIMITED, "--csv", "-", stdout=full)
    assert refused.code == IO and "standard output: No space left" in refused.err, refused.why
    piped = subprocess.run(["bash", "-c", f"set -o pipefail; {PROGRAM} price {book} {' '.join(LIMITED)} --json "
                            "| head -c 10"], capture_output=True, text=True, timeout=PATIENCE_S)
    assert (piped.returncode, len(piped.stdout)) == (OK, 10), piped.stderr
