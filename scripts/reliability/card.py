# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What a row of the scorecard is, and where its measurements are made."""
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
from typing import Callable

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "python"))


class NotHere(Exception):
    """This machine, build or length of run cannot measure the row; says why."""


@dataclasses.dataclass(frozen=True)
class Result:
    """`figure` states what was measured in this run, in one line."""
    kept: bool
    figure: str


@dataclasses.dataclass(frozen=True)
class Row:
    number: int
    event: str
    target: str
    measure: Callable[["Bench"], Result]


@dataclasses.dataclass(frozen=True)
class Bench:
    """`build`: a configured build tree; `folder`: empty, of this row alone; `seed`: of this run."""
    build: pathlib.Path
    folder: pathlib.Path
    long: bool
    seed: int

    @property
    def program(self):
        return self.build / "corridor"

    def needs(self, *targets):
        """Builds `targets`; a target that this tree does not have is NotHere."""
        made = subprocess.run(["cmake", "--build", self.build, "--target", *targets],
                              capture_output=True, text=True, check=False)
        if made.returncode != 0:
            if "unknown target" in made.stdout + made.stderr:
                raise NotHere(f"this build has no {' or no '.join(targets)}")
            raise RuntimeError(f"cannot build {targets}: {(made.stdout + made.stderr)[-1500:]}")

    def tool(self, name):
        """A program or library of tests/ in the build tree."""
        return self.build / "tests" / name

    def run(self, *arguments, **options):
        """Runs the program; the completed process with text, in this row's folder."""
        return run([self.program, *map(str, arguments)], cwd=self.folder, **options)


def run(command, timeout=600, env=None, **options):
    return subprocess.run([str(part) for part in command], timeout=timeout, text=True, check=False,
                          env={**os.environ, **(env or {})},
                          **{"capture_output": True, **options})


def ctest(bench, targets, *selection):
    """Builds `targets` and runs the tests of `selection` (ctest's flags): all must pass, none missing."""
    bench.needs(*targets)
    done = run(["ctest", "--test-dir", bench.build, "-j", "2", "--timeout", "1500", *selection],
               timeout=7200)
    closing = re.search(r"(\d+)% tests passed, (\d+) tests failed out of (\d+)", done.stdout)
    if closing is None:
        return Result(False, "ctest found no test: " + " ".join(selection))
    failed, total = int(closing[2]), int(closing[3])
    return Result(failed == 0, f"{total - failed} of {total} tests passed")


def pytest(bench, files, *selection):
    """Runs tests of tests/python against this build's program; skipped ones do not count."""
    bench.needs("corridor_cli")
    paths = [ROOT / "tests" / "python" / name for name in files]
    if absent := [path.name for path in paths if not path.exists()]:
        raise NotHere("without " + ", ".join(absent))
    done = run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths, *selection],
               timeout=3600, env={"CORRIDOR": str(bench.program)})
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error|skipped)",
                                                               done.stdout.splitlines()[-1])}
    passed = counts.get("passed", 0)
    said = f"{passed} of {passed + counts.get('failed', 0) + counts.get('error', 0)} tests passed"
    if counts.get("skipped"):
        said += f", {counts['skipped']} not possible here"
    return Result(done.returncode == 0 and passed > 0, said)
