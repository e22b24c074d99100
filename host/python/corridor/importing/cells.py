# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Reads single cells as people write them. What has one reading is read; what has two is a CellError.

A cell is None (blank), text, a number, a bool, a date, or one of the classes below.
"""
import datetime as dt
import math
import re

from .problems import CellError, shown


class Padded(int):
    """A whole number that its cell shows with leading zeros; `text` is what one sees."""
    text: str

    def __new__(cls, value, width):
        made = super().__new__(cls, value)
        made.text = str(int(value)).zfill(width)
        return made


class Percent(float):
    """A number in a cell that shows percent: 0.9 that looks like 90%."""


class Unusable:
    """A cell without a value to read: a formula nobody has calculated, or an error such as #REF!."""
    def __init__(self, what, fix):
        self.what, self.fix = what, fix

    def __str__(self):
        return self.what


INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
SPACES = dict.fromkeys(
    map(
        ord,
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\n"
    ), " ")
CHARACTERS = INVISIBLE | SPACES | {ord("\u2212"): "-", ord("\u2019"): "'"}
BLANKS = {"", "n/a", "na", "null", "not available", "not applicable"}
ENDLESS = {"inf", "infinity", "unlimited", "no limit", "none", "no maximum", "no cap"}
GROUPED = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d{1,3}(?: \d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+")
SCIENTIFIC = re.compile(r"\d+(?:\.\d*)?[eE][+-]?\d{1,3}")
SUFFIXES = {"k": 1e3, "m": 1e6, "mm": 1e6}


def clean(text):
    """`text` with ordinary spaces, none of them at the ends or doubled, and nothing invisible."""
    if text.isascii() and text.isprintable():
        return text if text and text[0] != " " and text[
            -1] != " " and "  " not in text else " ".join(text.split())
    return " ".join(text.translate(CHARACTERS).split())


def is_blank(cell):
    return cell is None or (isinstance(cell, str) and clean(cell).lower() in BLANKS)


def text_of(cell):
    """What one sees in the cell, for keys and codes."""
    if isinstance(cell, Unusable):
        raise CellError("E_FORMULA", cell.what, cell.fix)
    if isinstance(cell, Padded):
        return cell.text
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, dt.date):
        raise CellError(
            "E_DATE", f"a date, {cell:%Y-%m-%d}, where text belongs",
            "Excel may have made it of something like 12/15; format the column as Text and type it again"
        )
    return clean(str(cell))


def number_of(cell, decimal="."):
    """(value, whether it is stated in percent); percent is divided out: '90%' is (0.9, True)."""
    if isinstance(cell, Unusable):
        raise CellError("E_FORMULA", cell.what, cell.fix)
    if isinstance(cell, bool) or isinstance(cell, (dt.date, dt.time, dt.timedelta)):
        kind = "TRUE or FALSE" if isinstance(cell, bool) else "a date or time"
        raise CellError("E_NUMBER", f"{kind} ({cell}) where a number belongs",
                        "Format the cell as Number and type the number again")
    if isinstance(cell, (int, float)):
        if not math.isfinite(cell):
            raise CellError("E_NUMBER", f"{cell} is not a number to count with",
                            "Write a number, or leave it blank")
        return float(cell), isinstance(cell, Percent)
    return _number_of_text(clean(cell), decimal)


def _number_of_text(text, decimal):
    bare, negative = _unsigned(text)
    percent = bare.endswith("%")
    bare = bare.rstrip("%").strip()
    unit = 1.0
    suffix = re.search(r"(?<=[\d.])\s?(mm|k|m)$", bare, re.IGNORECASE)
    if suffix:
        unit, bare = SUFFIXES[suffix[1].lower()], bare[:suffix.start()]
    if decimal == ",":
        bare = bare.translate(str.maketrans(",.", ".,"))
    if GROUPED.fullmatch(bare):
        value = float(bare.replace(",", "").replace(" ", ""))
    elif SCIENTIFIC.fullmatch(bare):
        value = float(bare)
    else:
        raise _not_a_number(text, bare)
    value = round(value * unit, 6) if unit != 1.0 else value
    value = -value if negative else value
    return (float(f"{value / 100:.15g}"), True) if percent else (value, False)


def _unsigned(text):
    """The text without its signs and currency, and whether it is negative: (5), -5, 5- and $-5 are."""
    bare, negative = text, False
    if bare.startswith("(") and bare.endswith(")"):
        bare, negative = bare[1:-1].strip(), True
    for _ in range(2):
        bare = re.sub(r"^(?:US\s?\$|\$|USD)\s?|\s?(?:\$|USD)$", "", bare,
                      flags=re.IGNORECASE).strip()
        sign = re.match(r"[-+](?=\s?[\d.$U])", bare, re.IGNORECASE)
        if sign and not negative:
            negative, bare = sign[0] == "-", bare[1:].strip()
    if re.search(r"\d-$", bare) and not negative:
        bare, negative = bare[:-1], True
    return bare, negative


def _not_a_number(text, bare):
    if text in {"-", "$ -", "$-", "--"}:
        return CellError("E_AMBIGUOUS", f"{shown(text)} may mean zero or not known",
                         "Write 0, or leave the cell blank")
    if re.fullmatch(r"[\d.,' ]+", bare) and re.search(r"\d", bare):
        return CellError(
            "E_AMBIGUOUS",
            f"{shown(text)} has commas or points that are neither thousands nor decimals for certain",
            "Write it as 1234.50, or say decimal = \",\" for the source in the map")
    return CellError("E_NUMBER", f"{shown(text)} is not a number",
                     "Write a number such as 1234.50, or leave it blank")


def endless(cell):
    """Whether the cell says that there is no limit."""
    if isinstance(cell, str):
        return clean(cell).lower() in ENDLESS
    return isinstance(cell, float) and cell == math.inf
