# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Where results go, and what is left where they cannot: all of a file or nothing of it."""
import json
import os
import resource
import subprocess

import pytest

import small_book
from corridor_program import (CANNOT_CREATE, IO, OK, PATIENCE_S, PROGRAM, SAMPLE, USAGE, corridor, entries)

IS_ROOT = os.geteuid() == 0
CAN_MOUNT = IS_ROOT and subprocess.run(
    ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0
needs_mounts = pytest.mark.skipif(not CAN_MOUNT, reason="cannot mount a tmpfs here")


@pytest.fixture
def folder(tmp_path):
    small_book.good(tmp_path / "book.h5")
    return tmp_path


def in_a_tmpfs(folder, options, script):
    """Runs `script` in sh with a tmpfs on `folder`/disk that nobody else sees."""
    (folder / "disk").mkdir(exist_ok=True)
    mount = f"mount -t tmpfs -o {options} none {folder}/disk"
    return subprocess.run(["unshare", "-m", "sh", "-c", f"{mount} && cd {folder} && {script}"],
                          capture_output=True, text=True, timeout=PATIENCE_S)


def test_an_existing_file_is_73_and_stays(folder):
    (folder / "out.h5").write_text("precious")
    refused = corridor("price", "book.h5", "-o", "out.h5", "--years", 4000000000, cwd=folder)
    assert refused.code == CANNOT_CREATE, refused.why  # at once: such a run would take hours
    assert "out.h5" in refused.err and "--force" in refused.err
    assert (folder / "out.h5").read_text() == "precious"
    assert entries(folder) == ["book.h5", "out.h5"]


def test_force_replaces_and_keeps_no_spare(folder):
    (folder / "out.h5").write_text("old")
    done = corridor("price", "book.h5", "-o", "out.h5", "--force", "--years", 100, cwd=folder)
    assert done.code == OK, done.why
    assert (folder / "out.h5").read_bytes().startswith(b"\x89HDF")
    assert entries(folder) == ["book.h5", "out.h5"]


def test_the_book_is_never_replaced(folder):
    before = (folder / "book.h5").read_bytes()
    refused = corridor("price", "book.h5", "-o", "./book.h5", "--force", cwd=folder)
    assert refused.code == USAGE, refused.why
    assert (folder / "book.h5").read_bytes() == before


def test_a_missing_folder_is_73_before_simulating(folder):
    for flag in ("-o", "--csv"):
        name = "no/out.h5" if flag == "-o" else "no/out.csv"
        refused = corridor("price", "book.h5", flag, name, "--years", 4000000000, cwd=folder)
        assert refused.code == CANNOT_CREATE, refused.why
        assert "no" in refused.err
    assert entries(folder) == ["book.h5"]


def test_a_device_is_no_output(folder):
    refused = corridor("price", "book.h5", "-o", "/dev/null.h5", "--csv", "/dev/full.csv", cwd=folder)
    assert refused.code in (CANNOT_CREATE, OK)
    os.symlink("/dev/full", folder / "full.csv")
    refused = corridor("price", "book.h5", "--csv", "full.csv", "--force", cwd=folder)
    assert refused.code == CANNOT_CREATE, refused.why
    assert "regular file" in refused.err


@needs_mounts
def test_a_read_only_disk_is_73_before_simulating(folder):
    refused = in_a_tmpfs(folder, "ro", f"{PROGRAM} price book.h5 -o disk/out.h5 --years 4000000000")
    assert refused.returncode == CANNOT_CREATE, refused.stderr
    assert "disk" in refused.stderr and "Read-only" in refused.stderr


@pytest.mark.skipif(not IS_ROOT, reason="needs root to become somebody else")
def test_a_folder_of_somebody_else_is_73(folder):
    for part in [folder, *folder.parents][:3]:
        os.chmod(part, 0o755)
    os.chmod(folder / "book.h5", 0o644)
    (folder / "closed").mkdir(mode=0o755)
    refused = corridor("price", folder / "book.h5", "-o", folder / "closed/out.h5", "--years", 4000000000,
                       prefix=["setpriv", "--reuid", "65534", "--clear-groups"])
    assert refused.code == CANNOT_CREATE, refused.why
    assert "closed" in refused.err
    assert entries(folder / "closed") == []


@pytest.mark.skipif(not IS_ROOT, reason="needs root to become somebody else")
def test_a_book_that_may_not_be_read_is_66(folder):
    for part in [folder, *folder.parents][:3]:
        os.chmod(part, 0o755)
    os.chmod(folder / "book.h5", 0o600)
    refused = corridor("validate", folder / "book.h5",
                       prefix=["setpriv", "--reuid", "65534", "--clear-groups"])
    assert refused.code == 66, refused.why
    assert "book.h5" in refused.err


@needs_mounts
def test_a_full_disk_is_74_and_the_old_file_stays(folder):
    script = (f"cp book.h5 disk/out.h5; dd if=/dev/zero of=disk/ballast bs=1k 2>/dev/null;"
              f"before=$(sha256sum disk/out.h5);"
              f"{PROGRAM} price {SAMPLE} -o disk/out.h5 --force --years 200; code=$?;"
              f"[ \"$before\" = \"$(sha256sum disk/out.h5)\" ] || exit 98;"
              f"[ \"$(ls -A disk | tr '\\n' ' ')\" = 'ballast out.h5 ' ] || exit 99; exit $code")
    full = in_a_tmpfs(folder, "size=1m", script)
    assert full.returncode == IO, full.stderr
    assert "disk/out.h5" in full.stderr and "No space left" in full.stderr


def test_a_file_size_limit_is_74_and_leaves_nothing(folder):
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # noqa: E731
    refused = corridor("price", "book.h5", "-o", "out.h5", "--years", 100, cwd=folder, preexec_fn=limit)
    assert refused.code == IO, refused.why
    assert "out.h5" in refused.err
    assert entries(folder) == ["book.h5"]


def test_a_file_size_limit_below_the_book_is_74_and_names_it(folder):
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))  # noqa: E731
    for command in (["price", "book.h5", "--years", 100], ["validate", "book.h5"], ["seal", "book.h5"]):
        refused = corridor(*command, cwd=folder, preexec_fn=limit)
        assert refused.code == IO, refused.why
        assert "book.h5" in refused.err and "ulimit -f" in refused.err
    assert entries(folder) == ["book.h5"]


def test_results_that_standard_output_cannot_take_are_74(folder):
    for form in (["--json"], ["--csv", "-"], []):
        with open("/dev/full", "w") as full:
            refused = corridor("price", "book.h5", "--years", 100, *form, cwd=folder, stdout=full)
        assert refused.code == IO, refused.why
        assert "standard output" in refused.err and "No space left" in refused.err


def test_a_reader_that_goes_away_is_no_error(folder):
    piped = subprocess.run(["bash", "-c", f"set -o pipefail; {PROGRAM} price {SAMPLE} --years 200 --json "
                            "-o out.h5 | head -c 10"], cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S)
    assert piped.returncode == OK, piped.stderr
    assert len(piped.stdout) == 10
    assert "out.h5" in entries(folder)


def test_closed_streams_do_not_end_up_in_the_results(folder):
    closed = subprocess.run(["sh", "-c", f"exec {PROGRAM} price book.h5 --years 200 -o out.h5 --csv out.csv "
                             "<&- >&- 2>&-"], cwd=folder, timeout=PATIENCE_S)
    assert closed.returncode == OK
    open_streams = corridor("price", "book.h5", "--years", 200, "--csv", "-", cwd=folder)
    assert (folder / "out.csv").read_bytes().decode() == open_streams.out.replace("\n", "\r\n")


def test_messages_that_cannot_be_written_stop_nothing(folder):
    with open("/dev/full", "w") as full:
        done = corridor("price", "book.h5", "--years", 100, "-o", "out.h5", cwd=folder, stderr=full)
    assert done.code == OK
    assert "out.h5" in entries(folder)


def test_a_dry_run_writes_nothing_and_says_what_a_run_would_take(folder):
    said = corridor("price", "book.h5", "-o", "out.h5", "--csv", "out.csv", "--dry-run", cwd=folder)
    assert said.code == OK, said.why
    assert entries(folder) == ["book.h5"]
    for fragment in ("3 groups", "3 rows", "100000 years", "memory", "out.h5", "out.csv", "nothing was written"):
        assert fragment in said.out, said.why
    facts = json.loads(corridor("price", "book.h5", "-o", "out.h5", "--dry-run", "--json", cwd=folder).out)
    assert facts["member_years"] == 60 * 100000
    assert facts["rows"] == 3
    assert entries(folder) == ["book.h5"]


def test_a_dry_run_finds_what_a_run_would_find(folder):
    (folder / "out.h5").write_text("old")
    assert corridor("price", "book.h5", "-o", "out.h5", "--dry-run", cwd=folder).code == CANNOT_CREATE
    assert corridor("price", "none.h5", "--dry-run", cwd=folder).code == 66


def test_of_two_runs_with_one_output_one_wins(folder):
    for _ in range(10):
        command = [PROGRAM, "price", "book.h5", "-o", "out.h5", "--years", "2000", "--quiet"]
        racers = [subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        codes = sorted(racer.wait(PATIENCE_S) for racer in racers)
        for racer in racers:
            racer.stderr.close()
        assert codes == [OK, CANNOT_CREATE]
        assert (folder / "out.h5").read_bytes().startswith(b"\x89HDF")
        assert entries(folder) == ["book.h5", "out.h5"]
        (folder / "out.h5").unlink()


def test_quiet_says_nothing(folder):
    done = corridor("price", "book.h5", "--quiet", "-o", "out.h5", "--years", 100, cwd=folder)
    assert (done.code, done.out, done.err) == (OK, "", ""), done.why


def test_without_output_files_the_table_is_the_output(folder):
    shown = corridor("price", "book.h5", "--years", 2000, cwd=folder)
    assert shown.code == OK
    assert "G1" in shown.out and "premium" in shown.out
    assert entries(folder) == ["book.h5"]


def test_a_command_line_too_long_for_an_attribute_is_shortened(folder):
    loads = ["--load", "expense=0.1"] * 5000
    done = corridor("price", "book.h5", "-o", "out.h5", "--years", 100, *loads, cwd=folder)
    assert done.code == OK, done.why
