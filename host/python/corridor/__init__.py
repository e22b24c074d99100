# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Corridor prices employer medical stop-loss insurance.

    import corridor

    book = corridor.load("book.h5")
    results = corridor.price(book, specific=[50_000, 100_000], corridor=[1.25])
    results.to_pandas()
"""
from .book import Book, load, seal, validate
from .errors import (BadDataError, CannotCreateError, CorridorError, DeviceError, IncompleteError,
                     InputOutputError, InternalError, MissingInputError, Problem, UsageError)
from .facts import build, devices, loads, principles, stresses
from .planned import PlannedRun, Work, merge, plan_price, plan_tail, work
from .progress import Progress
from .results import Gate, Results, Run
from .results_file import read_results
from .rules import RuleCheck, check
from .runs import employer, layers, maturity, price, replay, scenario, tail
from .table import Table

__all__ = ["BadDataError", "Book", "CannotCreateError", "CorridorError", "DeviceError", "Gate",
           "IncompleteError", "InputOutputError", "InternalError", "MissingInputError", "PlannedRun",
           "Problem", "Progress", "Results", "RuleCheck", "Run", "Table", "UsageError", "Work",
           "build", "check", "devices", "employer", "layers", "load", "loads", "maturity", "merge",
           "plan_price", "plan_tail", "price", "principles", "read_results", "replay", "scenario",
           "seal", "stresses", "tail", "validate", "work"]
