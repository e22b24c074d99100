#!/usr/bin/python3
# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Corridor beside the Python package `aggregate`: one group of 250 lives alike, 8 deductibles by 4 corridors.

Both give the aggregate's excess means, VaR and TVaR at 90% and 99% of claims below each deductible. Both
are held to a lattice of two million points and one of half as many, made here, whose difference takes the
lattices' own error away. Times are medians on one thread inside each program: Corridor's begin with the law's
parameters, tables included; `aggregate`'s with its build(), after import and one run to warm up.

Makes itself a virtual environment once (build/aggregate), for which it needs a network. Not part of the tests.

usage: bench/exact/compare_aggregate.py [--program build/cpu/bench/iid_group_bench] [--repetitions 15]
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
VENV = ROOT / "build" / "aggregate"
PACKAGE = "aggregate==0.30.1"
EX_UNAVAILABLE, EX_NOINPUT = 69, 66

MEMBERS, MEAN, CV, P_ZERO = 250, 9_000.0, 4.0, 0.15  # mean and CV of a member's claims above 0
DEDUCTIBLES = (25e3, 50e3, 75e3, 100e3, 150e3, 250e3, 500e3, 1e6)
CORRIDORS = (1.1, 1.25, 1.4, 1.6)
LEVELS = (0.9, 0.99)
LEAST_SHARE = 1e-6
GRIDS = (16, 18)  # log2 of the other program's points; 16 is its default


def stop(code, message):
    print(f"compare_aggregate: {message}", file=sys.stderr)
    raise SystemExit(code)


def python_with_package():
    """The environment's interpreter; makes the environment where there is none."""
    python = VENV / "bin" / "python"
    done = VENV / "installed"
    if done.exists():
        return python
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    installed = subprocess.run([python, "-m", "pip", "install", "--quiet", PACKAGE])
    if installed.returncode != 0:
        stop(EX_UNAVAILABLE, f"pip could not install {PACKAGE} (is there a network?). Nothing was compared.")
    done.touch()
    return python


# What follows runs in the environment.


class Reference:
    """Law of the sum of min(X, deductible) over the members, on one lattice that keeps means."""

    def __init__(self, deductible, log2_points, end):
        import numpy as np
        from scipy.interpolate import CubicSpline
        points = 2 ** log2_points
        per_deductible = 2.0 ** np.floor(np.log2(deductible * points / end))
        self.step = deductible / per_deductible
        amounts = self.step * np.arange(per_deductible + 1)
        limited = limited_expected_value(amounts)
        slopes = np.diff(limited) / self.step  # P(X > x), averaged over a cell
        mass = np.zeros(points)
        mass[: len(amounts)] = -np.diff(np.concatenate([[1], slopes, [0]]))
        total = np.fft.irfft(np.fft.rfft(mass) ** MEMBERS, points)
        above = np.cumsum(total[::-1])[::-1]
        excess = self.step * (np.cumsum(above[::-1])[::-1] - above)
        self.mean = MEMBERS * limited[-1]
        self.excess = CubicSpline(self.step * np.arange(points), excess)

    def figures(self, attachments):
        from scipy.optimize import brentq
        slope = self.excess.derivative()
        var = [brentq(lambda t: slope(t) + 1 - level, 0.2 * self.mean, 5 * self.mean, xtol=1e-6) for level in LEVELS]
        tvar = [v + self.excess(v) / (1 - level) for v, level in zip(var, LEVELS)]
        return {"mean": self.mean, "excess": [float(self.excess(a)) for a in attachments], "var": var,
                "tvar": [float(t) for t in tvar]}


def limited_expected_value(amount):
    """E min(X, amount) of the lognormal law with zeros."""
    import numpy as np
    from scipy.special import ndtr
    sigma = np.sqrt(np.log1p(CV * CV))
    mu = np.log(MEAN) - sigma * sigma / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (np.log(amount) - mu) / sigma
    below = MEAN * ndtr(score - sigma) + amount * ndtr(-score)
    return (1 - P_ZERO) * np.where(amount > 0, below, 0)


def improved(coarse, fine):
    """Takes an error in the square of the step away."""
    if isinstance(fine, list):
        return [improved(c, f) for c, f in zip(coarse, fine)]
    return fine + (fine - coarse) / 3


def references(deductible):
    """Attachments, the true figures and how far half as fine a pair is from them, relative."""
    mean = MEMBERS * float(limited_expected_value(deductible))
    attachments = [corridor * mean for corridor in CORRIDORS]
    end = mean + 40 * (MEMBERS * MEAN * deductible) ** 0.5
    coarse, middle, fine = (Reference(deductible, log2, end).figures(attachments) for log2 in (19, 20, 21))
    true = {name: improved(middle[name], fine[name]) for name in fine}
    check = {name: improved(coarse[name], middle[name]) for name in fine}
    return attachments, true, largest_error(check, true)


def largest_error(figures, true):
    """By kind of figure, the largest relative error, of excess means above a millionth of the mean."""
    worst = {}
    for name in ("excess", "var", "tvar"):
        least = LEAST_SHARE * true["mean"]
        worst[name] = max((abs(a / b - 1) for a, b in zip(figures[name], true[name]) if b > least), default=0)
    return worst


def by_aggregate(deductible, attachments, log2, tails=True):
    import numpy as np
    from aggregate import build
    claims = MEMBERS * (1 - P_ZERO)
    group = build(f"agg Group {claims} claims {deductible} xs 0 sev lognorm {MEAN} cv {CV} binomial {1 - P_ZERO}",
                  log2=log2)
    amounts, mass = group.xs, group.agg_density
    figures = {"excess": [float((mass * np.maximum(amounts - a, 0)).sum()) for a in attachments]}
    if tails:
        figures["var"] = [float(group.q(level)) for level in LEVELS]
        figures["tvar"] = [float(group.tvar(level)) for level in LEVELS]
    return figures


def timed_aggregate(covers, log2, repetitions, tails):
    times = []
    for _ in range(repetitions):
        start = time.perf_counter()
        figures = [by_aggregate(deductible, attachments, log2, tails) for deductible, attachments in covers]
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times), figures


def by_corridor(program, covers, repetitions):
    lines = [f"{MEMBERS} {MEAN!r} {CV!r} {P_ZERO!r} {repetitions}"]
    lines += [" ".join(map(repr, [deductible, *attachments])) for deductible, attachments in covers]
    run = subprocess.run([program], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def row(name, ms, excess_ms, figures, truths):
    errors = [largest_error(figure, true) for figure, true in zip(figures, truths)]
    worst = [max(error[kind] for error in errors) for kind in ("excess", "var", "tvar")]
    print(f"| {name} | {ms:,.1f} | {excess_ms:,.1f} | {worst[0]:.1e} | {worst[1]:.1e} | {worst[2]:.1e} |", flush=True)


def compare(program, repetitions):
    covers, truths, checks = [], [], []
    for deductible in DEDUCTIBLES:
        attachments, true, check = references(deductible)
        covers.append((deductible, attachments))
        truths.append(true)
        checks.append(check)
    print(f"{MEMBERS} lives of one lognormal law, {len(DEDUCTIBLES)} deductibles x {len(CORRIDORS)} corridors\n")
    print("| program | ms | excess means alone, ms | error of excess means | of VaR | of TVaR |")
    print("|---|--:|--:|--:|--:|--:|")
    own = by_corridor(program, covers, 10 * repetitions)
    row("Corridor", own["ms"], own["excess_alone_ms"], own["covers"], truths)
    timed_aggregate(covers[:1], 16, 1, True)
    for log2 in GRIDS:
        times = max(1, repetitions >> 2 * (log2 - GRIDS[0]) // 2)
        ms, figures = timed_aggregate(covers, log2, times, True)
        excess_ms, _ = timed_aggregate(covers, log2, times, False)
        row(f"aggregate, 2^{log2} points", ms, excess_ms, figures, truths)
        print(f"  {ms / own['ms']:.0f} times as long, {excess_ms / own['excess_alone_ms']:.0f} without VaR and TVaR",
              file=sys.stderr)
    worst = {kind: max(check[kind] for check in checks) for kind in checks[0]}
    print("\nthe reference from half as many points differs by " +
          ", ".join(f"{error:.0e} ({kind})" for kind, error in worst.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/cpu/bench/iid_group_bench")
    parser.add_argument("--repetitions", type=int, default=15, help="of the other program; Corridor ten times as many")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        return compare(given.program, given.repetitions)
    if not given.program.exists():
        stop(EX_NOINPUT, f"{given.program} is not there. Build with CORRIDOR_BENCH=ON or name it with --program.")
    one_thread = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    inside = [python_with_package(), __file__, "--inside", "--program", given.program.resolve(),
              "--repetitions", str(given.repetitions)]
    raise SystemExit(subprocess.run(inside, env=one_thread).returncode)


if __name__ == "__main__":
    main()
