# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A run's folder that is full, read-only or gone: workers say so, nothing is torn, the run goes on."""
import os
import shutil
import subprocess
import time

import pytest

import small_book
from corridor_program import CANNOT_CREATE, IO, OK, PROGRAM, corridor
from test_cli_outputs import in_a_tmpfs, needs_mounts
from test_cli_results import contents

UNITS = 3
STUDY = ("price", "book.h5", "--years", 200, "--method", "simulate", "--seed", 3)
LONG_STUDY = ("price", "book.h5", "--years", 3_000_000, "--method", "simulate", "--device", "cpu",
              "--instruction-set", "scalar", "--threads", 1)

# Fills the run's disk but for $1 pages, works, says how it ended and what stands there, frees the space
# and goes on; every step's exit code is in the output.
FULL = """{program} plan {study} -o disk/run --units {units} -q || exit 1
cat /dev/zero > disk/ballast 2>/dev/null; truncate -s -{room} disk/ballast
{program} work disk/run -q; echo "full $?"
for unit in disk/run/units/*; do echo "left $(basename $unit)"; done
ls disk/run/claims | wc -l
rm disk/ballast
{program} work disk/run -q --json | tr -d ' \\n'; echo " freed $?"
{program} merge disk/run -o merged.h5 -q --force; echo "merged $?"
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alone")
    small_book.good(folder / "book.h5")
    assert corridor(*STUDY, "-o", "alone.h5", cwd=folder).code == OK
    return contents(folder / "alone.h5")


@pytest.fixture
def folder(tmp_path):
    small_book.good(tmp_path / "book.h5")
    return tmp_path


@needs_mounts
@pytest.mark.parametrize("pages", range(4))
def test_a_full_disk_costs_the_unit_under_way(pages, folder, alone):
    script = FULL.format(program=PROGRAM, study=" ".join(map(str, STUDY)), units=UNITS, room=4096 * pages)
    done = in_a_tmpfs(folder, "size=96k", script)
    said = done.stdout + done.stderr
    left = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("left ")]
    units = [name for name in left if name != "*"]
    assert f"full {IO}\n" in done.stdout and len(units) < UNITS, said
    assert "No space left" in done.stderr and "disk/run/" in done.stderr, said
    assert all(name.endswith(".unit") for name in units), said
    assert f'"computed":{UNITS - len(units)},' in done.stdout and '"bad":0' in done.stdout, said
    assert "freed 0\nmerged 0\n" in done.stdout, said
    assert contents(folder / "merged.h5") == alone


@needs_mounts
def test_a_disk_that_turns_read_only_is_73_and_names_the_file(folder):
    script = (f"{PROGRAM} plan {' '.join(map(str, LONG_STUDY))} -o disk/run --units 3 -q || exit 1; "
              f"{PROGRAM} work disk/run -q & worker=$!; "
              "while [ -z \"$(ls disk/run/claims 2>/dev/null)\" ]; do sleep 0.01; done; "
              "mount -o remount,ro disk || exit 2; wait $worker; echo \"work $?\"; ls disk/run/units")
    done = in_a_tmpfs(folder, "size=1m", script)
    said = done.stdout + done.stderr
    assert f"work {CANNOT_CREATE}\n" in done.stdout, said
    assert ".unit" in done.stderr or ".claim" in done.stderr, said
    assert "Read-only file system" in done.stderr and ".tmp." not in done.stdout, said


@needs_mounts
def test_a_read_only_disk_is_73_before_anything_is_computed(folder):
    study = " ".join(map(str, STUDY)).replace("200", "4000000000")
    script = (f"{PROGRAM} plan {study} -o disk/run --units 3 -q || exit 1; {PROGRAM} work disk/run --max-hours 0 -q; "
              f"mount -o remount,ro disk; timeout 60 {PROGRAM} work disk/run -q; echo \"work $?\"")
    done = in_a_tmpfs(folder, "size=1m", script)
    assert f"work {CANNOT_CREATE}\n" in done.stdout, done.stdout + done.stderr
    assert "000000.claim" in done.stderr, done.stderr


def test_a_folder_removed_in_the_middle_of_a_unit_is_73(folder):
    assert corridor("plan", *LONG_STUDY, "-o", "run", "--units", 3, "-q", cwd=folder).code == OK
    worker = subprocess.Popen([PROGRAM, "work", "run", "-q"], cwd=folder, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True)
    claims = folder / "run" / "claims"
    while not claims.exists() or not os.listdir(claims):
        time.sleep(0.005)
        assert worker.poll() is None, worker.communicate()
    shutil.rmtree(folder / "run")
    _, err = worker.communicate(timeout=60)
    assert worker.returncode == CANNOT_CREATE, err
    assert "run/units/" in err or "run/claims/" in err, err
    assert os.listdir(folder) == ["book.h5"]
