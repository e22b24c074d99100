# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Which sections each kind of results has, in the order in which they are read."""

from . import (
    employer,
    layers,
    maturity,
    plain,
    pricing,
    provenance,
    quality,
    replay,
    scenario,
    tail,
    tail_parts,
    words,
)
from .blocks import Page


def _quotes(results):
    summary = results.tables["summary"]
    flags = summary["flags"] if "flags" in summary else None
    return [
        quality.quality_section(results, flags, "quotes"),
        pricing.headline_section(results),
        pricing.explorer_section(results),
        pricing.maturity_section(results),
    ]


def _tail(results):
    return [
        quality.quality_section(results),
        tail.headline_section(results),
        tail.tail_section(results),
        tail_parts.treaties_section(results),
        tail_parts.contributions_section(results),
    ]


def _scenario(results):
    return [
        quality.quality_section(results),
        scenario.headline_section(results),
        scenario.stress_section(results),
        scenario.groups_section(results),
    ]


def _employer(results):
    flags = results.tables["options"]["flags"] if "flags" in results.tables["options"] else None
    return [
        quality.quality_section(results, flags, "options"),
        employer.headline_section(results),
        employer.cost_section(results),
        employer.months_section(results),
        employer.more_section(results),
    ]


def _layers(results):
    return [
        quality.quality_section(results),
        layers.headline_section(results),
        layers.layers_section(results),
        layers.groups_section(results),
    ]


def _replay(results):
    if not {"group", "totals"} & set(results.tables):
        return _plain(results)
    return [
        quality.quality_section(results),
        replay.headline_section(results),
        replay.steps_section(results),
        replay.persons_section(results),
        replay.groups_section(results),
    ]


def _maturity(results):
    return [
        quality.quality_section(results),
        maturity.headline_section(results),
        maturity.factors_section(results),
        maturity.amounts_section(results),
    ]


def _plain(results):
    return [quality.quality_section(results), plain.tables_section(results)]


BY_SCHEMA = {
    "corridor.quotes": _quotes,
    "corridor.tail": _tail,
    "corridor.scenario": _scenario,
    "corridor.employer": _employer,
    "corridor.layers": _layers,
    "corridor.replay": _replay,
    "corridor.maturity": _maturity,
}


def page_of(results):
    """The whole report of a results file, knowing nothing of HTML."""
    made = BY_SCHEMA.get(results.schema, _plain)(results)
    run = results.run
    started = str(run.get("started_at", "")).replace("T", " ").replace("Z", " UTC")
    facts = [
        ("Book", str(run.get("input_path", "")).rsplit("/", 1)[-1]),
        ("Run", started),
        ("Years", f"{int(run['years']):,}" if run.get("years") else ""),
        ("Program", f"corridor {run['version']}" if "version" in run else ""),
    ]
    return Page(
        words.SCHEMA_TITLES.get(results.schema, "Results"),
        str(results.path.name),
        [fact for fact in facts if fact[1]],
        [section for section in made if section] + [provenance.provenance_section(results)],
    )
