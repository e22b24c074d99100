# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""From claims to a law: a body below a threshold, a generalized Pareto tail above, and what both are worth."""
from dataclasses import dataclass, field, replace

import numpy as np

from ..importing.problems import CellError
from . import body as bodies
from . import credibility as weighing
from . import goodness, law_values, threshold
from .group_credibility import GroupCredibility
from .tail import Tail

MOST_GROUPS = 100  # of a jackknife; more are put together


@dataclass
class Fit:
    """`laws` holds the law `name` and its parts, as data/laws.md has them."""
    name: str
    laws: dict
    tail: Tail
    body: bodies.Lognormal | None
    claims: object
    candidates: list
    reason: str
    p_above: float
    mean: float
    goodness: goodness.Goodness
    aic: dict
    credibility: weighing.Credibility | None = None
    groups: list = field(default_factory=list)
    """Names of the groups of `group_credibility`."""
    group_credibility: GroupCredibility | None = None
    jackknife: dict = field(default_factory=dict)


def fit(claims, body=None, at=None, name="fit", below=None):
    """The Fit of Claims.

    body    "lognormal", or "empirical": the claims themselves in buckets; None: the latter for truncated claims
    at      the threshold; None: chosen
    below   of truncated claims: (name, {name: law}) of the law that holds where no claims were recorded
    Raises CellError where the claims do not carry a fit.
    """
    found, chosen, reason = _tail(claims, at)
    u = chosen.fit.threshold
    body = body or ("empirical" if claims.truncated_below > 0 else "lognormal")
    p_above = float(claims.weight[claims.amount > u].sum() / claims.members)
    fitted_body, laws = _laws(claims, body, chosen.fit, name, below)
    mean = float(law_values.limited(laws[name], np.array(np.inf), laws))
    known = (claims.amount > u) & ~claims.censored
    cap = claims.amount[claims.censored].min() - u if claims.censored.any() else np.inf
    excess = np.repeat(claims.amount[known] - u, claims.weight[known].astype(int))
    good = goodness.assess(chosen.fit, excess, cap)
    return Fit(name, laws, chosen.fit, fitted_body, claims, found, reason, p_above, mean, good,
               _aic(claims, fitted_body, chosen.fit))


def _tail(claims, at):
    if at is not None:
        chosen = threshold.at(claims, at)
        if chosen is None:
            raise CellError("E_FIT", f"fewer than ten claims lie above {at:,.0f}",
                            "Choose a lower --threshold")
        return threshold.judged(threshold.candidates(claims)), chosen, "given"
    found = threshold.judged(threshold.candidates(claims))
    if not found:
        raise CellError("E_FIT", f"{claims.weight.sum():,.0f} claims are too few for a tail",
                        f"Give at least {2 * threshold.LEAST} claims above zero")
    return found, *threshold.choose(found)


def _laws(claims, body, tail, name, below):
    """(fitted body or None, {name: law}): spliced at the threshold, and where small claims are not known at the
    truncation too, below which `below`, (name, laws), takes their place."""
    known = f"{name}_seen" if claims.truncated_below > 0 else name
    try:
        fitted, part, p_above = (_empirical if body == "empirical" else _lognormal)(claims,
                                                                                    tail.threshold)
    except ValueError as error:
        raise CellError("E_FIT", str(error),
                        "Give more claims, or choose another --threshold") from None
    laws = {
        known: _splice(f"{name}_body", f"{name}_tail", tail.threshold, p_above),
        f"{name}_body": part, f"{name}_tail": _law("generalized_pareto",
                                                   xi=tail.xi,
                                                   sigma_usd=tail.sigma,
                                                   threshold_usd=tail.threshold)
    }
    if claims.truncated_below > 0:
        laws = {name: _splice(below[0], known, claims.truncated_below, claims.above_truncation)
                } | laws | below[1]
    return fitted, laws


def _law(kind, **attributes):
    return {"attributes": {"kind": kind, **attributes}, "columns": {}}


def _splice(body, tail, u, p_above):
    return _law("spliced", body=body, tail=tail, from_usd=float(u), p_above=float(p_above))


def _share_above(claims, u):
    return float(claims.weight[claims.amount > u].sum() / claims.weight.sum())


def _empirical(claims, u):
    """(None, law, p_above) of the claims up to u in buckets; members without claims are in it, where they are known."""
    low = claims.amount <= u
    none = 0.0 if claims.truncated_below > 0 else 1 - claims.above_truncation
    p_above = _share_above(claims, u) * (1 - none)
    columns = bodies.buckets(claims.amount[low], claims.weight[low], u, none / (1 - p_above),
                             claims.truncated_below)
    return None, {"attributes": {"kind": "continuance"}, "columns": columns}, p_above


def _lognormal(claims, u):
    """(fitted, law, p_above) of a lognormal up to u. p_zero is that at which the splice has as many members without a
    claim as there are; of truncated claims only what lies above the truncation is used."""
    low, truncation = claims.amount <= u, claims.truncated_below
    fitted = bodies.fit_lognormal(claims.amount[low], claims.weight[low], truncation, u)
    share = _share_above(claims, u)
    high = fitted.below(u)
    if truncation > 0:
        unseen = fitted.below(truncation) / high
        if unseen > 1 - 1e-6:
            raise ValueError(
                f"claims from {truncation:,.0f} to {u:,.0f} look like no lognormal (use --body empirical)"
            )
        p_above, p_zero = share * (1 - unseen) / (1 - share * unseen), 0.0
    else:
        none = 1 - claims.above_truncation
        p_above = share * (1 - none)
        r = none / (1 - p_above)
        p_zero = r * high / (1 - r * (1 - high))
    return fitted, _law("lognormal", mu=fitted.mu, sigma=fitted.sigma,
                        p_zero=float(p_zero)), p_above


def _aic(claims, fitted_body, tail):
    """Akaike's criterion of the splice and of one lognormal for all claims; lower is better."""
    whole = bodies.fit_lognormal(claims.amount,
                                 claims.weight,
                                 claims.truncated_below,
                                 censored=claims.censored)
    single = 4 - 2 * whole.log_likelihood
    if fitted_body is None:
        return {"lognormal": single}
    seen, above = claims.weight.sum(), claims.weight[claims.amount > tail.threshold].sum()
    share = above / seen
    splice = fitted_body.log_likelihood + tail.log_likelihood + above * np.log(share) + (
        seen - above) * np.log(1 - share)
    return {"spliced": float(2 * 6 - 2 * splice), "lognormal": float(single)}


def jackknife(fitted, body=None, below=None):
    """Standard errors by leaving out one group at a time, {"xi", "sigma", "mean"}: they hold where claims of a group
    have something in common. Needs Claims with at least two groups."""
    claims = fitted.claims
    groups = np.unique(claims.group)
    lumped = replace(claims, group=np.searchsorted(groups, claims.group) % MOST_GROUPS)
    body = body or ("lognormal" if fitted.body else "empirical")
    values = np.array([
        _figures(lumped.without(group), fitted, body, below) for group in np.unique(lumped.group)
    ])
    size = len(values)
    spread = np.sqrt((size - 1) / size * ((values - values.mean(axis=0))**2).sum(axis=0))
    return dict(zip(("xi", "sigma", "mean"), map(float, spread))) | {"groups": size}


def _figures(claims, fitted, body, below):
    """(xi, sigma, mean) of claims at the threshold of a fit."""
    again = threshold.at(claims, fitted.tail.threshold)
    if again is None:
        raise CellError("E_FIT", "without one of the groups too few claims lie above the threshold",
                        "Fit without --jackknife")
    _, laws = _laws(claims, body, again.fit, fitted.name, below)
    return again.fit.xi, again.fit.sigma, float(
        law_values.limited(laws[fitted.name], np.array(np.inf), laws))


def weigh(fitted, manual, laws):
    """Adds to `fitted` the law NAME_credible, its mixture with a manual law by limited fluctuation."""
    mine = fitted.claims.amount > fitted.tail.threshold
    fitted.credibility = weighing.of_tail(fitted.tail,
                                          fitted.claims.amount[mine] - fitted.tail.threshold,
                                          fitted.claims.weight[mine])
    try:
        curve = weighing.mixture(
            lambda at: law_values.limited(fitted.laws[fitted.name], at, fitted.laws),
            lambda at: law_values.limited(manual, at, laws), fitted.credibility.z)
    except law_values.UnknownLaw as error:
        raise CellError("E_FIT", str(error), "Give another --manual") from None
    fitted.laws[f"{fitted.name}_credible"] = curve
