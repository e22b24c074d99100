# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A second program for a year of the whole book: its treaties and the figures of its tail, written
from the formats' description alone, in plain numpy."""
import dataclasses
import math
from fractions import Fraction

import numpy as np

QUOTA_SHARE, PERSON_EXCESS, BOOK_AGGREGATE, CAPTIVE = range(4)
DEFAULTS = {"share": 1.0, "attachment_usd": 0.0, "limit_usd": math.inf, "attachment_ratio": math.nan,
            "limit_ratio": math.nan, "corridor_from_ratio": math.nan, "corridor_to_ratio": math.nan,
            "annual_deductible_usd": 0.0, "annual_limit_usd": math.inf, "captive": 0, "commission": 0.0,
            "premium_usd": math.nan}


def cents(dollars):
    """Whole cents, ties to even; inf stays."""
    return dollars if math.isinf(dollars) else round(Fraction(dollars) * 100)


def treaties_of(file):
    """Rows of `/treaties` as dicts with the columns' defaults, in the order in which they act."""
    table = file["treaties"]
    columns = {name: column[:] for name, column in table.items()}
    rows = [{**DEFAULTS, "order": row, **{name: column[row].item() for name, column in columns.items()},
             "row": row} for row in range(len(next(iter(columns.values()))))]
    return sorted(rows, key=lambda row: (row["order"], row["row"]))


def layer(amount, low, width):
    return max(min(amount, low + width) - low, 0)


@dataclasses.dataclass
class Payout:
    """What the specific covers of one person in a year, before the share, in cents."""

    covered: int
    share: float
    captive: int


def person_losses(treaty, payouts):
    """Cents of the layer of all persons together."""
    low, width = cents(treaty["attachment_usd"]), cents(treaty["limit_usd"])
    of = [p for p in payouts if treaty["captive"] in (0, p.captive)]
    return sum(layer(p.covered * Fraction(p.share), low, width) for p in of)


def inside(losses, low, width, treaty, subject):
    """What of `losses` is in the layer but not in the treaty's corridor, cents."""
    taken = layer(losses, low, width)
    if not math.isnan(treaty["corridor_from_ratio"]):
        start, end = (cents(treaty[f"corridor_{end}_ratio"] * subject) for end in ("from", "to"))
        start, end = max(start, low), min(end, low + width)
        taken -= layer(losses, start, max(end - start, 0))
    return taken


def year(treaties, gross, payouts, premium_usd):
    """Cents that each treaty takes of a year of `gross` cents, in the order given, and what is left."""
    ceded, rest, whole = [], gross, 1.0
    for order in sorted({t["order"] for t in treaties}):
        left, subject = rest, premium_usd * whole
        for treaty in (t for t in treaties if t["order"] == order):
            if treaty["kind"] == QUOTA_SHARE:
                wanted = left
            elif treaty["kind"] == BOOK_AGGREGATE:
                low, width = treaty["attachment_usd"], treaty["limit_usd"]
                if not math.isnan(treaty["attachment_ratio"]):
                    low = treaty["attachment_ratio"] * subject
                if not math.isnan(treaty["limit_ratio"]):
                    width = treaty["limit_ratio"] * subject
                wanted = inside(left, cents(low), cents(width), treaty, subject)
            else:
                losses = round(person_losses(treaty, payouts) * Fraction(whole))
                wanted = inside(losses, cents(treaty["annual_deductible_usd"]),
                                cents(treaty["annual_limit_usd"]), treaty, subject)
            ceded.append(min(round(wanted * Fraction(treaty["share"])), rest))
            rest -= ceded[-1]
        whole *= 1 - sum(t["share"] for t in treaties
                         if t["order"] == order and t["kind"] == QUOTA_SHARE)
    return ceded, rest


def rank(level, years):
    """ceil(level x years) of the level as it is written."""
    return math.ceil(Fraction(str(level)) * years)


def var(amounts, level):
    return np.sort(amounts)[rank(level, len(amounts)) - 1]


def tail_weights(amounts, level):
    """Weights of the years that make the TVaR: those above VaR, years at VaR share the rest."""
    at = var(amounts, level)
    above, ties = amounts > at, amounts == at
    size = float((1 - Fraction(str(level))) * len(amounts))
    return (above + ties * (size - above.sum()) / ties.sum()) / size


def tvar(amounts, level):
    at = var(amounts, level)
    return at + np.maximum(amounts - at, 0).sum() / float((1 - Fraction(str(level))) * len(amounts))
