# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The runs: what the command line's commands do, with the same bits."""
from __future__ import annotations

import io
import json
import os
from typing import Any, Callable, Mapping, Sequence

import numpy as np

from . import checks
from .book import Book
from .errors import UsageError, problems_from_native
from .native import native
from .options import (Device, InstructionSet, Method, Numbers, Path, Principle, arrangement_of,
                      pricing_basis, run_options, set_grid, set_method, stress_of)
from .progress import Callback, Display
from .results import Gate, Results, Run
from .results_file import read_results
from .table import Table

Levels = float | str | Sequence[float | str]
Principles = Principle | Sequence[Principle]
Pricing = Path | Mapping[str, Any] | None
Loads = Mapping[str, float] | None

MONTHLY_YEARS = 20_000
"""Years enough for the P99 of a month."""


def price(book: Book | Path, *, specific: Numbers | None = None, corridor: Numbers | None = None,
          levels: Levels | None = None, principles: Principles | None = None, pricing: Pricing = None,
          loads: Loads = None, rules: Path | None = None, years: int = 100_000, seed: int = 1,
          method: Method = "both", joint: bool = False, target_se: float | None = None,
          max_years: int | None = None, control_variates: bool = False, explain: str | None = None,
          device: Device = "auto", instruction_set: InstructionSet | None = None,
          threads: int | None = None, memory_limit_bytes: int | None = None,
          progress: bool | Callback = True) -> Results:
    """Prices a book: one row a group, deductible and corridor in the table "summary".

    `specific`    deductibles in dollars, ascending, inf for none; None: the book's grid, else its terms
    `corridor`    multiples of expected claims, ascending
    `levels`      of VaR and TVaR, default 0.99; text such as "0.995" is taken as the exact decimal
    `principles`  the first makes the quote: corridor.principles() lists them
    `pricing`     loads from a TOML file or a dict of its keys; `loads` sets single ones:
                  {"expense": 0.08, "aggregate.theta": 0.2}
    `explain`     a group_id: prices it alone, with `Results.explanation`
    `progress`    True: a bar where people watch; a function of corridor.Progress; False: silence
    Raises CorridorError's classes; KeyboardInterrupt within a unit of work. Look at `Results.gate`.
    """
    options = run_options(years=years, seed=seed, levels=levels, principles=principles, device=device,
                          instruction_set=instruction_set, threads=threads,
                          memory_limit_bytes=memory_limit_bytes)
    set_grid(options, specific, corridor)
    set_method(options, method, joint, target_se, max_years)
    options.control_variates = bool(control_variates)
    if explain is not None:
        options.explain_group = _group("explain", explain)
    if rules is not None:
        options.set_rules(os.fspath(rules))
    basis = pricing_basis(pricing, loads)
    asked = _asked("price", book, specific=specific, corridor=corridor, levels=levels,
                   principles=principles, pricing=pricing, loads=loads, rules=rules,
                   years=_unless(years, 100_000), seed=_unless(seed, 1), method=_unless(method, "both"),
                   joint=joint or None, target_se=target_se, max_years=max_years,
                   control_variates=control_variates or None, explain=explain)
    return _run(lambda *watch: native().price(_file(book), options, basis, *watch), book, asked, progress)


def tail(book: Book | Path, *, treaties: bool = True, levels: Levels | None = None,
         return_periods: Numbers | None = None, contributions: str = "net", members: int = 20,
         marginal: str | Sequence[str] | None = None, principles: Principles | None = None,
         pricing: Pricing = None, loads: Loads = None, years: int = 100_000, seed: int = 1,
         device: Device = "auto", instruction_set: InstructionSet | None = None,
         threads: int | None = None, memory_limit_bytes: int | None = None,
         progress: bool | Callback = True) -> Results:
    """The whole book year by year on its bound terms: its tail, its treaties, who makes it. Every
    year's amounts are in `Results.losses`; the tables are those of data/results.md, "Tail".

    `contributions`  "gross", "net" or "none": whose TVaR is split by group, state, industry and deductible
    `members`        persons shown for whom the specific pays most in the tail
    `marginal`       groups whose absence from the book is studied
    """
    options = native().TailOptions()
    options.run = run_options(years=years, seed=seed, levels=levels, principles=principles, device=device,
                              instruction_set=instruction_set, threads=threads,
                              memory_limit_bytes=memory_limit_bytes)
    options.basis = pricing_basis(pricing, loads)
    options.treaties = bool(treaties)
    if return_periods is not None:
        options.return_periods_years = checks.return_periods("return_periods", return_periods, years)
    options.contribution_metric = checks.one_name("contributions", contributions,
                                                  ("gross", "net", "none"))
    options.largest_members = checks.whole_number("members", members, 0, 1_000_000)
    if marginal is not None:
        options.marginal_groups = checks.names("marginal", marginal)
    asked = _asked("tail", book, treaties=None if treaties else False, levels=levels,
                   return_periods=return_periods, contributions=_unless(contributions, "net"),
                   members=_unless(members, 20), marginal=marginal, principles=principles,
                   pricing=pricing, loads=loads, years=_unless(years, 100_000), seed=_unless(seed, 1))
    return _run(lambda *watch: native().tail(_file(book), options, *watch), book, asked, progress)


def scenario(book: Book | Path, stress: Path | Mapping[str, Any], *, treaties: bool = True,
             levels: Levels | None = None, principles: Principles | None = None, pricing: Pricing = None,
             loads: Loads = None, years: int = 100_000, seed: int = 1, device: Device = "auto",
             instruction_set: InstructionSet | None = None, threads: int | None = None,
             memory_limit_bytes: int | None = None, progress: bool | Callback = True) -> Results:
    """What changes in the bound book under a stress, on the same draws: data/results.md, "Scenario".

    `stress`  a name of corridor.stresses(), a TOML file, or a dict of its keys:
              {"trend": {"shock": 0.04}}
    """
    found = stress_of(stress)
    options = native().TailOptions()
    options.run = run_options(years=years, seed=seed, levels=levels, principles=principles, device=device,
                              instruction_set=instruction_set, threads=threads,
                              memory_limit_bytes=memory_limit_bytes)
    options.basis = pricing_basis(pricing, loads)
    options.treaties = bool(treaties)
    asked = _asked("scenario", book, stress=stress, treaties=None if treaties else False, levels=levels,
                   principles=principles, pricing=pricing, loads=loads,
                   years=_unless(years, 100_000), seed=_unless(seed, 1))
    return _run(lambda *watch: native().scenario(_file(book), found, options, *watch), book, asked,
                progress)


def replay(book: Book | Path, year: int, *, group: str | None = None, specific: float | None = None,
           corridor: float | None = None, floor_usd: float = 10_000, years: int = 100_000, seed: int = 1,
           device: Device = "auto", instruction_set: InstructionSet | None = None,
           threads: int | None = None, memory_limit_bytes: int | None = None,
           progress: bool | Callback = True) -> Results:
    """One simulated year again, person by person of a group or a row a group of the whole book: the
    same integer cents as in a run of that seed. Tables: data/results.md, "Replay".

    `year`   0 to years - 1
    `floor_usd`  persons with claims up to this are one row together
    """
    options = native().ReplayOptions()
    options.run = run_options(years=years, seed=seed, device=device, instruction_set=instruction_set,
                              threads=threads, memory_limit_bytes=memory_limit_bytes)
    run = options.run
    set_grid(run, None if specific is None else [specific], None if corridor is None else [corridor])
    options.run = run
    options.year = checks.whole_number("year", year, 0, years - 1)
    options.group = "" if group is None else _group("group", group)
    if not 0 <= checks.number("floor_usd", floor_usd) <= 1e12:
        raise UsageError(f"floor_usd={floor_usd!r}: give dollars from 0 to 1e12")
    options.floor_usd = float(floor_usd)
    asked = _asked("replay", book, year=year, group=group, specific=specific, corridor=corridor,
                   floor_usd=_unless(floor_usd, 10_000), years=_unless(years, 100_000),
                   seed=_unless(seed, 1))
    return _run(lambda *watch: native().replay(_file(book), options, *watch), book, asked, progress)


def layers(book: Book | Path, layers: Sequence[tuple[float, float]], *,
           groups: str | Sequence[str] | None = None, levels: Levels | None = None,
           principles: Principles | None = None, pricing: Pricing = None, loads: Loads = None,
           years: int = 100_000, seed: int = 1, threads: int | None = None,
           memory_limit_bytes: int | None = None, progress: bool | Callback = True) -> Results:
    """Rare layers of each person's claims by importance sampling: data/results.md, "Layers".

    `layers`  pairs of attachment and limit in dollars, the limit inf for none: [(5e6, 5e6)]
    """
    options = native().LayersOptions()
    options.run = run_options(years=years, seed=seed, least_years=2, levels=levels, principles=principles,
                              threads=threads, memory_limit_bytes=memory_limit_bytes)
    options.basis = pricing_basis(pricing, loads)
    options.set_layers(_layers(layers))
    if groups is not None:
        options.groups = checks.names("groups", groups)
    asked = _asked("layers", book, layers=layers, groups=groups, levels=levels, principles=principles,
                   pricing=pricing, loads=loads, years=_unless(years, 100_000), seed=_unless(seed, 1))
    return _run(lambda *watch: native().layers(_file(book), options, *watch), book, asked, progress)


def employer(book: Book | Path, group: str, arrangement: Path | Mapping[str, Any] | None = None, *,
             specific: Numbers | None = None, corridor: Numbers | None = None,
             confidence: float | None = None, monthly: bool = False, pricing: Pricing = None,
             loads: Loads = None, years: int = 100_000, seed: int = 1, device: Device = "auto",
             threads: int | None = None, memory_limit_bytes: int | None = None,
             progress: bool | Callback = True) -> Results:
    """What a year may cost the employer of a group that funds its own plan: data/employer.md.

    `arrangement`  a TOML file or a dict of its keys: {"fees": {"administration_pepm": 38}}
    `monthly`      the cost so far at the end of each month too
    """
    stated = arrangement_of(arrangement)
    if confidence is not None:
        if not 0 < checks.number("confidence", confidence) < 1:
            raise UsageError(f"confidence={confidence!r}: give a share of years such as 0.90")
        stated.confidence = float(confidence)
    if monthly and stated.monthly_years == 0:
        stated.monthly_years = MONTHLY_YEARS
    options = run_options(years=years, seed=seed, least_years=2, device=device, threads=threads,
                          memory_limit_bytes=memory_limit_bytes)
    set_grid(options, specific, corridor)
    basis = pricing_basis(pricing, loads)
    group = _group("group", group)
    asked = _asked("employer", book, group=group, arrangement=arrangement, specific=specific,
                   corridor=corridor, confidence=confidence, monthly=monthly or None, pricing=pricing,
                   loads=loads, years=_unless(years, 100_000), seed=_unless(seed, 1))
    return _run(lambda *watch: native().employer(_file(book), group, stated, options, basis, *watch),
                book, asked, progress)


def build() -> dict[str, Any]:
    """What this build is: version, git_revision, compiler, build_type, cuda."""
    return native().build()


def devices() -> dict[str, Any]:
    """What this machine offers: instruction_sets, threads, memory_bytes, cuda_usable, cuda_reason."""
    return native().devices()


def principles() -> dict[str, str]:
    """Premium principles, name to formula."""
    return native().principles()


def loads() -> dict[str, str]:
    """Loads of a premium, name to meaning."""
    return native().loads()


def stresses() -> dict[str, str]:
    """Stresses that come with the program, name to meaning."""
    return native().stresses()


def _run(work: Callable[..., Any], book: Book | Path, asked: str, progress: bool | Callback) -> Results:
    with Display(progress) as display:
        made = work(display.on_progress, display.on_message)
    made.set_origin(asked, "a book in memory" if isinstance(book, Book) and book.path is None else "")
    return _results(made, display.messages)


def _results(made: Any, messages: list[str]) -> Results:
    """The same as reading the file that the run would write, without the file."""
    warnings = problems_from_native(made.warnings())
    if made.schema == "corridor.employer":  # few rows, and their columns are the file's own business
        study = read_results(io.BytesIO(made.hdf5()))
        study.warnings, study.messages, study._native = warnings, messages, made
        return study
    tables = [_table(table) for table in made.tables()]
    explanation = made.explanation()
    return Results(made.schema, {table.name: table for table in tables}, _table(made.losses()),
                   Gate(**made.gate()), warnings, Run(**made.run()),
                   explanation=json.loads(explanation) if explanation else None, messages=messages,
                   _native=made)


def _table(held: dict[str, Any]) -> Table:
    columns = held["columns"]
    return Table(held["name"], held["description"],
                 {column["name"]: _values(column["values"]) for column in columns},
                 {column["name"]: column["units"] for column in columns},
                 {column["name"]: column["description"] for column in columns})


def _values(values: Any) -> np.ndarray:
    return np.array(values, dtype=object) if isinstance(values, list) else values


def _file(book: Book | Path) -> str:
    return book.file if isinstance(book, Book) else os.fspath(book)


def _group(name: str, group: Any) -> str:
    if not isinstance(group, str) or not group:
        raise UsageError(f"{name}={group!r}: give a group_id of the book")
    return group


def _layers(layers: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    pairs = []
    for layer in checks.listed("layers", layers):
        try:
            attachment, limit = layer
        except (TypeError, ValueError):
            raise UsageError(f"layers: {layer!r} is no pair of attachment and limit") from None
        pair = (checks.amount_usd("layers", attachment, "an attachment"),
                checks.amount_usd("layers", limit, "a limit"))
        if pair[0] == float("inf"):
            raise UsageError("layers: no claim is above an infinite attachment")
        if pair in pairs:
            raise UsageError(f"layers: {layer!r} is there twice")
        pairs.append(pair)
    if len(pairs) > 16:
        raise UsageError(f"layers: {len(pairs)} layers, and a study has room for 16")
    return pairs


def _unless(value: Any, usual: Any) -> Any:
    return None if value == usual else value


def _asked(verb: str, book: Book | Path, **arguments: Any) -> str:
    """The call as a results file remembers it."""
    name = repr(book) if isinstance(book, Book) and book.path is None else repr(
        book.path if isinstance(book, Book) else os.fspath(book))
    stated = [f"{key}={value!r}" for key, value in arguments.items() if value is not None]
    text = f"corridor.{verb}({', '.join([name, *stated])})"
    return text if len(text) <= 16_000 else text[:16_000] + " ..."
