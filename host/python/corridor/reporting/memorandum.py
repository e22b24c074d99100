# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Facts for an actuarial memorandum, in the order in which ASOP 41 asks for disclosures. What only the actuary can say is left open."""

from . import provenance, words
from .numbers import grouped
from .pricing import first_rows
from .quality import gate_badge

OPEN = "[to be completed by the responsible actuary]"
METHODS = {
    "corridor.quotes": "Expected payouts of each group’s specific and aggregate stop-loss cover at each option: exact distribution of the group’s yearly total where "
    "there is one, simulation of every member beside it as a check; premium by the stated principle and loads.",
    "corridor.tail": "Simulation of all groups on bound terms in the same policy years; treaties applied to whole years; VaR, TVaR and their standard errors from "
    "the simulated years.",
    "corridor.scenario": "The book simulated as it is and under the stress on the same random numbers; changes with standard errors of paired years.",
    "corridor.employer": "Every simulated year of the group kept; percentiles and chances are those of whole years.",
    "corridor.layers": "Years drawn with a claim in the layer and weighted by the chance of that, beside the mean in closed form.",
    "corridor.replay": "One simulated policy year drawn again.",
    "corridor.maturity": "Closed-form means of each contract basis against a mature contract.",
}


def memorandum(results):
    """[(heading, [(name, value)])]."""
    run = results.run
    gate = gate_badge(results.gate)
    said = (
        "; ".join(sorted(set(results.warnings["message"].tolist())))
        if results.warnings.rows
        else (
            "not kept in this file; corridor validate lists them"
            if not results.keeps_warnings
            else "none"
        )
    )
    return [
        (
            "Scope",
            [
                ("Subject", words.SCHEMA_TITLES.get(results.schema, results.schema)),
                ("Intended users and purpose", OPEN),
                ("Responsible actuary and qualifications", OPEN),
                ("Date of the run", str(run.get("started_at", ""))),
                ("Date of the report", OPEN),
            ],
        ),
        (
            "Data",
            [
                *_data(results),
                ("Data review and reliance on others for data", OPEN),
                ("Warnings about the data", said),
            ],
        ),
        (
            "Methods",
            [
                ("Method", METHODS.get(results.schema, "")),
                (
                    "Program",
                    f"corridor {run.get('version', '')}, revision {run.get('git_revision', '')}",
                ),
                ("Reliance on a model", "Corridor, an open pricing engine. " + OPEN),
            ],
        ),
        ("Assumptions", [(name, value) for name, value in _assumptions(run)]),
        (
            "Quality of the run",
            [("Simulation against exact figures", f"{gate.title}. {gate.text}")],
        ),
        (
            "Uncertainty",
            [
                (
                    "Sampling error",
                    "Standard errors and intervals stand beside simulated figures. They speak of the simulation alone, given the assumptions.",
                ),
                ("Risk of the assumptions", "Not measured here. " + OPEN),
                ("Events after the date of the data", OPEN),
            ],
        ),
        (
            "Provenance",
            [(label, value) for label, value, _ in provenance.facts(run)]
            + [("Command line", str(run.get("command_line", "")))],
        ),
    ]


def _data(results):
    rows = [
        ("Book", str(results.run.get("input_path", ""))),
        ("Digest of its content (SHA-256)", str(results.run.get("input_digest", ""))),
    ]
    summary = results.tables.get("summary")
    if summary is not None:
        first = first_rows(summary)
        rows += [
            ("Groups", grouped(len(first))),
            ("Members", grouped(float(summary["members"][first].sum()))),
        ]
    if "members" in results.attributes:
        rows += [
            ("Group", str(results.attributes.get("group_id", ""))),
            ("Members", grouped(float(results.attributes["members"]))),
        ]
    return rows


def _assumptions(run):
    loads, others = provenance.loads_and_others(run.get("settings", {}))
    return [
        *((f"Load: {name}", _both(of)) for name, of in loads.items()),
        *((words.setting(name), value) for name, value in others.items()),
        (
            "Claim distributions",
            f"those of the book; digest of the compiled tables {run.get('table_digest', '')}",
        ),
        ("Trend, morbidity, enrolment, lag", "those of the book; " + OPEN),
    ]


def _both(of):
    """A load of both covers in one line."""
    values = set(of.values())
    if len(of) == 2 and len(values) == 1:
        return f"{values.pop()}, both covers"
    return "; ".join(f"{cover} {value}" for cover, value in of.items())
