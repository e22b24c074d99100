# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Every open, write, fsync, close, rename, link and mapping fails once: told rightly, nothing torn."""
import errno
import pathlib
import sys

import pytest

from corridor_program import PROGRAM, ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from reliability import faults  # noqa: E402

SHIM = pathlib.Path(PROGRAM).parent / "tests" / "libcorridor_faults.so"
pytestmark = pytest.mark.skipif(not SHIM.exists(), reason=f"{SHIM} is not built")


def walk(tmp_path, command):
    folder = tmp_path / "run"
    folder.mkdir()
    one = faults.Walk(pathlib.Path(PROGRAM), SHIM, folder, faults.COMMANDS[command])
    one.learn()
    return one


@pytest.mark.parametrize("command, least", [("price", 30), ("seal", 10)])
def test_every_failing_call_is_told_and_leaves_old_or_whole_files(command, least, tmp_path):
    one = walk(tmp_path, command)
    for kind, error, process in faults.EVERY_CALL:
        one.every(kind, error, process)
    assert one.wrong == []
    assert one.runs >= least, "the calls are not met: is the library preloaded?"


def test_a_new_file_that_cannot_be_linked_is_told(tmp_path):
    one = walk(tmp_path, "price, new files")
    assert one.every("link", errno.EIO, "program") == 2
    assert one.wrong == []


def test_the_first_allocations_of_a_run_are_told(tmp_path):
    one = walk(tmp_path, "price")
    for number in (1, 2, 3, 100, 1000, 10000):
        assert one.fail("allocate", number, errno.ENOMEM, "program")
    assert one.wrong == []


def test_hdf5_that_wants_memory_ends_no_run_without_a_word(tmp_path):
    """HDF5 1.10 aborts, or follows a wild pointer, in some of these."""
    one = walk(tmp_path, "price")
    for number in (1, 2, 16, 200, 1000, 2000, 3815, 4343):
        assert one.fail("hdf5", number, errno.ENOMEM, "program")
    assert one.wrong == []


def test_a_torn_file_would_be_seen(tmp_path):
    one = walk(tmp_path, "price")
    one.prepare()
    (one.folder / "out.csv").write_text("half of a")
    one.look_at_files(74, None, "here")
    assert [kind for kind, _ in one.wrong][:1] == ["torn"]
