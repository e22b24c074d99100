# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""From a cell to a field's value, one function a kind; every one raises CellError with the fix."""
import math
import re

from . import dates
from .age_bands import band_of_age, band_of_text
from .cells import clean, endless, number_of, text_of
from .fields import INF
from .problems import CellError, shown
from .states import STATES

UNITS = {
    "dollars": 1.0, "thousands": 1e3, "millions": 1e6, "cents": .01, "fraction": 1.0, "percent": .01
}
YES = {"yes": 1, "y": 1, "true": 1, "1": 1, "x": 1, "no": 0, "n": 0, "false": 0, "0": 0}
FOREVER = 255
NO_LASER = {"none", "no", "no laser"}
EXCLUDED = {"excluded", "exclude", "not covered"}
BASES = {"paid": (FOREVER, 0), "incurred": (0, FOREVER)}


def nearest(word, known, least=.6):
    """The known word nearest to `word`, or None."""
    import difflib
    found = difflib.get_close_matches(word, known, 1, least)
    return found[0] if found else None


class Settings:
    """What a source says about its cells: units, decimal mark, dates, value tables."""
    def __init__(self,
                 units=None,
                 units_from_header=False,
                 decimal=".",
                 date_format=None,
                 day_order=None,
                 epoch=dates.EPOCH_1900,
                 values=None,
                 policy_begin=None):
        self.units, self.units_from_header, self.decimal = units, units_from_header, decimal
        self.date_format, self.day_order, self.epoch = date_format, day_order, epoch
        self.values, self.policy_begin = values or {}, policy_begin


def reader(field, settings):
    """A function from a cell to the field's value."""
    read = READERS[field.kind]
    table = settings.values

    def of_cell(cell):
        if table:
            key = text_of(cell).lower() if not hasattr(cell, "year") else cell
            if key in table:
                cell = table[key]
        return read(cell, field, settings)

    return of_cell


def _in_range(value, field, cell):
    if value < field.low or value > field.high:
        least, most = _plain(field.low), _plain(field.high)
        fix = f"Write a value from {least} to {most}"
        if field.kind in ("money", "whole", "factor") and value < 0:
            raise CellError("E_NEGATIVE", f"{shown(cell)} is below zero", fix)
        if field.kind == "fraction" and 1 < value <= 100:
            fix += f"; if it is percent, write {_plain(value)}% or say units = \"percent\" in the map"
        if field.name == "aggregate_corridor" and value < field.low:
            fix = "Write the attachment over expected claims, such as 125% or 1.25 for a corridor of 25%"
        raise CellError("E_RANGE", f"{shown(cell)} is outside {least} to {most}", fix)
    return value


def _plain(number):
    return f"{number:,.12g}"


def _money(cell, field, settings):
    if field.endless and endless(cell):
        return INF
    value, percent = number_of(cell, settings.decimal)
    if percent:
        raise CellError("E_NUMBER", f"{shown(cell)} is a percentage where an amount belongs",
                        "Write the amount in dollars")
    unit = UNITS[settings.units or "dollars"]
    return _in_range(round(value * unit, 6) if unit != 1.0 else value, field, cell)


def _fraction(cell, field, settings):
    if field.endless and endless(cell):
        return INF
    value, percent = number_of(cell, settings.decimal)
    if settings.units == "percent" and not percent:
        if settings.units_from_header and 0 < abs(value) <= 2 and field.low <= value <= field.high:
            if value / 100 < field.low:
                return value  # 1.25 under "corridor %": 1.25% would be none
            raise CellError(
                "E_AMBIGUOUS",
                f"{shown(cell)} under a header in percent may be {_plain(value)}% or {_plain(value * 100)}%",
                "Write it with a percent sign, or say units = \"percent\" or \"fraction\" in the map"
            )
        value = float(f"{value / 100:.15g}")
    return _in_range(value, field, cell)


def _laser(cell, field, settings):
    """No laser is NaN; a person whom the specific does not cover at all has one without end."""
    if isinstance(cell, str) and clean(cell).lower() in NO_LASER:
        return math.nan
    if isinstance(cell, str) and clean(cell).lower() in EXCLUDED:
        return INF
    return _money(cell, field, settings)


def _factor(cell, field, settings):
    return _in_range(number_of(cell, settings.decimal)[0], field, cell)


def _whole(cell, field, settings):
    value, percent = number_of(cell, settings.decimal)
    if percent or not value.is_integer():
        raise CellError("E_NUMBER", f"{shown(cell)} is not a whole number", "Write a whole number")
    return int(_in_range(value, field, cell))


def _yes(cell, field, settings):
    try:
        return YES[text_of(cell).lower()]
    except KeyError:
        raise CellError("E_VALUE", f"{shown(cell)} is neither yes nor no",
                        "Write yes or no") from None


def _code(cell, field, settings):
    text = re.sub(r"[^a-z0-9]+", " ", text_of(cell).lower()).strip()
    for code, words in enumerate(field.codes):
        if text in words:
            return code
    choices = ", ".join(words[0] for words in field.codes)
    fix = f"Write one of {choices}, or map it under [source.values.{field.name}]"
    if text.isdigit():
        raise CellError("E_AMBIGUOUS",
                        f"{shown(cell)} is a code that means different things in different files",
                        fix)
    raise CellError("E_VALUE", f"{shown(cell)} is not a {field.name.replace('_', ' ')}", fix)


def _id(cell, field, settings):
    text = text_of(cell)
    if isinstance(cell, float) and not cell.is_integer():
        raise CellError("E_FORMAT", f"{shown(cell)} is no key but a number with decimals",
                        "Format the column as Text")
    if isinstance(cell, (int, float)) and abs(cell) >= 10**15:
        raise CellError("E_FORMAT", f"{shown(cell)} is a number of which Excel keeps 15 digits",
                        "Format the column as Text and enter the keys again")
    if isinstance(cell, str) and re.fullmatch(r"\d(?:\.\d+)?E\+\d+", text):
        raise CellError("E_FORMAT",
                        f"{shown(cell)} is a key that became a number in scientific form",
                        "Format the column as Text and enter the keys again")
    limit = int(field.dtype[1:])
    if not (text.isascii() and text.isprintable()) or len(text) > limit:
        raise CellError("E_FORMAT", f"{shown(text)} is not 1 to {limit} printable ASCII characters",
                        "Use a key of plain letters and digits")
    return text


def _state(cell, field, settings):
    text = text_of(cell)
    found = STATES.get(text.lower(), text.upper())
    if found not in STATES.values():
        raise CellError("E_VALUE", f"{shown(cell)} is not a state",
                        "Write its two letters, such as TX")
    return found


def _zip3(cell, field, settings):
    text = text_of(cell)
    number = isinstance(cell, (int, float)) and not hasattr(cell, "text")
    if number and text.isdigit():  # a number has lost its leading zeros; how many is certain
        text = text.zfill(3) if len(text) <= 3 else text.zfill(5)
    if not re.fullmatch(r"\d{3}|\d{5}(?:-?\d{4})?", text):
        raise CellError("E_FORMAT", f"{shown(cell)} is not a postal code",
                        "Write its first three digits as text")
    return text[:3]


def _day(cell, settings):
    return dates.day_of(cell, settings.day_order, settings.date_format, settings.epoch)


def _month(cell, field, settings):
    day = _day(cell, settings)
    if not 1900 <= day.year <= 2200:
        raise CellError("E_RANGE", f"{shown(cell)} is not from 1900 to 2200", "Write it as 2026-01")
    return f"{day:%Y-%m}"


def _year(cell, field, settings):
    text = text_of(cell) if not hasattr(cell, "year") else ""
    year = int(text) if re.fullmatch(r"\d{4}", text) else _day(cell, settings).year
    if not 1900 <= year <= 2200:
        raise CellError("E_RANGE", f"{shown(cell)} is not from 1900 to 2200",
                        "Write the year as 2025")
    return year


def _basis(cell, field, settings):
    if hasattr(cell, "month"):
        if (cell.month, cell.day) == (12, 12):
            return 0, 0
        raise CellError(
            "E_AMBIGUOUS",
            f"a date, {cell:%d %b %Y}, may have been {cell.month}/{cell.day} or {cell.day}/{cell.month}",
            "Excel makes dates of contract bases: format the column as Text and write 12/15 again")
    text = text_of(cell).lower().replace(" ", "")
    if text in BASES:
        return BASES[text]
    found = re.fullmatch(r"(\d\d)/(\d\d)", text)
    if found:
        incurred, paid = int(found[1]), int(found[2])
        if incurred == 12 and 12 <= paid <= 36:
            return 0, paid - 12
        if paid == 12 and 12 < incurred <= 36:
            return incurred - 12, 0
    raise CellError(
        "E_VALUE", f"{shown(cell)} is not a contract basis",
        "Write 12/12, 12/15, 15/12, 24/12, paid or incurred, or give run_in_months and run_out_months"
    )


def _age(cell, field, settings):
    value, _ = number_of(cell, settings.decimal)
    if not 0 <= value <= 120:
        raise CellError("E_RANGE", f"{shown(cell)} is not an age from 0 to 120",
                        "Write the age in years")
    return band_of_age(int(value))


def _band(cell, field, settings):
    if hasattr(cell, "month"):
        raise CellError(
            "E_AMBIGUOUS", f"a date, {cell:%Y-%m-%d}, where an age band belongs",
            "Excel makes dates of bands such as 1-17: format the column as Text and write it again")
    return band_of_text(text_of(cell))


def _birth(cell, field, settings):
    if isinstance(cell, str) and re.fullmatch(r"\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2}\s*",
                                              cell) and not settings.date_format:
        raise CellError("E_AMBIGUOUS", f"{shown(cell)} has a year of two digits",
                        "Write it as 1962-05-31")
    born, begin = _day(cell, settings), settings.policy_begin
    if begin is None:
        raise CellError("E_MISSING", "an age needs the year of the policies",
                        "Say policy_year = 2026 under [book] in the map, or give ages", once=True)
    age = begin.year - born.year - ((begin.month, begin.day) < (born.month, born.day))
    if not -1 <= age <= 120:
        raise CellError("E_RANGE", f"{shown(cell)} gives an age of {age}",
                        "Write the day of birth as 1962-05-31")
    return band_of_age(max(age, 0))


def _exposure(cell, field, settings):
    value, percent = number_of(cell, settings.decimal)
    return _in_range(value, field,
                     cell) / (12.0 if field.kind == "exposure12" and not percent else 1.0)


READERS = {
    "money": _money, "laser": _laser, "fraction": _fraction, "factor": _factor, "whole": _whole,
    "yes": _yes, "code": _code, "id": _id, "key": _id, "family": _id, "law": _id, "state": _state,
    "zip3": _zip3, "month": _month, "year": _year, "basis": _basis, "age": _age, "band": _band,
    "birth": _birth, "exposure": _exposure, "exposure12": _exposure
}
