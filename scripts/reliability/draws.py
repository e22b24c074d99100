# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows 22 and 23: figures against closed forms at a fresh seed, and the generator."""
import re
import shutil

import h5py
import numpy as np
from scipy import stats

from reliability.card import ROOT, Result, Row, ctest, run

SAMPLE = ROOT / "data" / "books" / "sample.h5"
LEAST_HITS = 400  # below, the law of a sample mean is far from normal (data/results.md, "The gate")


def z_scores(path, turn):
    """z against closed forms of all cells with enough hits; and of one cell a group, which share no
    draws, the deductible changing with `turn`."""
    with h5py.File(path) as file:
        summary = file["summary"][:]
    every = []
    for name in ("retained_z", "specific_z", "aggregate_z"):
        hits = summary[name.replace("_z", "_hits")] if name != "retained_z" else np.full(len(summary), np.inf)
        every.append(summary[name][np.isfinite(summary[name]) & (hits >= LEAST_HITS)])
    _, group = np.unique(summary["group_id"], return_inverse=True)
    alone = []
    for number in range(group.max() + 1):
        rows = np.flatnonzero(group == number)
        row = summary[rows[turn % len(rows)]]
        if np.isfinite(row["specific_z"]) and row["specific_hits"] >= LEAST_HITS:
            alone.append(row["specific_z"])
    return np.concatenate(every), np.array(alone)


def oracles(bench):
    bench.needs("corridor_cli")
    runs = 20 if bench.long else 3
    found = []
    for turn in range(runs):
        output = bench.folder / "run.h5"
        done = bench.run("price", SAMPLE, "--years", 20000, "--seed", bench.seed + turn, "-o", output,
                         "--quiet", "--force")
        assert done.returncode in (0, 1), done.stderr
        found.append(z_scores(output, turn))
    z, alone = (np.concatenate(part) for part in zip(*found))
    # Half a standard error more than Bonferroni's for the skewness of capped heavy tails.
    limit = stats.norm.isf(1e-4 / len(z) / 2) + 0.5
    square = float((alone**2).sum())
    chance = float(stats.chi2.sf(square, len(alone)))
    kept = np.abs(z).max() < limit and 1e-5 < chance < 1 - 1e-5 and len(z) >= 1000
    return Result(bool(kept), f"{len(z):,} cells, {runs} runs from seed {bench.seed} on: largest |z| "
                  f"{np.abs(z).max():.2f} (limit {limit:.2f}), {int((np.abs(z) > 4).sum())} beyond 4; "
                  f"{len(alone)} cells that share no draws: sum of squares {square:.0f}, p {chance:.2g}")


def generator(bench):
    known = ctest(bench, ["philox_test", "lane_test"], "-R", "Philox|Counter|Streams|Survival")
    said = known.figure + " (known answers, counters, correlations between streams)"
    kept = known.kept
    if shutil.which("dieharder") is None:
        said += "; without dieharder: apt-get install dieharder"
    else:
        verdict, more = dieharder(bench)
        kept &= verdict
        said += more
    return Result(kept, said)


QUICK = ["-d 0", "-d 8", "-d 100"]  # of dieharder's tests, a second or two each


def dieharder(bench):
    """Tests that fail twice, with two keys, count."""
    bench.needs("random_words")
    failed, verdicts = [], 0
    for seed in (bench.seed, bench.seed + 1):
        failed.append(set())
        for which in ["-a"] if bench.long else QUICK:
            done = run(["bash", "-c", f"{bench.tool('random_words')} {seed} | dieharder -g 200 {which} -k 2"],
                       timeout=7200)
            found = [line.split("|") for line in done.stdout.splitlines()
                     if re.search("PASSED|WEAK|FAILED", line)]
            verdicts += len(found)
            failed[-1] |= {(cells[0].strip(), cells[1]) for cells in found if "FAILED" in cells[-1]}
    twice = failed[0] & failed[1]
    return verdicts > 0 and not twice, f"; dieharder: {verdicts} verdicts with two keys, {len(twice)} failed twice"


ROWS = [Row(22, "prices against closed forms at a fresh seed", "no |z| beyond chance, squares as they "
            "should be", oracles),
        Row(23, "random numbers", "known answers, streams uncorrelated", generator)]
