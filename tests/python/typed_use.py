# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Uses of the package as people write them; test_types.py checks their types, nobody runs them.

A call that must not pass carries the mistake that the type checker has to find in it: where it finds
none, the ignore is unused, which is an error too.
"""
import pathlib
from typing import Any, assert_type

import polars

import corridor


def prices(book: corridor.Book, folder: pathlib.Path) -> None:
    quotes = corridor.price(book, specific=[50_000, 1e5], corridor=1.25, levels=[0.9, "0.995"],
                            principles=["wang_transform", "tvar"], loads={"expense": 0.09},
                            method="simulate", years=1_000, progress=lambda at: print(at.fraction))
    assert_type(quotes, corridor.Results)
    assert_type(quotes["summary"], corridor.Table)
    assert_type(quotes["summary"]["members"].sum(), Any)
    assert_type(quotes.gate.passed, bool)
    assert_type(quotes.to_polars(), polars.DataFrame)
    assert_type([problem.row for problem in quotes.warnings], list[int | None])
    quotes.write(folder / "quotes.h5", replace=True)
    quotes.to_parquet(folder / "quotes.parquet")
    quotes["summary"].to_parquet(folder / "summary.parquet")


def studies(path: pathlib.Path) -> list[corridor.Results]:
    return [corridor.tail(path, levels=0.99, return_periods=[10, 50], marginal="G1"),
            corridor.scenario(str(path), {"trend": {"shock": 0.04}}, method="simulate"),
            corridor.replay(path, 4711, group="G1"),
            corridor.layers(path, [(5e6, float("inf"))]),
            corridor.employer(path, "G1", {"fees": {"administration_pepm": 38}}, monthly=True)]


def without_draws(book: corridor.Book) -> tuple[bool, corridor.Results]:
    checked = corridor.check(book, specific=30_000)
    assert_type(checked.outcomes, dict[str, int])
    return checked.passed, corridor.maturity(book, specific=[50_000, 100_000])


def in_units(book: corridor.Book, run: pathlib.Path) -> corridor.Results:
    assert_type(corridor.plan_price(book, run, units=4).done, int)
    corridor.plan_tail(book, run, years=10_000)
    assert_type(corridor.work(run, worker=(0, 4), max_hours=8).finished, bool)
    return corridor.merge(run, "merged.h5")


def in_memory() -> corridor.Book:
    return corridor.Book.from_frames(
        groups={"group_id": ["G1"], "specific_deductible_usd": [50_000]},
        members=polars.DataFrame({"group_id": ["G1"], "distribution": ["silver"], "scale": [1.0]}),
        distributions={"silver": {"kind": "lognormal", "mean_usd": 8000, "cv": 4}})


def failures(path: str) -> list[str]:
    try:
        corridor.load(path)
    except corridor.CorridorError as error:
        return [problem.column for problem in error.problems]
    return []


def mistakes(book: corridor.Book) -> None:
    corridor.price(book, specific="50,000")  # type: ignore[arg-type]
    corridor.price(book, method="simulation")  # type: ignore[arg-type]
    corridor.price(book, principles="wang")  # type: ignore[arg-type]
    corridor.price(book, 100_000)  # type: ignore[call-arg]
    corridor.tail(book, year=10)  # type: ignore[call-arg]
    corridor.layers(book, [5e6])  # type: ignore[list-item]
    corridor.work("run", worker="0/4")  # type: ignore[arg-type]
    corridor.price(book).gate.pased  # type: ignore[attr-defined]
