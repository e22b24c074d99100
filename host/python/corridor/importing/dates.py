# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads days and months from dates, Excel's serial numbers and the ways people write them."""
import datetime as dt
import re

from .cells import Unusable, clean
from .problems import CellError, shown

MONTHS = {
    name: i
    for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
SERIALS = (20_000, 80_000)  # October 1954 to January 2119
EPOCH_1900, EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: .*)?")
ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?")
YEAR_FIRST = re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})(?: .*)?")
NAMED = re.compile(r"(?:(\d{1,2})[ -])?([A-Za-z]{3,9})\.?[ -](?:(\d{1,2}),? )?(\d{4})")


def day_order(texts, begins_months):
    """'mdy' or 'dmy' where dates such as 03/01/2026 of a whole column leave one reading, else None.

    `begins_months`: the dates are first days of months, as those of policies are.
    """
    parts = [(int(m[1]), int(m[2])) for m in map(SLASHED.fullmatch, map(clean, texts)) if m]
    if any(second > 12 for _, second in parts):
        return "mdy"
    if any(first > 12 for first, _ in parts):
        return "dmy"
    if begins_months and parts:
        firsts, seconds = {first for first, _ in parts}, {second for _, second in parts}
        if seconds == {1} and firsts != {1}:
            return "mdy"
        if firsts == {1} and seconds != {1}:
            return "dmy"
    return None


def day_of(cell, order=None, style=None, epoch=EPOCH_1900):
    """The day that a cell names; a month alone is its first day.

    order   'mdy' or 'dmy' for 03/01/2026
    style   a strptime format that the map gives, tried first
    """
    if isinstance(cell, Unusable):
        raise CellError("E_FORMULA", cell.what, cell.fix)
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, (bool, dt.time, dt.timedelta)):
        raise _unreadable(cell)
    if isinstance(cell, (int, float)):
        return _of_number(cell, epoch)
    return _of_text(clean(cell), order, style, epoch)


def _of_number(number, epoch):
    if SERIALS[0] <= number < SERIALS[1]:
        return epoch + dt.timedelta(days=int(number))
    if number == int(number) and 1900 <= number // 100 <= 2200 and 1 <= number % 100 <= 12:
        return dt.date(int(number) // 100, int(number) % 100, 1)
    if number == int(number) and 19000101 <= number <= 22001231:
        return _date(int(number) // 10000, int(number) // 100 % 100, int(number) % 100, int(number))
    raise _unreadable(number)


def _of_text(text, order, style, epoch):
    if style:
        try:
            return dt.datetime.strptime(text, style).date()
        except ValueError:
            pass
    if re.fullmatch(r"\d{5,8}(?:\.\d+)?", text):
        return _of_number(float(text), epoch)
    if found := ISO.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3] or 1), text)
    if found := YEAR_FIRST.fullmatch(text):
        return _date(int(found[1]), int(found[3]), int(found[4]), text)
    if found := NAMED.fullmatch(text):
        month = MONTHS.get(found[2][:3].lower())
        if month:
            return _date(int(found[4]), month, int(found[1] or found[3] or 1), text)
    if found := SLASHED.fullmatch(text):
        return _of_slashed(text, int(found[1]), int(found[2]), found[3], order)
    raise _unreadable(text)


def _of_slashed(text, first, second, year, order):
    year = int(year) + (2000 if len(year) == 2 else 0)
    if first == second or order == "mdy" or second > 12:
        return _date(year, first, second, text)
    if order == "dmy" or first > 12:
        return _date(year, second, first, text)
    raise CellError(
        "E_AMBIGUOUS", f"{shown(text)} may be month and day or day and month",
        'Write it as 2026-01-31, or give date_format, such as "%m/%d/%Y", for the source in the map'
    )


def _date(year, month, day, cell):
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise _unreadable(cell) from None


def _unreadable(cell):
    return CellError("E_DATE", f"{shown(cell)} is not a date or month",
                     "Write it as 2026-01 or 2026-01-31")
