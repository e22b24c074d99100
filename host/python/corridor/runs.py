# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The runs: what the command line's commands do, with the same bits."""
from __future__ import annotations

import os
from typing import Any, Literal, Mapping, Sequence

from . import checks
from .book import Book
from .errors import UsageError
from .native import native
from .options import (Device, InstructionSet, Levels, Loads, Method, Numbers, Path, Pricing, Principles,
                      arrangement_of, pricing_basis, run_options, set_grid, set_method, stress_of)
from .progress import Callback
from .results import Results
from .running import call_of, file_of, unless, watched

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
    asked = call_of("price", book, specific=specific, corridor=corridor, levels=levels,
                    principles=principles, pricing=pricing, loads=loads, rules=rules,
                    years=unless(years, 100_000), seed=unless(seed, 1), method=unless(method, "both"),
                    joint=joint or None, target_se=target_se, max_years=max_years,
                    control_variates=control_variates or None, explain=explain)
    return watched(lambda *watch: native.price(file_of(book), options, basis, *watch), book, asked, progress)


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
    options = native.TailOptions()
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
    asked = call_of("tail", book, treaties=None if treaties else False, levels=levels,
                    return_periods=return_periods, contributions=unless(contributions, "net"),
                    members=unless(members, 20), marginal=marginal, principles=principles,
                    pricing=pricing, loads=loads, years=unless(years, 100_000), seed=unless(seed, 1))
    return watched(lambda *watch: native.tail(file_of(book), options, *watch), book, asked, progress)


def scenario(book: Book | Path, stress: Path | Mapping[str, Any], *, treaties: bool = True,
             levels: Levels | None = None, return_periods: Numbers | None = None,
             method: Literal["both", "simulate"] = "both", principles: Principles | None = None,
             pricing: Pricing = None, loads: Loads = None, years: int = 100_000, seed: int = 1,
             device: Device = "auto", instruction_set: InstructionSet | None = None,
             threads: int | None = None, memory_limit_bytes: int | None = None,
             progress: bool | Callback = True) -> Results:
    """What changes in the bound book under a stress, on the same draws: data/results.md, "Scenario".

    `stress`  a name of corridor.stresses(), a TOML file, or a dict of its keys:
              {"trend": {"shock": 0.04}}
    `method`  "simulate" leaves exact laws out: closed forms alone, faster for large books
    """
    found = stress_of(stress)
    options = native.TailOptions()
    run = run_options(years=years, seed=seed, least_years=2, levels=levels, principles=principles,
                      device=device, instruction_set=instruction_set, threads=threads,
                      memory_limit_bytes=memory_limit_bytes)
    run.set_method(checks.one_name("method", method, ("both", "simulate")))
    options.run = run
    if return_periods is not None:
        options.return_periods_years = checks.return_periods("return_periods", return_periods, years)
    options.basis = pricing_basis(pricing, loads)
    options.treaties = bool(treaties)
    asked = call_of("scenario", book, stress=stress, treaties=None if treaties else False,
                    levels=levels, return_periods=return_periods, method=unless(method, "both"),
                    principles=principles, pricing=pricing, loads=loads,
                    years=unless(years, 100_000), seed=unless(seed, 1))
    return watched(lambda *watch: native.scenario(file_of(book), found, options, *watch), book, asked,
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
    options = native.ReplayOptions()
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
    asked = call_of("replay", book, year=year, group=group, specific=specific, corridor=corridor,
                    floor_usd=unless(floor_usd, 10_000), years=unless(years, 100_000),
                    seed=unless(seed, 1))
    return watched(lambda *watch: native.replay(file_of(book), options, *watch), book, asked, progress)


def layers(book: Book | Path, layers: Sequence[tuple[float, float]], *,
           groups: str | Sequence[str] | None = None, levels: Levels | None = None,
           principles: Principles | None = None, pricing: Pricing = None, loads: Loads = None,
           years: int = 100_000, seed: int = 1, threads: int | None = None,
           memory_limit_bytes: int | None = None, progress: bool | Callback = True) -> Results:
    """Rare layers of each person's claims by importance sampling: data/results.md, "Layers".

    `layers`  pairs of attachment and limit in dollars, the limit inf for none: [(5e6, 5e6)]
    """
    options = native.LayersOptions()
    options.run = run_options(years=years, seed=seed, least_years=2, levels=levels, principles=principles,
                              threads=threads, memory_limit_bytes=memory_limit_bytes)
    options.basis = pricing_basis(pricing, loads)
    options.set_layers(_layers(layers))
    if groups is not None:
        options.groups = checks.names("groups", groups)
    asked = call_of("layers", book, layers=layers, groups=groups, levels=levels, principles=principles,
                    pricing=pricing, loads=loads, years=unless(years, 100_000), seed=unless(seed, 1))
    return watched(lambda *watch: native.layers(file_of(book), options, *watch), book, asked, progress)


def maturity(book: Book | Path, *, specific: Numbers | None = None,
             progress: bool | Callback = True) -> Results:
    """Expected claims on each contract basis over those of a mature contract, a row a basis and
    deductible, by closed forms over the book's groups: data/results.md, "Contract bases"."""
    options = native.RunOptions()
    set_grid(options, specific, None)
    asked = call_of("maturity", book, specific=specific)
    return watched(lambda *watch: native.maturity(file_of(book), options, *watch), book, asked, progress)


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
    asked = call_of("employer", book, group=group, arrangement=arrangement, specific=specific,
                    corridor=corridor, confidence=confidence, monthly=monthly or None, pricing=pricing,
                    loads=loads, years=unless(years, 100_000), seed=unless(seed, 1))
    return watched(lambda *watch: native.employer(file_of(book), group, stated, options, basis, *watch),
                book, asked, progress)


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
