# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The last section: on what the figures rest, and how to get them again."""

import pathlib
import shlex

import numpy as np

from . import words
from .blocks import Code, Pairs, Prose, Section, TableBlock
from .columns import Column
from .numbers import grouped, text_of

RUN = [
    ("input_path", "Book", "file that was priced"),
    ("input_digest", "Digest of the book", "SHA-256 of its content"),
    ("table_digest", "Digest of the claim tables", "the compiled claim distributions"),
    ("stress", "Stress", ""),
    ("seed", "Seed", "key of all random numbers"),
    ("years", "Policy years", "simulated, a group unless its row says otherwise"),
    ("member_years", "Member-years drawn", ""),
    ("started_at", "Started", "UTC"),
    ("version", "Program", ""),
    ("git_revision", "Revision", ""),
    ("device", "Device", ""),
    ("driver", "Driver", ""),
    ("compiler", "Compiler", ""),
]
NOTHING = {"seed", "years", "member_years"}
SAME_BITS = "simulated figures to the last bit, on any machine"
ROUNDED, SIMULATED = {"corridor.layers", "corridor.maturity"}, "book, seed, years and program"
COVERS = {"specific": "Specific", "aggregate": "Aggregate"}


def provenance_section(results):
    run = results.run
    blocks = [Pairs("Where the figures come from", facts(run))]
    blocks += _settings(run.get("settings", {}))
    blocks += _timings(run.get("timings", {}))
    blocks += _again(run)
    blocks.append(
        Pairs("Words used here", [(term, meaning, "") for term, meaning in words.GLOSSARY.items()])
    )
    same = "figures to within rounding" if results.schema in ROUNDED else SAME_BITS
    given = "book and program" if results.schema == "corridor.maturity" else SIMULATED
    lead = f"Everything that the figures depend on. The same {given} give the same {same}."
    return Section("provenance", "Assumptions and provenance", lead, blocks)


def facts(run):
    rows = []
    for name, label, note in RUN:
        value = run.get(name, "")
        if name in NOTHING and not value:
            continue  # nothing was simulated
        if isinstance(value, (int, np.integer)):
            value = str(value) if name == "seed" else grouped(float(value))
        if str(value):
            rows.append((label, str(value), note))
    known = {name for name, _, _ in RUN} | {
        "settings",
        "timings",
        "command_line",
        "host",
        "arrangement",
        "explanation",
    }
    rows += [
        (name.replace("_", " ").capitalize(), str(value), "")
        for name, value in run.items()
        if name not in known and str(value)
    ]
    return rows


def loads_and_others(settings):
    """({load: {cover: value}}, {other setting: value}), values as text."""
    loads, others = {}, {}
    for name, value in settings.items():
        cover, _, load = name.partition(".")
        if cover in COVERS and load:
            loads.setdefault(words.setting(load), {})[cover] = str(value)
        else:
            others[name] = str(value)
    return loads, others


def _settings(settings):
    """Loads of the two covers side by side, then the other settings."""
    loads, rest = loads_and_others(settings)
    blocks = []
    if loads:
        data = {"load": np.array(list(loads))}
        data.update(
            {cover: np.array([of.get(cover, "") for of in loads.values()]) for cover in COVERS}
        )
        shown = [
            Column("load", "Load", "text"),
            *(Column(c, label, "text") for c, label in COVERS.items()),
        ]
        caption = "Loads in the premium (shares of premium are fractions: 0.08 is 8%)"
        blocks.append(TableBlock("loads", caption, shown, data))
    if rest:
        pairs = [(words.setting(name), value or "–", "") for name, value in rest.items()]
        blocks.append(Pairs("Settings of the run", pairs))
    return blocks


def _timings(timings):
    if not timings:
        return []
    data = {"phase": np.array(list(timings)), "seconds": np.array(list(timings.values()), "f8")}
    total = text_of(data["seconds"].sum(), "decimal")
    return [
        TableBlock(
            "timings",
            f"Time taken: {total} s in all",
            [Column("phase", "Phase", "text"), Column("seconds", "Seconds", "decimal")],
            data,
        )
    ]


def _again(run):
    command = run.get("command_line", "")
    if not command:
        return []
    return [
        Prose("To get the same results again, with the book of the digest above:"),
        Code(command),
        Prose("And this page from them:"),
        Code(f"corridor report {shlex.quote(_output(command))} -o report.html"),
    ]


def _output(command):
    """Name of the results file in the command line that wrote it."""
    try:
        words_ = shlex.split(command)
    except ValueError:
        words_ = command.split()
    for flag in ("-o", "--output"):
        if flag in words_[:-1]:
            return words_[words_.index(flag) + 1]
    return next(
        (w.split("=", 1)[1] for w in words_ if w.startswith("--output=")),
        pathlib.Path("RESULTS.h5").name,
    )
