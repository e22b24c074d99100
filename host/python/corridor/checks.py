# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What arguments may be: the command line's rules, in Python's words."""
from __future__ import annotations

import difflib
import math
import operator
from decimal import Decimal
from typing import Any, Iterable, Sequence

from .errors import UsageError

LARGEST_USD = 1e9
MOST_YEARS = 2**32 - 1


def whole_number(name: str, value: Any, least: int, most: int) -> int:
    number: int | None
    try:
        number = operator.index(value)
    except TypeError:
        number = int(value) if isinstance(value, float) and value.is_integer() else None
    if number is None or isinstance(value, bool) or not least <= number <= most:
        raise UsageError(f"{name}={value!r}: give a whole number from {least} to {most}")
    return number


def deductibles(name: str, values: Any) -> list[float]:
    """Ascending dollars above 0 in whole cents; infinite: no specific cover."""
    return _ascending(name, [amount_usd(name, value, "a deductible") for value in listed(name, values)])


def amount_usd(name: str, value: Any, what: str) -> float:
    """Above 0, in whole cents, at most a billion; or infinite."""
    usd = number(name, value)
    if not usd > 0:
        raise UsageError(f"{name}: {what} of {value!r} is not above 0")
    if math.isinf(usd):
        return usd
    if usd > LARGEST_USD:
        raise UsageError(f"{name}: {what} of {value!r} is above {LARGEST_USD:.0f}")
    if abs(usd * 100 - round(usd * 100)) > 1e-6 * max(1.0, usd * 1e-6):
        raise UsageError(f"{name}: {what} of {value!r} is not in whole cents")
    return round(usd * 100) / 100


def corridors(name: str, values: Any) -> list[float]:
    """Ascending multiples of expected claims, 0.5 to 5."""
    numbers = [number(name, value) for value in listed(name, values)]
    for value in numbers:
        if not 0.5 <= value <= 5:
            raise UsageError(f"{name}: a corridor of {value:g} is outside 0.5 to 5 (it multiplies "
                             "expected claims: 25% above them is 1.25)")
    return _ascending(name, numbers)


def levels(name: str, values: Any) -> list[str]:
    """Probabilities as decimals; the library refuses those outside (0, 1)."""
    texts = []
    for value in listed(name, values):
        text = value.strip() if isinstance(value, str) else format(Decimal(repr(number(name, value))), "f")
        if text in texts:
            raise UsageError(f"{name}: {text} is there twice")
        texts.append(text)
    return texts


def return_periods(name: str, values: Any, years: int) -> list[float]:
    """Ascending whole years from 2 to those of the run."""
    periods = [number(name, value) for value in listed(name, values)]
    for period in periods:
        if not (period >= 2 and period.is_integer() and period <= years):
            raise UsageError(f"{name}: {period:g} is no whole number of years from 2 to the {years:,} "
                             "of the run")
    return _ascending(name, periods)


def part_of_mean(name: str, value: Any) -> float:
    part = number(name, value)
    if not 1e-5 <= part < 1:
        raise UsageError(f"{name}={value!r}: give a part of the mean from 0.00001 to below 1, 0.005 for "
                         "half a percent")
    return part


def one_name(name: str, value: Any, known: Iterable[str]) -> str:
    known = list(known)
    if value in known:
        return str(value)
    near = difflib.get_close_matches(str(value), known, 1)
    raise UsageError(f"{name}={value!r} is unknown. "
                     + (f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}"))


def names(name: str, values: Any, known: Iterable[str] | None = None) -> list[str]:
    """Names, each once; of `known` where it is given."""
    known = None if known is None else list(known)
    result = [value if known is None else one_name(name, value, known) for value in listed(name, values)]
    for value in result:
        if not isinstance(value, str) or not value:
            raise UsageError(f"{name}: {value!r} is no name")
        if result.count(value) > 1:
            raise UsageError(f"{name}: {value} is there twice")
    return result


def memory_bytes(name: str, value: Any) -> int:
    return whole_number(name, value, 64_000_000, 10**18)


def number(name: str, value: Any) -> float:
    try:
        result = float(value)
    except (TypeError, ValueError):
        result = math.nan
    if math.isnan(result) or isinstance(value, (bool, str)):
        raise UsageError(f"{name}: {value!r} is not a number")
    return result


def listed(name: str, values: Any) -> list[Any]:
    """A list of a list's entries, or of the one value given."""
    if isinstance(values, (str, bytes, int, float)):
        return [values]
    result = list(values)
    if not result:
        raise UsageError(f"{name}: the list is empty. Leave it out for the default")
    return result


def _ascending(name: str, values: Sequence[float]) -> list[float]:
    """Rows of the results follow the list, so that it must be in their order."""
    for before, after in zip(values, values[1:]):
        if not before < after:
            raise UsageError(f"{name}: {after:g} comes after {before:g} (rows of the results follow "
                             f"this list). Use {sorted(set(values))}")
    return list(values)
