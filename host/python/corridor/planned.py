# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Runs in units that any number of processes compute: data/shards.md.

The program plans, works and merges: what a run is stands in its folder as the command line's own
arguments, so that either may go on with what the other began.
"""
from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from typing import Any, Sequence

from . import checks
from .atomic import refuse_existing, written_whole
from .book import Book
from .child import answer
from .errors import UsageError
from .flags import Flags
from .options import (Device, InstructionSet, Levels, Loads, Method, Numbers, Path, Principles,
                      run_options, set_grid, set_method)
from .progress import Callback
from .results import Results
from .results_file import read_results

INCOMPLETE = 75
GATE_FAILED = 1


@dataclass(frozen=True)
class PlannedRun:
    """How far a run in units is."""

    folder: str
    units: int
    done: int
    bad: int
    """Results put aside because a bit was not as written."""


@dataclass(frozen=True)
class Work(PlannedRun):
    """What one worker did."""

    computed: int
    self_checked: int
    """Units computed twice."""
    finished: bool
    """Every unit is done, whoever did it."""


def plan_price(book: Book | Path, folder: Path, *, units: int | None = None, restart: bool = False,
               specific: Numbers | None = None, corridor: Numbers | None = None,
               levels: Levels | None = None, principles: Principles | None = None,
               pricing: Path | None = None, loads: Loads = None, rules: Path | None = None,
               years: int = 100_000, seed: int = 1, method: Method = "both", joint: bool = False,
               target_se: float | None = None, max_years: int | None = None,
               control_variates: bool = False, memory_limit_bytes: int | None = None) -> PlannedRun:
    """Cuts a pricing into units, in a folder that workers share; simulates nothing. The same plan once
    more changes nothing: `corridor plan price`.

    `units`    None: each some five minutes of one core
    `restart`  throws away what the folder holds of another run
    Other arguments are those of corridor.price; `pricing` is a file here. Raises CannotCreateError
    where the folder holds another run, UsageError for a book made in memory: write it first.
    """
    options = run_options(years=years, seed=seed, levels=levels, principles=principles,
                          memory_limit_bytes=memory_limit_bytes)
    set_grid(options, specific, corridor)
    set_method(options, method, joint, target_se, max_years)
    flags = _study(levels, principles, pricing, loads, years, seed, memory_limit_bytes)
    flags.add("specific", specific).add("corridor", corridor).add("rules", rules)
    flags.add("method", method).add("joint", joint).add("target-se", target_se)
    flags.add("max-years", max_years).add("control-variates", control_variates)
    return _planned("price", book, folder, units, restart, flags)


def plan_tail(book: Book | Path, folder: Path, *, units: int | None = None, restart: bool = False,
              treaties: bool = True, levels: Levels | None = None, return_periods: Numbers | None = None,
              contributions: str = "net", members: int = 20, marginal: str | Sequence[str] | None = None,
              principles: Principles | None = None, pricing: Path | None = None, loads: Loads = None,
              years: int = 100_000, seed: int = 1, memory_limit_bytes: int | None = None) -> PlannedRun:
    """The same of a study of the whole book, corridor.tail: `corridor plan tail`."""
    run_options(years=years, seed=seed, levels=levels, principles=principles,
                memory_limit_bytes=memory_limit_bytes)
    flags = _study(levels, principles, pricing, loads, years, seed, memory_limit_bytes)
    flags.add("no-treaties", not treaties).add("return-periods", return_periods)
    flags.add("contributions", contributions).add("members", members)
    for group in checks.names("marginal", marginal) if marginal is not None else ():
        flags.add("marginal", group)
    return _planned("tail", book, folder, units, restart, flags)


def work(folder: Path, *, worker: tuple[int, int] | None = None, max_hours: float | None = None,
         self_check: float | None = None, book: Book | Path | None = None, device: Device = "auto",
         instruction_set: InstructionSet | None = None, threads: int | None = None,
         progress: bool | Callback = True) -> Work:
    """Computes what is left of a run, beside any number of others: `corridor work`.

    `worker`      (i, n), worker i of n from 0; None: as Slurm, MPI or Kubernetes say, else alone
    `max_hours`   begins no unit after so many hours
    `self_check`  computes this share of the units twice and compares every bit
    `book`        where the book is on this machine
    Ctrl-C ends it after its unit, a second one at once; what is published stays.
    """
    flags = _machine(device, instruction_set, threads).add("book", _file(book))
    flags.add("max-hours", max_hours).add("self-check", self_check)
    if worker is not None:
        flags.add("worker", f"{worker[0]}/{worker[1]}")
    told = answer(["work", os.fspath(folder), *flags, "--json"], (0, INCOMPLETE), progress=progress)
    return Work(**json.loads(told))


def merge(folder: Path, output: Path | None = None, *, replace: bool = False,
          book: Book | Path | None = None, device: Device = "auto",
          instruction_set: InstructionSet | None = None, threads: int | None = None,
          progress: bool | Callback = True) -> Results:
    """Puts a run's units together: bit for bit what one process gives. `corridor merge`.

    `output`  where the results go too, .h5
    Raises IncompleteError while units are missing.
    """
    if output is not None:
        if not os.fspath(output).endswith(".h5"):
            raise UsageError(f"output={os.fspath(output)!r}: a merged run is written as .h5")
        refuse_existing(output, replace)
    flags = _machine(device, instruction_set, threads).add("book", _file(book))
    with tempfile.TemporaryDirectory(prefix="corridor-") as place:
        merged = os.path.join(place, "merged.h5")
        answer(["merge", os.fspath(folder), *flags, "-o", merged], (0, GATE_FAILED), progress=progress)
        results = read_results(merged)
        if output is not None:
            written_whole(output, lambda temporary: os.replace(merged, temporary), replace=replace)
    return results


def _planned(command: str, book: Book | Path, folder: Path, units: int | None, restart: bool,
             flags: Flags) -> PlannedRun:
    flags.add("units", units).add("restart", restart)
    file = _file(book)
    told = answer(["plan", command, file or "", *flags, "-o", os.fspath(folder), "--json"])
    return PlannedRun(**json.loads(told))


def _file(book: Book | Path | None) -> str | None:
    if isinstance(book, Book):
        if book.path is None:
            raise UsageError("workers cannot see a book that is in memory. Write it first: "
                             "book.write(\"book.h5\")")
        return book.path
    return None if book is None else os.fspath(book)


def _study(levels: Levels | None, principles: Principles | None, pricing: Path | None, loads: Loads,
           years: int, seed: int, memory_limit_bytes: int | None) -> Flags:
    if pricing is not None and not isinstance(pricing, (str, os.PathLike)):
        raise UsageError("pricing: workers read a TOML file. Write one, or give single loads")
    flags = Flags().add("years", years).add("seed", seed).add("memory-limit", memory_limit_bytes)
    flags.add("levels", None if levels is None else checks.levels("levels", levels))
    flags.add("principles", principles).add("pricing", pricing)
    for name, value in (loads or {}).items():
        flags.add("load", f"{name}={value if isinstance(value, str) else repr(float(value))}")
    return flags


def _machine(device: str, instruction_set: str | None, threads: int | None) -> Flags:
    flags = Flags().add("device", None if device == "auto" else device)
    return flags.add("instruction-set", instruction_set).add("threads", threads)
