# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The first section: may these figures be used? Gate, flags by number, warnings."""

from collections import Counter

import numpy as np

from . import words
from .blocks import Badge, Prose, Section, TableBlock
from .columns import Column
from .numbers import grouped


def flag_counts(values):
    """[(flag, rows)] of a column of codes joined by ;, worst first."""
    texts, counts = np.unique(values, return_counts=True)
    total = Counter()
    for text, count in zip(texts.tolist(), counts.tolist()):
        for flag in filter(None, text.split(";")):
            total[flag] += count
    order = list(words.SEVERITY)
    return sorted(
        total.items(), key=lambda item: (order.index(severity(item[0])), -item[1], item[0])
    )


def severity(flag):
    return words.FLAGS.get(flag, words.UNKNOWN_FLAG)[0]


def meaning(flag):
    return words.FLAGS.get(flag, words.UNKNOWN_FLAG)[1]


def check_badge(results):
    """What the run was checked against: of most kinds the gate."""
    if results.schema == "corridor.maturity":
        said = "Nothing was simulated, so no figure has a sampling error."
        return Badge("good", "Closed forms", said)
    if results.schema == "corridor.replay":
        said = (
            "The year was drawn person by person and once more as every run draws it; both are the same to the cent. "
            "A replay with a difference writes no results."
        )
        return Badge("good", "Drawn twice, alike", said)
    if results.schema == "corridor.employer" and not int(results.gate.get("checked", 0) or 0):
        return _own_checks(results.tables["options"])
    return gate_badge(results.gate)


# The gate counts only averages of the run's prices; an employer's study has others, beside their closed forms.
Z_LIMIT = 5.0


def _own_checks(options):
    z = [options[n][np.isfinite(options[n])] for n in options.columns if n.endswith("_z")]
    z = np.abs(np.concatenate(z)) if z else np.zeros(0)
    if not len(z):
        return gate_badge({})
    alike = z.max() <= Z_LIMIT
    said = f"{grouped(len(z))} simulated averages compared with exact ones; largest difference {z.max():.2f} standard errors."
    title = "Simulation and exact figures agree" if alike else "Simulation and exact figures differ"
    return Badge("good" if alike else "watch", title, said)


def gate_badge(gate):
    """Whether the simulation agrees with exact averages, in one sentence."""
    if not gate or not int(gate.get("checked", 0)):
        return Badge(
            "watch",
            "Not checked",
            "No simulated average of this run stands beside an exact one, so nothing was compared.",
        )
    checked, largest = int(gate["checked"]), abs(float(gate["largest_z"]))
    limit = f", limit {float(gate['z_limit']):.2f}" if gate.get("z_limit") else ""
    said = f"{grouped(checked)} simulated averages compared with exact ones; largest difference {largest:.2f} standard errors{limit}."
    if int(gate.get("passed", 0)):
        return Badge("good", "Simulation and exact figures agree", said)
    return Badge(
        "bad",
        "Simulation and exact figures disagree",
        said + " Do not use the figures before this is explained.",
    )


def quality_section(results, flags=None, flagged="rows"):
    """`flags` is a column of codes, `flagged` what a row of it is."""
    blocks = [check_badge(results)]
    if results.gate.get("failures"):
        lines = np.array(results.gate["failures"])
        blocks.append(
            TableBlock(
                "gate-failures",
                "Averages that disagree",
                [Column("line", "Figure", "text")],
                {"line": lines},
            )
        )
    blocks += _flags(flags, flagged) if flags is not None else []
    blocks += _warnings(results.warnings) if results.keeps_warnings else [_not_kept()]
    lead = (
        "Read this first. The checks say whether the simulation did what it should; they cannot say whether the assumptions "
        "about claims are right."
    )
    return Section("quality", "Can these figures be relied on?", lead, blocks)


def _flags(flags, flagged):
    counts = flag_counts(flags)
    if not counts:
        return [
            Badge(
                "good",
                f"No flags on {_counted(len(flags), flagged)}",
                "Nothing about single rows needs attention.",
            )
        ]
    data = {
        "severity": np.array([words.SEVERITY[severity(flag)] for flag, _ in counts]),
        "flag": np.array([flag for flag, _ in counts]),
        "rows": np.array([count for _, count in counts]),
        "share": np.array([count / len(flags) for _, count in counts]),
        "meaning": np.array([meaning(flag) for flag, _ in counts]),
    }
    shown = [
        Column("severity", "Do", "text"),
        Column("flag", "Flag", "text"),
        Column("rows", f"Of {grouped(len(flags))} {flagged}", "count"),
        Column("share", "Share", "percent"),
        Column("meaning", "What it means", "text"),
    ]
    return [
        TableBlock("flags-by-number", "Flags by number", shown, data, extra={"flag_links": True})
    ]


def _counted(count, things):
    """1 option, 2 options."""
    return f"{grouped(count)} {things.removesuffix('s') if count == 1 else things}"


def _not_kept():
    text = "This kind of results does not keep the book’s warnings. “corridor validate” lists them."
    return Badge("watch", "Warnings are not in this file", text)


def _warnings(warnings):
    if not warnings.rows:
        return [Badge("good", "No warnings", "The run found nothing odd about the book.")]
    keys = list(zip(*(warnings[name].tolist() for name in ("code", "message", "fix"))))
    rows = list(Counter(keys).items())
    data = {
        "code": np.array([key[0] for key, _ in rows]),
        "count": np.array([count for _, count in rows]),
        "where": np.array([_places(warnings, key) for key, _ in rows]),
        "message": np.array([key[1] for key, _ in rows]),
        "fix": np.array([key[2] for key, _ in rows]),
    }
    shown = [
        Column("code", "Code", "text"),
        Column("count", "Times", "count"),
        Column("where", "Where in the book", "text"),
        Column("message", "What is odd", "text"),
        Column("fix", "What to do", "text"),
    ]
    said = f"{grouped(warnings.rows)} warning{'s' if warnings.rows != 1 else ''}"
    return [
        Prose(said + " about the book or the run; none of them stopped it."),
        TableBlock("warnings", "Warnings", shown, data),
    ]


def _places(warnings, key):
    """Where one warning was given: the first places, and how many more."""
    matches = [
        i
        for i in range(warnings.rows)
        if tuple(str(warnings[n][i]) for n in ("code", "message", "fix")) == key
    ]
    places = [
        " ".join(filter(None, (str(warnings["dataset"][i]), str(warnings["group"][i]))))
        for i in matches[:3]
    ]
    more = f" and {grouped(len(matches) - 3)} more" if len(matches) > 3 else ""
    return ", ".join(places) + more
