# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The book's ten age bands, and which of them an age or another band lies in."""
import re

from . import factor_tables
from .problems import CellError, shown

STARTS = (0, 1, 18, 25, 35, 45, 55, 65, 75, 90)
LAST_AGE = 120
NAMES = ("under 1", "1-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-89",
         "90 and over")


def band_of_age(age):
    return sum(start <= age for start in STARTS) - 1


def band_of_text(text):
    """The band that holds `text`, such as 25-29 or 65+.

    A text across bands is read as their first if all cost the same, as 65+ does; else CellError.
    """
    low, high = _ends(text)
    first, last = band_of_age(low), band_of_age(high)
    if first != last:
        factors = factor_tables.age_sex()[first:last + 1]
        if (factors != factors[0]).any():
            raise CellError(
                "E_AMBIGUOUS",
                f"ages {shown(text)} lie in {last - first + 1} of the bands {', '.join(NAMES)}, which differ in cost",
                "Give ages or bands that fit, or map it under [source.values.age_band]")
    return first


def _ends(text):
    plain = re.sub(r"\s*(?:to|–|—|-|through)\s*", "-",
                   text.lower().replace("years", "").replace("ages", "").strip())
    if found := re.fullmatch(r"(\d{1,3})-(\d{1,3})", plain):
        low, high = int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(?:under|<|below)\s*(\d{1,3})", plain):
        low, high = 0, int(found[1]) - 1
    elif found := re.fullmatch(
            r"(\d{1,3})\s*(?:\+|and over|and above|and older|& over|or older|plus)", plain):
        low, high = int(found[1]), LAST_AGE
    elif found := re.fullmatch(r"(\d{1,3})", plain):
        low = high = int(found[1])
    else:
        low, high = 1, 0
    if not 0 <= low <= high <= LAST_AGE:
        raise CellError("E_VALUE", f"{shown(text)} is not an age band",
                        "Write it as 25-34, under 1 or 90 and over")
    return low, high
