# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A second program for exact laws: sums of a group's persons by FFT on two lattices, written from
the format's description alone, in plain numpy and scipy.

A person's amount is put on the lattice by second differences of its stop-loss function, which
keeps the mean; what that adds to the variance falls with the square of the step, so the two
lattices are extrapolated. Effects are summed over with a trapezoid in the normal score.
"""

import dataclasses
import math

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.special import ndtr

CAP_USD = 25e6


class Lognormal:
    def __init__(self, mean, cv, p_zero):
        self.sigma = math.sqrt(math.log1p(cv * cv))
        self.mu, self.hits, self.mean_hit = math.log(mean) - self.sigma**2 / 2, 1 - p_zero, mean
        self.facts = {"kind": b"lognormal", "mean_usd": mean, "cv": cv, "p_zero": p_zero}

    def survival(self, x):
        with np.errstate(divide="ignore"):
            return self.hits * ndtr((self.mu - np.log(x)) / self.sigma)

    def stop_loss(self, a):
        a = np.asarray(a, float)
        with np.errstate(divide="ignore"):
            score = (self.mu - np.log(a)) / self.sigma
        above = np.where(np.isfinite(a), a, 0) * ndtr(score)
        return self.hits * (self.mean_hit * ndtr(score + self.sigma) - above)


class Pareto:
    def __init__(self, alpha, threshold, p_zero):
        self.alpha, self.threshold, self.hits = alpha, threshold, 1 - p_zero
        self.facts = {"kind": b"pareto", "alpha": alpha, "threshold_usd": threshold,
                      "p_zero": p_zero}

    def survival(self, x):
        return self.hits * (self.threshold / np.maximum(x, self.threshold)) ** self.alpha

    def stop_loss(self, a):
        a = np.asarray(a, float)
        high = np.maximum(a, self.threshold)
        above = self.threshold**self.alpha * high ** (1 - self.alpha) / (self.alpha - 1)
        return self.hits * (above + np.maximum(self.threshold - a, 0))


class Amounts:
    """Point masses; `weights` add up to 1."""

    def __init__(self, amounts, weights):
        self.amounts, self.weights = np.array(amounts, float), np.array(weights, float)
        self.facts = {"kind": b"empirical"}
        self.columns = {"amount_usd": self.amounts, "weight": self.weights}

    def survival(self, x):
        return sum(w * (x < y) for y, w in zip(self.amounts, self.weights))

    def stop_loss(self, a):
        return sum(w * np.maximum(y - a, 0) for y, w in zip(self.amounts, self.weights))


class Eligible:
    """What a contract's windows take of a law's claims: a mixture of rising functions of the claim,
    [(weight, function)], tabulated over log-spaced claims."""

    def __init__(self, law, parts):
        # From the tiniest claim that matters to one whose tail does not.
        x = np.concatenate([[0], np.exp(np.linspace(math.log(0.01), math.log(1e11), 40_001))])
        alive = law.survival(np.maximum(x, 1e-300))
        self.parts = []
        for weight, function in parts:
            y = function(x)
            steps = np.diff(y) * (alive[1:] + alive[:-1]) / 2
            stop = np.concatenate([np.cumsum(steps[::-1])[::-1], [0]])
            keep = np.concatenate([[True], np.diff(y) > 0])
            self.parts.append((weight, y[keep], alive[keep], stop[keep]))

    def survival(self, x):
        return sum(w * np.interp(x, y, alive, right=0) for w, y, alive, _ in self.parts)

    def stop_loss(self, a):
        total = 0
        for weight, y, alive, stop in self.parts:
            if len(y) < 2:
                continue
            at = np.clip(np.searchsorted(y, a, side="right") - 1, 0, len(y) - 2)
            part = np.minimum(np.where(np.isfinite(a), a, y[-1]), y[-1]) - y[at]
            slope = (alive[at + 1] - alive[at]) / (y[at + 1] - y[at])
            total = total + weight * (stop[at] - part * (alive[at] + part * slope / 2))
        return total


class Thinned:
    """P(X > x) times a weight, at most 1."""

    def __init__(self, law, weight):
        self.law, self.weight = law, weight
        self.full = 0.0
        if weight * law.survival(1e-300) > 1:  # below this amount everybody claims
            low, high = -30.0, 30.0
            for _ in range(200):
                middle = (low + high) / 2
                if weight * law.survival(math.exp(middle)) > 1:
                    low = middle
                else:
                    high = middle
            self.full = math.exp(low)

    def survival(self, x):
        return np.minimum(1, self.weight * self.law.survival(x))

    def stop_loss(self, a):
        above = self.weight * self.law.stop_loss(np.maximum(a, self.full))
        return above + np.maximum(self.full - a, 0)


@dataclasses.dataclass
class Class:
    """Persons alike: their law, what multiplies it, what it adds to the total as lines of (from,
    slope), the last going on, and how many they are."""

    law: object
    scale: float
    exposure: float
    lines: list
    count: int


def stop_loss_of(person, severity, frequency, amounts):
    """E(Y - a)+ of one person's amount Y at rising amounts a, and P(Y > 0)."""
    law = Thinned(person.law, person.exposure * frequency)
    factor = person.scale * severity
    starts = [start for start, _ in person.lines] + [CAP_USD]
    stops = law.stop_loss(np.array(starts) / factor) * factor
    result, reached = np.zeros_like(amounts), 0.0
    pays = 0.0
    for (start, slope), end, stop, past in zip(person.lines, starts[1:], stops, stops[1:]):
        if slope == 0 or not start < CAP_USD:
            continue
        pays = pays or float(law.survival(np.maximum(start / factor, 1e-300)))
        end = min(end, CAP_USD)
        past = past if end < CAP_USD else float(stops[-1])
        result[amounts < reached] += slope * (stop - past)
        inside = (amounts >= reached) & (amounts < reached + slope * (end - start))
        at = start + (amounts[inside] - reached) / slope
        result[inside] += slope * (law.stop_loss(at / factor) * factor - past)
        reached += slope * (end - start)
    return result, pays


def nodes(sigma, step):
    """Mean-one lognormal factors and their weights."""
    if sigma == 0:
        return [(1.0, 1.0)]
    score = np.arange(-math.ceil(6.5 / step), math.ceil(6.5 / step) + 1) * step
    weight = np.exp(-score**2 / 2)
    return list(zip(np.exp(sigma * score - sigma**2 / 2), weight / weight.sum()))


def sigma_of(cv):
    return math.sqrt(math.log1p(cv * cv))


def effects(group_cv, book_cv, step):
    """(severity, frequency, weight) over a year's effects where none acts on frequency."""
    return [(f, 1.0, w) for f, w in nodes(math.hypot(sigma_of(group_cv), sigma_of(book_cv)), step)]


def frequency_effects(persons, group_cv, book_cv, share, density=2.0):
    """The same where `share` of the group's effect acts on frequency. Years are summed piece by
    piece between the scores at which some person becomes sure to claim, `density` nodes a score
    and four more a piece: a sum across such a bend converges slowly."""
    sigma, book = sigma_of(group_cv), sigma_of(book_cv)
    sure = {sigma / 2 - math.log(p.exposure * p.law.survival(1e-300)) / (share * sigma)
            for p in persons}
    edges = [-6.0] + sorted(z for z in sure if abs(z) < 5) + [6.0 + 2 * sigma]
    scores, weights = [], []
    for low, high in zip(edges, edges[1:]):
        x, w = np.polynomial.legendre.leggauss(math.ceil(density * (high - low)) + 4)
        scores.append((low + high) / 2 + (high - low) / 2 * x)
        weights.append((high - low) * w * np.exp(-scores[-1] ** 2 / 2))
    score, weight = np.concatenate(scores), np.concatenate(weights)
    effect = np.exp(sigma * score - sigma**2 / 2)
    # The book's effect is narrow: three nodes are exact for polynomials of degree 5.
    narrow = [(math.exp(book * z - book**2 / 2), w)
              for z, w in ((-math.sqrt(3), 1 / 6), (0, 2 / 3), (math.sqrt(3), 1 / 6))]
    return [(f ** (1 - share) * b, f**share, w * v)
            for f, w in zip(effect, weight / weight.sum()) for b, v in narrow]


def recentred(persons, year_effects, fine):
    """The effects with severities so that ground-up claims are expected as without effects, by the
    fine ones: people who would claim more than surely take something off."""
    def expected(given):
        return sum(w * p.count * p.scale * s * Thinned(p.law, p.exposure * f).stop_loss(0.0)
                   for s, f, w in given for p in persons)

    base = expected([(1.0, 1.0, 1.0)]) / expected(fine)
    return [(s * base, f, w) for s, f, w in year_effects]


class Total:
    """Law of the sum: G(a) = E(T - a)+ by two lattices, as a spline."""

    def __init__(self, persons, year_effects, step, reach):
        """`step` of the coarse lattice; the sum beyond `reach` must be next to impossible."""
        points = 1 << math.ceil(math.log2(reach / step))
        coarse, self.p_none = self._stop_loss(persons, year_effects, step, points)
        fine, _ = self._stop_loss(persons, year_effects, step / 2, 2 * points)
        values = (4 * fine[::2] - coarse) / 3
        self.step, self.reach = step, step * points
        at = np.arange(points) * step
        self.spline = CubicSpline(at, values)
        self.integral, self.slope = self.spline.antiderivative(), self.spline.derivative()
        self.values, self.at = values, at

    @staticmethod
    def _stop_loss(persons, year_effects, step, points):
        spectrum, none = np.zeros(points // 2 + 1, complex), 0.0
        amounts = np.arange(points + 1) * step
        mean = 0.0
        for severity, frequency, weight in year_effects:
            product, silent = 1.0, 1.0
            for person in persons:
                stop, pays = stop_loss_of(person, severity, frequency, amounts)
                mean += weight * person.count * stop[0]
                slopes = np.diff(stop) / step
                mass = np.concatenate([[1 + slopes[0]], np.diff(slopes)])
                product = product * np.fft.rfft(mass) ** person.count
                silent *= (1 - pays) ** person.count
            spectrum += weight * product
            none += weight * silent
        mass = np.fft.irfft(spectrum, points)
        below = np.cumsum(mass)
        # E(T - a)+ = E[T] - a + E(a - T)+, which needs nothing beyond the lattice.
        short = np.concatenate([[0], np.cumsum(below[:-1])]) * step
        return mean - np.arange(points) * step + short, none

    def excess(self, a):
        return float(self.spline(a)) if a < self.reach else 0.0

    def above(self, a):
        return 1 - self.p_none if a == 0 else -float(self.slope(a))

    def quantile(self, level):
        wanted = 1 - level
        if 1 - self.p_none <= wanted:
            return 0.0
        k = int(np.argmax(-np.gradient(self.values, self.step) < wanted))
        low, high = self.at[max(k - 2, 0)], self.at[k + 2]
        for _ in range(100):
            middle = (low + high) / 2
            low, high = (middle, high) if self.above(middle) > wanted else (low, middle)
        return low

    def cover(self, attachment, share, limit, level):
        """mean, sd, probability, VaR and TVaR of min(share (T - attachment)+, limit)."""
        end = min(attachment + limit / share, self.reach - 2 * self.step)
        width = end - attachment
        tail = self.excess(end)
        mean = share * (self.excess(attachment) - tail)
        square = 2 * float(self.integral(end) - self.integral(attachment)) - 2 * width * tail
        var_total = self.quantile(level)
        amount = max(var_total, attachment)
        short = share * (self.excess(amount) - tail) if amount < end else 0.0
        var = min(share * max(var_total - attachment, 0), limit)
        return {"mean": mean, "sd": math.sqrt(max(share**2 * square - mean**2, 0)),
                "probability": self.above(attachment), "var": var,
                "tvar": var + short / (1 - level)}
